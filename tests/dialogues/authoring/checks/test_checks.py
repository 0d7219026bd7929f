"""Each check, broken once: the mistake it names, with file, line, step and remedy."""

from __future__ import annotations

import inspect
import re
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

import pytest

from bot.chat.callback_data import AccountTap, DialogueTap, ManageTap, decode, encode
from bot.ports import RandomIds
from dialogues.authoring import checks
from dialogues.authoring.checks.button_data import LONGEST_DIALOGUE_ID, LONGEST_FUNCTION_CODE, MOST_ANSWERS
from dialogues.authoring.checks.fewest_taps import check_fewest_taps
from dialogues.authoring.checks.shelf import Shelf
from dialogues.authoring.loader import shipped_folder
from dialogues.conversation.definition import Audience
from dialogues.conversation.way import Way
from tests.support.shipped import shipped, shipped_files


class Break(NamedTuple):
    """One change to a good file, and the one mistake it should give."""

    check: str
    name: str
    old: str
    new: str
    at: str
    step: str
    problem: str
    remedy: str


START = (shipped_folder() / "start.yaml").read_text(encoding="utf-8")
CLOSING = START[START.index("  - kind: closing") : START.index("links:")]

BREAKS = [
    Break(
        "check_theme_labels",
        "trust.yaml",
        "label: Kleine successen",
        "label: Samen heel kleine successen zien",
        "trust.wins",
        "themes[9].label",
        "'Samen heel kleine successen zien' telt 32 tekens",
        "houd een thema op hooguit 28 tekens",
    ),
    Break(
        "check_button_texts",
        "roles.yaml",
        "not_applicable: Niets samen gedaan",
        "not_applicable: Niets samen met {wijkteam} of school gedaan",
        "not_applicable:",
        "statement.practice.not_applicable",
        "'Niets samen met {wijkteam} of school gedaan' wordt een knop van 46 tekens",
        "houd een knop op hooguit 40 tekens",
    ),
    Break(
        "check_sentence_length",
        "process.yaml",
        "Terugkijken mag klein: vijf minuten aan het eind van een overleg dat er al is.",
        "Juist als het goed loopt, kost samen terugkijken naar hoe het ging en wat beter kan "
        "jullie per keer echt niet meer dan vijf korte minuten.",
        "reflection:",
        "reflection",
        "de zin 'Juist als het goed loopt, kost samen ter…' telt 26 woorden",
        "maak er twee zinnen van, elk hooguit 25 woorden",
    ),
    Break(
        "check_placeholder_names",
        "trust.yaml",
        "Welk klein succes van {periode} wil",
        "Welk klein succes van {priode} wil",
        "{priode}",
        "open.question",
        "{priode} kan ik niet invullen",
        "bedoel je 'periode'?",
    ),
    Break(
        "check_placeholder_names",
        "trust.yaml",
        "Welk klein succes van {periode} wil",
        "Welk klein succes van {de periode} wil",
        "{de periode}",
        "open.question",
        "hier staat een losse accolade",
        "schrijf {naam} zonder spaties, of haal de accolade weg",
    ),
    Break(
        "check_fact_names",
        "trust.yaml",
        '["size:large"]',
        '["size:larg"]',
        "size:larg",
        "context[1].when[1]",
        "'size:larg' is geen bekend feit",
        "bedoel je 'size:large'?",
    ),
    Break(
        "check_links",
        "trust.yaml",
        "links: [roles,",
        "links: [rolen,",
        "links:",
        "links[1]",
        "'rolen' is geen dialoog",
        "bedoel je 'roles'?",
    ),
    Break(
        "check_links",
        "trust.yaml",
        "links: [roles,",
        "links: [trust,",
        "links:",
        "links[1]",
        "dit verwijst naar zichzelf",
        "haal deze verwijzing weg",
    ),
    Break(
        "check_double_ids",
        "trust.yaml",
        "id: trust.a2",
        "id: trust.a1",
        "id: trust.a1\n    label: Niet opnieuw",
        "actions[2].id",
        "'trust.a1' komt twee keer voor",
        "geef een van de twee een andere naam",
    ),
    Break(
        "check_own_ids",
        "trust.yaml",
        "id: trust.a2",
        "id: roles.a2",
        "id: roles.a2",
        "actions[2].id",
        "'roles.a2' hoort niet bij 'trust'",
        "begin het id met 'trust.'",
    ),
    Break(
        "check_counted_bands",
        "start.yaml",
        "label: 2 · Stroef, branch: low}",
        "label: 2 · Stroef}",
        "2 · Stroef",
        "steps[2].options[2]",
        "antwoord '2' telt in geen enkele band mee",
        "schrijf erbij: 'branch: low', 'mid', 'high', 'unknown' of 'not_applicable'",
    ),
    Break(
        "check_closings",
        "start.yaml",
        CLOSING,
        "",
        "steps:",
        "steps",
        "deze dialoog heeft geen slot",
        "zet als laatste stap een 'kind: closing' zonder voorwaarde",
    ),
    Break(
        "check_dead_ends",
        "start.yaml",
        CLOSING,
        CLOSING.replace("    id: closing", '    id: closing\n    when: ["size:small"]'),
        "- kind: open",
        "steps[6]",
        "na 'route' volgt niets, voor iedereen",
        "laat elke weg eindigen in een 'kind: closing' zonder voorwaarde",
    ),
    Break(
        "check_dead_ends",
        "start.yaml",
        "      - {value: body, label: Over het lichaam}\n"
        "      - {value: behaviour, label: Over gedrag of opvoeding}\n"
        "      - {value: same, label: Geen verschil}\n"
        "      - {value: no_view, label: Geen zicht op}\n",
        '      - {value: body, label: Lichaam, when: ["sector:jgz", "sector:wijkteam", "sector:overig"]}\n'
        '      - {value: mind, label: Gedrag, when: ["sector:jgz", "sector:onderwijs", "size:large"]}\n',
        "- kind: choice\n    id: body_mind",
        "steps[5]",
        "'body_mind' heeft geen antwoorden, voor practice bij gemeente",
        "geef minstens één antwoord zonder voorwaarde, of geef de stap dezelfde voorwaarde",
    ),
    Break(
        "check_unreachable",
        "start.yaml",
        '    id: body_mind\n    when: ["audience:practice"]',
        "    id: body_mind\n    branches: [not_applicable]",
        "- kind: choice\n    id: body_mind",
        "steps[5]",
        "niemand komt ooit bij 'body_mind'",
        "kijk naar de voorwaarden ervan, en of er een slot vóór staat",
    ),
    Break(
        "check_taps",
        "start.yaml",
        "    id: important\n",
        "    id: important\n    most: 5\n",
        "steps:",
        "steps",
        "de langste weg voor practice is 12 tikken",
        "haal een vraag weg of laat minder kiezen; hooguit 10 tikken",
    ),
    Break(
        "check_chosen_numbers",
        "closing.yaml",
        "    least: 3",
        "    least: 4",
        "    least: 4",
        "steps[1].least",
        "hier moeten er 4 gekozen worden, maar dat kan niet iedereen",
        "maak 'least' hooguit 3, of geef meer antwoorden zonder voorwaarde",
    ),
    Break(
        "check_banned_words",
        "trust.yaml",
        "Vertrouwen groeit langzaam.",
        "Vertrouwen groeit langzaam bij elke Evaluatie.",
        "reading_note:",
        "reading_note",
        "'evaluatie' gebruiken we niet",
        "schrijf liever: samen terugkijken",
    ),
    Break(
        "check_persons",
        "trust.yaml",
        "Welk klein succes van {periode} wil je onthouden?",
        "Bij welke collega ging het mis?",
        "  question: Bij",
        "open.question",
        "'welke collega' vraagt naar een persoon",
        "vraag naar een rol, een moment of een situatie",
    ),
    Break(
        "check_button_data",
        "trust.yaml",
        "id: trust\n",
        "id: vertrouwen_en_respect\n",
        "id: vertrouwen_en_respect",
        "id",
        "'vertrouwen_en_respect' telt 21 tekens en past niet in een knop",
        "houd het op hooguit 20 tekens",
    ),
    Break(
        "check_button_data",
        "trust.yaml",
        "id: trust\n",
        "id: trust.nl\n",
        "id: trust.nl",
        "id",
        "'trust.nl' heeft een punt en past niet in een knop",
        "schrijf een streepje (_)",
    ),
    Break(
        "check_examples",
        "housing.yaml",
        "Wat zou dit bij jullie betekenen?",
        "Dat werkt goed.",
        "text: >-\n      Uit onderzoek",
        "examples[1].text",
        "dit voorbeeld vertaalt niemand naar de eigen plek",
        "sluit af met: Wat zou dit bij jullie betekenen?",
    ),
    Break(
        "check_examples",
        "housing.yaml",
        'source: "§3.2.2"',
        'source: "§9.9"',
        'source: "§9.9"',
        "examples[1].source",
        "'§9.9' staat niet bij de bronnen",
        "zet de bron ook bij 'sources'",
    ),
    Break(
        "check_first_steps",
        "trust.yaml",
        "Noem alleen de rol.\n    about: people",
        "Noem alleen de rol.\n    about: agreement",
        "- id: trust.a1",
        "actions[1]",
        "de eerste stap gaat niet over mensen",
        "zet een stap met 'about: people' vooraan: elkaar ontmoeten, meekijken of praten",
    ),
]
"""Checks that look at a whole dialogue are broken in tests of their own, below."""


@pytest.mark.parametrize("broken", BREAKS, ids=lambda broken: f"{broken.check}-{broken.step}")
def test_a_broken_rule_is_told_with_place_and_remedy(changed, mistakes, line, broken) -> None:
    """A file that breaks one rule gives that mistake, at its line, with a remedy."""
    folder = changed(broken.name, (broken.old, broken.new))
    found = [mistake for mistake in mistakes(folder) if mistake.problem == broken.problem]
    assert found, mistakes(folder)
    assert found[0].file == f"own/{broken.name}"
    assert found[0].step == broken.step
    assert found[0].remedy == broken.remedy
    assert {mistake.line for mistake in found} == {line(folder, broken.name, broken.at)}


def test_a_dialogue_with_nothing_for_one_audience_is_told(changed, mistakes) -> None:
    """When every question is for the practice only, a strategic reader would get a dialogue without questions."""
    folder = changed("start.yaml")
    (folder / "klein.yaml").write_text(
        """
format: 1
id: klein
number: K
version: 1
title: Klein
summary: Een kleine vraag.
sources: []
steps:
  - kind: open
    id: vraag
    when: ["audience:practice"]
    reminder: short
    text: Hoe gaat het?
  - kind: closing
    id: slot
    paragraphs: [{text: Dank je.}]
""",
        encoding="utf-8",
    )
    (mistake,) = mistakes(folder)
    assert (mistake.step, mistake.problem) == ("steps", "er is geen enkele vraag voor strategic")


def test_two_files_in_one_folder_may_not_be_the_same_dialogue(changed, mistakes) -> None:
    """In one folder an id is used once; only a later folder may replace it."""
    folder = changed("trust.yaml")
    (folder / "zweite.yaml").write_text((folder / "trust.yaml").read_text(encoding="utf-8"), encoding="utf-8")
    (mistake,) = mistakes(folder)
    assert (mistake.file, mistake.line) == ("own/zweite.yaml", 2)
    assert mistake.problem == "'trust' staat ook al in trust.yaml"


LONG = "Dit is een lange zin van zestien woorden die nergens over gaat en toch blijft staan."


@pytest.mark.parametrize(
    ("sentence", "problem"), [(LONG, ["een zin telt hier gemiddeld 16,0 woorden"]), ("Dit niet.", [])]
)
def test_long_sentences_throughout_are_told(changed, mistakes, sentence, problem) -> None:
    """No sentence of it is too long by itself, but together they tire a reader; buttons do not make up for it."""
    folder = changed("start.yaml")
    options = "".join(f"      - {{value: a{number}, label: Ja.}}\n" for number in range(9))
    (folder / "klein.yaml").write_text(
        f"""
format: 3
id: klein
number: K
version: 1
title: Klein
summary: {sentence}
storage: envelope
sources: []
words: {{kort: Kort.}}
steps:
  - kind: choice
    id: vraag
    text: {sentence}
    options:
{options}
  - kind: closing
    id: slot
    paragraphs: [{{text: {sentence}}}]
""",
        encoding="utf-8",
    )
    assert [mistake.problem for mistake in mistakes(folder)] == problem


def test_a_dialogue_that_takes_too_long_is_told(changed, mistakes) -> None:
    """Short sentences can still be too many: three minutes of reading and tapping is the limit."""
    old = "    text: In {periode} bouwden"
    folder = changed("trust.yaml", (old, f"    before: {'Kijk rustig terug. ' * 150}\n{old}"))
    (mistake,) = mistakes(folder)
    assert re.fullmatch(r"de langste weg voor practice duurt 2\d\d seconden", mistake.problem)
    assert (mistake.line, mistake.remedy) == (1, "maak teksten korter of haal een vraag weg; hooguit 180 seconden")


def test_a_second_question_on_the_shortest_way_is_told() -> None:
    """The form of an element keeps its shortest way at two taps; a definition that does not is caught."""
    (file,) = (file for file in shipped_files() if file.name == "trust.yaml")
    trust = shipped().get("trust")
    steps = {
        audience: tuple(replace(step, way=Way.BRIEF) if step.id == "side" else step for step in trust.steps[audience])
        for audience in Audience
    }
    longer = Shelf((file,), ((file, replace(trust, steps=steps)),), ())
    assert [mistake.problem for mistake in check_fewest_taps(longer)] == [
        "de kortste weg voor practice is 3 tikken",
        "de kortste weg voor strategic is 3 tikken",
    ]
    assert not [*check_fewest_taps(Shelf((file,), ((file, trust),), ()))]


def test_a_question_with_more_answers_than_fit_is_told(changed, mistakes) -> None:
    """The number of an answer has two figures in what a button carries."""
    options = "".join(f"\n      - {{value: v{number}, label: Keuze {number}}}" for number in range(91))
    old = START[START.index("      - {value: body,") : START.index("  - kind: open")]
    folder = changed("start.yaml", (old, options.removeprefix("\n") + "\n\n"))
    assert [mistake.problem for mistake in mistakes(folder)] == ["'body_mind' heeft 91 antwoorden"]


def test_what_the_checks_allow_fits_in_a_button() -> None:
    """The longest ids and numbers that pass the checks make callback data that Telegram takes."""
    own_id, code = "i" * LONGEST_DIALOGUE_ID, "c" * LONGEST_FUNCTION_CODE
    unique = RandomIds().new()
    for reference in (
        DialogueTap(unique, 99_999, str(MOST_ANSWERS), 9_999),
        DialogueTap(unique, 99_999, "back", 9_999),
        ManageTap("first", unique, own_id),
        ManageTap("play", unique, f"{own_id}-{Audience.STRATEGIC}"),
        AccountTap(unique, "function", code),
    ):
        assert decode(encode(reference)) == reference


def test_every_check_is_registered_and_broken_here() -> None:
    """A new file in checks/ counts only when it is in the registry, and then it needs a test that breaks it."""
    folder = Path(inspect.getfile(checks)).parent
    written = {path.stem for path in folder.glob("*.py")} - {"__init__", "shelf"}
    registered = {check.__module__.rpartition(".")[2] for check in checks.CHECKS}
    broken = {broken.check for broken in BREAKS}
    broken |= {"check_audiences", "check_average_sentence", "check_fewest_taps", "check_minutes"}
    assert registered == written
    assert broken == {check.__name__ for check in checks.CHECKS}
