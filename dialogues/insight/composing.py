"""Composing a maandbeeld from published cells and facts that are no answer; it never sees anything else."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any, Final

from dialogues.conversation.definition import Definition
from dialogues.conversation.presenting import fill
from dialogues.insight import phrases_nl
from dialogues.insight.balance import map_of
from dialogues.insight.bands import Band
from dialogues.insight.groups import Side, Split
from dialogues.insight.guide import NO_AIM_IN_ITSELF, choose_question, half_hour
from dialogues.insight.listing import Listing
from dialogues.insight.looking_back import experiences, fading, pattern_question, trend_of
from dialogues.insight.maandbeeld import (
    ElementView,
    GuideStep,
    Line,
    Maandbeeld,
    Question,
    Scale,
    Step,
)
from dialogues.insight.mentioning import mentions, usual_phrase
from dialogues.insight.own_figure import told
from dialogues.insight.own_words import OwnWords
from dialogues.insight.patterns import Picture, choose_pattern
from dialogues.insight.publication import Publication, Rule, published_band
from dialogues.insight.published import Outcome, PublishedElement, TeamFacts
from dialogues.insight.signals import Standing
from dialogues.insight.step_story import CHECK, has_news, story
from dialogues.insight.top_three import OWN_PART, closing_question, is_shown_closing, top_three

SILENT_SHOWN: Final = 3
"""So many silent elements are named at most. [keuze]"""
MANY: Final = 2
"""From so many questions on, one sentence tells for all of them that they cannot be shown."""


class _Words(dict[str, str]):
    """Words for placeholders; an unknown one stays as it was written, for a maandbeeld must always appear."""

    def __missing__(self, key: str) -> str:
        return f"{{{key}}}"


def compose(facts: TeamFacts, rounds: tuple[PublishedElement, ...]) -> Maandbeeld:
    """Compose the maandbeeld of one team and month; pure, and a function of published cells and facts only.

    Elements come first, in the order given; the start dialogue, which is about the people rather than the month, last.
    """
    rounds = tuple(sorted(rounds, key=lambda one: not one.definition.is_element))
    words = _Words({"periode": phrases_nl.PERIOD, **facts.words, "wijkteam": facts.team_label, "maand": facts.month})
    views = tuple(_view(one, facts, words) for one in rounds)
    top = top_three(
        rounds, before=facts.last_closing, strategic=facts.strategic, changed=facts.roster_changed, words=words
    )
    published = [
        (one.definition, published_band(one.cells))
        for one, view in zip(rounds, views, strict=True)
        if is_shown_closing(one) or _shows_something(view)
    ]
    elements = tuple(
        view for one, view in zip(rounds, views, strict=True) if not is_shown_closing(one) or _shows_something(view)
    )
    step_news = any(has_news(each) for each in facts.agreed)
    shown = bool(published) or step_news
    names = {element: fill(name, words) for element, name in facts.elements.items()}
    question = closing_question(rounds, top, facts.strategic) or _question(facts, rounds, published, words)
    question = question or (_step_question(facts) if step_news else None)
    footnotes = _footnotes(facts, rounds, elements, listed=top is not None) if shown else ()
    return Maandbeeld(
        title=facts.title.replace("{month}", facts.month),
        team=facts.team,
        month=facts.month,
        intro=phrases_nl.INTRO if shown else "",
        successes=facts.texts.successes,
        recognised=_recognised(published, words),
        unanswered=_unanswered(facts.previous),
        feedback=facts.feedback,
        agreed=tuple(story(each) for each in facts.agreed),
        participation=_participation(facts),
        balance=map_of(names, (*facts.earlier, *rounds), month=facts.month) if shown else (),
        balance_note=phrases_nl.MAP_READ if shown and names else "",
        top3=top,
        elements=elements,
        own_words=facts.texts.others,
        own_figure=told(facts.own_figure) if facts.own_figure else "",
        silent=_silent(facts.silent),
        question=question,
        guide=_guide(facts, question) if question else (),
        thin="" if shown else (phrases_nl.THIN if rounds else phrases_nl.NO_ROUND),
        footnotes=(*footnotes, *_about_texts(facts.texts)),
    )


def _guide(facts: TeamFacts, question: Question) -> tuple[GuideStep, ...]:
    """The half hour; a team with an open step decides about that one."""
    return half_hour(question, back=facts.feedback or _nothing_told(facts), works_on_step=_works_on_step(facts))


def _works_on_step(facts: TeamFacts) -> bool:
    """Whether a step is open, which has a day to look back."""
    return any(each.look_back_on for each in facts.agreed)


def _step_question(facts: TeamFacts) -> Question:
    """The question of a month in which nothing but the team's step has news."""
    text = phrases_nl.STEP_QUESTION if _works_on_step(facts) else phrases_nl.ENDED_STEP_QUESTION
    return Question(CHECK, phrases_nl.STEP_TITLE, text)


def _question(
    facts: TeamFacts,
    rounds: tuple[PublishedElement, ...],
    published: list[tuple[Definition, Band | None]],
    words: Mapping[str, str],
) -> Question | None:
    """A balance pattern where one fits, else the question of one element; none when nothing was published."""
    if not published:
        return None
    picture = Picture(
        practice=experiences((*facts.earlier, *rounds)),
        strategic=experiences(facts.strategic),
        facts=facts.profile,
        fading=fading(facts.participations),
        undiscussed=facts.undiscussed,
    )
    asked = frozenset(one.element_id for one in rounds)
    found = choose_pattern(picture, shown_before=facts.pattern_before, asked=asked)
    if found is not None:
        titles = {one.element_id: one.about or one.definition.title for one in (*facts.earlier, *rounds)}
        return pattern_question(found, titles, words, asked=asked)
    question = choose_question(published)
    return question and Question(question.element, fill(question.title, words), fill(question.text, words))


def _view(one: PublishedElement, facts: TeamFacts, words: Mapping[str, str]) -> ElementView:
    definition = one.definition
    words = _Words({**words, "element": one.about}) if one.about else words
    notes = {Outcome.WAITING: phrases_nl.WAITING, Outcome.DESTROYED: phrases_nl.DESTROYED}
    published = one.outcome is Outcome.PUBLISHED
    own_part = is_shown_closing(one)
    listings = {
        step: Listing.from_json(cell)
        for step, cell in one.cells.items()
        if published and cell["kind"] == "listing" and not (own_part and step in OWN_PART)
    }
    actions = {action.id for action in definition.actions}
    wanted = {item.value for listing in listings.values() for item in listing.items} & actions
    view = ElementView(
        id=definition.id,
        title=phrases_nl.CLOSING_REST if own_part else _title(one, words),
        when="" if one.month == facts.month else one.month,
        subject=one.subject,
        scales=_gathered(
            _scale(step, Publication.from_json(cell), facts, asked=_asked(one, step, words), again=bool(one.about))
            for step, cell in one.cells.items()
            if published and cell["kind"] == "bands"
        ),
        mentions=tuple(
            mentions(one, step, words)
            for step, listing in listings.items()
            if listing.items and not actions & {item.value for item in listing.items}
        ),
        steps=tuple(
            Step(action.id, fill(action.label, words), fill(action.text, words), action.id in wanted)
            for action in definition.actions
            if published
        ),
        trend=trend_of(one, (*facts.long_before, *facts.earlier)) if published and not facts.roster_changed else "",
        reading_note=fill(definition.reading_note, words) if published else "",
        note=notes.get(one.outcome, ""),
    )
    if published and not own_part and not _shows_something(view):
        return ElementView(
            id=view.id, title=view.title, when=view.when, subject=view.subject, note=phrases_nl.BELOW_FLOOR
        )
    return view


def _title(one: PublishedElement, words: Mapping[str, str]) -> str:
    return phrases_nl.about_again(one.about) if one.about else fill(one.definition.title, words)


def _scale(step: str, publication: Publication, facts: TeamFacts, *, asked: str, again: bool) -> Scale:
    """One question as lines; questions about a side of the triangle, or asked again, have words of their own."""
    side = step.removeprefix("side_")
    about_side = side in Side.__members__.values()
    heading = phrases_nl.group_name(side, team_label=facts.team_label) if about_side else ""
    words = phrases_nl.FLOW_WORDS if about_side else phrases_nl.AGAIN_WORDS if again else phrases_nl.BAND_WORDS
    if publication.below_floor:
        return Scale(heading, asked, (), phrases_nl.BELOW_FLOOR)
    if publication.counts is not None and not facts.roster_changed:
        return Scale(
            heading,
            asked,
            tuple(
                Line(words[band].capitalize(), phrases_nl.answers(number), band, number)
                for band, number in publication.counts.items()
            ),
        )
    team = Line(facts.whole, phrases_nl.band_word(publication.band, words), publication.band)
    groups = (
        Line(phrases_nl.group_name(name, team_label=facts.team_label), phrases_nl.band_word(band, words), band)
        for name, band in publication.sectors.items()
    )
    return Scale(heading, asked, (team, *groups))


def _gathered(scales: Iterable[Scale]) -> tuple[Scale, ...]:
    """The questions that can be shown, and one sentence for all that cannot, instead of the same sentence for each."""
    every = tuple(scales)
    hidden = tuple(scale for scale in every if not scale.lines)
    if len(hidden) < MANY or not all(scale.heading for scale in hidden):
        return every
    names = "; ".join(scale.heading for scale in hidden)
    note = Scale("", "", (), phrases_nl.BELOW_FLOOR_OF.replace("{names}", names))
    return (*(scale for scale in every if scale.lines), note)


def _asked(one: PublishedElement, step_id: str, words: Mapping[str, str]) -> str:
    """The statement itself: what stands between quotation marks in the question."""
    quoted = re.search(r"“([^”]+)”", usual_phrase(one, step_id))
    return fill(quoted[1], words) if quoted else ""


def _silent(titles: tuple[str, ...]) -> str:
    """The first few: a light rhythm leaves many silent, and a long list is no conversation."""
    if not titles:
        return ""
    said = phrases_nl.SILENT if len(titles) <= SILENT_SHOWN else phrases_nl.SILENT_AMONG_OTHERS
    return said.replace("{titles}", phrases_nl.joined(titles[:SILENT_SHOWN]))


def _unanswered(previous: Standing | None) -> str:
    if previous is None or not previous.open:
        return ""
    return phrases_nl.UNANSWERED.replace("{titles}", phrases_nl.joined(previous.open))


def _nothing_told(facts: TeamFacts) -> str:
    first = facts.previous is None and not facts.earlier
    return phrases_nl.FIRST_TIME if first else phrases_nl.NO_FEEDBACK


def _participation(facts: TeamFacts) -> str:
    """How many took part, and beside it what came back: less input can be for want of an answer (DSS §3.10)."""
    parts = [phrases_nl.PARTICIPATION.replace("{band}", facts.participation)] if facts.participation else []
    before = facts.previous
    if before is not None and before.topics == 1:
        parts.append(phrases_nl.REACTION_ON_ONE[not before.open])
    elif before is not None and before.topics:
        given = str(before.topics - len(before.open))
        parts.append(phrases_nl.REACTIONS.replace("{given}", given).replace("{topics}", str(before.topics)))
    return " ".join(parts)


def _recognised(published: Iterable[tuple[Definition, Band | None]], words: Mapping[str, str]) -> str:
    """The opening: what was published as high."""
    titles = tuple(
        fill(definition.title, words)
        for definition, band in published
        if band is Band.HIGH and definition.is_element and definition.id not in NO_AIM_IN_ITSELF
    )
    return phrases_nl.RECOGNISED.replace("{titles}", phrases_nl.joined(titles)) if titles else ""


def _shows_something(element: ElementView) -> bool:
    return any(scale.lines for scale in element.scales) or bool(element.mentions)


def _footnotes(
    facts: TeamFacts, rounds: tuple[PublishedElement, ...], elements: tuple[ElementView, ...], *, listed: bool
) -> tuple[str, ...]:
    """How to read what is shown, and what cannot be shown and why; only what this page needs."""
    lines = [line for element in elements for scale in element.scales for line in scale.lines]
    fitting = (
        (True, phrases_nl.EXPERIENCED),
        (any(line.number is None for line in lines), phrases_nl.MOST_FREQUENT_MEANS),
        (any(line.band is Band.NO_VIEW for line in lines), phrases_nl.NO_VIEW_MEANS),
        (listed or any(element.mentions for element in elements), phrases_nl.LISTED_MEANS),
        (True, " ".join(_hidden(facts, rounds))),
        (True, phrases_nl.ONLY_THIS_KEPT),
        (facts.roster_changed, phrases_nl.ROSTER_CHANGED),
    )
    return tuple(text for fits, text in fitting if fits)


def _hidden(facts: TeamFacts, rounds: tuple[PublishedElement, ...]) -> Iterable[str]:
    """What this page does not show, by the rule and the split that each round was promised."""
    splits = {one.split for one in rounds if one.cells}
    counting = not facts.roster_changed and any(cell.get("rule") == Rule.COUNTS for cell in _cells(rounds))
    yield phrases_nl.COUNTS_IF_SAFE if counting else phrases_nl.NO_COUNTS
    if splits == {Split.NONE}:
        yield phrases_nl.NO_SECTORS
    if Split.SECTOR in splits:
        yield phrases_nl.SECTORS_IF_ENOUGH
    if Split.SIDE in splits:
        yield phrases_nl.SIDES_IF_ENOUGH


def _cells(rounds: Iterable[PublishedElement]) -> Iterable[Mapping[str, Any]]:
    return (cell for one in rounds for cell in one.cells.values())


def _about_texts(texts: OwnWords) -> tuple[str, ...]:
    if texts.successes or texts.others:
        return (phrases_nl.OWN_WORDS_ARE,)
    return (phrases_nl.TOO_FEW_TEXTS,) if texts.thrown_away else ()
