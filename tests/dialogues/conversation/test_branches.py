"""A dialogue goes the way its statement opens, and shows each person what is theirs."""

from __future__ import annotations

import pytest

from dialogues.conversation.definition import Audience, Branch
from dialogues.conversation.engine import begin
from dialogues.conversation.events import Answered, Ended
from tests.dialogues.conversation.samples import LIBRARY, TWO_SCALES
from tests.support.player import WORDS, Player

ROLES = LIBRARY.get("roles")
TRUST = LIBRARY.get("trust")


def _skipping(player: Player) -> list[str]:
    """The steps met by a person who skips or chooses the first answer, up to the last words."""
    met = []
    while not player.session.ended:
        met.append(player.at)
        if "skip" in player.choices:
            player.skip()
        else:
            player.give(player.screen.buttons[0].tap)
    return met


@pytest.mark.parametrize(
    ("value", "met"),
    [
        ("1", ["side", "themes", "probe", "action"]),
        ("2", ["side", "themes", "probe", "action"]),
        ("3", ["side", "themes", "probe", "action"]),
        ("4", ["side", "themes", "probe"]),
        ("5", ["side", "themes", "probe"]),
        ("no_view", ["probe"]),
        ("not_applicable", []),
    ],
)
def test_each_answer_to_the_statement_opens_its_own_way(value: str, met: list[str]) -> None:
    """Low and mid lead past the steps, high past no steps, no view to one question, no occasion to the end."""
    player = Player(ROLES).choose(value)
    assert player.answers == {"statement": (value,)}
    assert _skipping(player) == met
    assert player.at == "reflection"
    assert player.session.ended
    assert not player.session.stopped
    assert player.answers == {"statement": (value,)}


@pytest.mark.parametrize("audience", Audience)
@pytest.mark.parametrize(("value", "branch"), [("1", "low"), ("3", "mid"), ("5", "high"), ("no_view", "unknown")])
def test_the_open_question_is_that_of_the_branch_and_the_layer(audience: Audience, value: str, branch: str) -> None:
    """In a first round the open question is the one written for this branch and this audience."""
    player = Player(TRUST, audience=audience).choose(value)
    while player.at != "probe":
        player.skip()
    written = next(
        phrase for phrase in TRUST.step(audience, "probe").phrases if phrase.when.branches == {Branch(branch)}
    )
    assert player.screen.question == written.text
    other = Audience.STRATEGIC if audience is Audience.PRACTICE else Audience.PRACTICE
    assert written not in TRUST.step(other, "probe").phrases or branch == "unknown"


def test_an_answer_is_told_and_the_last_one_ends() -> None:
    """Every answer gives one event with its step and values; the step before the last words adds the end."""
    player = Player(ROLES).choose("4")
    assert player.events == (Answered("statement", ("4",)),)
    player.skip()
    assert player.events == (Answered("side", ()),)
    player.skip().skip()
    assert player.events == (Answered("probe", ()), Ended(stopped=False))


def test_a_statement_cannot_be_skipped() -> None:
    """The one answer that counts has no "Sla over"."""
    player = Player(TRUST)
    assert "skip" not in player.choices
    assert "skip" in player.choose("3").choices


@pytest.mark.parametrize(
    ("sector", "sides"),
    [
        ("jgz", ["jgz_team", "jgz_school", "all_sides"]),
        ("wijkteam", ["jgz_team", "team_school", "all_sides"]),
        ("onderwijs", ["jgz_school", "team_school", "all_sides"]),
        ("gemeente", ["jgz_team", "jgz_school", "team_school", "all_sides"]),
        ("overig", ["jgz_team", "jgz_school", "team_school", "all_sides"]),
    ],
)
def test_a_person_is_offered_the_sides_of_the_own_sector(sector: str, sides: list[str]) -> None:
    """Options follow the facts: three sectors see their own two sides, others see all."""
    player = Player(TRUST, sector=sector).choose("3")
    shown = [player.step.options[int(choice)].value for choice in player.choices if choice.isdecimal()]
    assert shown == sides


def test_a_strategic_person_is_offered_every_side() -> None:
    """The strategic layer looks at the whole triangle, whatever its sector."""
    player = Player(TRUST, sector="jgz", audience=Audience.STRATEGIC).choose("3")
    assert [choice for choice in player.choices if choice.isdecimal()] == ["0", "1", "2", "3"]


@pytest.mark.parametrize(
    ("sector", "asked"),
    [
        ("jgz", {"side_jgz_team", "side_jgz_school"}),
        ("wijkteam", {"side_jgz_team", "side_team_school"}),
        ("onderwijs", {"side_jgz_school", "side_team_school"}),
        ("overig", {"side_jgz_team", "side_jgz_school", "side_team_school"}),
    ],
)
def test_the_start_dialogue_asks_about_the_own_sides_only(sector: str, asked: set[str]) -> None:
    """A step that does not hold for a person's facts is passed by without a trace."""
    met = _skipping(Player(LIBRARY.get("start"), sector=sector))
    assert {step for step in met if step.startswith("side_")} == asked


def test_a_later_scale_opens_its_own_branch() -> None:
    """When two steps open a branch, the last one answered on the way decides what follows it."""
    player = Player(TWO_SCALES).choose("low")
    assert player.at == "after_low"
    player.choose("yes").choose("high")
    assert player.at == "last_high"


def test_an_answer_further_on_does_not_open_a_way_before_it() -> None:
    """After "Terug" the answers that still stand ahead do not decide what is asked on the way to them."""
    player = Player(TWO_SCALES).choose("low").choose("yes").choose("high")
    player.back().back().back()
    assert player.at == "first"
    assert player.choose("low").at == "after_low"
    assert player.answers == {"first": ("low",), "after_low": ("yes",), "second": ("high",)}


def test_an_audience_without_steps_cannot_begin() -> None:
    """A dialogue that has nothing to ask an audience refuses to begin for it."""
    only_practice = TWO_SCALES.__class__(
        id="half",
        number="X",
        version=1,
        title="",
        summary="",
        is_element=False,
        steps={Audience.PRACTICE: TWO_SCALES.steps[Audience.PRACTICE]},
        labels=TWO_SCALES.labels,
    )
    with pytest.raises(KeyError):
        begin(only_practice, audience=Audience.STRATEGIC, words=WORDS)
