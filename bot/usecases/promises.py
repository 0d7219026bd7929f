"""What a round promises about its overview: fixed when it opens, and told before its first question (privacy 1.6)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from bot.usecases.asked import Asked, sectors_can_be_shown
from bot.usecases.deps import Deps
from bot.usecases.roster import few_changed, last_published, roster_mark
from dialogues.insight import FLOOR, Rule, Split
from storage.rounds import Round
from storage.teams import Team
from storage.work import Work


@dataclass(frozen=True, slots=True)
class Promise:
    """How the answers of one round will be published, whatever they are."""

    rule: Rule
    split: Split
    floor: int
    few_changed: bool = False


USUAL: Final = (Rule.WORDS, Split.SECTOR)


def promise_of_start(team: Team) -> Promise:
    """Round 0 shows words only: a new team has not shown yet who is in it (privacy 3.6)."""
    return Promise(Rule.WORDS, _split(team, ()), team.floor)


def promise_for(work: Work, deps: Deps, *, team: Team, members: Asked, waiting: Round | None) -> Promise:
    """What a round that opens now promises.

    Words only when 1-4 people changed since the last published round, and for a team of which nothing was published.
    A second chance keeps what was promised to those who answered the first time.
    """
    earlier = last_published(work, team.id)
    few = earlier is not None and few_changed(work, deps, earlier=earlier, members=members)
    rule, split, floor = Rule(team.rule), _split(team, members), team.floor
    if waiting is not None:
        few = few or waiting.few_changed or waiting.roster_digest != roster_mark(members)
        rule, split, floor = Rule(waiting.rule), Split(waiting.split), max(floor, waiting.floor)
    if few or is_new(work, team.id):
        rule = Rule.WORDS
    return Promise(rule, split, floor, few_changed=few)


def is_new(work: Work, team_id: str) -> bool:
    """Whether nothing of a team was published yet: who is in it may have been put together for one person's answer."""
    return not any(each.outcome == "published" for each in work.publications.of_team(team_id))


def _split(team: Team, members: Asked) -> Split:
    """The strategic layer is one group; an area shows its sectors where none of them would be one team's."""
    if team.scope != "team":
        return Split.SECTOR if team.scope == "area" and sectors_can_be_shown(members) else Split.NONE
    return Split.NONE if Rule(team.rule) is Rule.COUNTS else Split(team.split)


def promise_of(work: Work, about: Round) -> str:
    """How this round's overview differs from the usual one, and that this is new where it is; '' when it is the usual.

    Said before every question: whoever came, came back or was away since it was new has not read it (privacy 1.6).
    """
    group = work.teams.get(about.team_id)
    if about.number == 0 or (group is not None and group.scope != "team"):
        return ""
    earlier = work.rounds.numbered(about.team_id, about.number - 1)
    before = (Rule(earlier.rule), Split(earlier.split)) if earlier else USUAL
    now = (Rule(about.rule), Split(about.split))
    told: list[str] = []
    if now != before:
        told.append(f"{'Let op' if now == _ONLY_WORDS else 'Nieuw'}: {_SENTENCES[now]}")
    elif now != USUAL:
        told.append(f"Goed om te weten: {_SENTENCES[now]}")
    if about.floor > FLOOR:
        is_new = about.floor > (earlier.floor if earlier else FLOOR)
        told.append(f"{'Nieuw' if is_new else 'Goed om te weten'}: {_HIGHER_FLOOR.format(about.floor)}")
    return " ".join(told)


_ONLY_WORDS: Final = (Rule.WORDS, Split.NONE)
_SENTENCES: Final = {
    (Rule.COUNTS, Split.NONE): "het overzicht toont aantallen als dat veilig kan. Sectoren zie je niet.",
    _ONLY_WORDS: "van deze vraag toont het overzicht alleen woorden, geen aantallen.",
    USUAL: "het overzicht toont woorden. Een sector zie je alleen als er genoeg antwoorden zijn.",
    (Rule.WORDS, Split.SIDE): (
        "het overzicht toont woorden. "
        "Een zijde van de driehoek zie je alleen als er genoeg antwoorden zijn. Sectoren zie je niet."
    ),
}
_HIGHER_FLOOR: Final = "er komt pas een overzicht bij minstens {} antwoorden."
