"""The floor: what PostgreSQL alone does with the same rows, by one client of pgbench."""

from __future__ import annotations

import subprocess
from pathlib import Path
from typing import Any

import psycopg
from psycopg.conninfo import conninfo_to_dict

from config.services.postgres import programs

TABLE = """
DROP TABLE IF EXISTS bench_vote;
CREATE TABLE bench_vote (participant_id bigint, item_id int, criterion_id int, value smallint, counter bigint NOT NULL,
    transaction bigint NOT NULL, PRIMARY KEY (participant_id, item_id, criterion_id));
CREATE INDEX ON bench_vote (item_id);
"""
UPSERT = """ON CONFLICT (participant_id, item_id, criterion_id) DO UPDATE
SET value = excluded.value, counter = excluded.counter, transaction = excluded.transaction;
"""
ONE_ROW = (
    "\\set p random(1, 256)\n\\set i random(1, 21)\n\\set c random(1, 2)\n\\set v random(1, 5)\n"
    "INSERT INTO bench_vote VALUES (:p, :i, :c, :v, 1, 1) " + UPSERT
)
ALL_ROWS = (
    "\\set p random(1, 256)\n\\set v random(1, 5)\n"
    "INSERT INTO bench_vote SELECT :p, i, c, :v, 1, 1 FROM generate_series(1, 21) i, generate_series(1, 2) c " + UPSERT
)


def upserts(url: str, folder: Path, script: str, seconds: int) -> float:
    """Transactions per second of one pgbench client that runs ``script``, prepared."""
    with psycopg.connect(url, autocommit=True) as connection:
        for statement in TABLE.split(";"):
            if statement.strip():
                connection.execute(statement)  # type: ignore[arg-type]
    path = folder / "upsert.sql"
    path.write_text(script)
    where: dict[str, Any] = conninfo_to_dict(url)
    command = [str(programs() / "pgbench"), "-n", "-M", "prepared", "-c", "1", "-T", str(seconds), "-f", str(path)]
    for option, name in (("-h", "host"), ("-p", "port"), ("-U", "user")):
        if where.get(name):
            command += [option, str(where[name])]
    done = subprocess.run([*command, str(where["dbname"])], check=True, capture_output=True, text=True)
    line = next(line for line in done.stdout.splitlines() if line.startswith("tps = "))
    return float(line.split()[2])
