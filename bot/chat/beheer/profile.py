"""The profile of a team in the coordinator's menu: a few small questions, in any order and as few as wanted.

Ten are answered with a tap. Two ask whom people can go to: that is typed, as a role.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from telegram import InlineKeyboardButton

from bot.chat.beheer.confirming import with_next_question
from bot.chat.beheer.menu import Menus, View
from bot.chat.callback_data import ManageTap
from bot.chat.desk import Desk
from bot.chat.keyboards import button, stacked
from bot.chat.texts import beheer_nl as texts
from bot.chat.texts.chat_nl import BACK
from bot.usecases.errors import NotAllowed
from bot.usecases.fill_form import close_form, open_form
from bot.usecases.naming import NameUnusable
from bot.usecases.set_contact import set_contact
from bot.usecases.set_profile import set_profile, team_profile
from dialogues.authoring.profile import CONTACTS, PROFILE, contact_in

CONTACT: Final = "profile_contact"
"""Kind of the form in which a role is typed."""
QUESTIONS: Final = (*PROFILE, *CONTACTS)
_NONE: Final = "none"
"""On a button: no role of their own any more."""


async def _profile(desk: Desk, chat_id: int, team_id: str, value: str) -> View:
    """The question with this name, or the next one after an answer ``question-answer``."""
    question, _, answer = value.partition("-")
    told = {"chat_id": chat_id, "team_id": team_id, "question": question}
    if not answer:
        profile = await desk.bridge.run(team_profile, chat_id=chat_id, team_id=team_id)
        place = QUESTIONS.index(question) if question in QUESTIONS else 0
        return await _page(desk, chat_id, team_id, place, profile)
    if question in CONTACTS and answer == _NONE:
        profile = await desk.bridge.commit(set_contact, **told, typed="")
        return await _after_contact(desk, chat_id, team_id, question, profile)
    profile = await desk.bridge.commit(set_profile, **told, answer=answer)
    return await _page(desk, chat_id, team_id, QUESTIONS.index(question) + 1, profile)


async def on_contact_text(desk: Desk, *, chat_id: int, data: dict[str, str], text: str) -> None:
    """A typed role; one that will not do is asked again. Raises NotAllowed."""
    team_id, question = data["team"], data["question"]
    try:
        profile = await desk.bridge.commit(set_contact, chat_id=chat_id, team_id=team_id, question=question, typed=text)
    except NameUnusable:
        again = await desk.bridge.run(team_profile, chat_id=chat_id, team_id=team_id)
        place = QUESTIONS.index(question)
        await desk.messenger.send(chat_id, texts.ROLE_UNUSABLE, stacked(_ways(team_id, place, again)))
        return
    await desk.bridge.run(close_form, chat_id=chat_id)
    reply, keyboard = await _after_contact(desk, chat_id, team_id, question, profile)
    await desk.messenger.send(chat_id, reply, keyboard)


async def _after_contact(desk: Desk, chat_id: int, team_id: str, question: str, profile: Mapping[str, str]) -> View:
    text, keyboard = await _page(desk, chat_id, team_id, QUESTIONS.index(question) + 1, profile)
    return f"{texts.contact_set(contact_in(profile, question))}\n\n{text}", keyboard


async def _page(desk: Desk, chat_id: int, team_id: str, place: int, profile: Mapping[str, str]) -> View:
    if place >= len(QUESTIONS):
        done = await with_next_question(desk, chat_id, team_id, texts.PROFILE_DONE)
        return done, stacked([button(BACK, ManageTap("aboutteam", team_id, ""))])
    question = QUESTIONS[place]
    if question in CONTACTS:
        data = {"team": team_id, "question": question}
        await desk.bridge.commit(open_form, chat_id=chat_id, kind=CONTACT, data=data)
        asked, example = texts.CONTACT_QUESTIONS[question]
        how = texts.contact_how(contact_in(profile, question), example=example)
    elif question in texts.PROFILE_QUESTIONS:
        asked, how = texts.PROFILE_QUESTIONS[question][0], texts.PROFILE_WHY
    else:
        raise NotAllowed
    text = f"<i>{place + 1} van {len(QUESTIONS)}</i>\n\n<b>{asked}</b>\n\n{how}"
    return text, stacked(_ways(team_id, place, profile))


def _ways(team_id: str, place: int, profile: Mapping[str, str]) -> list[InlineKeyboardButton]:
    question = QUESTIONS[place]
    last = place + 1 == len(QUESTIONS)
    back = ManageTap("profile", team_id, QUESTIONS[place - 1]) if place else ManageTap("aboutteam", team_id, "")
    onward = ManageTap("aboutteam", team_id, "") if last else ManageTap("profile", team_id, QUESTIONS[place + 1])
    return [*_answers(team_id, question, profile), button(texts.SKIP, onward), button(BACK, back)]


def _answers(team_id: str, question: str, profile: Mapping[str, str]) -> list[InlineKeyboardButton]:
    if question in CONTACTS:
        away = button(texts.NO_CONTACT, ManageTap("profile", team_id, f"{question}-{_NONE}"))
        return [away] if question in profile else []
    return [
        button(
            f"✓ {label}" if profile.get(question) == answer else label,
            ManageTap("profile", team_id, f"{question}-{answer}"),
        )
        for answer, label in texts.PROFILE_QUESTIONS[question][1].items()
    ]


MENUS: Final = Menus(about_team={"profile": _profile})
