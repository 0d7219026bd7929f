"""Taking away a team in which nobody ever was."""

from __future__ import annotations

from typing import Final

from bot.chat.beheer.menu import Menus, View, back_to, buttons
from bot.chat.callback_data import ManageTap
from bot.chat.desk import Desk
from bot.chat.texts import naming_nl as texts
from bot.usecases.errors import AlreadySo
from bot.usecases.remove_team import TeamInUse, remove_team, team_can_go
from bot.usecases.see_team import see_team


async def _drop(desk: Desk, chat_id: int, team_id: str, _value: str) -> View:
    if not await desk.bridge.run(team_can_go, chat_id=chat_id, team_id=team_id):
        return texts.TEAM_STAYS, buttons(back_to("names", team_id))
    state = await desk.bridge.run(see_team, chat_id=chat_id, team_id=team_id)
    return texts.remove_team_sure(state.team.name), buttons(
        (texts.REMOVE_TEAM_YES, ManageTap("droppedteam", team_id, "")), back_to("names", team_id)
    )


async def _dropped(desk: Desk, chat_id: int, team_id: str, _value: str) -> View:
    try:
        gone = await desk.bridge.commit(remove_team, chat_id=chat_id, team_id=team_id)
    except TeamInUse:
        return texts.TEAM_STAYS, buttons(back_to("names", team_id))
    except AlreadySo:
        return texts.TEAM_REMOVED_BEFORE, buttons(back_to("home"))
    return texts.team_removed(gone.name), buttons(back_to("area", gone.area_id))


MENUS: Final = Menus(
    # The team is gone when the last tap comes twice: the use case asks who may.
    about_nothing={"droppedteam": _dropped},
    about_team={"dropteam": _drop},
)
