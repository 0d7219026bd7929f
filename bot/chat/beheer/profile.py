"""The profile of a team in the coordinator's menu: a few small questions, in any order and as few as wanted.

Ten are answered with a tap. Two ask whom people can go to: that is typed, as a role, and kept after a yes.
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
from bot.chat.texts.chat_nl import BACK, CANCEL
from bot.usecases.errors import NotAllowed
from bot.usecases.fill_form import close_form, current_form, open_form
from bot.usecases.naming import NameUnusable
from bot.usecases.set_contact import read_role, set_contact
from bot.usecases.set_profile import set_profile, team_profile
from dialogues.authoring.profile import CONTACTS, PROFILE, contact_in

CONTACT: Final = "profile_contact"
"""Kind of the form in which a role is typed; ``role`` in it waits for a yes."""
KEEP: Final = "keeprole"
"""The button that answers a form, beside typing."""
QUESTIONS: Final = (*PROFILE, *CONTACTS)
_NONE: Final = "none"
"""On a button: no role of their own any more."""
_TYPE: Final = "type"
"""On a button: a role is going to be typed."""


async def _profile(desk: Desk, chat_id: int, team_id: str, value: str) -> View:
    """The question with this name, or the next one after an answer ``question-answer``."""
    question, _, answer = value.partition("-")
    told = {"chat_id": chat_id, "team_id": team_id, "question": question}
    if not answer:
        profile = await desk.bridge.run(team_profile, chat_id=chat_id, team_id=team_id)
        place = QUESTIONS.index(question) if question in QUESTIONS else 0
        return await _page(desk, chat_id, team_id, place, profile)
    if question in CONTACTS and answer == _TYPE:
        return await _ask_role(desk, chat_id, team_id, question)
    if question in CONTACTS and answer == _NONE:
        profile = await desk.bridge.commit(set_contact, **told, typed="")
        return await _after_contact(desk, chat_id, team_id, question, profile)
    profile = await desk.bridge.commit(set_profile, **told, answer=answer)
    return await _page(desk, chat_id, team_id, QUESTIONS.index(question) + 1, profile)


async def on_contact_text(desk: Desk, *, chat_id: int, data: dict[str, str], text: str) -> None:
    """A typed role, shown as people will read it; one that will not do is asked again. Raises NotAllowed.

    While one waits for a yes, a text shows it once more: the same text can come twice, and a thank-you is no role.
    """
    team_id, question, role = data["team"], data["question"], data.get("role", "")
    if not role:
        try:
            role = await desk.bridge.run(read_role, chat_id=chat_id, team_id=team_id, typed=text)
        except NameUnusable:
            await desk.messenger.send(chat_id, texts.ROLE_UNUSABLE, stacked([_not_now(team_id, question)]))
            return
        await desk.bridge.commit(open_form, chat_id=chat_id, kind=CONTACT, data={**data, "role": role})
    ways = [
        button(texts.ROLE_YES, ManageTap(KEEP, team_id, question)),
        button(texts.ROLE_OTHER, ManageTap("profile", team_id, f"{question}-{_TYPE}")),
        button(BACK, ManageTap("profile", team_id, question)),
    ]
    await desk.messenger.send(chat_id, texts.confirm_role(texts.CONTACT_SAID[question], role), stacked(ways))


async def _ask_role(desk: Desk, chat_id: int, team_id: str, question: str) -> View:
    data = {"team": team_id, "question": question}
    await desk.bridge.commit(open_form, chat_id=chat_id, kind=CONTACT, data=data)
    asked, example = texts.CONTACT_QUESTIONS[question]
    return texts.ask_role(asked, example=example), stacked([_not_now(team_id, question)])


def _not_now(team_id: str, question: str) -> InlineKeyboardButton:
    return button(CANCEL, ManageTap("profile", team_id, question))


async def _keep(desk: Desk, chat_id: int, team_id: str, question: str) -> View:
    """The role that was typed just before; without one, the question as it stands."""
    form = await desk.bridge.run(current_form, chat_id=chat_id)
    about = {"team": team_id, "question": question}
    if form is None or form.kind != CONTACT or not form.data.get("role") or not about.items() <= form.data.items():
        return await _profile(desk, chat_id, team_id, question)
    role = str(form.data["role"])
    try:
        profile = await desk.bridge.commit(set_contact, chat_id=chat_id, team_id=team_id, question=question, typed=role)
    except NameUnusable:  # somebody of that name came along meanwhile
        _, keyboard = await _ask_role(desk, chat_id, team_id, question)
        return texts.ROLE_UNUSABLE, keyboard
    await desk.bridge.run(close_form, chat_id=chat_id)
    return await _after_contact(desk, chat_id, team_id, question, profile)


async def _after_contact(desk: Desk, chat_id: int, team_id: str, question: str, profile: Mapping[str, str]) -> View:
    text, keyboard = await _page(desk, chat_id, team_id, QUESTIONS.index(question) + 1, profile)
    return f"{texts.contact_set(contact_in(profile, question))}\n\n{text}", keyboard


async def _page(desk: Desk, chat_id: int, team_id: str, place: int, profile: Mapping[str, str]) -> View:
    if place >= len(QUESTIONS):
        done = await with_next_question(desk, chat_id, team_id, texts.PROFILE_DONE)
        return done, stacked([button(BACK, ManageTap("aboutteam", team_id, ""))])
    question = QUESTIONS[place]
    if question in CONTACTS:
        asked, how = texts.CONTACT_QUESTIONS[question][0], texts.contact_now(contact_in(profile, question))
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
        typing = button(texts.TYPE_ROLE, ManageTap("profile", team_id, f"{question}-{_TYPE}"))
        away = button(texts.NO_CONTACT, ManageTap("profile", team_id, f"{question}-{_NONE}"))
        return [typing, away] if question in profile else [typing]
    return [
        button(
            f"✓ {label}" if profile.get(question) == answer else label,
            ManageTap("profile", team_id, f"{question}-{answer}"),
        )
        for answer, label in texts.PROFILE_QUESTIONS[question][1].items()
    ]


MENUS: Final = Menus(about_team={"profile": _profile, KEEP: _keep})
