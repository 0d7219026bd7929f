"""What became of a team's step, told from published cells and from what the lead wrote down (requirement A8)."""

from __future__ import annotations

from typing import Final

from dialogues.insight import phrases_nl
from dialogues.insight.maandbeeld import StepStory
from dialogues.insight.mentioning import labels_of, listed
from dialogues.insight.publication import Publication
from dialogues.insight.published import AgreedStep, Checked, Decision, Outcome, PublishedElement

CHECK: Final = "actioncheck"
"""The block that asks after a step."""
HAPPENS: Final = "happens"
HELPS: Final = "helps"
"""Its steps."""


def story(agreed: AgreedStep) -> StepStory:
    """One step in sentences: what was agreed, what the team said about it, and what was decided."""
    first = phrases_nl.AGREED.replace("{day}", agreed.agreed_on).replace("{owner}", agreed.owner)
    lines = [" ".join(filter(None, (first, _looking_back(agreed)))), *(outcome(check) for check in agreed.checks)]
    if agreed.decision is not None:
        lines.append(decided(agreed.decision, agreed.decided_on))
    return StepStory(agreed.step, tuple(lines))


def _looking_back(agreed: AgreedStep) -> str:
    """When, or that it is time; '' for a step that ended."""
    if not agreed.look_back_on:
        return ""
    later = phrases_nl.LOOKING_BACK.replace("{day}", agreed.look_back_on)
    return phrases_nl.TIME_TO_LOOK_BACK if agreed.time_to_look_back else later


def decided(decision: Decision, on: str) -> str:
    """What was decided about a step, and when, in a sentence."""
    return phrases_nl.DECISIONS[decision].replace("{day}", on)


def outcome(check: Checked) -> str:
    """What was published of one round about the step, in a sentence; below the floor that, and no more."""
    begin = f"{check.ago[:1].upper()}{check.ago[1:]} gevraagd aan het hele team"
    happens = _happens(check)
    if happens is None:
        return f"{begin}. {phrases_nl.BELOW_FLOOR}"
    said = phrases_nl.CHECK_SAID.replace("{word}", phrases_nl.band_word(happens.band, phrases_nl.CHECK_WORDS))
    if happens.band is None:
        said = phrases_nl.CHECK_UNCLEAR
    helps = _most_chosen(check.round)
    return " ".join(filter(None, (f"{begin}.", said, phrases_nl.HELPS_SAID.replace("{word}", helps) if helps else "")))


def has_news(agreed: AgreedStep) -> bool:
    """Whether something was published about the step that no maandbeeld told of yet."""
    return any(check.new and _happens(check) is not None for check in agreed.checks)


def _happens(check: Checked) -> Publication | None:
    """The published word; None when nothing could be shown."""
    cell = check.round.cells.get(HAPPENS)
    if check.round.outcome is not Outcome.PUBLISHED or cell is None:
        return None
    publication = Publication.from_json(cell)
    return None if publication.below_floor else publication


def _most_chosen(one: PublishedElement) -> str:
    """What was most chosen about helping, as its button says it; '' when nothing may be listed."""
    labels = labels_of(one, HELPS)
    return next((labels[item.value].lower() for item in listed(one.cells, HELPS) if item.value in labels), "")
