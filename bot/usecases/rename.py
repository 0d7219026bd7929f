"""A coordinator corrects what a team, its wijkteam or an area is called: a typing mistake need not stand for ever.

Names are looked up when something is shown, so the new one is there at once. A maandbeeld keeps the name it was made
with: it is written once, and the next one is chained to it.
"""

from __future__ import annotations

from bot.usecases.access import coordinated_area, coordinated_team
from bot.usecases.arrange_area_rounds import GROUPS, group_name
from bot.usecases.changes import note_change
from bot.usecases.deps import Deps
from bot.usecases.naming import clean_name, require_free


def rename_team(deps: Deps, *, chat_id: int, team_id: str, name: str) -> str:
    """Call a team something else; gives the name as it is now. The name it has changes nothing.

    Raises NotAllowed, NameUnusable, or NameTaken for that of another team of the area.
    """
    with deps.storage.begin() as work:
        team = coordinated_team(work, chat_id=chat_id, team_id=team_id)
        wanted = clean_name(name)
        require_free(wanted, taken=(each.name for each in work.teams.in_area(team.area_id) if each.id != team.id))
        if wanted != team.name:
            work.teams.rename(team.id, wanted)
            note_change(
                work, deps, area_id=team.area_id, team_id=team.id, kind="team_renamed", old=team.name, new=wanted
            )
            work.commit()
        return wanted


def rename_wijkteam(deps: Deps, *, chat_id: int, team_id: str, label: str) -> str:
    """Choose what the people of a team call the wijkteam; gives it as it is now. Raises NotAllowed, NameUnusable."""
    with deps.storage.begin() as work:
        team = coordinated_team(work, chat_id=chat_id, team_id=team_id)
        wanted = clean_name(label)
        if wanted != team.team_label:
            work.teams.set_label(team.id, wanted)
            note_change(
                work,
                deps,
                area_id=team.area_id,
                team_id=team.id,
                kind="wijkteam_renamed",
                old=team.team_label,
                new=wanted,
            )
            work.commit()
        return wanted


def rename_area(deps: Deps, *, chat_id: int, area_id: str, name: str) -> str:
    """Call an area something else, and the groups that bear its name; gives the name as it is now.

    The gemeente in texts goes along where it had the same name. Raises NotAllowed, NameUnusable or NameTaken.
    """
    with deps.storage.begin() as work:
        area = coordinated_area(work, chat_id=chat_id, area_id=area_id)
        wanted = clean_name(name)
        require_free(wanted, taken=(each.name for each in work.teams.areas() if each.id != area.id))
        if wanted != area.name:
            municipality = wanted if area.municipality == area.name else area.municipality
            work.teams.rename_area(area.id, wanted, municipality=municipality)
            for scope in GROUPS:
                group = work.teams.group(area.id, scope)
                if group is not None:
                    work.teams.rename(group.id, group_name(wanted, scope))
            note_change(work, deps, area_id=area.id, kind="area_renamed", old=area.name, new=wanted)
            work.commit()
        return wanted
