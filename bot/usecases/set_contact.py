"""A coordinator tells whom the people of a team can go to, as a role and never by name (DSS §3.6, §3.9)."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

from bot.usecases.access import coordinated_team, person_of
from bot.usecases.changes import note_change
from bot.usecases.deps import Deps
from bot.usecases.errors import NotAllowed, TextTooLong
from bot.usecases.guarding import judged
from bot.usecases.naming import NameUnusable, clean_name
from dialogues.authoring.profile import CONTACTS
from storage.people import Person
from storage.teams import Team
from storage.work import Work

_ADDRESS: Final = frozenset({"meneer", "mijnheer", "heer", "mevrouw", "mevr", "mw", "dhr"})
"""Words before the name of a person, also of one that the guard does not know."""
_BEFORE_A_ROLE: Final = frozenset({"de", "het", "een", "je", "jullie"})


def set_contact(deps: Deps, *, chat_id: int, team_id: str, question: str, typed: str) -> Mapping[str, str]:
    """Keep a role in the profile, which is given back; '' for the usual words. It is said from the next dialogue on.

    The log tells that it changed and not into what: there a name that slipped past the guard would stay for ever.
    Raises NotAllowed, or NameUnusable for what is too long, reads as a link, or points at a person.
    """
    if question not in CONTACTS:
        raise NotAllowed
    with deps.storage.begin() as work:
        team = coordinated_team(work, chat_id=chat_id, team_id=team_id)
        role = _role(work, deps, typed, team=team, person=person_of(work, chat_id)) if typed else ""
        if role == team.profile.get(question, ""):
            return team.profile
        profile = {asked: said for asked, said in team.profile.items() if asked != question}
        if role:
            profile[question] = role
        work.teams.set_profile(team.id, profile)
        note_change(work, deps, area_id=team.area_id, team_id=team.id, kind="contact", contact=question)
        work.commit()
        return profile


def read_role(deps: Deps, *, chat_id: int, team_id: str, typed: str) -> str:
    """A typed role as people will read it; keeps nothing. Raises NotAllowed or NameUnusable, as ``set_contact``."""
    with deps.storage.begin() as work:
        team = coordinated_team(work, chat_id=chat_id, team_id=team_id)
        return _role(work, deps, typed, team=team, person=person_of(work, chat_id))


def _role(work: Work, deps: Deps, typed: str, *, team: Team, person: Person) -> str:
    """As it fits in the middle of a sentence."""
    try:
        found = judged(work, deps, typed, team_id=team.id, person=person)
    except TextTooLong as error:
        raise NameUnusable from error
    role = clean_name(found.words.rstrip(". "))
    if found.found or _ADDRESS.intersection(re.findall(r"\w+", role.lower())):
        raise NameUnusable
    first, between, rest = role.partition(" ")
    return f"{first.lower()}{between}{rest}" if first.lower() in _BEFORE_A_ROLE else role
