"""Non-interference: everything in every form is a function of what was published (privacy rule 7).

The same answers by other people, and below the floor any other answers, go the whole way of the product, from sealed
envelopes to every form; and not one byte may differ. Two controls show that a rule that leaks is seen.
"""

from __future__ import annotations

import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import fields, replace
from pathlib import Path
from unittest.mock import patch

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import bot.render
from bot.usecases.see_area_overview import see_area_overview
from bot.usecases.see_cycle import see_area_cycles, see_own_cycle, see_team_cycle
from bot.usecases.see_topics import see_topics
from bot.usecases.see_year import see_area_year, see_team_year
from bot.usecases.send_due import Sending
from dialogues.insight.agreeing import candidates
from dialogues.insight.bands import Band
from dialogues.insight.maandbeeld import Maandbeeld
from dialogues.insight.own_answer import own_questions
from dialogues.insight.publication import Publication, Rule
from dialogues.insight.signals import signals
from storage.rounds import Round
from tests.support.house import COORDINATOR, LEAD, House, copied, furnished

SCORES = ("1", "2", "3", "4", "5", "Geen zicht op")
"""How the buttons of a statement begin."""
MEMBERS = 8
"""Three sectors of three people at most: none can be shown."""
TOO_FEW = 4
TOP_THREES = (
    ("Vertrouwen", "Rollen", "Leiderschap"),
    ("Vertrouwen", "Betrokkenheid", "Iets anders"),
    ("Randvoorwaarden", "Informatie", "Vaardigheden"),
)
scores = st.sampled_from(SCORES)
answers = st.lists(st.tuples(scores, scores, st.sampled_from(TOP_THREES)), min_size=MEMBERS, max_size=MEMBERS)
some = settings(max_examples=4, deadline=None, suppress_health_check=list(HealthCheck))
Given = Sequence[tuple[str, str, tuple[str, str, str]]]


@pytest.fixture(scope="module")
def model(tmp_path_factory) -> House:
    """A house with the standing cast and eight people in the team, to copy."""
    house = furnished(tmp_path_factory.mktemp("model"))
    house.members(MEMBERS)
    house.stock(12)
    house.storage.checkpoint()
    house.storage.engine.dispose()
    return house


def test_every_form_is_looked_at(model):
    """A new form of render, or a new page about a cycle or a year, has to stand in `everything`."""
    seen = lived(model, [("4", "4", TOP_THREES[0])] * MEMBERS)
    named = {name.split(" ")[0] for name in seen}
    assert set(bot.render.__all__) <= named
    assert {"stored", "prompts", "year", "area_year", "cycle", "overview", "ahead"} <= named
    assert sum(name.startswith("stored") for name in seen) == 3
    assert all(seen.values())
    assert "Jullie top 3" in seen["message 2"].decode()
    assert "Vorige keer" in seen["message 1"].decode()


@some
@given(given_answers=answers, data=st.data())
def test_who_gave_which_answers_changes_nothing(model, given_answers, data):
    """Three rounds, two of the same question and a closing: any exchange of answers between people."""
    exchanged = data.draw(st.permutations(given_answers))
    assert differing(lived(model, given_answers), lived(model, exchanged)) == []


@some
@given(
    given_answers=st.lists(scores, min_size=TOO_FEW, max_size=TOO_FEW),
    others=st.lists(scores, min_size=TOO_FEW, max_size=TOO_FEW),
)
def test_below_the_floor_no_answer_changes_anything(model, given_answers, others):
    """Four people: whatever they answered, twice."""
    assert differing(thin(model, given_answers), thin(model, others)) == []


def test_a_rule_that_shows_small_sectors_is_seen(model):
    """The control of an exchange: two people of different sectors change places, and the pages tell."""
    of_one_sector = [("1" if number % 3 == 0 else "5", "5", TOP_THREES[0]) for number in range(MEMBERS)]
    with patch("dialogues.insight.publication._visible", lambda names, _sizes, _floor: range(len(names))):
        assert differing(lived(model, of_one_sector), lived(model, [*of_one_sector[1:], of_one_sector[0]]))


def test_a_rule_without_a_floor_is_seen(model):
    """The control below the floor: four answers that are published all the same."""

    def of_anybody(counts: Mapping[str, Mapping[str, int]], _rule: str, _floor: int) -> Publication:
        low = any(row.get(Band.LOW) for row in counts.values())
        return Publication(rule=Rule.WORDS, band=Band.LOW if low else Band.HIGH)

    with (
        patch("bot.usecases.release_round.respondents_enough", lambda *_args, **_more: True),
        patch("dialogues.insight.counting.publish", of_anybody),
    ):
        assert differing(thin(model, ["1"] * TOO_FEW), thin(model, ["5"] * TOO_FEW))


def differing(one: Mapping[str, bytes], other: Mapping[str, bytes]) -> list[str]:
    """The forms in which two courses of events differ."""
    return sorted(name for name in {*one, *other} if one.get(name) != other.get(name))


def lived(model: House, given_answers: Given) -> dict[str, bytes]:
    """Eight people answer about trust, about trust again, and a closing; each month with its maandbeeld."""
    with tempfile.TemporaryDirectory() as folder:
        house = copied(model, Path(folder))
        chats = everybody(house)
        for number, element in enumerate(("trust", "trust", "closing")):
            about = asked(house, element, chats)
            for chat, (first, second, top3) in zip(chats, given_answers, strict=True):
                if element == "closing":
                    house.answer_closing(chat, about.id, top3)
                else:
                    house.answer(chat, about.id, (first, second)[number])
            house.close(about)
            house.maandbeeld()
        return ended(house)


def thin(model: House, given_answers: Sequence[str]) -> dict[str, bytes]:
    """Four people answer, once and at the second chance."""
    with tempfile.TemporaryDirectory() as folder:
        house = copied(model, Path(folder))
        chats = everybody(house)[:TOO_FEW]
        about = house.open_round()
        for _ in range(2):
            for chat, score in zip(chats, given_answers, strict=True):
                house.answer(chat, about.id, score)
            house.close(about)
            house.maandbeeld()
            about = house.next_round()
        return ended(house)


def ended(house: House) -> dict[str, bytes]:
    """Everything there is to see, and the house closed."""
    try:
        return everything(house)
    finally:
        house.storage.engine.dispose()


def asked(house: House, element: str, chats: Sequence[int]) -> Round:
    """The next round about this; once a quarter the family goes first, and everybody says the same about it."""
    found = house.read(lambda work: work.schedules.get(house.team_id))
    if found is None or found.next_due_at is None:
        house.rhythm()
    while True:
        with house.storage.begin() as work:
            schedule = work.schedules.get(house.team_id)
            work.schedules.put(replace(schedule, first=(element,)))
            work.commit()
        about = house.next_round()
        if about.element == element:
            return about
        for chat in chats:
            house.answer(chat, about.id)
        house.close(about)


def everybody(house: House) -> list[int]:
    """The chats of the members, in one order."""
    members = house.read(lambda work: work.people.team_members(house.team_id, role="member"))
    return sorted(person.chat_id for person, _ in members)


def everything(house: House) -> dict[str, bytes]:
    """Every form of every month, and every page that is made of months; ids of rows are chance, and left out."""
    records = house.read(lambda work: work.maandbeelden.of_team(house.team_id))
    seen: dict[str, bytes] = {}
    for number, record in enumerate(records):
        shown = Maandbeeld.from_json(record.body)
        seen |= {
            f"stored {number}": record.body.encode(),
            f"message {number}": bot.render.message(shown).encode(),
            f"caption {number}": bot.render.caption(shown).encode(),
            f"csv_file {number}": bot.render.csv_file(shown),
            f"xlsx {number}": bot.render.xlsx(shown),
            f"signals {number}": repr((signals(shown), candidates(shown), own_questions(shown))).encode(),
        }
        if record == records[-1]:
            seen |= {"picture": bot.render.picture(shown), "pdf": bot.render.pdf(shown)}
    here = {"chat_id": COORDINATOR, "area_id": house.area_id}
    own = {"chat_id": LEAD, "team_id": house.team_id}
    cycles = (
        see_own_cycle(house.deps, **own),
        see_team_cycle(house.deps, chat_id=COORDINATOR, team_id=house.team_id),
        *see_area_cycles(house.deps, **here),
    )
    years = {year: see_team_year(house.deps, **own, year=year) for year in (2026, 2027)}
    seen |= {f"year {year}": made.to_json().encode() for year, made in years.items()}
    seen["year_pdf"] = bot.render.year_pdf(years[2026])
    seen["area_year"] = bot.render.year_pdf(see_area_year(house.deps, **here, year=2026))
    seen["cycle"] = repr([replace(each, maandbeeld_id="") for each in cycles]).encode()
    seen["overview"] = repr(see_area_overview(house.deps, **here)).encode()
    seen["ahead"] = repr(see_topics(house.deps, chat_id=COORDINATOR, team_id=house.team_id)).encode()
    seen["prompts"] = repr(sorted(told(each) for each in house.send())).encode()
    return seen


def told(sending: Sending) -> str:
    """What one message says, without the ids it holds."""
    message = sending.message
    names = [each.name for each in fields(message) if not each.name.endswith("_id")]
    return repr((sending.chat_id, type(message).__name__, [(name, str(getattr(message, name))) for name in names]))
