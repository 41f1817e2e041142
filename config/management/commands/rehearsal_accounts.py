"""``manage.py rehearsal_accounts``: the accounts with which a rehearsal logs in, on a site of its own."""

from __future__ import annotations

import os
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction

from municipalities.models import Membership, Municipality, User


class Command(BaseCommand):
    """Makes what is missing; all get the password in ``REHEARSE_PASSWORD``. Running it again changes nothing."""

    help = "Make the accounts that a rehearsal or the demo logs in with."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--facilitator", metavar="EMAIL")
        parser.add_argument("--staff", metavar="EMAIL")
        parser.add_argument(
            "--civil-servant",
            metavar="EMAIL=CODE",
            action="append",
            default=[],
            help="of the municipality with this code",
        )

    @transaction.atomic
    def handle(self, *args: Any, **options: Any) -> None:
        password = os.environ.get("REHEARSE_PASSWORD", "")
        if not password:
            raise CommandError("REHEARSE_PASSWORD is not set.")
        if options["facilitator"]:
            account(options["facilitator"], password, is_facilitator=True)
        if options["staff"]:
            account(options["staff"], password, is_staff=True, is_superuser=True)
        for text in options["civil_servant"]:
            email, _, code = text.partition("=")
            municipality = Municipality.objects.filter(code=code).first()
            if municipality is None:
                raise CommandError(f"There is no municipality with code {code}.")
            user = account(email, password)
            Membership.objects.get_or_create(user=user, municipality=municipality)


def account(email: str, password: str, **fields: bool) -> User:
    """The account with this address, rights and password; made where there is none."""
    user = User.objects.filter(email=email).first()
    if user is None:
        return User.objects.create_user(email, password, **fields)
    changed = {name: value for name, value in fields.items() if getattr(user, name) != value}
    for name, value in changed.items():
        setattr(user, name, value)
    if not user.check_password(password):
        user.set_password(password)
        changed["password"] = True
    if changed:
        user.save(update_fields=list(changed))
    return user
