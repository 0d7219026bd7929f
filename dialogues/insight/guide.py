"""The conversation: which one question the team gets, and the half hour around it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from dialogues.conversation.definition import ConversationQuestions, Definition
from dialogues.conversation.presenting import fill
from dialogues.insight import phrases_nl
from dialogues.insight.bands import Band
from dialogues.insight.maandbeeld import GuideStep, Question

NO_AIM_IN_ITSELF: Final = frozenset({"structures", "conditions", "size", "oneteam", "housing"})
"""Elements that do not work by themselves (DSS §3.2.1, §3.7, §5): being recognised is no success there."""


def choose_question(published: Iterable[tuple[Definition, Band | None]]) -> Question | None:
    """The one question of the month, from the published words alone; None when nothing was published.

    Args:
        published: the elements of the month above the floor, each with its published band (None on a tie).

    The first element that was not published as high; when all were, the first. No order of importance is meant.
    Dialogues without questions of their own come last and get the open one. Texts may still hold placeholders.
    """
    candidates = sorted(published, key=lambda one: (one[0].conversation is None, one[1] is Band.HIGH))
    if not candidates:
        return None
    definition, band = candidates[0]
    text = _text(definition.conversation, band) if definition.conversation else phrases_nl.OPEN_QUESTION
    return Question(definition.id, definition.title, text)


def half_hour(question: Question, *, back: str, works_on_step: bool = False) -> tuple[GuideStep, ...]:
    """The conversation guide of 30 minutes around one question; ``back`` tells what was done with the last time.

    A team that works on a step decides about that one.
    """
    steps = [
        GuideStep(minutes, title, fill(text, {"feedback": back, "question": question.text}))
        for minutes, title, text in phrases_nl.GUIDE
    ]
    if works_on_step:
        text = fill(phrases_nl.GUIDE_WITH_STEP, {"asked": phrases_nl.STEP_QUESTION})
        steps[-1] = GuideStep(steps[-1].minutes, phrases_nl.STEP_TITLE, text)
    return tuple(steps)


def _text(questions: ConversationQuestions, band: Band | None) -> str:
    by_band = {Band.LOW: questions.low, Band.MID: questions.mid, Band.HIGH: questions.high}
    return questions.unclear if band is None else by_band.get(band, questions.unclear)
