"""``manage.py prepare``: the database ready for a site, whatever state it was in."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand


class Command(BaseCommand):
    """Migrations, the list of municipalities and the shipped content. Running it again changes nothing."""

    help = "Migrate, and load the shipped municipalities and content set."
    requires_system_checks: list[str] = []

    def handle(self, *args: Any, **options: Any) -> None:
        content = Path(settings.BASE_DIR) / "content"
        call_command("migrate", interactive=False, verbosity=0)
        call_command("import_municipalities", str(content / "gemeenten.csv"))
        call_command("import_content", str(content / "catalogue.yaml"))
