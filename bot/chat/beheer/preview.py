"""A coordinator's walk through a dialogue: the same screens, with nothing counted."""

from __future__ import annotations

import asyncio
from typing import Final

from telegram import InlineKeyboardMarkup

from bot.bridge import effect_is_committed
from bot.chat.callback_data import ManageTap, PreviewTap
from bot.chat.desk import Desk
from bot.chat.keyboards import button, for_screen, stacked
from bot.chat.texts import chat_nl as texts
from bot.chat.wording import html_of
from bot.usecases.errors import AlreadyEnded
from bot.usecases.preview_dialogue import resume_preview, start_preview
from dialogues.conversation.inputs import Input, Tap, TypedText
from dialogues.conversation.screens import Screen

PREVIEW: Final = "preview"
"""What a preview is noted as among the dialogues that go on."""


async def begin_preview(desk: Desk, *, chat_id: int, message_id: int, team_id: str, value: str) -> None:
    """Show the first screen of ``element-audience``."""
    element, _, audience = value.partition("-")
    screen = await desk.bridge.commit(
        start_preview, chat_id=chat_id, team_id=team_id, element=element, audience=audience
    )
    await _show(desk, chat_id=chat_id, message_id=message_id, screen=screen, ended=False, team_id=team_id)


async def on_preview_tap(desk: Desk, *, chat_id: int, message_id: int, callback_id: str, tapped: PreviewTap) -> None:
    """One tap in a preview."""
    given: Input = Tap(tapped.visit, tapped.choice, tapped.times)
    screen, ended, team_id = await desk.bridge.commit(resume_preview, chat_id=chat_id, given=given)
    await asyncio.gather(
        desk.messenger.answer(callback_id, screen.notice),
        _show(desk, chat_id=chat_id, message_id=message_id, screen=screen, ended=ended, team_id=team_id),
    )


async def on_preview_text(desk: Desk, *, chat_id: int, message_id: int) -> bool:
    """A text typed in a preview: treated as in a real dialogue; False when no preview waits for one."""
    try:
        screen, ended, team_id = await desk.bridge.run(resume_preview, chat_id=chat_id, given=TypedText(message_id))
    except AlreadyEnded:
        return False
    effect_is_committed()
    await desk.messenger.delete(chat_id, message_id)
    await desk.saw(chat_id, about=PREVIEW, ended=ended)
    text, keyboard = _view(screen, ended=ended, team_id=team_id)
    await desk.messenger.send(chat_id, f"<i>{texts.TEXT_DELETED}</i>\n\n{text}", keyboard)
    return True


async def _show(desk: Desk, *, chat_id: int, message_id: int, screen: Screen, ended: bool, team_id: str) -> None:
    await desk.saw(chat_id, about=PREVIEW, ended=ended)
    text, keyboard = _view(screen, ended=ended, team_id=team_id)
    await desk.messenger.edit(chat_id, message_id, text, keyboard)


def _view(screen: Screen, *, ended: bool, team_id: str) -> tuple[str, InlineKeyboardMarkup]:
    keyboard = for_screen(screen, lambda tap: PreviewTap(tap.visit, tap.choice, tap.times))
    if ended:
        keyboard = stacked([button(texts.BACK, ManageTap("team", team_id, ""))])
    return f"<i>{texts.PREVIEW}</i>\n\n{html_of(screen)}", keyboard
