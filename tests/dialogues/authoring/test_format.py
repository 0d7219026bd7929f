"""The format carries what later elements need: a basis, other questions, variants, many themes, extra questions."""

from __future__ import annotations

import pytest

from dialogues.authoring.loader import load_library
from dialogues.authoring.ways import Person, explore
from dialogues.conversation.definition import Audience, Branch, Choice, Counted, Definition, MultiChoice, Sector
from dialogues.conversation.engine import begin, resume
from dialogues.conversation.inputs import SKIP, Tap

WORDS = {"periode": "de afgelopen maand", "contact_knelpunt": "de coördinator", "wijkteam": "het jeugdteam"}

FAMILY = """
format: 1
id: client
number: C
version: 1
title: Cliëntperspectief
summary: Kijk even door de ogen van een ouder of kind.
side: no
basis: yes
themes_first_shown: 6
themes:
  - {id: client.heard, label: Gehoord worden, meaning: er wordt eerst geluisterd}
  - {id: client.person, label: Een vast gezicht, meaning: dezelfde persoon}
  - {id: client.reach, label: Bereikbaar, meaning: je kunt bellen}
  - {id: client.promise, label: Afspraken nakomen, meaning: er gebeurt wat beloofd is}
  - {id: client.own, label: Zelf kiezen en doen, meaning: het gezin houdt de regie}
  - {id: client.exp, label: Ervaring telt mee, meaning: wat ouders weten wordt gebruikt}
  - {id: client.speed, label: Tempo, meaning: snel genoeg na de vraag}
statement:
  practice:
    before: Houd één gezin in gedachten, en houd het voor jezelf.
    text: Ze werkten als één geheel voor ons.
    question: Denk je dat het gezin dit zou herkennen?
    not_applicable: Geen gezin samen geholpen
  strategic:
    text: Ik kwam in {periode} zonder omwegen bij de juiste persoon.
    variants:
      - when: ["sector:gemeente"]
        text: Gezinnen kwamen in {periode} snel bij de juiste persoon.
probes:
  practice: {low: Waar heeft het gezin last van?, mid: Wat zou het gezin prijzen?, high: Wat deden jullie?}
  strategic: {low: Waar gaat tijd verloren?, mid: Voor wie gaat het soepel?, high: Hoe weet je dit?}
context:
  - {when: ["sector:jgz"], audience: practice, text: Hielp het dat het gezin jou al kende?}
more_probes:
  - Wist het gezin wie wat deed?
  - Hoe lang duurde het?
open:
  question: Welke zin zou het gezin over jullie zeggen?
  reminder: long
  note: Schrijf hem in je eigen woorden.
reflection: Elke deur kan de goede zijn.
reflection_notes:
  - branches: [low]
    audience: practice
    text: Kom je er samen niet uit? Ga naar {contact_knelpunt}.
actions:
  - {id: client.a1, label: Vraag het, text: Vraag het aan één gezin., check_question: Heb je het gevraagd?}
conversation: {low: Wat merken we?, mid: Wat weten we?, high: Wat houden we?, unclear: Wie vragen we?}
sources: ["§3.1"]
"""


@pytest.fixture(name="family")
def _family(changed) -> Definition:
    folder = changed("trust.yaml")
    (folder / "client.yaml").write_text(FAMILY, encoding="utf-8")
    return load_library(folder).get("client")


def _probe(definition: Definition, sector: str, number: int, audience: Audience = Audience.PRACTICE) -> str:
    turn = begin(definition, audience=audience, number=number, facts=frozenset({f"sector:{sector}"}), words=WORDS)
    for choice in ("0", "0", SKIP):
        turn = resume(definition, turn.session, Tap(turn.session.visit, choice))
    assert turn.screen.expects_text
    return turn.screen.question


def test_an_element_without_a_side_asks_for_the_basis_instead(family) -> None:
    """No side where it makes no sense; what the answer rests on is listed and takes one tap."""
    assert [step.id for step in family.steps[Audience.PRACTICE]] == [
        "statement",
        "basis",
        "themes",
        "probe",
        "share",
        "action",
        "reflection",
    ]
    basis = family.step(Audience.PRACTICE, "basis")
    assert isinstance(basis, Choice)
    assert (basis.counted, basis.skippable) == (Counted.LISTING, False)
    assert [option.value for option in basis.options] == ["asked", "signal", "measured", "guess"]


def test_instruction_statement_and_question_stand_in_one_message(family) -> None:
    """What to keep in mind comes first, and the question above the scale may differ."""
    turn = begin(family, audience=Audience.PRACTICE, words=WORDS)
    assert turn.screen.question == (
        "Houd één gezin in gedachten, en houd het voor jezelf.\n\n"
        "“Ze werkten als één geheel voor ons.”\n\n"
        "Denk je dat het gezin dit zou herkennen?"
    )
    assert turn.screen.buttons[6].label == "Geen gezin samen geholpen"


@pytest.mark.parametrize(("sector", "start"), [("gemeente", "“Gezinnen kwamen"), ("jgz", "“Ik kwam")])
def test_a_statement_may_have_a_variant_for_some(family, sector, start) -> None:
    """Who works for the municipality judges another sentence than the others."""
    turn = begin(family, audience=Audience.STRATEGIC, facts=frozenset({f"sector:{sector}"}), words=WORDS)
    assert turn.screen.question.startswith(start)


def test_open_questions_take_turns_over_the_rounds(family) -> None:
    """First the question of the branch, then of the context, the extra ones, the element's own, and the reserves."""
    asked = [_probe(family, "jgz", number).partition("\n")[0] for number in range(1, 6)]
    assert asked == [
        "Waar heeft het gezin last van?",
        "Hielp het dat het gezin jou al kende?",
        "Wist het gezin wie wat deed?",
        "Hoe lang duurde het?",
        "Welke zin zou het gezin over jullie zeggen?",
    ]
    assert _probe(family, "onderwijs", 2).startswith("Wist het gezin wie wat deed?")
    assert _probe(family, "jgz", 2, Audience.STRATEGIC).startswith("Wist het gezin wie wat deed?")


def test_a_remark_stands_under_every_open_question(family) -> None:
    """The note of an element belongs to whatever is asked there."""
    assert _probe(family, "jgz", 1).endswith("Schrijf hem in je eigen woorden.")


def test_a_remark_in_the_last_words_may_depend_on_answer_and_audience(family) -> None:
    """Where to go is told after a low score in the practice, and to nobody else."""

    def last_words(audience: Audience, branch: Branch) -> str:
        step = family.step(audience, "reflection")
        fitting = [phrase.text for phrase in step.phrases if phrase.when.holds(branch=branch, facts=frozenset())]
        return " ".join(fitting)

    assert "{contact_knelpunt}" in last_words(Audience.PRACTICE, Branch.LOW)
    assert "{contact_knelpunt}" not in last_words(Audience.PRACTICE, Branch.HIGH)
    assert "{contact_knelpunt}" not in last_words(Audience.STRATEGIC, Branch.LOW)


def test_many_themes_start_with_the_first_six(family) -> None:
    """A long list opens with six and a button for the rest; the longest way stays within ten taps."""
    themes = family.step(Audience.PRACTICE, "themes")
    assert isinstance(themes, MultiChoice)
    assert themes.first_shown == 6
    assert explore(family, Person(Audience.PRACTICE, Sector.JGZ)).most_taps == 10
