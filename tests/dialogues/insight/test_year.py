"""A school year: what was talked about, agreed and said back, without a score; of an area without any team's answer."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from dialogues.conversation.definition import Audience
from dialogues.insight import Maandbeeld, Outcome, PublishedElement, TeamFacts, compose, phrases_nl, publish, year_nl
from dialogues.insight.bands import Band
from dialogues.insight.listing import publish_listing
from dialogues.insight.maandbeeld import CLOSING
from dialogues.insight.signals import Answer, Reaction, signals, standing
from dialogues.insight.year import (
    MOST_REASONS,
    MonthOfYear,
    StepOfYear,
    TeamYear,
    YearOverview,
    months_of,
    period,
    school_year,
    year_of_area,
    year_of_team,
)
from tests.support.shipped import shipped

LIBRARY = shipped()
WORDS = {*phrases_nl.BAND_WORDS.values(), *phrases_nl.AGAIN_WORDS.values(), *phrases_nl.FLOW_WORDS.values()}
KEPT = StepOfYear(
    step="Koffie bij de partner",
    owner="samen",
    month="oktober 2026",
    state="kept",
    look_back="3 november 2026",
    decided="5 januari 2027",
)


def a_round(element: str = "trust", *, band: Band | None = Band.HIGH, month: str = "oktober 2026", about: str = ""):
    definition = LIBRARY.get("still_standing" if about else element)
    step = next(each.id for each in definition.steps[Audience.PRACTICE] if getattr(each, "counted", None) == "bands")
    cells = {step: {"kind": "bands", **publish({"jgz": {band: 8}}, "words").to_json()}} if band else {}
    return PublishedElement(
        definition=definition,
        month=month,
        cells=cells,
        about=LIBRARY.get(element).title if about else "",
        subject=element if about else "",
        outcome=Outcome.PUBLISHED if band else Outcome.WAITING,
    )


def a_closing(*chosen: str):
    options = [each.value for each in LIBRARY.get(CLOSING).step(Audience.PRACTICE, "top3").options]
    listing = publish_listing({each: 4 if each in chosen else 0 for each in options}, 8)
    return PublishedElement(
        definition=LIBRARY.get(CLOSING), month="mei 2027", cells={"top3": {"kind": "listing", **listing.to_json()}}
    )


def a_month(*rounds: PublishedElement, month: str = "oktober 2026") -> Maandbeeld:
    return compose(TeamFacts(team="Noord", month=month, words={"gemeente": "Noordstad"}), rounds)


def a_team(*maandbeelden: Maandbeeld, name: str = "Noord", steps: tuple[StepOfYear, ...] = ()) -> TeamYear:
    months = tuple(MonthOfYear(maandbeeld=each, standing=standing(each, ())) for each in maandbeelden)
    return TeamYear(name=name, months=months, steps=steps)


def everything(overview: YearOverview) -> str:
    lines = [overview.title, overview.who, overview.intro, *overview.footnotes]
    for chapter in overview.chapters:
        lines.append(chapter.title)
        for part in chapter.parts:
            lines += [part.title, *(f"{label}: {text}" for label, text in part.lines)]
    return "\n".join(lines)


def test_a_year_is_a_school_year():
    """From August to July, whatever the calendar says."""
    assert [school_year(date(2026, 7, 31)), school_year(date(2026, 8, 1)), school_year(date(2027, 1, 1))] == [
        2025,
        2026,
        2026,
    ]
    assert months_of(2026) == ("2026-08", "2027-07")
    assert period(2026) == "2026-2027"


def test_a_lead_reads_what_was_talked_about_agreed_and_said():
    """Topics with their month, a step and what became of it, a reaction with its reason, and silence too."""
    one = a_month(a_round("trust"), a_round("roles"))
    trust = signals(one)[0]
    given = standing(one, (Reaction(trust.place, trust.title, Answer.NO, "geen tijd"),))
    month = MonthOfYear(maandbeeld=one, standing=given, talked_on="12 november 2026")
    told = everything(year_of_team(TeamYear(name="Noord", months=(month,), steps=(KEPT,)), year=2026))
    assert (
        "oktober 2026: Vertrouwen en respect; Rollen en verantwoordelijkheden. Besproken op 12 november 2026." in told
    )
    assert "Koffie bij de partner. Trekker: samen. Dit is blijven staan: op 5 januari 2027" in told
    assert "Vertrouwen en respect: doen we niet. Waarom: “geen tijd”" in told
    assert "Nog geen reactie op: Rollen en verantwoordelijkheden." in told
    assert phrases_nl.EXPERIENCED in told


@pytest.mark.parametrize("state", ["open", "changed", "stopped", "kept"])
def test_every_end_of_a_step_is_told(state):
    """In words, with nothing left to fill in."""
    step = replace(KEPT, state=state, checks=("Na 4 weken gevraagd aan het hele team.",))
    told = everything(year_of_team(a_team(steps=(step,)), year=2026))
    assert "Koffie bij de partner. Trekker: samen. Na 4 weken gevraagd aan het hele team. " in told
    assert "{" not in told


def test_no_score_of_any_element_is_in_it():
    """No word of a band, in the year of a team or of an area, whatever was published."""
    for band in Band:
        one = a_team(a_month(a_round("trust", band=band), a_round("roles", band=band, about="ja")))
        for overview in (
            year_of_team(one, year=2026),
            year_of_area("Gebied", year=2026, area=one, strategic=one, teams=(one,)),
        ):
            told = everything(overview)
            assert not [word for word in WORDS if f" {word}" in told]


def test_the_area_reads_the_same_whatever_a_team_answered():
    """Also whether there was an overview, whether it was asked again only, and what the top 3 was."""
    answered = [
        a_month(a_round("trust", band=Band.LOW), a_closing("trust", "roles", "skills")),
        a_month(a_round("trust", band=None), a_closing("size", "housing", "effect")),
        a_month(a_round("trust", band=Band.HIGH, about="ja"), a_closing()),
    ]
    seen = {
        year_of_area(
            "Gebied",
            year=2026,
            area=None,
            strategic=None,
            teams=(a_team(each, steps=(replace(KEPT, checks=(f"Na 4 weken {number}",)),)),),
        ).to_json()
        for number, each in enumerate(answered)
    }
    assert len(seen) == 1
    assert "Koffie bij de partner" in seen.pop()


def test_top_threes_of_own_rounds_are_told():
    """Of a team to its lead, of the area to its coordinators; as no ranking."""
    one = a_team(a_month(a_closing("trust", "roles")))
    for overview in (
        year_of_team(one, year=2026),
        year_of_area("Gebied", year=2026, area=one, strategic=None, teams=()),
    ):
        told = everything(overview)
        assert "Het gaat goed door: Vertrouwen en respect; Rollen en verantwoordelijkheden." in told
        assert "geen ranglijst" in told


def test_teams_stand_by_name_each_in_a_chapter_of_its_own():
    """Never beside each other, and in no order of how they do."""
    teams = (a_team(a_month(a_round()), name="West"), a_team(name="Noord"), a_team(name="centrum"))
    chapters = year_of_area("Gebied", year=2026, area=None, strategic=None, teams=teams).chapters
    assert [chapter.title for chapter in chapters] == ["centrum", "Noord", "West"]


def test_a_year_full_of_reasons_keeps_the_reactions():
    """The reasons end somewhere; what was said to which topic stays."""
    one = a_month(a_round("trust"))
    said = Reaction(0, "Vertrouwen en respect", Answer.YES, "omdat het kan")
    month = MonthOfYear(maandbeeld=one, standing=standing(one, (said,)))
    full = TeamYear(name="Noord", months=(month,) * (MOST_REASONS + 3), steps=())
    told = everything(year_of_team(full, year=2026))
    assert told.count("omdat het kan") == MOST_REASONS
    assert told.count("Vertrouwen en respect: doen we.") == MOST_REASONS + 3


@pytest.mark.parametrize("others", [(), (a_round(),)], ids=["alone", "beside another"])
def test_an_area_cannot_tell_whether_a_closing_of_a_team_had_an_overview(others):
    """Published, or below the floor: the same words in the same place."""
    below = replace(a_closing(), cells={}, outcome=Outcome.WAITING)
    read = [
        everything(year_of_area("Stad", year=2026, area=a_team(), strategic=a_team(), teams=(a_team(month),)))
        for month in (a_month(*others, a_closing("trust", "roles", "skills")), a_month(*others, below))
    ]
    assert read[0] == read[1]
    assert year_nl.TOP_THREES in read[0]
