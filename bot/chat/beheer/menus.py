"""/beheer: one message of menus. Sends each tap to its step, after asking whether this chat may take it."""

from __future__ import annotations

from typing import Final

from bot.chat.beheer import (
    agenda,
    area,
    cycle,
    days,
    invitations,
    leads,
    log,
    members,
    merging,
    naming,
    open_links,
    overview,
    own_areas,
    participation,
    pausing,
    people,
    picking,
    profile,
    publication,
    removing,
    rhythm,
    teams,
    topics,
    trying,
    year,
)
from bot.chat.beheer.menu import Step
from bot.chat.beheer.preview import begin_preview
from bot.chat.callback_data import ManageTap
from bot.chat.desk import Desk
from bot.usecases.errors import NotAllowed
from bot.usecases.see_team import require_area, require_team

_SUBJECTS: Final = tuple(
    each.MENUS
    for each in (
        teams,
        area,
        own_areas,
        naming,
        removing,
        people,
        invitations,
        open_links,
        overview,
        cycle,
        members,
        leads,
        merging,
        rhythm,
        picking,
        pausing,
        days,
        topics,
        agenda,
        profile,
        publication,
        trying,
        log,
        participation,
        year,
    )
)
_ABOUT_TEAM: Final[dict[str, Step]] = {verb: step for each in _SUBJECTS for verb, step in each.about_team.items()}
_ABOUT_AREA: Final[dict[str, Step]] = {verb: step for each in _SUBJECTS for verb, step in each.about_area.items()}
_ABOUT_NOTHING: Final[dict[str, Step]] = {verb: step for each in _SUBJECTS for verb, step in each.about_nothing.items()}


async def on_beheer(desk: Desk, *, chat_id: int) -> None:
    """/beheer: the areas and teams of this coordinator, in a new message."""
    text, keyboard = await teams.home(desk, chat_id, "", "")
    await desk.messenger.send(chat_id, text, keyboard)


async def on_manage_tap(desk: Desk, *, chat_id: int, message_id: int, callback_id: str, tapped: ManageTap) -> None:
    """One step in the menus. Raises NotAllowed for whoever does not coordinate what the button is about."""
    if tapped.verb == trying.PLAY:
        await begin_preview(desk, chat_id=chat_id, message_id=message_id, team_id=tapped.about, value=tapped.value)
        await desk.messenger.answer(callback_id)
        return
    step = await _allowed(desk, chat_id, tapped)
    text, keyboard = await step(desk, chat_id, tapped.about, tapped.value)
    await desk.messenger.answer(callback_id)
    await desk.messenger.edit(chat_id, message_id, text, keyboard)


async def _allowed(desk: Desk, chat_id: int, tapped: ManageTap) -> Step:
    """The step of this button, for whoever coordinates the team or area it names."""
    if step := _ABOUT_TEAM.get(tapped.verb):
        await desk.bridge.run(require_team, chat_id=chat_id, team_id=tapped.about)
    elif step := _ABOUT_AREA.get(tapped.verb):
        await desk.bridge.run(require_area, chat_id=chat_id, area_id=tapped.about)
    elif not (step := _ABOUT_NOTHING.get(tapped.verb)):
        raise NotAllowed
    return step
