"""Which elements a team turns to, when content files come and go: none is dropped, and none that is gone stops it."""

from __future__ import annotations

from bot.usecases.deps import Deps
from dialogues.errors import UnknownDialogue
from dialogues.rhythm.rotation import order_for, topic_at
from storage.schedules import Schedule


def all_topics(deps: Deps, schedule: Schedule | None) -> tuple[str, ...]:
    """The team's own order, or the standard one, with elements that came since at the end."""
    standard = order_for("", (each.id for each in deps.library.definitions.values() if each.is_element))
    if schedule is None:
        return standard
    return schedule.topics + tuple(dict.fromkeys(topic for topic in standard if topic not in schedule.topics))


def next_topic(deps: Deps, schedule: Schedule) -> tuple[str, int]:
    """The element whose turn it is, and the position after it; topics without a content file are passed over.

    Raises UnknownDialogue when none of the topics has one.
    """
    topics = all_topics(deps, schedule)
    for position in range(schedule.position, schedule.position + len(topics)):
        element = topic_at(topics, position)
        if element in deps.library.definitions:
            return element, (position + 1) % len(topics)
    raise UnknownDialogue(topic_at(topics, schedule.position), tuple(deps.library.definitions))
