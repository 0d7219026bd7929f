"""Keys of rounds: files in a key folder outside the database and every backup, and the stock of public keys."""

from __future__ import annotations

import hashlib
import hmac
import os
import re
from collections.abc import Collection
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from nacl.public import PrivateKey
from nacl.utils import random as random_bytes
from sqlalchemy import bindparam, delete, func, update
from sqlmodel import col, select

from storage.disk import sync
from storage.erasures import PART as ERASED
from storage.errors import Conflict, KeyGone, KeyUnreadable, UnsafeKeyFolder
from storage.hold import Hold
from storage.repository import Repository
from storage.tables import KeyStockRow

_OPENER: Final = ("opener", ".private")
_BOT: Final = ("bot", ".round")
_PARTS: Final = (_OPENER, _BOT)
_NEW: Final = ".new"
_HALF: Final = 32
_OTHERS: Final = 0o077
_OTHERS_READ_OR_WRITE: Final = 0o066
_KEY_ID: Final = re.compile(r"[A-Za-z0-9_-]{1,64}")
_PLUG_IN: Final = (
    "Staan de sleutels op een eigen schijf, koppel die aan. Zijn ze echt weg, zet dan een kopie terug: "
    "python -m bot restore KOPIE"
)


@dataclass(frozen=True, slots=True)
class RoundKey:
    """The bot's key of one round, as it was read. Not kept longer than a use case: a destroyed key is gone at once."""

    _finding: bytes = field(repr=False)
    session: bytes = field(repr=False)
    """The 32-byte key of the round's sessions."""

    def slot(self, person_id: str, *, aside: bool = False) -> bytes:
        """The 32 bytes that name a person's envelope in this round.

        ``aside`` names a second place of the same person, for a free topic beside the round.
        """
        return hmac.digest(self._finding, person_id.encode() + (b"\0aside" if aside else b""), "sha256")


class KeyFolder:
    """Two folders of key files: ``opener/`` opens envelopes, ``bot/`` finds slots and unlocks sessions.

    Each has one user who makes, reads and destroys what is in it: the opener makes pairs for the stock, the bot makes
    the key of a round when it opens one. So in production neither can read the other's (privacy 3.3): who can open an
    envelope cannot tell whose it is, and who knows whose it is cannot open it. Nothing is cached, so a destroyed key is
    gone at once.

    Args:
        path: The folder; make it with ``create()``.
    """

    def __init__(self, path: Path) -> None:
        self.path = path

    def create(self) -> None:
        """Make the folder and its two parts for this user only; what exists is left as it is."""
        for part in _PARTS:
            self._create(part)

    def _create(self, part: tuple[str, str]) -> None:
        for folder in (self.path, self.path / part[0]):
            if not folder.exists():
                folder.mkdir(parents=True, exist_ok=True)
                folder.chmod(0o700)

    def check(self) -> None:
        """Raise UnsafeKeyFolder when the folder is missing or others can read a key.

        The folder itself may be passed through (0711), so that two users can each reach their own part.
        """
        if not self.path.is_dir():
            raise UnsafeKeyFolder(f"de sleutelmap {self.path} is er niet. Zonder sleutels gaat geen envelop open")
        _refuse(self.path, _OTHERS_READ_OR_WRITE)
        for part in (*(part for part, _ in _PARTS), ERASED):
            folder = self.path / part
            if not folder.is_dir():
                continue
            _refuse(folder, _OTHERS)
            for file in folder.iterdir() if os.access(folder, os.R_OK | os.X_OK) else ():
                _refuse(file, _OTHERS)

    def check_opener(self) -> None:
        """Raise UnsafeKeyFolder when this process may not work in ``opener/``, or somebody else owns it."""
        folder = self.path / _OPENER[0]
        if not folder.is_dir():
            raise UnsafeKeyFolder(f"de map {folder} is er niet. Daarin maakt dit proces de sleutels van enveloppen")
        if not self.can_open():
            raise UnsafeKeyFolder(
                f"dit proces moet enveloppen openen, maar mag niet in {folder}. "
                "Start het als de gebruiker van die map, of start `run --without-release`"
            )
        if folder.stat().st_uid != os.geteuid():
            raise UnsafeKeyFolder(
                f"de map {folder} is van een andere gebruiker; die kan alle enveloppen openen. "
                f"Doe als beheerder: chown {os.geteuid()} {folder}"
            )

    def check_bot(self) -> None:
        """Raise UnsafeKeyFolder when ``bot/`` is not there or not for this process, or when somebody else owns it."""
        _refuse_away(self.path / _BOT[0])
        self.check_user()

    def check_user(self) -> None:
        """Raise UnsafeKeyFolder for another user than the bot's; also where no ``bot/`` was made yet."""
        folder = self.path / _BOT[0]
        there = folder if folder.exists() else self.path
        if not os.access(there, os.R_OK | os.W_OK | os.X_OK) or there.stat().st_uid != os.geteuid():
            raise UnsafeKeyFolder(
                f"de map {there} is van een andere gebruiker. Start dit als de gebruiker van die map, "
                "anders kan die straks niet bij nieuwe sleutels"
            )

    def can_open(self) -> bool:
        """Whether this process can reach the private keys."""
        return os.access(self.path / _OPENER[0], os.R_OK | os.W_OK | os.X_OK)

    def can_find(self) -> bool:
        """Whether this process can reach what finds slots."""
        return os.access(self.path / _BOT[0], os.R_OK | os.W_OK | os.X_OK)

    def make(self, key_id: str) -> bytes:
        """Make a pair for the stock and write its private half; the public key. The opener's work.

        A crash in between leaves at most a file that ``known()`` lists and no stock names: destroy it then.
        Raises Conflict when this id has a file, and UnsafeKeyFolder while there is no ``opener/``.
        """
        path = self._file(_OPENER, key_id)
        _refuse_away(path.parent)
        if path.exists():
            raise Conflict("sleutelmap")
        private_key = PrivateKey.generate()
        _write(path, bytes(private_key))
        return bytes(private_key.public_key)

    def make_for_round(self, key_id: str) -> None:
        """Make what finds slots and locks sessions in the round that takes this key. The bot's work.

        One that is there is left as it is: an opening that was undone tries the same key again. Raises UnsafeKeyFolder
        while there is no ``bot/``.
        """
        path = self._file(_BOT, key_id)
        _refuse_away(path.parent)
        if not path.exists():
            _write(path, random_bytes(2 * _HALF))

    def of_round(self, key_id: str) -> RoundKey:
        """What finds slots and locks sessions in the round of this key, for one use case only.

        Raises KeyGone for a key that is no more, and UnsafeKeyFolder while the whole of ``bot/`` is away.
        """
        content = self._read(_BOT, key_id, size=2 * _HALF)
        return RoundKey(content[:_HALF], content[_HALF:])

    def slot(self, key_id: str, person_id: str, *, aside: bool = False) -> bytes:
        """The 32 bytes that name a person's envelope in the round of this key; raises KeyGone."""
        return self.of_round(key_id).slot(person_id, aside=aside)

    def private(self, key_id: str) -> PrivateKey:
        """The key that opens the envelopes.

        Raises KeyGone for one that is no more, KeyUnreadable where ``opener/`` is another user's, and UnsafeKeyFolder
        while the whole of it is away.
        """
        return PrivateKey(self._read(_OPENER, key_id, size=_HALF))

    def mark(self, key_id: str, person_id: str) -> bytes:
        """32 bytes that tell whether two slips of one month name the same person; raises what ``private`` raises.

        Made from the private key, so that they mean nothing to anybody once it is gone.
        """
        return hashlib.blake2b(person_id.encode(), key=bytes(self.private(key_id)), digest_size=32).digest()

    def destroy(self, key_id: str) -> None:
        """Overwrite and delete both files of a key; nothing happens when they are gone.

        A part that belongs to another user is left: that user's process destroys it.
        """
        for part in _PARTS:
            final = self._file(part, key_id)
            if not os.access(final.parent, os.W_OK | os.X_OK):
                continue
            for path in (final, final.with_suffix(_NEW)):
                _shred(path)
            sync(final.parent)

    def known(self) -> frozenset[str]:
        """Ids of all keys of which this process can see a file, half-written ones included."""
        readable = (part for part in _PARTS if os.access(self.path / part[0], os.R_OK | os.X_OK))
        return frozenset(key_id for part in readable for key_id in self._ids_in(part, half=True))

    def refuse_bare(self) -> None:
        """Raise UnsafeKeyFolder when this process can see no key at all; for who knows that there must be one.

        The disk with the keys is away then: the system makes empty folders at every start, also where that disk comes.
        On hold a copy of the database came back, perhaps because the keys are lost: nothing is refused then.
        """
        if not (self.known() or Hold(self.path).is_on):
            raise UnsafeKeyFolder(f"in {self.path} staat nu geen enkele sleutel. {_PLUG_IN}")

    def whole(self) -> frozenset[str]:
        """Ids of the keys of rounds with a whole file in every part that this process can read."""
        readable = (part for part in _PARTS if os.access(self.path / part[0], os.R_OK | os.X_OK))
        seen = [self._ids_in(part) for part in readable]
        return frozenset.intersection(*seen) if seen else frozenset()

    def opening(self) -> frozenset[str]:
        """Ids of the keys of which the private half is there, whole or damaged.

        Raises UnsafeKeyFolder where ``opener/`` is another user's, or is not there at all: a disk that is away for a
        while is no loss of keys.
        """
        try:
            return self._ids_in(_OPENER)
        except (FileNotFoundError, PermissionError):
            raise UnsafeKeyFolder(
                f"de map {self.path / _OPENER[0]} is er nu niet, of is van een andere gebruiker"
            ) from None

    def _ids_in(self, part: tuple[str, str], *, half: bool = False) -> frozenset[str]:
        """What has another name is no key, and not ours: a disk keeps files of its own in its folder."""
        folder, suffix = part
        ends = {suffix, _NEW} if half else {suffix}
        names = os.listdir(self.path / folder)  # noqa: PTH208 - at every tick, perhaps of ten thousand
        split = (name.rpartition(".") for name in names)
        return frozenset(stem for stem, dot, end in split if dot + end in ends and _KEY_ID.fullmatch(stem))

    def _read(self, part: tuple[str, str], key_id: str, *, size: int) -> bytes:
        try:
            with self._file(part, key_id).open("rb", buffering=0) as file:
                content = file.read(size + 1)
        except FileNotFoundError:
            _refuse_away(self.path / part[0])
            self.refuse_bare()
            raise KeyGone(key_id) from None
        except PermissionError:
            raise KeyUnreadable(key_id) from None
        if len(content) != size:
            raise KeyGone(key_id)
        return content

    def _file(self, part: tuple[str, str], key_id: str) -> Path:
        if not _KEY_ID.fullmatch(key_id):
            raise ValueError("a key id is 1-64 letters, digits, - or _")
        folder, suffix = part
        return self.path.joinpath(folder, key_id + suffix)


def _refuse_away(folder: Path) -> None:
    """Raise UnsafeKeyFolder for a part that is not there: a disk that is away for a while is no loss of keys."""
    if not folder.is_dir():
        raise UnsafeKeyFolder(f"de map {folder} is er nu niet. {_PLUG_IN}")


def _refuse(path: Path, forbidden: int) -> None:
    try:
        mode = path.stat().st_mode & 0o777
    except FileNotFoundError:  # a key that was destroyed since it was listed
        return
    if mode & forbidden:
        wanted = "700" if path.is_dir() else "600"
        raise UnsafeKeyFolder(f"anderen kunnen bij de sleutels: {path} staat op {mode:03o}. Doe: chmod {wanted} {path}")


def _write(path: Path, content: bytes) -> None:
    """Write a file that is there whole or not at all, also after a power cut."""
    new = path.with_suffix(_NEW)
    descriptor = os.open(new, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    new.rename(path)
    sync(path.parent)


def _shred(path: Path) -> None:
    """Overwrite before deleting. A second line only: a disk that writes elsewhere keeps the old block for a while."""
    try:
        with path.open("r+b") as file:
            file.write(random_bytes(path.stat().st_size))
            file.flush()
            os.fsync(file.fileno())
        path.unlink()
    except FileNotFoundError:
        return


_FREE: Final = (
    select(KeyStockRow.key_id, KeyStockRow.public_key)
    .where(col(KeyStockRow.used).is_(False))
    .order_by(col(KeyStockRow.key_id))
    .limit(1)
    .with_for_update(skip_locked=True)
)
_DROP: Final = delete(KeyStockRow).where(
    col(KeyStockRow.key_id) == bindparam("which"), col(KeyStockRow.used).is_(False)
)
_USE: Final = update(KeyStockRow).where(col(KeyStockRow.key_id) == bindparam("which")).values(used=True)


class KeyStock(Repository):
    """Public keys that the opener made beforehand, each for one round."""

    def add(self, key_id: str, public_key: bytes) -> None:
        """Put a key in stock; its files must be written before."""
        self._insert(KeyStockRow, {"key_id": key_id, "public_key": public_key, "used": False})

    def take(self) -> tuple[str, bytes] | None:
        """Take one key (id, public key), for this caller only; None when the stock is empty."""
        taken = self._session.connection().execute(_FREE).first()
        if taken is None:
            return None
        key_id, public_key = taken
        self._change(_USE, which=key_id)
        return key_id, public_key

    def count(self) -> int:
        """How many keys are in stock."""
        return self._value(select(func.count()).where(col(KeyStockRow.used).is_(False))) or 0

    def unused(self) -> frozenset[str]:
        """Ids of the keys in stock."""
        return frozenset(self._values(select(KeyStockRow.key_id).where(col(KeyStockRow.used).is_(False))))

    def drop(self, key_ids: Collection[str]) -> None:
        """Take these keys out of stock; one that a round took stays. Their files go with the next clearing."""
        for key_id in key_ids:
            self._change(_DROP, which=key_id)
