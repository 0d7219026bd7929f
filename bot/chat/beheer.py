"""/beheer: the coordinator's menus. One message, ≤ 6 choices where it can be, back everywhere."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import replace

from telegram import InlineKeyboardMarkup

from bot.chat import texts_beheer_nl as texts
from bot.chat.callback_data import ManageTap
from bot.chat.desk import Desk
from bot.chat.keyboards import button, stacked
from bot.chat.preview import begin_preview
from bot.chat.profile import show_profile
from bot.chat.texts_nl import BACK, CANCEL
from bot.usecases.errors import NotAllowed
from bot.usecases.fill_form import close_form, current_form, open_form
from bot.usecases.invite import invite_to_team
from bot.usecases.make_team import NameUnusable, clean_name, make_team
from bot.usecases.see_team import my_areas, see_team
from bot.usecases.set_schedule import MINUTES, set_first_topic, set_rhythm
from dialogues.conversation.definition import Definition
from dialogues.rhythm.cadence import WEEKDAYS, Rhythm

View = tuple[str, InlineKeyboardMarkup]
DEFAULT_LABEL = "het wijkteam"
PAGE = 4
"""Topics on one screen; with "more" and "back" that makes six buttons."""


async def on_beheer(desk: Desk, *, chat_id: int) -> None:
    """/beheer: the areas and teams of this coordinator, in a new message."""
    text, keyboard = await _home(desk, chat_id)
    await desk.messenger.send(chat_id, text, keyboard)


async def on_manage_tap(desk: Desk, *, chat_id: int, message_id: int, callback_id: str, tapped: ManageTap) -> None:
    """One step in the menus. Raises NotAllowed for whoever does not coordinate what the button is about."""
    if tapped.verb == "play":
        await begin_preview(desk, chat_id=chat_id, message_id=message_id, team_id=tapped.about, value=tapped.value)
        await desk.messenger.answer(callback_id)
        return
    step = _STEPS.get(tapped.verb)
    if step is None:
        raise NotAllowed
    if tapped.verb in _ONLY_CHOICES:
        await desk.bridge.run(see_team, chat_id=chat_id, team_id=tapped.about)
    text, keyboard = await step(desk, chat_id, tapped.about, tapped.value)
    await desk.messenger.answer(callback_id)
    await desk.messenger.edit(chat_id, message_id, text, keyboard)


async def on_manage_text(desk: Desk, *, chat_id: int, kind: str, data: dict[str, str], text: str) -> None:
    """A typed text for the form that is open: the team's name, then the local word for the wijkteam."""
    try:
        name = clean_name(text)
    except NameUnusable:
        await desk.messenger.send(chat_id, texts.NAME_UNUSABLE)
        return
    if kind == "team_name":
        await desk.bridge.commit(
            open_form, chat_id=chat_id, kind="team_label", data={"area": data["area"], "name": name}
        )
        usual = stacked([button(texts.USUAL_LABEL, ManageTap("label", data["area"], ""))])
        await desk.messenger.send(chat_id, texts.ask_label(name), usual)
        return
    reply, keyboard = await _make(desk, chat_id, area_id=data["area"], name=data["name"], label=name)
    await desk.messenger.send(chat_id, reply, keyboard)


def _buttons(*choices: tuple[str, ManageTap]) -> InlineKeyboardMarkup:
    return stacked([button(label, tap) for label, tap in choices])


async def _home(desk: Desk, chat_id: int, _about: str = "", _value: str = "") -> View:
    areas = await desk.bridge.run(my_areas, chat_id=chat_id)
    choices = []
    for area, teams in areas:
        choices += [(team.name, ManageTap("team", team.id, "")) for team in teams]
        choices.append((texts.new_team(area.name), ManageTap("new", area.id, "")))
    return texts.home(tuple(area.name for area, _ in areas)), _buttons(*choices)


async def _team(desk: Desk, chat_id: int, team_id: str, _value: str) -> View:
    state = await desk.bridge.run(see_team, chat_id=chat_id, team_id=team_id)
    return texts.team(state, zone=desk.zone), _buttons(
        (texts.INVITE, ManageTap("invite", team_id, "")),
        (texts.RHYTHM, ManageTap("rhythm", team_id, "")),
        (texts.TOPIC, ManageTap("topic", team_id, "")),
        (texts.TRY, ManageTap("try", team_id, "")),
        (texts.PROFILE, ManageTap("profile", team_id, "")),
        (texts.REFRESH, ManageTap("team", team_id, "")),
        (BACK, ManageTap("home", "", "")),
    )


async def _new(desk: Desk, chat_id: int, area_id: str, _value: str) -> View:
    areas = await desk.bridge.run(my_areas, chat_id=chat_id)
    if area_id not in {area.id for area, _ in areas}:
        raise NotAllowed
    await desk.bridge.commit(open_form, chat_id=chat_id, kind="team_name", data={"area": area_id})
    return texts.ASK_NAME, _buttons((CANCEL, ManageTap("cancel", "", "")))


async def _cancel(desk: Desk, chat_id: int, _about: str, _value: str) -> View:
    await desk.bridge.commit(close_form, chat_id=chat_id)
    return await _home(desk, chat_id)


async def _label(desk: Desk, chat_id: int, area_id: str, _value: str) -> View:
    """The usual word for the wijkteam, for the team whose name was typed just before."""
    form = await desk.bridge.run(current_form, chat_id=chat_id)
    if form is None or form.kind != "team_label" or form.data["area"] != area_id:
        return await _home(desk, chat_id)
    return await _make(desk, chat_id, area_id=area_id, name=form.data["name"], label=DEFAULT_LABEL)


async def _make(desk: Desk, chat_id: int, *, area_id: str, name: str, label: str) -> View:
    team = await desk.bridge.commit(make_team, chat_id=chat_id, area_id=area_id, name=name, team_label=label)
    await desk.bridge.run(close_form, chat_id=chat_id)
    text, keyboard = await _team(desk, chat_id, team.id, "")
    return f"{texts.MADE}\n\n{text}", keyboard


async def _invite(_desk: Desk, _chat_id: int, team_id: str, _value: str) -> View:
    return texts.WHOM, _buttons(
        (texts.INVITE_LEAD, ManageTap("link", team_id, "lead")),
        (texts.INVITE_MEMBERS, ManageTap("link", team_id, "member")),
        (BACK, ManageTap("team", team_id, "")),
    )


async def _link(desk: Desk, chat_id: int, team_id: str, kind: str) -> View:
    invited = await desk.bridge.commit(invite_to_team, chat_id=chat_id, team_id=team_id, kind=kind)
    text = texts.invitation(invited, link=desk.link(invited.token), zone=desk.zone)
    return text, _buttons((BACK, ManageTap("invite", team_id, "")))


async def _rhythm(_desk: Desk, _chat_id: int, team_id: str, _value: str) -> View:
    choices = [(texts.RHYTHMS[each], ManageTap("often", team_id, str(each))) for each in Rhythm]
    return texts.HOW_OFTEN, _buttons(*choices, (BACK, ManageTap("team", team_id, "")))


async def _often(_desk: Desk, _chat_id: int, team_id: str, rhythm: str) -> View:
    if rhythm not in set(Rhythm):
        raise NotAllowed
    choices = [(texts.WEEKDAYS[day], ManageTap("day", team_id, f"{rhythm}-{day}")) for day in WEEKDAYS]
    return texts.WHICH_DAY, _buttons(*choices, (BACK, ManageTap("rhythm", team_id, "")))


async def _day(_desk: Desk, _chat_id: int, team_id: str, chosen: str) -> View:
    rhythm, _, weekday = chosen.partition("-")
    if rhythm not in set(Rhythm) or weekday not in WEEKDAYS:
        raise NotAllowed
    choices = [(texts.clock_time(minute), ManageTap("time", team_id, f"{chosen}-{minute}")) for minute in MINUTES]
    return texts.WHAT_TIME, _buttons(*choices, (BACK, ManageTap("often", team_id, rhythm)))


async def _time(desk: Desk, chat_id: int, team_id: str, chosen: str) -> View:
    rhythm, weekday, minute = chosen.split("-") if chosen.count("-") == 2 else ("", "", "0")  # noqa: PLR2004
    schedule = await desk.bridge.commit(
        set_rhythm,
        chat_id=chat_id,
        team_id=team_id,
        rhythm=rhythm,
        weekday=weekday,
        minute=int(minute) if minute.isdecimal() else 0,
    )
    text, keyboard = await _team(desk, chat_id, team_id, "")
    return f"{texts.rhythm_set(schedule, zone=desk.zone)}\n\n{text}", keyboard


async def _profile(desk: Desk, chat_id: int, team_id: str, value: str) -> View:
    return await show_profile(desk, chat_id=chat_id, team_id=team_id, value=value)


async def _topic(desk: Desk, _chat_id: int, team_id: str, page: str) -> View:
    choices = [(each.title, ManageTap("first", team_id, each.id)) for each in _elements(desk)]
    return texts.WHICH_TOPIC, _buttons(*_page(choices, page, ManageTap("topic", team_id, "")))


async def _first(desk: Desk, chat_id: int, team_id: str, element: str) -> View:
    await desk.bridge.commit(set_first_topic, chat_id=chat_id, team_id=team_id, element=element)
    text, keyboard = await _team(desk, chat_id, team_id, "")
    return f"{texts.topic_set(desk.library.get(element).title)}\n\n{text}", keyboard


async def _try(desk: Desk, _chat_id: int, team_id: str, page: str) -> View:
    choices = [(each.title, ManageTap("as", team_id, each.id)) for each in _dialogues(desk)]
    return texts.TRY_WHICH, _buttons(*_page(choices, page, ManageTap("try", team_id, "")))


async def _as(desk: Desk, _chat_id: int, team_id: str, element: str) -> View:
    if element not in {each.id for each in _dialogues(desk)}:
        raise NotAllowed
    return texts.TRY_AS, _buttons(
        (texts.AS_PRACTICE, ManageTap("play", team_id, f"{element}-practice")),
        (texts.AS_STRATEGIC, ManageTap("play", team_id, f"{element}-strategic")),
        (BACK, ManageTap("try", team_id, "")),
    )


def _page(choices: list[tuple[str, ManageTap]], page: str, here: ManageTap) -> list[tuple[str, ManageTap]]:
    """As many choices as one thumb reaches, then the next ones, then the way back."""
    number = int(page) if page.isdecimal() else 0
    shown = choices[number * PAGE : (number + 1) * PAGE] or choices[:PAGE]
    more = [(texts.MORE, replace(here, value=str(number + 1)))] if len(choices) > (number + 1) * PAGE else []
    back = replace(here, value=str(number - 1)) if number else replace(here, verb="team")
    return [*shown, *more, (BACK, back)]


def _dialogues(desk: Desk) -> list[Definition]:
    """Every dialogue there is, the elements first."""
    return sorted(desk.library.definitions.values(), key=lambda each: not each.is_element)


def _elements(desk: Desk) -> list[Definition]:
    return [each for each in desk.library.definitions.values() if each.is_element]


Step = Callable[[Desk, int, str, str], Awaitable[View]]
_STEPS: dict[str, Step] = {
    "home": _home,
    "team": _team,
    "new": _new,
    "cancel": _cancel,
    "label": _label,
    "invite": _invite,
    "link": _link,
    "rhythm": _rhythm,
    "often": _often,
    "day": _day,
    "time": _time,
    "profile": _profile,
    "topic": _topic,
    "first": _first,
    "try": _try,
    "as": _as,
}
_ONLY_CHOICES = frozenset({"invite", "rhythm", "often", "day", "topic", "try", "as"})
"""Menus that look nothing up and so would open for anybody: who taps is asked of the team first."""
