"""``manage.py serve``: the whole site on this machine until Ctrl-C (``make run``)."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from config.services.lifetime import tie_to_make
from config.services.places import ServiceError
from config.services.supervisor import PartFailed
from config.site import port_is_free, running_site


class Command(BaseCommand):
    """Starts the services that DATABASE_URL and REDIS_URL don't name, the web server, a worker and beat."""

    help = "Run the site with everything it needs until it is asked to stop."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--host", default="127.0.0.1", help="0.0.0.0 lets phones on this network in")
        parser.add_argument("--port", type=int, default=8000)
        parser.add_argument("--workers", type=int, default=1, help="web processes")
        parser.add_argument("--data", type=Path, default=settings.DATA_DIR, help="the data directory")

    def handle(self, *args: Any, **options: Any) -> None:
        tie_to_make()
        host, port = options["host"], options["port"]
        if not port_is_free(port, host):
            raise CommandError(f"Port {port} is taken. Choose another with --port (make run PORT=…).")
        try:
            with running_site(options["data"], port, host=host, workers=options["workers"]) as site:
                self.stdout.write(f"Scenariotafel runs on {site.public_url}/ . Ctrl-C stops it.")
                self.stdout.flush()
                site.wait()
        except (ServiceError, PartFailed) as error:
            raise CommandError(str(error)) from error
