"""A small element and a few answers, for the tests of insight and of rendering."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from dialogues.conversation.definition import (
    Audience,
    Branch,
    Choice,
    Closing,
    ConversationQuestions,
    Counted,
    Definition,
    ImprovementAction,
    Labels,
    MultiChoice,
    Option,
    Phrase,
    When,
)
from dialogues.insight import GivenAnswers

WITH_A_VIEW = When(branches=frozenset({Branch.LOW, Branch.MID, Branch.HIGH}))
SCALE = (
    Option("1", "1 · Helemaal niet", Branch.LOW),
    Option("2", "2 · Weinig", Branch.LOW),
    Option("3", "3 · Wisselend", Branch.MID),
    Option("4", "4 · Grotendeels", Branch.HIGH),
    Option("5", "5 · Helemaal", Branch.HIGH),
    Option("no_view", "Geen zicht op", Branch.UNKNOWN),
    Option("na", "Niets samen gedaan", Branch.NOT_APPLICABLE),
)
SIDES = ("jgz_team", "jgz_school", "team_school", "all_sides")
THEMES = ("t.know", "t.key", "t.heard", "t.build")
LABELS = Labels(**dict.fromkeys(Labels.__dataclass_fields__, ""))


STATEMENT = "“In {periode} bouwden wij voort op elkaars werk.”\n\nHerken je dit?"


def element(
    name: str = "trust", *, title: str = "Vertrouwen", reading_note: str = "", asked: str = STATEMENT
) -> Definition:
    """An element with a statement, a side, themes and actions; the same for both audiences."""
    steps = (
        Choice(
            id="statement",
            phrases=(Phrase(asked),),
            options=SCALE,
            counted=Counted.BANDS,
            skippable=False,
        ),
        Choice(
            id="side",
            phrases=(Phrase("Aan welke samenwerking dacht je vooral?"),),
            options=tuple(Option(side, side) for side in SIDES),
            counted=Counted.SPLIT,
            when=WITH_A_VIEW,
        ),
        MultiChoice(
            id="themes",
            phrases=(Phrase("Waar zit het vooral in? Kies er hooguit drie."),),
            options=tuple(Option(theme, f"{{wijkteam}} {theme}") for theme in THEMES),
            when=WITH_A_VIEW,
        ),
        Choice(
            id="action",
            phrases=(Phrase("Zou een van deze stappen helpen?"),),
            options=tuple(Option(value, value) for value in ("t.a1", "t.a2", "other", "none")),
            counted=Counted.LISTING,
            when=When(branches=frozenset({Branch.LOW, Branch.MID})),
        ),
        Choice(id="share", phrases=(Phrase("Delen?"),), options=(Option("yes", "Ja"),)),
        Closing(id="reflection", phrases=(Phrase("Dank je."),)),
    )
    return Definition(
        id=name,
        number="3",
        version=1,
        title=title,
        summary="Ken je elkaar?",
        is_element=True,
        steps=dict.fromkeys(Audience, steps),
        actions=tuple(
            ImprovementAction(f"t.a{number}", f"Stap {number}", f"Doe stap {number}.", "Gedaan?") for number in (1, 2)
        ),
        conversation=ConversationQuestions(low="Vraag laag?", mid="Vraag wisselend?", high="Vraag hoog?", unclear="?!"),
        reading_note=reading_note,
        labels=LABELS,
    )


def gave(statement: str = "", sector: str = "jgz", **others: str) -> GivenAnswers:
    """One envelope; several values of a step are written with spaces between them."""
    answers = {"statement": statement, **others}
    return GivenAnswers(sector=sector, answers={step: tuple(text.split()) for step, text in answers.items() if text})


def bands(**counts: int) -> Mapping[str, Mapping[str, int]]:
    """Counts of one sector."""
    return {"jgz": counts}


def cells(**steps: Any) -> dict[str, dict[str, Any]]:
    """Published cells by step, from publications and listings."""
    return {
        step: {"kind": "listing" if hasattr(made, "items") else "bands", **made.to_json()}
        for step, made in steps.items()
    }
