"""From opened envelopes to the cells of a round: count, publish, forget."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final, TypeAlias

from dialogues.conversation.definition import Audience, Branch, Choice, Counted, Definition, MultiChoice
from dialogues.insight.bands import BAND_OF_BRANCH, Band
from dialogues.insight.groups import NO_SIDE, SECTORS, SIDES, SIDES_OF_SECTOR, Split
from dialogues.insight.listing import publish_listing, publish_wanted
from dialogues.insight.publication import FLOOR, Rule, publish

ELIGIBLE_OUTSIDE: Final = 2
"""A side is a group of its own only if this many others could have named it; else the group gives its members away."""

WITH_A_VIEW: Final = frozenset({Branch.LOW, Branch.MID, Branch.HIGH})
"""Who is asked an ordinary listing. One that fewer are asked tells so much about bands that one option is the most."""


@dataclass(frozen=True, slots=True, kw_only=True)
class GivenAnswers:
    """What one opened envelope held; nothing in it says whose it was."""

    sector: str
    answers: Mapping[str, tuple[str, ...]]
    """Step id → values of the options chosen; a skipped step is absent or empty."""


@dataclass(frozen=True, slots=True)
class BandTally:
    """Respondents of one question: group → band → number."""

    counts: Mapping[str, Mapping[str, int]]


@dataclass(frozen=True, slots=True)
class ListingTally:
    """Choosers per option, and the number of respondents the question is about."""

    chosen: Mapping[str, int]
    respondents: int
    alone: bool = False
    """Whether at most one option may be shown: improvement actions, and what only some bands are asked."""
    asked_of: frozenset[Band] = frozenset(Band)
    """In which bands it is asked."""


StepTally: TypeAlias = BandTally | ListingTally
CountedStep: TypeAlias = Choice | MultiChoice
Cells: TypeAlias = dict[str, dict[str, Any]]
"""Step id → published cell: ``{"kind": "bands" | "listing", …}`` with the fields of Publication or Listing."""


def tally(
    definition: Definition, answers: Sequence[GivenAnswers], *, audience: Audience, split: Split | str = Split.SECTOR
) -> dict[str, StepTally]:
    """Count every step the author marked as counted, in the order of the dialogue."""
    split = Split(split)
    steps = _counted_steps(definition, audience)
    statement = _first_bands(steps)
    sides = next((step for step in steps if step.counted is Counted.SPLIT), None)
    tallies: dict[str, StepTally] = {}
    for step in steps:
        if step.counted is Counted.BANDS:
            tallies[step.id] = _bands(step, answers, split, sides)
        elif step.counted is Counted.LISTING:
            tallies[step.id] = _listing(definition, step, answers, statement)
    return tallies


def publish_round(
    definition: Definition,
    answers: Sequence[GivenAnswers],
    *,
    audience: Audience,
    rule: Rule | str,
    split: Split | str = Split.SECTOR,
    floor: int = FLOOR,
) -> Cells:
    """The published cells of a round, as JSON values; all that may outlive the envelopes."""
    cells: Cells = {}
    exact: Mapping[Band, int] | None = None
    for step, counted in tally(definition, answers, audience=audience, split=split).items():
        if isinstance(counted, BandTally):
            shown = publish(counted.counts, rule, floor)
            exact = exact or shown.counts
            cells[step] = {"kind": "bands", **shown.to_json()}
        else:
            listing = publish_wanted if counted.alone else publish_listing
            asked = sum(exact[band] for band in counted.asked_of) if exact else None
            chosen = {} if asked is not None and few_asked(asked, counted, floor) else counted.chosen
            cells[step] = {"kind": "listing", **listing(chosen, counted.respondents, floor).to_json()}
    return cells


def few_asked(asked: int, counted: ListingTally, floor: int) -> bool:
    """Whether it says too much what of a listing is shown beside exact counts, which tell that so many were asked it.

    What three of three chose is what each of them chose, and what they did not choose nobody did. "Vaak" is said of
    half of all respondents, so that many and two more must have been asked (docs/decisions/0021-few-who-were-asked.md).
    """
    return asked < (floor if counted.alone else max(floor, (counted.respondents + 1) // 2 + 2))


def respondents_enough(
    definition: Definition, answers: Iterable[GivenAnswers], *, audience: Audience, floor: int = FLOOR
) -> bool:
    """Whether a round can be published: enough envelopes hold an answer that counts."""
    return len(respondents(definition, answers, audience=audience)) >= floor


def respondents(
    definition: Definition, given: Iterable[GivenAnswers], *, audience: Audience
) -> tuple[GivenAnswers, ...]:
    """The envelopes that hold an answer that counts.

    An answer counts when it has a band; "niet van toepassing" has none. A dialogue that begins with a choice, such as
    a top 3, is judged by all that it counts: on a busy day that choice is the only thing somebody gives. What each
    question shows still depends on how many answered that one.
    """
    steps = [step for step in _counted_steps(definition, audience) if step.counted is not Counted.SPLIT]
    scales = [step for step in steps if step.counted is Counted.BANDS]
    decisive = scales if scales and steps[0] is scales[0] else steps
    return tuple(one for one in given if any(_is_answered(step, one) for step in decisive))


def _is_answered(step: CountedStep, given: GivenAnswers) -> bool:
    if step.counted is Counted.BANDS:
        return _band(step, given) is not None
    return bool(given.answers.get(step.id))


def _bands(step: CountedStep, answers: Iterable[GivenAnswers], split: Split, sides: CountedStep | None) -> BandTally:
    banded = [(given, band) for given in answers if (band := _band(step, given))]
    if split is Split.SECTOR:
        groups = [given.sector for given, _ in banded]
        names: tuple[str, ...] = SECTORS
    else:
        respondents = [given for given, _ in banded]
        groups = _safe_sides(respondents, sides) if split is Split.SIDE else [NO_SIDE] * len(respondents)
        names = SIDES
    numbers = Counter((group, band) for group, (_, band) in zip(groups, banded, strict=True))
    order = [name for name in names if name in groups] + sorted(set(groups) - set(names))
    return BandTally({name: {band: numbers[name, band] for band in Band if numbers[name, band]} for name in order})


def _safe_sides(respondents: Sequence[GivenAnswers], step: CountedStep | None) -> list[str]:
    """The side each respondent named, or `NO_SIDE` where showing that side as a group would give its members away.

    Unlike a sector, a side is an answer. If everybody who was offered a side chose it, its word would tell
    that of each of them, so a side needs others who were offered it and are not in it.
    """
    named = [_side(given, step) for given in respondents]
    unsafe = {
        side
        for side in set(named)
        if sum(side in SIDES_OF_SECTOR.get(given.sector, ()) for given in respondents) - named.count(side)
        < ELIGIBLE_OUTSIDE
    }
    return [NO_SIDE if side in unsafe else side for side in named]


def _side(given: GivenAnswers, step: CountedStep | None) -> str:
    values = given.answers.get(step.id, ()) if step else ()
    offered = SIDES_OF_SECTOR.get(given.sector, frozenset())
    return next((value for value in values if value in offered), NO_SIDE)


def _listing(
    definition: Definition, step: CountedStep, answers: Iterable[GivenAnswers], statement: CountedStep | None
) -> ListingTally:
    """Count choosers per option; a step that only some branches see is about all respondents of the statement.

    Counting only those who saw it would tell how many that were, and with that something about their bands.
    Where improvement actions are offered, "iets anders" and "nu niet" are no choosers of anything.
    """
    choosers: Counter[str] = Counter()
    respondents = 0
    most = step.most if isinstance(step, MultiChoice) else 1
    for given in answers:
        branch = _branch(statement, given) if statement else None
        values = given.answers.get(step.id, ())
        respondents += branch in BAND_OF_BRANCH if step.when.branches else bool(values)
        if not step.when.branches or (branch in step.when.branches and branch in BAND_OF_BRANCH):
            choosers.update(set(values[:most]))
    offered = [option.value for option in step.options]
    actions = {action.id for action in definition.actions} & set(offered)
    listable = [value for value in offered if value in actions or not actions]
    some = bool(step.when.branches) and not step.when.branches >= WITH_A_VIEW
    return ListingTally(
        {value: choosers[value] for value in listable},
        respondents,
        alone=bool(actions) or some,
        asked_of=frozenset(
            band for branch, band in BAND_OF_BRANCH.items() if not step.when.branches or branch in step.when.branches
        ),
    )


def _counted_steps(definition: Definition, audience: Audience) -> list[CountedStep]:
    return [
        step
        for step in definition.steps[audience]
        if isinstance(step, Choice | MultiChoice) and step.counted is not Counted.NOTHING
    ]


def _first_bands(steps: Iterable[CountedStep]) -> CountedStep | None:
    return next((step for step in steps if step.counted is Counted.BANDS), None)


def _band(step: CountedStep, given: GivenAnswers) -> Band | None:
    branch = _branch(step, given)
    return BAND_OF_BRANCH.get(branch) if branch else None


def _branch(step: CountedStep, given: GivenAnswers) -> Branch | None:
    values = given.answers.get(step.id, ())
    return next((option.branch for option in step.options if option.value in values), None)
