"""What enough people chose, by the labels that stood on the buttons, under the question as it was asked."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from dialogues.conversation.definition import ALWAYS
from dialogues.conversation.presenting import fill
from dialogues.insight.listing import Listed, Listing
from dialogues.insight.maandbeeld import Mention, Mentions
from dialogues.insight.published import PublishedElement


def mentions(one: PublishedElement, step_id: str, words: Mapping[str, str]) -> Mentions:
    """The listed options of a question, without its instruction how to tap; none where nothing may be listed."""
    asked, labels = usual_phrase(one, step_id), labels_of(one, step_id)
    items = listed(one.cells, step_id)
    return Mentions(
        fill(asked.partition("?")[0] + "?", words),
        tuple(Mention(fill(labels.get(item.value, item.value), words), item.often) for item in items),
    )


def listed(cells: Mapping[str, Mapping[str, Any]], step_id: str) -> tuple[Listed, ...]:
    """What may be listed of a question, in the author's order."""
    cell = cells.get(step_id)
    return Listing.from_json(cell).items if cell is not None else ()


def labels_of(one: PublishedElement, step_id: str) -> Mapping[str, str]:
    """Value → label of every option that was offered."""
    options = getattr(one.definition.step(one.audience, step_id), "options", ())
    return {option.value: option.label for option in options}


def usual_phrase(one: PublishedElement, step_id: str) -> str:
    """The question as asked where nothing particular was known of a person."""
    phrases = one.definition.step(one.audience, step_id).phrases
    return next((phrase.text for phrase in phrases if phrase.when == ALWAYS), "")
