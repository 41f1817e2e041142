"""Where the embedded services live: a system user for root, folders that this user can reach."""

from __future__ import annotations

import hashlib
import os
import pwd
import shutil
import stat
import subprocess
import tempfile
from pathlib import Path
from typing import NamedTuple

USER_NAME = "scenariotafel"
# A socket's whole path has to fit in 104 bytes on macOS and 108 on Linux.
LONGEST_SOCKET = 100
LONGEST_SOCKET_NAME = "/.s.PGSQL.5432"


class ServiceError(Exception):
    """A real part cannot be started; the message says what to do, in plain words."""


class Owner(NamedTuple):
    """The system user that runs a service when the site itself runs as root."""

    uid: int
    gid: int


def service_owner() -> Owner | None:
    """Root's stand-in, made once on this machine (PostgreSQL refuses to run as root); None for others."""
    if os.geteuid() != 0:
        return None
    for attempt in range(2):
        try:
            entry = pwd.getpwnam(USER_NAME)
        except KeyError:
            if attempt or not _add_user():
                break
        else:
            return Owner(entry.pw_uid, entry.pw_gid)
    raise ServiceError(
        f"PostgreSQL does not run as root, and the system user '{USER_NAME}' could not be made. "
        "Run this as an ordinary user, or set DATABASE_URL and REDIS_URL."
    )


def _add_user() -> bool:
    """Ask the system for the user. True also where another process was first."""
    command = shutil.which("useradd", path="/usr/sbin:/sbin:/usr/bin:/bin")
    if command is None:
        return False
    options = ["--system", "--user-group", "--no-create-home", "--home-dir", "/nonexistent", "--shell", "/bin/false"]
    subprocess.run([command, *options, USER_NAME], check=False, capture_output=True)
    return True


def reachable(path: Path, owner: Owner | None) -> bool:
    """Whether ``owner`` can pass through every folder above ``path`` (the path itself may be private)."""
    if owner is None:
        return True
    for parent in path.resolve().parents:
        if not parent.exists():
            continue
        mode = parent.stat()
        passable = (
            mode.st_mode & stat.S_IXOTH
            or (mode.st_uid == owner.uid and mode.st_mode & stat.S_IXUSR)
            or (mode.st_gid == owner.gid and mode.st_mode & stat.S_IXGRP)
        )
        if not passable:
            return False
    return True


def private_folder(data_dir: Path, name: str, owner: Owner | None) -> Path:
    """``<data_dir>/<name>``, private to ``owner``; a folder under the system's temp directory where that fails.

    The other place is the same for the same data directory, so what is kept there is found again.
    """
    folder = data_dir / name
    if reachable(folder, owner) and _make_private(folder, owner):
        return folder
    folder = spare_folder(data_dir, owner) / name
    if not _make_private(folder, owner):
        raise ServiceError(f"{folder} cannot be made or given its owner. Set TMPDIR to a place where it can.")
    return folder


def socket_folder(data_dir: Path, owner: Owner | None) -> Path:
    """A private folder whose path is short enough for sockets."""
    if len(os.fsencode(str((data_dir / "run").resolve()) + LONGEST_SOCKET_NAME)) < LONGEST_SOCKET:
        return private_folder(data_dir, "run", owner)
    folder = spare_folder(data_dir, owner) / "run"
    if len(os.fsencode(str(folder) + LONGEST_SOCKET_NAME)) >= LONGEST_SOCKET or not _make_private(folder, owner):
        raise ServiceError(f"{folder} is too long a path for a socket. Set TMPDIR to a shorter one, such as /tmp.")
    return folder


def spare_folder(data_dir: Path, owner: Owner | None) -> Path:
    """This data directory's own folder under the system's temp directory, for when it is out of reach itself."""
    mark = hashlib.sha256(os.fsencode(data_dir.resolve())).hexdigest()[:10]
    for root in dict.fromkeys([tempfile.gettempdir(), "/tmp", "/var/tmp"]):  # noqa: S108 - checked below
        base = Path(root).resolve() / f"{USER_NAME}-{os.geteuid()}"
        if not base.parent.is_dir() or not reachable(base, owner):
            continue
        base.mkdir(mode=0o711, exist_ok=True)
        mode = base.lstat()
        if stat.S_ISDIR(mode.st_mode) and mode.st_uid == os.geteuid() and not mode.st_mode & 0o022:
            base.chmod(0o711)
            folder = base / mark
            folder.mkdir(mode=0o711, exist_ok=True)
            folder.chmod(0o711)
            return folder
    raise ServiceError("No temp folder can be used: each is out of reach or belongs to somebody else. Set TMPDIR.")


def _make_private(folder: Path, owner: Owner | None) -> bool:
    """Make the folder, mode 0700 and owned by ``owner``; False where the file system does not let us."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        if owner is not None:
            os.chown(folder, owner.uid, owner.gid)
        folder.chmod(0o700)
        mode = folder.stat()
    except OSError:
        return False
    return stat.S_IMODE(mode.st_mode) == 0o700 and (owner is None or mode.st_uid == owner.uid)


def within_reach(root: Path, folders: list[str], data_dir: Path, owner: Owner | None) -> Path:
    """``root``, or a folder with copies of those of its ``folders`` that exist, where ``owner`` cannot reach it.

    The first folder holds the programs; libraries beside it are found by their place relative to it.
    """
    if reachable(root / folders[0] / "any", owner):
        return root
    about = (root / folders[0]).stat()
    copy = spare_folder(data_dir, owner) / f"programs-{about.st_ino}-{int(about.st_mtime)}"
    if not copy.exists():
        unfinished = copy.with_name(f"{copy.name}.{os.getpid()}")
        for folder in folders:
            if (root / folder).exists():
                shutil.copytree(root / folder, unfinished / folder, symlinks=True)
        _open_up(unfinished)
        unfinished.rename(copy)
    return copy


def _open_up(folder: Path) -> None:
    """Let others read and run what was copied, whatever the umask of the original."""
    for path in [folder, *folder.rglob("*")]:
        if not path.is_symlink():
            mode = stat.S_IMODE(path.stat().st_mode)
            path.chmod(mode | 0o044 | (0o011 if mode & stat.S_IXUSR else 0))
