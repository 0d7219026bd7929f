"""The overview of an area in the coordinator's menus: what it is, why there is none yet, and the words themselves."""

from __future__ import annotations

import pytest

from bot.chat.texts import area_nl as texts
from bot.sandbox.entities import parse_html
from bot.usecases.arrange_area_rounds import RHYTHMS
from bot.usecases.see_area_overview import AreaOverview
from dialogues.insight import PublishedElement, TeamFacts, compose, phrases_nl
from storage.teams import Team
from tests.support.house import AMSTERDAM, COORDINATOR, START


@pytest.mark.parametrize("strategic", [False, True])
def test_why_there_is_nothing_yet_is_said_kindly(strategic):
    """Too small, or not asked yet: with what it needs, or with the day of the next question."""
    small, _ = parse_html(
        texts.nothing_yet(AreaOverview(began=False, newest=None, next_at=None), strategic=strategic, zone=AMSTERDAM)
    )
    assert "minstens 3 teams met een ritme" in small
    soon, _ = parse_html(
        texts.nothing_yet(AreaOverview(began=True, newest=None, next_at=START), strategic=strategic, zone=AMSTERDAM)
    )
    assert "De volgende vraag komt op maandag 2 november" in soon


async def test_the_coordinator_reads_it_at_the_area_and_goes_back(house, phone):
    """/beheer, the area, its overview; the strategic layer is one tap further, and everything leads back."""
    group = Team(
        id="group",
        area_id=house.area_id,
        name="Heel Noord",
        team_label="het wijkteam",
        lead_label="coördinator",
        floor=10,
        created_on=START.date(),
        scope="area",
    )
    facts = TeamFacts(team="Heel Noord", month="november 2026", title=phrases_nl.AREA_TITLE, whole=phrases_nl.AREA_LINE)
    cells = {"statement": {"kind": "bands", "rule": "words", "below_floor": False, "band": "high", "counts": None}}
    cells["statement"]["sectors"] = {"jgz": "low"}
    element = PublishedElement(definition=house.deps.library.get("client"), month="november 2026", cells=cells)
    with house.storage.begin() as work:
        work.teams.add(group)
        body = compose(facts, (element,)).to_json()
        work.maandbeelden.add("first", team_id=group.id, month="2026-11", body=body, composed_at=START)
        work.commit()
    await phone.send(COORDINATOR, "/beheer")
    await phone.tap_label(COORDINATOR, "Het gebied")
    await phone.tap_label(COORDINATOR, texts.BUTTON)
    await phone.tap_label(COORDINATOR, texts.WHOLE_AREA)
    said, _ = parse_html(phone.last(COORDINATOR).text)
    assert "Overzicht van het gebied, november 2026\nHeel Noord" in said
    assert "Hele gebied: herkend\nJGZ: weinig herkend" in said
    await phone.tap_label(COORDINATOR, "‹ Terug")
    await phone.tap_label(COORDINATOR, texts.STRATEGIC)
    assert "leiding of beleid" in phone.last(COORDINATOR).text
    await phone.tap_label(COORDINATOR, "‹ Terug")
    await phone.tap_label(COORDINATOR, "‹ Terug")
    assert texts.BUTTON in phone.last(COORDINATOR).buttons


def test_the_texts_tell_the_rhythm_as_it_is():
    """A quarter is three months and the strategic layer hears every six weeks."""
    assert (RHYTHMS["area"].every, RHYTHMS["strategic"].every) == (3, 6)
