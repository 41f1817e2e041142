"""``manage.py import_municipalities FILE``: the list of municipalities from a CSV file."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from municipalities.importing import MunicipalityFileError, import_municipalities


class Command(BaseCommand):
    help = "Leest de lijst van gemeenten uit een CSV-bestand: alles of niets."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--many-end", action="store_true", help="het bestand mag veel gemeenten laten eindigen")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            outcome = import_municipalities(options["file"].read_bytes(), many_may_end=options["many_end"])
        except OSError as error:
            raise CommandError(f"{options['file']}: {error.strerror}") from error
        except MunicipalityFileError as error:
            self.stderr.write("\n".join(error.errors))
            raise CommandError(f"{options['file']}: er is niets ingelezen.") from error
        text = f"Gemeenten: {outcome.created} nieuw, {outcome.changed} gewijzigd, {outcome.ended} geëindigd."
        self.stdout.write(text)
