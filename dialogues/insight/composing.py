"""Composing a maandbeeld from published cells and facts that are no answer; it never sees anything else."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from dialogues.conversation.definition import Definition
from dialogues.conversation.presenting import fill
from dialogues.insight import phrases_nl
from dialogues.insight.bands import Band
from dialogues.insight.groups import Side
from dialogues.insight.guide import choose_question, half_hour
from dialogues.insight.listing import Listing
from dialogues.insight.maandbeeld import ElementView, Line, Maandbeeld, Mention, Mentions, Question, Scale, Step
from dialogues.insight.publication import Publication, Rule


class Outcome(StrEnum):
    """How a round ended, as far as readers may know."""

    PUBLISHED = "published"
    WAITING = "waiting"
    """Too few answers; the element is asked once more."""
    DESTROYED = "destroyed"
    """Too few answers for the second time; everything was thrown away."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PublishedElement:
    """One round of the month: its dialogue and the cells that `publish_round` made of it."""

    definition: Definition
    month: str
    """Month in which the round closed, in words: "november 2026"."""
    outcome: Outcome = Outcome.PUBLISHED
    cells: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class TeamFacts:
    """What a maandbeeld may use besides published cells; none of it is an answer."""

    team: str
    month: str
    """The month of the maandbeeld in words: "november 2026"."""
    team_label: str = phrases_nl.WIJKTEAM
    """Local name of the wijkteam."""
    rule: Rule = Rule.WORDS
    roster_changed: bool = False
    participation: str | None = None
    """Participation of the whole team as a band in words ("genoeg antwoorden"); None says nothing about it."""
    feedback: str = ""
    """What was done with the previous time, in one or two sentences; empty when there was nothing."""
    words: Mapping[str, str] = field(default_factory=dict)
    """What further placeholders in content stand for; {wijkteam} and {maand} are known already."""


class _Words(dict[str, str]):
    """Words for placeholders; an unknown one stays as it was written, for a maandbeeld must always appear."""

    def __missing__(self, key: str) -> str:
        return f"{{{key}}}"


def compose(facts: TeamFacts, rounds: tuple[PublishedElement, ...]) -> Maandbeeld:
    """Compose the maandbeeld of one team and month; pure, and a function of published cells and facts only."""
    words = _Words({**facts.words, "wijkteam": facts.team_label, "maand": facts.month})
    elements = tuple(_view(one, facts, words) for one in rounds)
    published = [
        (one.definition, band) for one in rounds for band in _statement(one) if one.outcome is Outcome.PUBLISHED
    ]
    question = choose_question(published)
    if question:
        question = Question(question.element, fill(question.title, words), fill(question.text, words))
    shown = any(_shows_something(element) for element in elements)
    return Maandbeeld(
        title=phrases_nl.TITLE.replace("{month}", facts.month),
        team=facts.team,
        month=facts.month,
        intro=phrases_nl.INTRO if shown else "",
        recognised=_recognised(published, words),
        feedback=facts.feedback,
        participation=phrases_nl.PARTICIPATION.replace("{band}", facts.participation) if facts.participation else "",
        elements=elements,
        question=question,
        guide=half_hour(question, feedback=facts.feedback) if question else (),
        thin="" if shown else (phrases_nl.THIN if rounds else phrases_nl.NO_ROUND),
        footnotes=_footnotes(facts, elements) if shown else (),
    )


def _view(one: PublishedElement, facts: TeamFacts, words: Mapping[str, str]) -> ElementView:
    definition = one.definition
    notes = {Outcome.WAITING: phrases_nl.WAITING, Outcome.DESTROYED: phrases_nl.DESTROYED}
    published = one.outcome is Outcome.PUBLISHED
    listings = {
        step: Listing.from_json(cell) for step, cell in one.cells.items() if published and cell["kind"] == "listing"
    }
    actions = {action.id for action in definition.actions}
    wanted = {item.value for listing in listings.values() for item in listing.items} & actions
    view = ElementView(
        id=definition.id,
        title=fill(definition.title, words),
        when="" if one.month == facts.month else one.month,
        scales=tuple(
            _scale(step, Publication.from_json(cell), facts)
            for step, cell in one.cells.items()
            if published and cell["kind"] == "bands"
        ),
        mentions=tuple(
            _mentions(definition, step, listing, words)
            for step, listing in listings.items()
            if listing.items and not actions & {item.value for item in listing.items}
        ),
        steps=tuple(
            Step(action.id, fill(action.label, words), fill(action.text, words), action.id in wanted)
            for action in definition.actions
            if published
        ),
        reading_note=fill(definition.reading_note, words) if published else "",
        note=notes.get(one.outcome, ""),
    )
    if published and not _shows_something(view):
        return ElementView(id=view.id, title=view.title, when=view.when, note=phrases_nl.BELOW_FLOOR)
    return view


def _scale(step: str, publication: Publication, facts: TeamFacts) -> Scale:
    """One question as lines; the questions about a side of the triangle have a heading and words of their own."""
    side = step.removeprefix("side_")
    about_side = side in Side.__members__.values()
    heading = phrases_nl.group_name(side, team_label=facts.team_label) if about_side else ""
    words = phrases_nl.FLOW_WORDS if about_side else phrases_nl.BAND_WORDS
    if publication.below_floor:
        return Scale(heading, (), phrases_nl.BELOW_FLOOR)
    if publication.counts is not None:
        return Scale(
            heading,
            tuple(
                Line(words[band].capitalize(), phrases_nl.answers(number), band, number)
                for band, number in publication.counts.items()
            ),
        )
    team = Line(phrases_nl.TEAM_LINE, phrases_nl.band_word(publication.band, words), publication.band)
    groups = (
        Line(phrases_nl.group_name(name, team_label=facts.team_label), phrases_nl.band_word(band, words), band)
        for name, band in publication.sectors.items()
    )
    return Scale(heading, (team, *groups))


def _mentions(definition: Definition, step: str, listing: Listing, words: Mapping[str, str]) -> Mentions:
    return Mentions(
        fill(_question_of(definition, step), words),
        tuple(Mention(fill(definition.theme_label(item.value), words), item.often) for item in listing.items),
    )


def _question_of(definition: Definition, step_id: str) -> str:
    """The question as it was asked; the first phrase of the first audience that has the step."""
    steps = (step for steps in definition.steps.values() for step in steps if step.id == step_id)
    return next((step.phrases[0].text for step in steps if step.phrases), "")


def _statement(one: PublishedElement) -> Iterable[Band | None]:
    """The published band of the element's statement, as zero or one values; a tie is a value."""
    scales = (Publication.from_json(cell) for cell in one.cells.values() if cell["kind"] == "bands")
    first = next(scales, None)
    return () if first is None or first.below_floor else (first.band,)


def _recognised(published: Iterable[tuple[Definition, Band | None]], words: Mapping[str, str]) -> str:
    """The opening; elements with a reading note stay out, because there high is no aim in itself."""
    titles = tuple(
        fill(definition.title, words)
        for definition, band in published
        if band is Band.HIGH and definition.is_element and not definition.reading_note
    )
    return phrases_nl.RECOGNISED.replace("{titles}", phrases_nl.joined(titles)) if titles else ""


def _shows_something(element: ElementView) -> bool:
    return any(scale.lines for scale in element.scales) or bool(element.mentions)


def _footnotes(facts: TeamFacts, elements: Iterable[ElementView]) -> tuple[str, ...]:
    listed = any(element.mentions for element in elements)
    not_shown = phrases_nl.NOT_SHOWN_COUNTS if facts.rule is Rule.COUNTS else phrases_nl.NOT_SHOWN_WORDS
    return (
        phrases_nl.EXPERIENCED,
        phrases_nl.MOST_FREQUENT_MEANS,
        phrases_nl.NO_VIEW_MEANS,
        *((phrases_nl.LISTED_MEANS,) if listed else ()),
        not_shown,
        phrases_nl.ONLY_THIS_KEPT,
        *((phrases_nl.ROSTER_CHANGED,) if facts.roster_changed else ()),
    )
