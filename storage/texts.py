"""The words a round began with: the text of its dialogue, once per version, so that a new version waits its turn."""

from __future__ import annotations

from functools import lru_cache
from hashlib import sha256
from typing import Final

from sqlalchemy import bindparam, delete, exists, or_
from sqlmodel import col, select

from storage.repository import Repository
from storage.tables import DialogueTextRow, PublicationRow, RoundRow

_SOURCE: Final = select(DialogueTextRow.source).where(col(DialogueTextRow.digest) == bindparam("digest"))


@lru_cache(maxsize=256)
def digest_of(source: str) -> str:
    """What a text is found by."""
    return sha256(source.encode()).hexdigest()


class DialogueTexts(Repository):
    """Texts of dialogues by their SHA-256; content, never an answer."""

    def keep(self, source: str) -> str:
        """Keep a text, once; the digest it is found by."""
        digest = digest_of(source)
        self._insert_new(DialogueTextRow, {"digest": digest, "source": source})
        return digest

    def get(self, digest: str) -> str | None:
        """The text with this digest."""
        return self._value(_SOURCE, digest=digest)

    def drop_unused(self) -> int:
        """Delete the texts that no round and no publication needs any more; how many."""
        digest = col(DialogueTextRow.digest)
        needed = (exists().where(col(row.dialogue_digest) == digest) for row in (RoundRow, PublicationRow))
        return self._change(delete(DialogueTextRow).where(~or_(*needed)))
