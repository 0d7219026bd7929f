"""The list of what was erased: keyed hashes in files outside the database, so that an old copy brings nothing back.

What is hashed is a person's random id, or the place of an answer in a round; never a chat: whoever joins again is a new
person and not on the list (docs/decisions/0012-erasure-list.md).
"""

from __future__ import annotations

import hmac
import os
import re
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import date
from pathlib import Path
from typing import Final

from nacl.utils import random as random_bytes

from storage.disk import sync
from storage.errors import UnsafeKeyFolder

PART: Final = "erased"
"""Folder of the list inside the key folder."""
_KEY_SIZE: Final = 32
_LINE: Final = re.compile(r"(\d{4}-\d{2}-\d{2}) ([0-9a-f]{64})")


class ErasureList:
    """Days and hashes of the erased, one a line.

    Args:
        folder: Where the list and its key lie; made for this user only at the first entry.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def add(self, *ids: str, on: date) -> None:
        """Note that these are erased; it is on the disk for good when this returns.

        Call it before the commit that erases: a crash in between leaves an entry without an erasure, which the next
        start makes good. The other way round an old copy of the database could bring back what was erased.
        """
        with self._locked():
            key = self._key(make=True)
            lines = (f"{on.isoformat()} {self._hash(key, each)}\n" for each in ids)
            _append(self._list, "".join(lines).encode())
            sync(self.folder)

    def match(self, ids: tuple[str, ...], *, since: date = date.min) -> tuple[str, ...]:
        """Those of these that were erased on this day or later. Raises UnsafeKeyFolder when the list has no key."""
        known = {entry for on, entry in self._entries() if on >= since}
        if not known:
            return ()
        key = self._key(make=False)
        return tuple(each for each in ids if self._hash(key, each) in known)

    def drop_before(self, day: date) -> int:
        """Forget entries from before this day, of which no copy of the database is left; how many."""
        if not any(on < day for on, _ in self._entries()):
            return 0
        with self._locked():
            entries = self._entries()
            kept = [(on, entry) for on, entry in entries if on >= day]
            new = self._list.with_suffix(".new")
            new.unlink(missing_ok=True)
            _append(new, "".join(f"{on.isoformat()} {entry}\n" for on, entry in kept).encode())
            new.rename(self._list)
            sync(self.folder)
            return len(entries) - len(kept)

    def is_within_reach(self) -> bool:
        """Whether this process may read the list: in production it is the bot's, and closed to the opener."""
        return not self.folder.exists() or os.access(self.folder, os.R_OK | os.W_OK | os.X_OK)

    def is_there(self) -> bool:
        """Whether there is a list. Where there is none nothing was erased yet, or it was lost with its key folder."""
        return self._list.is_file()

    @property
    def _list(self) -> Path:
        return self.folder / "list"

    def _entries(self) -> list[tuple[date, str]]:
        """All whole lines; one that a power cut left half is no entry, and its erasure was not committed either."""
        try:
            lines = self._list.read_text(encoding="ascii", errors="replace").splitlines()
        except FileNotFoundError:
            return []
        found = (_LINE.fullmatch(line) for line in lines)
        return [(date.fromisoformat(each[1]), each[2]) for each in found if each is not None]

    def _key(self, *, make: bool) -> bytes:
        path = self.folder / "key"
        if make and not path.exists() and not self._entries():
            new = path.with_suffix(".new")
            new.unlink(missing_ok=True)
            _append(new, random_bytes(_KEY_SIZE))
            new.rename(path)
        try:
            key = path.read_bytes()
        except FileNotFoundError:
            key = b""
        if len(key) != _KEY_SIZE:
            raise UnsafeKeyFolder(
                f"de sleutel van de wislijst is er niet: {path}. Zonder die sleutel weet de bot niet wie gewist is. "
                "Zet hem terug, of haal de wislijst weg en wis die mensen zelf"
            )
        return key

    def _hash(self, key: bytes, erased: str) -> str:
        return hmac.digest(key, erased.encode(), "sha256").hex()

    def _make_folder(self) -> None:
        """In a key folder with keys only: where the disk with the keys is away, a list of its own would be lost."""
        around = self.folder.parent
        if not (around.is_dir() and any(around.iterdir())):
            raise UnsafeKeyFolder(
                f"de sleutelmap {around} is er nu niet, of is leeg. Koppel de schijf met sleutels aan"
            )
        self.folder.mkdir(exist_ok=True)
        self.folder.chmod(0o700)

    @contextmanager
    def _locked(self) -> Iterator[None]:
        """One writer at a time, over all processes; the system takes the lock back from one that is killed."""
        if not self.folder.exists():
            self._make_folder()
        handle = os.open(self.folder / "lock", os.O_RDWR | os.O_CREAT, 0o600)
        try:
            with suppress(ImportError):  # not there on Windows, where only one process may write here
                import fcntl

                fcntl.flock(handle, fcntl.LOCK_EX)
            yield
        finally:
            os.close(handle)


def _append(path: Path, content: bytes) -> None:
    """Put whole lines at the end of a file and wait for the disk; a half line from a power cut is closed first."""
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_APPEND, 0o600)
    with os.fdopen(descriptor, "r+b", buffering=0) as file:
        size = file.seek(0, os.SEEK_END)
        if size and os.pread(descriptor, 1, size - 1) != b"\n":
            content = b"\n" + content
        written = file.write(content)
        if written != len(content):
            raise OSError(f"de wislijst is niet heel geschreven: {path.name}")
        os.fsync(descriptor)
