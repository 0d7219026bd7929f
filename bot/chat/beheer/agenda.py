"""What comes for a team, as a list and as a file for one's own calendar; and a question to try on oneself."""

from __future__ import annotations

from typing import Final

from bot.chat.beheer.menu import Menus, View, back_to, buttons
from bot.chat.beheer.trying import PLAY
from bot.chat.callback_data import ManageTap
from bot.chat.desk import Desk
from bot.chat.texts import days_nl as texts
from bot.chat.texts.chat_nl import PREVIEW, START, prompt
from bot.usecases.dutch_dates import day_and_time
from bot.usecases.sample_prompt import sample_prompt
from bot.usecases.see_agenda import agenda_file, see_agenda

FILE_NAME: Final = "even-stilstaan.ics"


async def _agenda(desk: Desk, chat_id: int, team_id: str, _value: str) -> View:
    coming = await desk.bridge.run(see_agenda, chat_id=chat_id, team_id=team_id)
    as_file = [(texts.AS_FILE, ManageTap("agendafile", team_id, ""))] if coming.appointments else []
    return texts.agenda(coming, zone=desk.zone), buttons(*as_file, back_to("topics", team_id))


async def _file(desk: Desk, chat_id: int, team_id: str, _value: str) -> View:
    content = await desk.bridge.run(agenda_file, chat_id=chat_id, team_id=team_id, words=texts.HAPPENINGS)
    await desk.messenger.send_document(chat_id, content, filename=FILE_NAME, caption=texts.FILE_CAPTION)
    return await _agenda(desk, chat_id, team_id, "")


async def _test(desk: Desk, chat_id: int, team_id: str, _value: str) -> View:
    """The next question as a member gets it; Start leads to the preview, where nothing counts."""
    sample = await desk.bridge.run(sample_prompt, chat_id=chat_id, team_id=team_id)
    text = prompt(
        title=sample.title,
        summary=sample.summary,
        opening="",
        members=sample.members,
        lead_label=sample.lead_label,
        closes=day_and_time(sample.closes_at, zone=desk.zone),
        reminder=False,
        changed=False,
        new_team=sample.new_team,
    )
    play = ManageTap(PLAY, team_id, f"{sample.element}-practice")
    return f"<i>{PREVIEW}</i>\n\n{text}", buttons((START, play), back_to("try", team_id))


MENUS: Final = Menus(about_team={"agenda": _agenda, "agendafile": _file, "test": _test})
