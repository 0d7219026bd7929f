"""The conversation: which one question the team gets, and the half hour around it."""

from __future__ import annotations

from collections.abc import Iterable

from dialogues.conversation.definition import ConversationQuestions, Definition
from dialogues.insight import phrases_nl
from dialogues.insight.bands import Band
from dialogues.insight.maandbeeld import GuideStep, Question


def choose_question(published: Iterable[tuple[Definition, Band | None]]) -> Question | None:
    """The one question of the month, from the published words alone.

    Args:
        published: the elements of the month above the floor, each with its published band (None on a tie).

    The first element that was not published as high; when all were, the first. No order of importance is meant.
    Texts may still hold placeholders. None when no element has a question.
    """
    asking = [(definition, band, definition.conversation) for definition, band in published if definition.conversation]
    if not asking:
        return None
    definition, band, questions = next((one for one in asking if one[1] is not Band.HIGH), asking[0])
    return Question(definition.id, definition.title, _text(questions, band))


def half_hour(question: Question, *, feedback: str) -> tuple[GuideStep, ...]:
    """The conversation guide of 30 minutes around one question."""
    told = feedback or phrases_nl.NO_FEEDBACK
    return tuple(
        GuideStep(minutes, title, text.replace("{feedback}", told) if "{feedback}" in text else text)
        if "{question}" not in text
        else GuideStep(minutes, title, question.text)
        for minutes, title, text in phrases_nl.GUIDE
    )


def _text(questions: ConversationQuestions, band: Band | None) -> str:
    by_band = {Band.LOW: questions.low, Band.MID: questions.mid, Band.HIGH: questions.high}
    return questions.unclear if band is None else by_band.get(band, questions.unclear)
