"""Leave, and have everything erased: the account, what was to be sent, and the sealed answers of open rounds."""

from __future__ import annotations

from bot.usecases.answering import mark_of, slots_of
from bot.usecases.changes import note_change, note_people
from bot.usecases.deps import Deps
from bot.usecases.errors import LastCoordinator
from bot.usecases.replace_lead import tell_when_nobody_leads
from storage.errors import KeyGone
from storage.people import Membership, Person
from storage.work import Work


def forget_me(deps: Deps, *, chat_id: int, by_administrator: bool = False) -> bool:
    """Erase the person behind a chat; False when there was none. What was published stays: it names nobody.

    Raises LastCoordinator when an area would lose its only coordinator and this is not the administrator's doing.
    """
    with deps.storage.begin() as work:
        person = work.people.by_chat(chat_id)
        if person is None:
            return False
        if not by_administrator:
            _keep_a_coordinator(work, person)
        erase(work, deps, person)
        work.commit()
    deps.storage.clear_soon()
    return True


def erase(work: Work, deps: Deps, person: Person) -> None:
    """Everything of a person goes in the caller's transaction; call ``storage.clear_soon()`` after its commit.

    The list of the erased has them before that commit: whatever happens in between, they stay erased.
    """
    withdraw_answers(work, deps, person)
    areas = work.people.coordinates(person.id)
    memberships = work.people.memberships(person.id)
    deps.storage.erasures.add(person.id, on=deps.today())
    work.people.erase(person.id)
    _note(work, deps, areas=areas, memberships=memberships)


def withdraw_answers(work: Work, deps: Deps, person: Person) -> tuple[str, ...]:
    """Delete the envelopes and running dialogues of a person in every round that asks them; the marks of their places.

    The same work whether there is an answer or not. Where the bot's key is gone nobody can tell which one is theirs
    while the opener could still open it: then all of that round are destroyed, for loss is better than an answer that
    was taken back and counts all the same (privacy 3.3).
    """
    marks: list[str] = []
    for about in work.rounds.asking(person.id):
        try:
            slots = slots_of(deps, about, person.id)
        except KeyGone:
            work.answers.destroy(about.id)
            continue
        for slot in slots:
            work.answers.withdraw(about.id, slot)
            marks.append(mark_of(about.id, slot))
    return tuple(marks)


def _note(work: Work, deps: Deps, *, areas: tuple[str, ...], memberships: tuple[Membership, ...]) -> None:
    for area_id in areas:
        note_change(work, deps, area_id=area_id, kind="coordinator_removed")
    for each in memberships:
        team = work.teams.get(each.team_id)
        if team is not None:
            note_people(work, deps, team=team, kind="member_left" if each.role == "member" else "lead_removed")
            if each.role == "lead":
                tell_when_nobody_leads(work, deps, team)


def _keep_a_coordinator(work: Work, person: Person) -> None:
    for area_id in work.people.coordinates(person.id):
        if {each.id for each in work.people.coordinators(area_id)} == {person.id}:
            raise LastCoordinator
