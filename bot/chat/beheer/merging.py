"""Letting a small team go up into another one, with the arithmetic shown before."""

from __future__ import annotations

from typing import Final

from bot.chat.beheer.confirming import with_next_question
from bot.chat.beheer.menu import Menus, View, back_to, buttons, page
from bot.chat.callback_data import ManageTap
from bot.chat.desk import Desk
from bot.chat.texts import people_nl as texts
from bot.usecases.errors import AlreadySo
from bot.usecases.merge_teams import look_at_merging, merge_choices, merge_teams


async def _merge(desk: Desk, chat_id: int, team_id: str, number: str) -> View:
    teams = await desk.bridge.run(merge_choices, chat_id=chat_id, team_id=team_id)
    back = back_to("people", team_id)
    if not teams:
        return texts.NO_OTHER_TEAM, buttons(back)
    choices = [(each.name, ManageTap("mergeto", team_id, each.id)) for each in teams]
    here = ManageTap("merge", team_id, "")
    return texts.MERGE_WITH, buttons(*page(choices, number, here=here, back=back, more=texts.MORE))


async def _merge_to(desk: Desk, chat_id: int, team_id: str, other_id: str) -> View:
    plan = await desk.bridge.run(look_at_merging, chat_id=chat_id, team_id=team_id, other_id=other_id)
    return texts.merging(plan), buttons(
        (texts.MERGE_YES, ManageTap("merged", team_id, other_id)), back_to("merge", team_id)
    )


async def _merged(desk: Desk, chat_id: int, team_id: str, other_id: str) -> View:
    try:
        plan = await desk.bridge.commit(merge_teams, chat_id=chat_id, team_id=team_id, other_id=other_id)
    except AlreadySo:
        return texts.MERGED_BEFORE, buttons(back_to("team", other_id))
    said = await with_next_question(desk, chat_id, other_id, texts.merged(plan))
    return said, buttons(back_to("team", other_id))


MENUS: Final = Menus(
    about_team={"merge": _merge, "mergeto": _merge_to},
    about_nothing={"merged": _merged},  # the team is gone when this tap comes twice: the use case asks who may
)
