"""The profile of a team in the coordinator's menu: ten small questions, in any order and as few as wanted."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from bot.chat.beheer.confirming import with_next_question
from bot.chat.beheer.menu import Menus, View
from bot.chat.callback_data import ManageTap
from bot.chat.desk import Desk
from bot.chat.keyboards import button, stacked
from bot.chat.texts import beheer_nl as texts
from bot.chat.texts.chat_nl import BACK
from bot.usecases.errors import NotAllowed
from bot.usecases.set_profile import set_profile, team_profile
from dialogues.authoring.profile import PROFILE

QUESTIONS = tuple(PROFILE)


async def _profile(desk: Desk, chat_id: int, team_id: str, value: str) -> View:
    """The question with this number, or the next one after an answer ``question-answer``."""
    question, _, answer = value.partition("-")
    if answer:
        profile = await desk.bridge.commit(
            set_profile, chat_id=chat_id, team_id=team_id, question=question, answer=answer
        )
        place = QUESTIONS.index(question) + 1
    else:
        profile = await desk.bridge.run(team_profile, chat_id=chat_id, team_id=team_id)
        place = QUESTIONS.index(question) if question in QUESTIONS else 0
    if place >= len(QUESTIONS):
        done = await with_next_question(desk, chat_id, team_id, texts.PROFILE_DONE)
        return done, stacked([button(BACK, ManageTap("aboutteam", team_id, ""))])
    return _question(team_id, place, profile)


def _question(team_id: str, place: int, profile: Mapping[str, str]) -> View:
    question = QUESTIONS[place]
    if question not in texts.PROFILE_QUESTIONS:
        raise NotAllowed
    asked, answers = texts.PROFILE_QUESTIONS[question]
    buttons = [
        button(
            f"✓ {label}" if profile.get(question) == answer else label,
            ManageTap("profile", team_id, f"{question}-{answer}"),
        )
        for answer, label in answers.items()
    ]
    back = ManageTap("profile", team_id, QUESTIONS[place - 1]) if place else ManageTap("aboutteam", team_id, "")
    onward = (
        ManageTap("profile", team_id, QUESTIONS[place + 1])
        if place + 1 < len(QUESTIONS)
        else ManageTap("aboutteam", team_id, "")
    )
    text = f"<i>{place + 1} van {len(QUESTIONS)}</i>\n\n<b>{asked}</b>\n\n{texts.PROFILE_WHY}"
    return text, stacked([*buttons, button(texts.SKIP, onward), button(BACK, back)])


MENUS: Final = Menus(about_team={"profile": _profile})
