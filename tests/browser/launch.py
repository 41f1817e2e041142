"""How the tests, the pictures and the bench start their browser."""

from __future__ import annotations

import os
import shutil
from typing import Any

# In the order of what they cost. Where there is none Playwright has one.
PROGRAMS = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome")


def program() -> str | None:
    """The machine's own Chromium, if it has one; ``tests/browser/install`` asks too."""
    return next(filter(None, map(shutil.which, PROGRAMS)), None)


def launch_args() -> dict[str, Any]:
    """For Playwright's ``launch()``: the machine's own Chromium; root's needs to go without a sandbox."""
    found = program()
    return {
        **({"executable_path": found} if found else {}),
        "args": ["--no-sandbox"] if os.geteuid() == 0 else [],
    }
