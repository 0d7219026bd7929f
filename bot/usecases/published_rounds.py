"""What stored rounds published, as insight reads it."""

from __future__ import annotations

from bot.usecases.asked import audience_of
from bot.usecases.definitions import definition_of
from bot.usecases.deps import Deps
from bot.usecases.dutch_dates import month
from bot.usecases.roster import few_between, roster_of_published
from dialogues.conversation.definition import Audience
from dialogues.insight import Outcome, PublishedElement, Split
from dialogues.insight.maandbeeld import CLOSING
from dialogues.insight.published import LastClosing
from dialogues.insight.top_three import BETWEEN, chosen_labels, elements_named, is_shown_closing
from storage.publications import PublishedRound
from storage.rounds import Round
from storage.teams import Area, Team
from storage.work import Work


def element_of(work: Work, deps: Deps, each: PublishedRound) -> PublishedElement:
    """What one round published, as insight reads it."""
    asked, group = work.rounds.get(each.round_id), work.teams.get(each.team_id)
    return PublishedElement(
        definition=definition_of(work, deps, element=each.element, digest=each.dialogue_digest),
        about=deps.library.get(each.subject).title if each.subject in deps.library.definitions else "",
        subject=each.subject,
        roster=roster_of_published(work, asked) if asked else "",
        month=month(each.closed_at.astimezone(deps.zone).strftime("%Y-%m")),
        outcome=Outcome(each.outcome),
        audience=audience_of(group) if group else Audience.PRACTICE,
        split=Split(asked.split) if asked else Split.SECTOR,
        cells=each.cells,
        further=elements_named(each.cells, deps.library.definitions) if each.element == CLOSING else (),
    )


def last_closing(work: Work, deps: Deps, team: Team, now: tuple[PublishedRound, ...]) -> LastClosing | None:
    """The closing before the one among these rounds; None when there is none, now or before."""
    closing = next((each for each in now if each.element == CLOSING), None)
    earlier = _closings(work, deps, team, before={each.round_id for each in now}) if closing else ()
    if closing is None or not earlier:
        return None
    then, element = earlier[-1]
    asked_then, asked_now = work.rounds.get(then.round_id), work.rounds.get(closing.round_id)
    few = asked_then is None or asked_now is None or few_between(work, deps, earlier=asked_then, later=asked_now)
    return LastClosing(element, comparable=not few)


def top3_word(work: Work, deps: Deps, *, team: Team, area: Area, about: Round) -> dict[str, str]:
    """The word for {vorige_top3} in a closing; none where no earlier one could show a choice."""
    earlier = _closings(work, deps, team, before={about.id}) if about.element == CLOSING else ()
    words = {"gemeente": area.municipality, "wijkteam": team.team_label}
    labels = chosen_labels(earlier[-1][1], words) if earlier else ()
    return {"vorige_top3": BETWEEN.join(labels)} if labels else {}


def _closings(
    work: Work, deps: Deps, team: Team, *, before: set[str]
) -> tuple[tuple[PublishedRound, PublishedElement], ...]:
    """The closings that could show a top 3, oldest first, without these rounds."""
    published = (each for each in work.publications.of_team(team.id) if each.element == CLOSING)
    every = ((each, element_of(work, deps, each)) for each in published if each.round_id not in before)
    return tuple((each, element) for each, element in every if is_shown_closing(element))
