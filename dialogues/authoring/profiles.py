"""A team's profile in short words, for who tries a dialogue out: ``large,0-100`` for a large municipality."""

from __future__ import annotations

from dialogues.authoring.explaining import meant
from dialogues.authoring.facts import FACTS


class UnknownFact(Exception):
    """A word that is no fact, or that more than one fact ends in; tells which words there are."""


def facts_in(profile: str) -> frozenset[str]:
    """The facts that comma-separated words stand for.

    A word is a whole fact, such as ``size:large``, or what stands behind its colon where only one fact has that.
    Audience and sector are not among them, for they are asked separately. Raises UnknownFact.
    """
    return frozenset(_fact(word.strip()) for word in profile.split(",") if word.strip())


def _fact(word: str) -> str:
    known = [fact for fact in FACTS if not fact.startswith(("audience:", "sector:"))]
    fitting = [fact for fact in known if word in {fact, fact.partition(":")[2]}]
    if len(fitting) == 1:
        return fitting[0]
    if fitting:
        raise UnknownFact(f"'{word}' kan van alles zijn. Kies uit: {', '.join(fitting)}.")
    ends = [fact.partition(":")[2] for fact in known]
    raise UnknownFact(f"'{word}' is geen bekend feit; {meant(word, {*known, *ends})}")
