"""The dialogue of a round as it was when the round began, whatever has happened to the content files since."""

from __future__ import annotations

from functools import lru_cache

from bot.usecases.deps import Deps
from dialogues.authoring.sources import definition_from
from dialogues.conversation.definition import Definition, Storage
from storage.texts import digest_of
from storage.work import Work


class NotForARound(Exception):
    """Somebody tried to ask a dialogue in a round that stores nothing, or that is signed (privacy rule 14)."""


def keep_words(work: Work, deps: Deps, *, element: str) -> str:
    """Keep the text of a dialogue with the round that begins now; the digest it is found by.

    Raises NotForARound for a dialogue whose answers may not go into an envelope: no round can ever ask it.
    """
    if deps.library.get(element).storage is not Storage.ENVELOPE:
        raise NotForARound(element)
    return work.texts.keep(deps.library.source_of(element))


def definition_of(work: Work, deps: Deps, *, element: str, digest: str) -> Definition:
    """The dialogue with the words of this digest. Raises UnknownDialogue when neither text nor file is there."""
    now = deps.library.sources.get(element)
    if now is not None and digest_of(now) == digest:
        return deps.library.get(element)
    source = work.texts.get(digest)
    return deps.library.get(element) if source is None else _earlier(source)


@lru_cache(maxsize=64)
def _earlier(source: str) -> Definition:
    return definition_from(source)
