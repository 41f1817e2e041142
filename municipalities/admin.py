"""The staff pages on accounts and municipalities."""

from __future__ import annotations

from typing import Any, ClassVar

from allauth.account.decorators import secure_admin_login
from django.contrib import admin
from django.contrib.auth.admin import UserAdmin
from django.contrib.auth.models import Group as PermissionGroup
from django.db.models import Model
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from municipalities import rules  # noqa: F401 - the permissions of staff
from municipalities.models import Membership, Municipality, User

admin.site.site_header = _("Scenariotafel: beheer")
admin.site.site_title = _("Beheer")
admin.site.index_title = _("Accounts, gemeenten en inhoud")
# The site's own log-in, with its second step and its limit on attempts.
admin.site.login = secure_admin_login(admin.site.login)  # type: ignore[method-assign]
admin.site.unregister(PermissionGroup)


@admin.register(Municipality)
class MunicipalityAdmin(admin.ModelAdmin):
    """The list comes from a file (``manage.py import_municipalities``); here one looks, and ends one."""

    list_display = ("name", "code", "province", "safety_region", "ended_on", "successor")
    list_filter = ("province", ("ended_on", admin.EmptyFieldListFilter))
    search_fields = ("search_text", "code")
    readonly_fields = ("code", "name", "province", "safety_region")
    fields = ("code", "name", "province", "safety_region", "ended_on", "successor")

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False


class MembershipInline(admin.TabularInline):
    model = Membership
    extra = 1

    def formfield_for_foreignkey(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        return super().formfield_for_foreignkey(db_field, request, label=_("Gemeente"), **kwargs)


@admin.register(User)
class AccountAdmin(UserAdmin):
    """Accounts begin with an invitation; here staff changes their place or switches them off."""

    ordering = ("email",)
    list_display = ("email", "first_name", "last_name", "is_facilitator", "is_staff", "is_active", "last_login")
    list_filter = ("is_facilitator", "is_staff", "is_active")
    search_fields = ("email", "first_name", "last_name")
    filter_horizontal = ()
    readonly_fields = ("last_login", "date_joined")
    inlines: ClassVar[list[Any]] = [MembershipInline]
    fieldsets = (
        (None, {"fields": ("email", "first_name", "last_name", "password")}),
        (_("Rol"), {"fields": ("is_facilitator", "is_staff", "is_active")}),
        (_("Wanneer"), {"fields": ("last_login", "date_joined")}),
    )

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Only a superuser changes a superuser, or staff could make themselves one by its password."""
        if obj is not None and obj.is_superuser and not getattr(request.user, "is_superuser", False):
            return False
        return super().has_change_permission(request, obj)

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        fields = super().get_readonly_fields(request, obj)
        return fields if getattr(request.user, "is_superuser", False) else (*fields, "is_staff")
