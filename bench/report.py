"""The figures in words: which ratio should be at least what, and whether it is."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from config.site import say

# (what, figure, reference, by which measure, at least)
GOALS = [
    ("one answer a request, 32 connections : bare Django view", "one-32", "bare-32", "per_second", 3.0),
    ("one answer a request, 256 connections : bare Django view", "one-256", "bare-256", "per_second", 5.0),
    ("one answer a request, 32 connections : ordinary view", "one-32", "ordinary-32", "per_second", 6.0),
    ("one answer a request, 256 connections : ordinary view", "one-256", "ordinary-256", "per_second", 10.0),
    ("one answer a request, 32 connections : pgbench, one row", "one-32", "pgbench-one", "per_second", 1.7),
    ("one answer a request, 256 connections : pgbench, one row", "one-256", "pgbench-one", "per_second", 2.5),
    ("42 answers a request, 32 connections : pgbench, 42 rows", "all-32", "pgbench-all", "answers_per_second", 0.6),
    ("42 answers a request, 256 connections : pgbench, 42 rows", "all-256", "pgbench-all", "answers_per_second", 0.6),
]


def ratios(loads: Mapping[str, Mapping[str, float]]) -> list[dict[str, Any]]:
    """Every goal with the ratio that this run reached."""
    rows = []
    for what, figure, reference, measure, least in GOALS:
        ratio = loads[figure][measure] / loads[reference][measure]
        rows.append({"what": what, "ratio": round(ratio, 2), "at_least": least, "reached": ratio >= least})
    return rows


def print_table(loads: Mapping[str, Mapping[str, float]], reached: Sequence[Mapping[str, Any]]) -> None:
    say(f"\n{'load':<16}{'requests/s':>12}{'answers/s':>12}{'p95 ms':>9}{'errors':>8}")
    for name, load in loads.items():
        cells = (load.get(key, "") for key in ("per_second", "answers_per_second", "p95", "errors"))
        say("{:<16}{:>12}{:>12}{:>9}{:>8}".format(name, *cells))
    say(f"\n{'ratio':<62}{'reached':>8}{'at least':>10}")
    for row in reached:
        say(f"{row['what']:<62}{row['ratio']:>8}{row['at_least']:>10}  {'' if row['reached'] else 'NOT REACHED'}")


def print_streams(rows: Sequence[Mapping[str, Any]]) -> None:
    say(f"\n{'streams':>8}{'answers/s':>11}{'receipt p95 ms':>16}{'last stream p95 ms':>20}{'messages':>10}")
    for row in rows:
        keys = ("streams", "answers_per_second", "receipt_p95", "last_stream_p95", "messages")
        say("{:>8}{:>11}{:>16}{:>20}{:>10}".format(*(row[key] for key in keys)))


def print_first_view(first: Mapping[str, Any]) -> None:
    say("\nA phone on slow 4G with an empty cache and a processor four times slower")
    say(f"{'bytes of the join page':<52}{first['join_bytes']:>10,.0f}")
    say(f"{'bytes of the room after it':<52}{first['room_bytes']:>10,.0f}")
    verdict = "" if first["reached"] else "NOT REACHED"
    say(f"{'together, at most ' + format(first['at_most_bytes'], ','):<52}{first['all_bytes']:>10,.0f}  {verdict}")
    say(f"{'seconds from the QR code to the join page':<52}{first['join_seen']:>10}")
    say(f"{'seconds from the QR code to the first stored answer':<52}{first['first_answer']:>10}")
    say(f"{'the same without the brakes, and the ratio':<52}{first['first_answer_unbraked']:>10}{first['ratio']:>8}")


def print_profile(rows: Sequence[Mapping[str, Any]]) -> None:
    say("\nWhere the web process's time goes (256 connections, one answer a request; own time)")
    for row in rows:
        say(f"{row['share']:>6.1%}  {row['function']}")
