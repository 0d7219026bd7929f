"""Small dialogues with everything the format can hold, also what no shipped dialogue uses yet."""

from __future__ import annotations

from collections.abc import Iterable

from dialogues.conversation.definition import (
    ALWAYS,
    Audience,
    Branch,
    Choice,
    Closing,
    Definition,
    MultiChoice,
    OpenText,
    Option,
    Phrase,
    Step,
    When,
)
from tests.support.shipped import shipped

LIBRARY = shipped()
OF_JGZ = When(facts=frozenset({"sector:jgz"}))


def on(*branches: Branch) -> When:
    return When(branches=frozenset(branches))


def ask(text: str) -> tuple[Phrase, ...]:
    return (Phrase(text),)


def dialogue(name: str, *steps: Step) -> Definition:
    """A definition with these steps, for both audiences."""
    return Definition(
        id=name,
        number="X",
        version=1,
        title=name.title(),
        summary="",
        is_element=False,
        steps=dict.fromkeys(Audience, (*steps, Closing(id="end", phrases=ask("Dank je.")))),
        labels=LIBRARY.labels,
    )


def scale(name: str, *more: Phrase) -> Choice:
    return Choice(
        id=name,
        phrases=(*more, *ask(f"{name}?")),
        options=(
            Option("low", "Weinig", Branch.LOW),
            Option("mid", "Wisselend", Branch.MID),
            Option("high", "Veel", Branch.HIGH),
        ),
    )


def plain(name: str, *, when: When = ALWAYS, values: Iterable[str] = ("yes", "no")) -> Choice:
    return Choice(id=name, phrases=ask(f"{name}?"), options=tuple(Option(v, v.title()) for v in values), when=when)


def share(name: str) -> Choice:
    return Choice(
        id=name,
        phrases=ask("Mag dit erbij?"),
        options=(Option("private", "Nee"), Option("shared", "Ja")),
        skippable=False,
        after_text=True,
    )


TWO_SCALES = dialogue(
    "scales",
    scale("first"),
    plain("after_low", when=on(Branch.LOW)),
    plain("after_high", when=on(Branch.HIGH)),
    scale("second", Phrase("En dan, als het stroef gaat?", on(Branch.LOW))),
    plain("last_low", when=on(Branch.LOW)),
    plain("last_high", when=on(Branch.HIGH)),
)
"""Two steps open a branch; what comes between them hangs on the first, what follows on the second."""

TWO_TEXTS = dialogue(
    "texts",
    OpenText(id="one", phrases=ask("Wat hielp?")),
    share("share_one"),
    plain("between"),
    OpenText(id="two", phrases=ask("Wat nog?"), when=OF_JGZ),
    share("share_two"),
    plain("after"),
)
"""Two open questions, each with its own question about sharing; the second is for the JGZ only."""

LONG_LIST = dialogue(
    "list",
    MultiChoice(
        id="pick",
        phrases=ask("Wat vooral?"),
        options=(
            *(Option(letter, letter.upper()) for letter in "abcd"),
            Option("jgz", "Alleen JGZ", when=OF_JGZ),
            Option("hidden", "Verderop"),
        ),
        first_shown=3,
    ),
    MultiChoice(
        id="short",
        phrases=ask("En hier?"),
        options=(*(Option(letter, letter.upper()) for letter in "ab"), Option("jgz", "Alleen JGZ", when=OF_JGZ)),
        first_shown=2,
        most=2,
    ),
)
"""Lists with "Meer"; for people outside the JGZ the second list hides nothing behind it."""

UNUSUAL = (TWO_SCALES, TWO_TEXTS, LONG_LIST)
