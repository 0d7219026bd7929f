"""What a typed text is before the engine sees it: cleaned, and looked at by a guard who knows who is around."""

from __future__ import annotations

from dataclasses import dataclass

from bot.usecases.deps import Deps
from bot.usecases.errors import NotAllowed, TextTooLong
from dialogues.conversation.inputs import TypedText
from dialogues.guarding.cleaning import LONGEST_TEXT, clean
from dialogues.guarding.findings import NEVER_SHARED, Finding
from dialogues.guarding.guard import guard
from storage.people import Person
from storage.rounds import Round
from storage.work import Work


@dataclass(frozen=True, slots=True)
class Judged:
    """A cleaned text and what may point at a person in it."""

    words: str
    found: tuple[str, ...] = ()
    """What was found, in the words of ``Labels.findings``."""
    never: bool = False
    """Whether something is in it that no writer can wave away."""


def guarded(work: Work, text: str, *, message: int, about: Round, person: Person) -> TypedText:
    """The text with what the guard found in it; a text that is too long is not looked at, for it is refused."""
    words = clean(text)
    if len(words) > LONGEST_TEXT:
        return TypedText(message, words)
    findings = found_in(work, words, team_id=about.team_id, person=person)
    return TypedText(message) if findings is None else TypedText(message, words, findings)


def found_in(work: Work, words: str, *, team_id: str, person: Person) -> tuple[Finding, ...] | None:
    """What the guard finds in a cleaned text of somebody in this team; None when the team is gone."""
    team = work.teams.get(team_id)
    area = work.teams.area(team.area_id) if team else None
    if team is None or area is None:
        return None
    teams = work.teams.in_area(area.id)
    around = [each for other in teams for each, _ in work.people.team_members(other.id)]
    people = {each.name for each in (*around, *work.people.coordinators(area.id), person)}
    labels = {name for other in teams for name in (other.name, other.team_label)}
    return guard(words, people=people, places={*labels, area.name, area.municipality})


def judged(work: Work, deps: Deps, text: str, *, team_id: str, person: Person) -> Judged:
    """A text that will be read by a team, cleaned and looked at. Raises TextTooLong, and NotAllowed without a team."""
    words = clean(text)
    if len(words) > LONGEST_TEXT:
        raise TextTooLong
    findings = found_in(work, words, team_id=team_id, person=person)
    if findings is None:
        raise NotAllowed
    kinds = dict.fromkeys(each.kind for each in findings)
    return Judged(
        words,
        found=tuple(deps.library.labels.findings[kind] for kind in kinds),
        never=any(kind in NEVER_SHARED for kind in kinds),
    )
