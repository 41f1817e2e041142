"""Zip files that are the same for the same content: no hour of making in them."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable

EARLIEST = (1980, 1, 1, 0, 0, 0)  # what a zip file can say at all


def zipped(files: Iterable[tuple[str, bytes]], stored: Iterable[str] = ()) -> bytes:
    """These files, in this order; those named in ``stored`` are not compressed."""
    whole, plain = io.BytesIO(), set(stored)
    with zipfile.ZipFile(whole, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files:
            entry = zipfile.ZipInfo(name, EARLIEST)
            entry.compress_type = zipfile.ZIP_STORED if name in plain else zipfile.ZIP_DEFLATED
            entry.external_attr = 0o644 << 16
            archive.writestr(entry, content)
    return whole.getvalue()


def without_hours(content: bytes, stored: Iterable[str] = ()) -> bytes:
    """A zip file that another program made, its hours taken out."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return zipped(((name, archive.read(name)) for name in archive.namelist()), stored)
