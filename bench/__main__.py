"""``python -m bench``: the figures as ratios in one run, as a table and ``bench/results.json``.

Every figure is the median of three measurements. What counts are the ratios to the references beside them: absolute
figures of one machine differ by two from one day to the next.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import statistics
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

from config.services.lifetime import tie_to_make
from config.site import Services, beat, free_port, running_services, say, start_web, stopping_on_signals, worker

RESULTS = Path(__file__).parent / "results.json"


def main() -> int:
    options = arguments()
    tie_to_make()
    with stopping_on_signals(), tempfile.TemporaryDirectory(prefix="scenariotafel-bench-") as folder:
        data = Path(folder)
        data.chmod(0o711)  # the database's own user has to pass
        with running_services(data, say=say) as services:
            services.manage("prepare")
            services.environ["DJANGO_SETTINGS_MODULE"] = "bench.settings"
            port = free_port()
            services.environ["SITE_URL"] = f"http://127.0.0.1:{port}"
            for part in (worker(services), beat(services)):
                services.supervisor.start(part)
            start_web(services, port)
            os.environ.update(services.environ)
            results = measured(services, port, options)
    RESULTS.write_text(json.dumps(results, indent=2) + "\n")
    say(f"\nAlso in {RESULTS.relative_to(Path.cwd()) if RESULTS.is_relative_to(Path.cwd()) else RESULTS}.")
    return 0 if all(row["reached"] for row in [*results["ratios"], results["first_view"]]) else 1


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument("--seconds", type=float, default=3.0, help="how long each measurement takes")
    parser.add_argument("--runs", type=int, default=3, help="measurements a figure; the median counts")
    parser.add_argument("--streams", type=int, default=1000, help="how many open streams")
    return parser.parse_args()


def measured(services: Services, port: int, options: argparse.Namespace) -> dict[str, Any]:
    """Everything that is measured, printed as it comes."""
    import django  # only now do the settings know where the services are

    django.setup()
    from bench import first_view, profile, report, streams
    from bench.door import figures
    from bench.room import make_room

    room = make_room(port, 256)
    medians: Callable[[list[float]], float] = statistics.median
    loads = figures(services, room, port, options.seconds, options.runs, medians)
    ratios = report.ratios(loads)
    report.print_table(loads, ratios)
    streaming = [streams.measure(room, port, options.streams, rate, options.seconds * 2) for rate in (250, 2500)]
    report.print_streams(streaming)
    first = first_view.measure(f"http://127.0.0.1:{port}", room.public_id, options.runs)
    report.print_first_view(first)
    where = profile.measure(services, options.seconds)
    report.print_profile(where)
    return {
        "machine": {"cores": os.cpu_count(), "python": platform.python_version(), "system": platform.system()},
        "seconds": options.seconds,
        "runs": options.runs,
        "loads": loads,
        "ratios": ratios,
        "streams": streaming,
        "first_view": first,
        "profile": where,
    }


if __name__ == "__main__":
    sys.exit(main())
