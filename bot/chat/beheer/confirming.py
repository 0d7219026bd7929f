"""A change is confirmed with what happens next and when: one way for every menu."""

from __future__ import annotations

from bot.chat.desk import Desk
from bot.chat.texts import ahead_nl as texts
from bot.usecases.see_ahead import see_ahead, see_area_ahead


async def with_next_question(desk: Desk, chat_id: int, team_id: str, said: str) -> str:
    """What was changed, and when the next question of this team comes."""
    ahead = await desk.bridge.run(see_ahead, chat_id=chat_id, team_id=team_id)
    return f"{said} {texts.next_question(ahead, zone=desk.zone)}"


async def with_next_window(desk: Desk, chat_id: int, team_id: str, said: str) -> str:
    """What was changed, and how the next question of this team runs from opening to close."""
    ahead = await desk.bridge.run(see_ahead, chat_id=chat_id, team_id=team_id)
    return f"{said} {texts.next_window(ahead, zone=desk.zone)}"


async def with_new_promise(desk: Desk, chat_id: int, team_id: str, said: str, *, second_chance_too: bool) -> str:
    """What was chosen about the overview, and from which question on that counts."""
    ahead = await desk.bridge.run(see_ahead, chat_id=chat_id, team_id=team_id)
    return f"{said} {texts.new_promise(ahead, zone=desk.zone, second_chance_too=second_chance_too)}"


async def with_area_ahead(desk: Desk, chat_id: int, area_id: str, said: str) -> str:
    """What was changed, and where and when the first question of the area comes."""
    ahead = await desk.bridge.run(see_area_ahead, chat_id=chat_id, area_id=area_id)
    return f"{said} {texts.in_area(ahead, zone=desk.zone)}"
