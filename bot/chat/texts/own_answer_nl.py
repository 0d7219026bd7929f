"""Asking a lead the same question again; nothing of the answer is kept (privacy rule 16)."""

from __future__ import annotations

from html import escape
from typing import Final

from dialogues.guarding.cleaning import inert
from dialogues.insight.bands import Band
from dialogues.insight.own_answer import OwnQuestion

BUTTON: Final = "Wat zou jij zeggen?"
WHICH: Final = "Welke vraag wil je zelf beantwoorden? Je antwoord is alleen voor jou. Ik bewaar het niet."
MORE: Final = "Meer vragen"
ANOTHER: Final = "Een andere vraag"
READY: Final = "Klaar"
NOTHING_TO_ASK: Final = "Er is in dit maandbeeld geen uitkomst om naast je eigen antwoord te leggen."
GONE: Final = "Klaar. Je antwoord is weg, ook uit deze chat. Ik heb er niets van bewaard."
NOT_KEPT: Final = "Ik bewaar je antwoord niet. Tik op ‘Klaar’, dan is het ook uit deze chat."
DIFFERS: Final = "Verschilt het? Vraag dan aan je team: wat zien jullie dat ik niet zie?"


def ask(question: OwnQuestion) -> str:
    """The question, without what the team said."""
    return "\n\n".join((_head(question), "Wat zou jij zelf hebben geantwoord?", f"<i>{NOT_KEPT}</i>"))


def beside(question: OwnQuestion, band: Band) -> str:
    """The lead's own word beside the published ones; no verdict about which is right."""
    team = "\n".join(f"{_plain(line.who)}: <b>{_plain(line.word)}</b>" for line in question.team)
    own = f"Jij: <b>{_plain(question.words[band])}</b>"
    return "\n\n".join((_head(question), f"{own}\n{team}", DIFFERS, f"<i>{NOT_KEPT}</i>"))


def _head(question: OwnQuestion) -> str:
    asked = f"\n<i>“{_plain(question.asked)}”</i>" if question.asked else ""
    return f"<b>{_plain(question.title)}</b>{asked}"


def _plain(text: str) -> str:
    return escape(inert(text), quote=False)
