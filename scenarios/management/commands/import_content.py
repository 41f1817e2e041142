"""``manage.py import_content FILE``: a content set from its file."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from scenarios.content_import import import_content
from scenarios.yaml_lines import ContentFileError

# More than an author reads at once.
MOST = 50


class Command(BaseCommand):
    help = "Leest een inhoudsbestand (YAML) in: alles of niets. Hetzelfde bestand nog eens verandert niets."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--again", action="store_true", help="ook als het bestand niet veranderd is")

    def handle(self, *args: Any, **options: Any) -> None:
        file: Path = options["file"]
        try:
            content_set, changed = import_content(file.read_bytes(), again=options["again"])
        except OSError as error:
            raise CommandError(f"{file}: {error.strerror}") from error
        except ContentFileError as error:
            more = [f"… en nog {len(error.errors) - MOST}"] if len(error.errors) > MOST else []
            self.stderr.write("\n".join([*error.errors[:MOST], *more]))
            raise CommandError(f"{file}: er is niets ingelezen.") from error
        said = "ingelezen" if changed else "niet veranderd"
        self.stdout.write(f"Inhoud “{content_set.title['nl']}” ({content_set.key}): {said}.")
