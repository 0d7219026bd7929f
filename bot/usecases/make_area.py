"""A coordinator makes one more area beside their own, and takes one away in which nothing was made yet."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from bot.usecases.access import coordinated_area, person_of
from bot.usecases.changes import note_change
from bot.usecases.deps import Deps
from bot.usecases.errors import AlreadySo, NotAllowed, Refusal
from bot.usecases.naming import clean_name, require_free, same_name
from storage.teams import Area
from storage.work import Work

MOST_AREAS: Final = 12
"""Areas of one coordinator, counted when another one is made. [keuze]"""


class TooManyAreas(Refusal):
    """Somebody coordinates MOST_AREAS areas already."""


class AreaInUse(Refusal):
    """There is a team in the area, somebody else coordinates it too, or it is the only one of whoever asks."""


@dataclass(frozen=True, slots=True)
class MadeArea:
    """The area somebody asked for."""

    area: Area
    is_new: bool
    """False: they coordinated one of this name already, and this is it."""


@dataclass(frozen=True, slots=True)
class OwnArea:
    """One's own area, and what can be done with it as a whole."""

    area: Area
    can_go: bool
    """Whether it can be taken away: see AreaInUse."""


def make_area(deps: Deps, *, chat_id: int, name: str) -> MadeArea:
    """Make an area, with whoever makes it as its coordinator. Making the same one twice gives the one that exists.

    A name is an area's alone in the whole house: by its name the administrator invites people into it. Raises
    NotAllowed for who coordinates nothing, NameUnusable, NameTaken, or TooManyAreas.
    """
    with deps.storage.begin() as work:
        person = person_of(work, chat_id)
        coordinated = work.people.coordinates(person.id)
        if not coordinated:
            raise NotAllowed
        wanted = clean_name(name)
        every = work.teams.areas()
        own = next((each for each in every if each.id in coordinated and same_name(each.name, wanted)), None)
        if own is not None:
            return MadeArea(own, is_new=False)
        require_free(wanted, taken=(each.name for each in every))
        if len(coordinated) >= MOST_AREAS:
            raise TooManyAreas
        area = Area(id=deps.ids.new(), name=wanted, municipality=wanted)
        work.teams.add_area(area)
        work.people.add_coordinator(person.id, area.id)
        note_change(work, deps, area_id=area.id, kind="area_made")
        work.commit()
        return MadeArea(area, is_new=True)


def see_area(deps: Deps, *, chat_id: int, area_id: str) -> OwnArea:
    """An area, for its coordinator. Raises NotAllowed."""
    with deps.storage.begin() as work:
        area = coordinated_area(work, chat_id=chat_id, area_id=area_id)
        return OwnArea(area, can_go=_can_go(work, area, chat_id=chat_id))


def remove_area(deps: Deps, *, chat_id: int, area_id: str) -> Area:
    """Take away an area in which there is no team, not even one that was put away, with its log and its invitations.

    Nobody else ever read that log: there were no members, and no other coordinator. Raises NotAllowed, AreaInUse, or
    AlreadySo, to whoever coordinates another area, when it is gone.
    """
    with deps.storage.begin() as work:
        person = person_of(work, chat_id)
        if work.teams.area(area_id) is None and work.people.coordinates(person.id):
            raise AlreadySo
        area = coordinated_area(work, chat_id=chat_id, area_id=area_id)
        if not _can_go(work, area, chat_id=chat_id):
            raise AreaInUse
        work.teams.remove_area(area.id)
        work.commit()
        return area


def _can_go(work: Work, area: Area, *, chat_id: int) -> bool:
    """The only area of a coordinator stays: they could make no other one without it."""
    person = person_of(work, chat_id)
    alone = len(work.people.coordinators(area.id)) == 1
    return alone and len(work.people.coordinates(person.id)) > 1 and not work.teams.has_teams(area.id)
