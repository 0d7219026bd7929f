"""Ways through the coordinator's menus that several journeys share."""

from __future__ import annotations

from typing import Final

from tests.support.phones import Phone

MOST_BUTTONS: Final = 6


def goes(person: Phone, *labels: str) -> str:
    """Tap one label after the other; what stands there then. No menu is longer than one thumb reaches."""
    text = ""
    for label in labels:
        shown = person.taps(label)
        assert len(shown.labels) <= MOST_BUTTONS, shown
        text = shown.text
    return text


def begins(person: Phone, *labels: str) -> str:
    """/beheer, and on from there."""
    person.writes("/beheer")
    person.sees("Kies een team")
    return goes(person, *labels)
