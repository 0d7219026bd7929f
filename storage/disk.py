"""The disk: what is safely on it, and what still fits.

After a power cut a file is only renamed or deleted if its folder was synced.
"""

from __future__ import annotations

import os
import shutil
from pathlib import Path


def free(folder: Path) -> int:
    """Bytes that can still be written where a folder is; 0 when it is gone."""
    try:
        return shutil.disk_usage(folder).free
    except OSError:
        return 0


def sync(path: Path) -> None:
    """Return when a file, or what was made, renamed and deleted in a folder, is on the disk."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
