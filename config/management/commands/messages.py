"""``manage.py messages``: bring the translations up to date with the source, or check that they are."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from config.translations import collect, faults, po_path, read, updated, write


class Command(BaseCommand):
    """Dutch is the source; English is the one translation."""

    help = "Collect the source strings into locale/en; --check fails where an English one is missing."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--check", action="store_true", help="change nothing; fail if something is missing")

    def handle(self, *args: Any, **options: Any) -> None:
        root = Path(settings.BASE_DIR)
        path = po_path(root, "en")
        collected, held = collect(root), read(path, "en")
        if not options["check"]:
            held = updated(held, collected)
            write(path, held)
        found = faults(held, collected)
        if options["check"] and found:
            raise CommandError("\n".join([*found, "Run `manage.py messages` and fill in what is empty."]))
        self.stdout.write(f"{len(collected)} strings, {len(found)} to translate.")
