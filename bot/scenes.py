"""What only some months show, as sights: each balance pattern, and the questions that need more than one element.

Without them the audit of the forms would approve patterns that it never saw. Each scene says what is asked, of whom,
and what else has to be so; every answer to it is then searched.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import lru_cache, partial
from types import MappingProxyType
from typing import Any, Final

from bot.forms import (
    ELEMENT,
    FORMS,
    MONTHS,
    Cells,
    Look,
    Sight,
    asked_first,
    definition,
    facts_of_month,
    in_forms,
    round_of,
    stored_question,
)
from dialogues.conversation.definition import Audience, Sector
from dialogues.insight.audit import PublishRule
from dialogues.insight.bands import BAND_OF_BRANCH, Band
from dialogues.insight.composing import compose
from dialogues.insight.exhaustive import search
from dialogues.insight.forms import Outcomes, of_bands
from dialogues.insight.listing import OFTEN_FROM
from dialogues.insight.participation import Participation
from dialogues.insight.patterns_nl import PATTERN_WORDS
from dialogues.insight.publication import FLOOR, Publication, Rule
from dialogues.insight.published import AgreedStep, Checked, PublishedElement
from dialogues.insight.step_story import CHECK
from dialogues.insight.whole_answers import NOTHING, Whole, search_whole

AGAIN: Final = "still_standing"
"""The block that asks whether an element is still as it was."""
BEGIN: Final = "start"
"""The round of a team that begins; it has no conversation questions of its own."""


@dataclass(frozen=True, slots=True)
class Asked:
    """One round: the question that has bands, and perhaps one option that people choose beside it."""

    dialogue: str
    chosen: tuple[str, str] = ("", "")
    """The step and the option; empty where only the bands are looked at."""
    sectors: tuple[str, ...] = ()
    """With as many people of each as are shown separately; none where there is one group."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Scene:
    """One thing to be seen, with all that has to be published for it."""

    about: str
    """What it is in Dutch."""
    now: Asked
    """What was asked this month."""
    before: Asked | None = None
    """What was asked the month before, or of leaders and policy makers; their answers are searched too."""
    by_leaders: bool = False
    """Whether ``before`` was asked of those."""
    held: Mapping[str, Band] = field(default_factory=lambda: MappingProxyType({}))
    """Element → what was published of it earlier and stays so."""
    facts: Mapping[str, Any] = field(default_factory=lambda: MappingProxyType({}))
    """What is no answer."""


FADING: Final = {
    "participations": tuple(map(str, (Participation.ALMOST_ALL, Participation.ENOUGH, Participation.TOO_FEW)))
}
LARGE: Final = {"profile": frozenset({"size:large"})}


def _pattern(name: str, now: Asked | str, before: Asked | str | None = None, *, way: str = "", **more: Any) -> Scene:
    """A pattern with the rounds it rests on; ``way`` in words where it can rest on others too."""
    return Scene(
        about=f"patroon ‘{PATTERN_WORDS[name].name}’{way}",
        now=Asked(now) if isinstance(now, str) else now,
        before=Asked(before) if isinstance(before, str) else before,
        **more,
    )


SCENES: Final = (
    _pattern("paper_ahead", "trust", "structures"),
    _pattern("paper_ahead", "roles", Asked("conditions", ("themes", "conditions.deals")), way=", met besturen"),
    _pattern("rests_on_people", "structures", "trust", held={"roles": Band.HIGH}),
    _pattern("rests_on_people", "roles", "structures", held={"trust": Band.HIGH}, way=", om rollen"),
    _pattern("contact_without_contact", "trust", Asked("communication", ("themes", "communication.fixed"))),
    _pattern("unknown_craft", "roles", facts=LARGE),
    _pattern("school_does_not_know", Asked("roles", sectors=(Sector.JGZ, Sector.ONDERWIJS))),
    _pattern("talk_without_result", "involvement", "process"),
    _pattern("input_dries_up", "involvement", "trust", facts=FADING),
    _pattern("message_lost", "leadership", "leadership", by_leaders=True),
    _pattern("two_worlds", "trust", "trust", by_leaders=True),
    _pattern("talk_not_count", "effect", "process"),
    _pattern(
        "it_stands", "trust", "roles", held={"vision": Band.HIGH, "process": Band.HIGH}, facts={"undiscussed": True}
    ),
    _pattern("tired_of_starting", "trust", Asked("conditions", ("themes", "conditions.faces"))),
    _pattern("privacy_in_the_way", "infosharing", Asked("client", ("themes", "client.data"))),
    _pattern("we_think_we_know", Asked("client", ("basis", "guess"))),
    _pattern("near_not_close", "communication", "housing"),
    _pattern("willing_no_room", "conditions", "skills"),
    Scene(about="een gewenste stap", now=Asked(ELEMENT, ("action", "trust.a1"))),
    Scene(about="‘staat het er nog zo voor?’", now=Asked(AGAIN), before=Asked(AGAIN)),
    Scene(about="de vraag van het begin", now=Asked(BEGIN)),
    Scene(about="een stap die is afgesloten", now=Asked(CHECK)),
)
"""Content-brief §7 in the order of `dialogues.insight.patterns`, and what else needs a scene of its own."""


def sight_of(scene: Scene, *cells: Cells) -> Sight:
    """What is on the table; ``cells`` in the order in which they were asked, the round of this month last."""
    now = _round_of(scene.now, cells[-1], MONTHS[1])
    if scene.now.dialogue == CHECK:
        return _ended_step(now)
    held = tuple(round_of(element, _held(element, band), MONTHS[0]) for element, band in scene.held.items())
    if scene.before is None:
        return Sight(months=(compose(facts_of_month(MONTHS[1], earlier=held, **scene.facts), (now,)),))
    first = _round_of(scene.before, cells[0], MONTHS[0])
    if scene.by_leaders:
        theirs = (replace(first, audience=Audience.STRATEGIC),)
        return Sight(months=(compose(facts_of_month(MONTHS[1], strategic=theirs, **scene.facts), (now,)),))
    earlier = compose(facts_of_month(MONTHS[0], earlier=held, **scene.facts), (first,))
    later = compose(facts_of_month(MONTHS[1], earlier=(*held, first), **scene.facts), (now,))
    return Sight(months=(earlier, later))


@lru_cache(maxsize=4096)
def look_at_scene(scene: int, *cells: Cells, forms: tuple[str, ...] = tuple(FORMS)) -> Look:
    """A scene, by its number, in these forms."""
    return in_forms(sight_of(SCENES[scene], *cells), forms)


def _round_of(asked: Asked, cells: Cells, month: str) -> PublishedElement:
    one = round_of(asked.dialogue, cells, month)
    return replace(one, about=definition(ELEMENT).title, subject=ELEMENT) if asked.dialogue == AGAIN else one


def _ended_step(check: PublishedElement) -> Sight:
    """A step on which the team decided already, and of which something new was published."""
    told = Checked("na twaalf weken", check, new=True)
    step = AgreedStep(step="Kennismakingsronde", owner="samen", agreed_on="3 september 2026", checks=(told,))
    return Sight(months=(compose(facts_of_month(MONTHS[1], agreed=(step,)), ()),))


def _held(element: str, band: Band) -> Cells:
    return stored_question(Publication(rule=Rule.WORDS, band=band), element)


def everything_given(scene: Scene, asked: Asked, rule: PublishRule) -> Outcomes:
    """All that can be published of one round of a scene, and what that leaves possible."""
    option = any(each is not None and each.chosen[0] for each in (scene.now, scene.before))
    respondents = OFTEN_FROM if option else FLOOR
    if not asked.chosen[0]:
        sizes = {str(each): respondents for each in asked.sectors or (Sector.JGZ,)}
        return of_bands(search(rule, sizes, rule=Rule.WORDS), partial(stored_question, dialogue=asked.dialogue))
    return search_whole(definition(asked.dialogue), _wholes(asked), respondents=respondents)


def _wholes(asked: Asked) -> tuple[Whole, ...]:
    """Each band, and with it the option or not where it is offered."""
    step, option = asked.chosen
    first = asked_first(asked.dialogue)
    question, beside = (definition(asked.dialogue).step(Audience.PRACTICE, each) for each in (first, step))
    values = {each.branch: each.value for each in getattr(question, "options", ()) if each.branch in BAND_OF_BRANCH}
    return tuple(
        {first: (value,), step: given}
        for branch, value in values.items()
        for given in ((NOTHING, (option,)) if branch in beside.when.branches else (NOTHING,))
    )
