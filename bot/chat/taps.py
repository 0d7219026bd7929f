"""Every tap on a button: read it, send it to its handler, answer it kindly whatever it was."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any

from bot.chat.agreeing import on_step_tap
from bot.chat.arriving import Tapped
from bot.chat.asides import on_aside_tap
from bot.chat.beheer.forms import walk_away
from bot.chat.beheer.menus import on_manage_tap
from bot.chat.beheer.preview import on_preview_tap
from bot.chat.callback_data import (
    AccountTap,
    AsideTap,
    CycleTap,
    DialogueTap,
    HandoverTap,
    InvitationTap,
    LeaveTap,
    LogTap,
    MaandbeeldTap,
    ManageTap,
    OwnAnswerTap,
    PreviewTap,
    PromptTap,
    RightsTap,
    SelfTap,
    SignalTap,
    StepTap,
    TimesTap,
    YearTap,
    decode,
)
from bot.chat.commands import on_self_tap
from bot.chat.cycle import on_cycle_tap
from bot.chat.desk import Desk, kindly
from bot.chat.dialogue import on_dialogue_tap, on_prompt_tap
from bot.chat.handover import on_handover_tap
from bot.chat.joining import on_account_tap, on_invitation_tap
from bot.chat.keyboards import NOTHING
from bot.chat.leaving import on_leave_tap
from bot.chat.logbook import on_log_tap
from bot.chat.maandbeeld import on_maandbeeld_tap
from bot.chat.own_answer import on_own_answer_tap
from bot.chat.own_times import on_times_tap
from bot.chat.responding import on_signal_tap
from bot.chat.rights import on_rights_tap
from bot.chat.texts import chat_nl as texts
from bot.chat.year import on_year_tap
from bot.usecases.errors import AlreadyEnded, MovedOn, NoLongerOpen, Refusal, StepEnded

Handler = Callable[..., Awaitable[None]]
_HANDLERS: dict[type, Handler] = {
    DialogueTap: on_dialogue_tap,
    PromptTap: on_prompt_tap,
    AccountTap: on_account_tap,
    MaandbeeldTap: on_maandbeeld_tap,
    SignalTap: on_signal_tap,
    StepTap: on_step_tap,
    CycleTap: on_cycle_tap,
    YearTap: on_year_tap,
    OwnAnswerTap: on_own_answer_tap,
    ManageTap: on_manage_tap,
    PreviewTap: on_preview_tap,
    SelfTap: on_self_tap,
    LogTap: on_log_tap,
    LeaveTap: on_leave_tap,
    TimesTap: on_times_tap,
    AsideTap: on_aside_tap,
    HandoverTap: on_handover_tap,
    RightsTap: on_rights_tap,
}


async def on_tap(desk: Desk, tap: Tapped) -> None:
    """Handle one tap. The chat it came from decides who it is; the button only says what was tapped."""
    tapped = decode(tap.data)
    if tapped is None or tap.chat_id != tap.user_id:
        await desk.messenger.answer(tap.callback_id, texts.UNKNOWN_BUTTON, alert=True)
        return
    await walk_away(desk, chat_id=tap.chat_id, tapped=tapped)
    here: dict[str, Any] = {"chat_id": tap.chat_id, "message_id": tap.message_id, "callback_id": tap.callback_id}
    try:
        if isinstance(tapped, InvitationTap):
            await on_invitation_tap(desk, **here, name=tap.name, tapped=tapped)
        else:
            await _HANDLERS[type(tapped)](desk, **here, tapped=tapped)
    except (AlreadyEnded, MovedOn) as refusal:
        await desk.messenger.answer(tap.callback_id, kindly(refusal))
    except (NoLongerOpen, StepEnded) as refusal:
        await desk.messenger.answer(tap.callback_id)
        await desk.messenger.edit(tap.chat_id, tap.message_id, kindly(refusal), NOTHING)
    except Refusal as refusal:
        await desk.messenger.answer(tap.callback_id, kindly(refusal), alert=True)
