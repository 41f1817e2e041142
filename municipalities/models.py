"""Who there is: municipalities, accounts, and which account belongs to which municipality."""

from __future__ import annotations

from typing import Any, ClassVar

from django.contrib.auth.models import AbstractUser, BaseUserManager
from django.db import models
from django.utils.translation import gettext_lazy as _


class Municipality(models.Model):
    """A Dutch municipality; one that ends is never deleted and names its successor."""

    code = models.CharField(_("CBS-code"), max_length=4, unique=True)
    name = models.CharField(_("naam"), max_length=80)
    province = models.CharField(_("provincie"), max_length=40)
    safety_region = models.CharField(_("veiligheidsregio"), max_length=60)
    # Lower case without a leading article: "'s-Gravenhage" sorts under G. The database knows no Dutch collation.
    sort_key = models.CharField(max_length=80, db_index=True, editable=False)
    # What people type: the plain name, without accents, and the everyday name ("den haag").
    search_text = models.CharField(max_length=200, editable=False)
    ended_on = models.DateField(_("opgeheven op"), null=True, blank=True)
    successor = models.ForeignKey("self", models.PROTECT, null=True, blank=True, verbose_name=_("opvolger"))

    class Meta:
        ordering: ClassVar[list[str]] = ["sort_key"]
        verbose_name = _("gemeente")
        verbose_name_plural = _("gemeenten")

    def __str__(self) -> str:
        return self.name


class UserManager(BaseUserManager["User"]):
    """Accounts are known by their e-mail address."""

    def create_user(self, email: str, password: str | None = None, **fields: Any) -> User:
        if not email:
            raise ValueError("an account needs an e-mail address")
        user = self.model(email=self.normalize_email(email).lower(), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, email: str, password: str | None = None, **fields: Any) -> User:
        return self.create_user(email, password, is_staff=True, is_superuser=True, **fields)


class User(AbstractUser):
    """An account: facilitator, civil servant or staff. Participants have none."""

    username = None  # type: ignore[assignment]
    email = models.EmailField(_("e-mailadres"), unique=True)
    is_facilitator = models.BooleanField(_("begeleider"), default=False)
    municipalities = models.ManyToManyField(Municipality, through="Membership", related_name="members", blank=True)

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []
    objects: ClassVar[UserManager] = UserManager()  # type: ignore[assignment]

    class Meta:
        verbose_name = _("account")
        verbose_name_plural = _("accounts")

    def __str__(self) -> str:
        return self.email


class Membership(models.Model):
    """A civil servant's place in one municipality: the right to read what concerns it."""

    user = models.ForeignKey(User, models.CASCADE, related_name="memberships")
    municipality = models.ForeignKey(Municipality, models.PROTECT, related_name="memberships")

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["user", "municipality"], name="one_membership_per_municipality")
        ]
        verbose_name = _("lidmaatschap")
        verbose_name_plural = _("lidmaatschappen")

    def __str__(self) -> str:
        return f"{self.user} · {self.municipality}"


class Group(models.TextChoices):
    """On whose behalf somebody takes part. The six are fixed; a workshop may leave some out."""

    GEMEENTE = "gemeente", _("Gemeente")
    MAATSCHAPPELIJKE_ORGANISATIE = "maatschappelijke-organisatie", _("Maatschappelijke organisatie")
    BEDRIJF = "bedrijf", _("Bedrijf")
    INWONER = "inwoner", _("Inwoner")
    REGIO = "regio", _("Regio")
    RIJK = "rijk", _("Rijk")


# The code of whoever comes from a municipality that does not take part.
ELSEWHERE = "anders"


def group_list() -> list[str]:
    """All six group keys, the default of a workshop."""
    return [str(key) for key in Group.values]
