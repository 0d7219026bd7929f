"""Choosing a rhythm or a meeting, one small question at a time; the whole choice so far travels on the buttons.

How often and what time can be typed too: then the choice so far waits in a form, which survives a restart.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from bot.chat.beheer.menu import Choice, Menus, View, back_to, buttons
from bot.chat.beheer.teams import show_team
from bot.chat.callback_data import ManageTap
from bot.chat.desk import Desk
from bot.chat.texts import rhythm_nl as texts
from bot.usecases.errors import NotAllowed
from bot.usecases.fill_form import close_form, open_form
from bot.usecases.see_team import require_team, see_team
from bot.usecases.see_topics import see_topics
from bot.usecases.set_schedule import DAYS_BEFORE, MINUTES, set_meeting, set_own_rhythm, set_rhythm
from bot.usecases.typed_rhythm import MOST, StepUnusable, TimeUnusable, is_time, read_step, read_time
from dialogues.rhythm.recurrence import ORDINALS, PRESETS, Recurrence, Unit
from dialogues.rhythm.rotation import CLIENT, family_every_other_time
from storage.schedules import Schedule

PRESET, OWN, ANCHORED, MEETING = "p", "o", "a", "m"
"""What is being chosen: one of the three, a rhythm of one's own, one before a meeting, or the meeting itself."""
RHYTHM_PART: Final = "rhythm_part"
"""Kind of the form in which how often, or what time, is typed; it holds the choice so far."""
_STEP, _TIME = "step", "time"
_UNITS: Final = {"w": Unit.WEEK, "m": Unit.MONTH}
_EVERY: Final = {
    PRESET: ("m1", "w2", "w1"),
    OWN: ("w3", "w4", "m1", "m2", "m3"),
    ANCHORED: ("w1", "w2", "m1", "m2", "m3"),
    MEETING: ("w1", "w2", "m1", "m2", "m3"),
}
_RHYTHMS: Final = {f"{unit[0]}{every}": rhythm for rhythm, (unit, every) in PRESETS.items()}


@dataclass(frozen=True, slots=True)
class _Question:
    text: str
    answers: dict[str, str]
    """Token on the button → label."""
    typed: str = ""
    """What else can be typed: a step or a time; '' for nothing."""

    def takes(self, token: str) -> bool:
        """Whether a button of ours or a typed answer says this."""
        if token in self.answers:
            return True
        if self.typed == _STEP:
            found = re.fullmatch(r"([wm])([1-9])", token, re.ASCII)
            return found is not None and int(found[2]) <= MOST[_UNITS[found[1]]]
        return self.typed == _TIME and re.fullmatch(r"\d{3,4}", token, re.ASCII) is not None and is_time(int(token))


async def pick(desk: Desk, chat_id: int, team_id: str, value: str) -> View:
    """The next question about what was chosen so far, or the choice carried out."""
    said = value.split("-") if value else []
    if not said:
        return await _which_kind(desk, chat_id, team_id)
    question = _next_question(said)
    if question is None:
        return await _carry_out(desk, chat_id, team_id, said)
    if question.typed:
        data = {"team": team_id, "said": value}
        await desk.bridge.commit(open_form, chat_id=chat_id, kind=RHYTHM_PART, data=data)
    else:
        await desk.bridge.commit(close_form, chat_id=chat_id)
    shown = [(label, ManageTap("pick", team_id, f"{value}-{token}")) for token, label in question.answers.items()]
    before = "-".join(said[:-1]).removesuffix(PRESET)
    back = back_to("meeting", team_id) if value == MEETING else back_to("pick", team_id, before)
    return question.text, buttons(*shown, back)


async def on_pick_text(desk: Desk, *, chat_id: int, data: dict[str, str], text: str) -> None:
    """A typed step or time; one that will not do is asked again, with what is possible. Raises NotAllowed."""
    await desk.bridge.run(require_team, chat_id=chat_id, team_id=data["team"])
    question = _next_question(data["said"].split("-"))
    if question is None:
        raise NotAllowed
    back = buttons(back_to("pick", data["team"], data["said"]))
    try:
        token = _token_of(question, text)
    except StepUnusable:
        await desk.messenger.send(chat_id, texts.STEP_UNUSABLE, back)
        return
    except TimeUnusable:
        await desk.messenger.send(chat_id, texts.TIME_UNUSABLE, back)
        return
    reply, keyboard = await pick(desk, chat_id, data["team"], f"{data['said']}-{token}")
    await desk.messenger.send(chat_id, reply, keyboard)


def _token_of(question: _Question, text: str) -> str:
    if question.typed == _TIME:
        return str(read_time(text))
    unit, every = read_step(text)
    return f"{unit[0]}{every}"


async def _which_kind(desk: Desk, chat_id: int, team_id: str) -> View:
    state = await desk.bridge.run(see_team, chat_id=chat_id, team_id=team_id)
    choices: list[Choice] = [
        (texts.RHYTHMS[_RHYTHMS[every]], ManageTap("pick", team_id, f"{PRESET}-{every}")) for every in _EVERY[PRESET]
    ]
    return texts.HOW_OFTEN, buttons(
        *choices,
        (texts.OWN, ManageTap("pick", team_id, OWN)),
        (texts.ANCHORED, ManageTap("pick", team_id, ANCHORED)),
        back_to("team" if state.schedule is None or state.schedule.sleeps else "rhythm", team_id),
    )


def _next_question(said: list[str]) -> _Question | None:
    """What to ask now; None when everything is known.

    The order is: kind, every so many weeks or months, which of the month, weekday, days before, time. Raises NotAllowed
    for what no button of ours and no typed answer says.
    """
    kind, *rest = said
    if kind not in _EVERY:
        raise NotAllowed
    meets = kind in {ANCHORED, MEETING}
    how_much = texts.MEETING_HOW_MUCH if meets else texts.EVERY_HOW_MUCH
    steps = {each: texts.EVERY[each] for each in _EVERY[kind]}
    asked = [_Question(how_much, steps, typed="" if kind == PRESET else _STEP)]
    if rest and rest[0].startswith("m") and kind != PRESET:
        asked.append(
            _Question(texts.WHICH_OF_THE_MONTH, {_ordinal_token(each): texts.ORDINALS[each] for each in ORDINALS})
        )
    asked.append(_Question(texts.WHICH_MEETING_DAY if meets else texts.WHICH_DAY, texts.WEEKDAYS))
    if meets:
        asked.append(_Question(texts.HOW_LONG_BEFORE, {str(each): texts.days_before(each) for each in DAYS_BEFORE}))
    if kind != MEETING:
        times = {str(each): texts.clock_time(each) for each in MINUTES}
        asked.append(_Question(texts.WHAT_TIME, times, typed=_TIME))
    if len(rest) > len(asked) or not all(each.takes(token) for each, token in zip(asked, rest, strict=False)):
        raise NotAllowed
    return asked[len(rest)] if len(rest) < len(asked) else None


def _ordinal_token(ordinal: int) -> str:
    return "last" if ordinal < 0 else str(ordinal)


async def _carry_out(desk: Desk, chat_id: int, team_id: str, said: list[str]) -> View:
    kind, every, *rest = said
    if kind == PRESET:
        weekday, minute = rest
        schedule: Schedule = await desk.bridge.commit(
            set_rhythm,
            chat_id=chat_id,
            team_id=team_id,
            rhythm=str(_RHYTHMS[every]),
            weekday=weekday,
            minute=int(minute),
        )
        return await _done(desk, chat_id, team_id, await _rhythm_set(desk, chat_id, team_id, schedule))
    unit = _UNITS[every[0]]
    ordinal = 1
    if unit is Unit.MONTH:
        token, *rest = rest
        ordinal = -1 if token == "last" else int(token)  # noqa: S105 - a word on a button
    recurrence = Recurrence(unit, int(every[1:]), rest[0], ordinal).to_text()
    if kind == MEETING:
        schedule = await desk.bridge.commit(
            set_meeting, chat_id=chat_id, team_id=team_id, meeting=recurrence, days_before=int(rest[1])
        )
        return await _done(desk, chat_id, team_id, texts.meeting_set(schedule, zone=desk.zone))
    schedule = await desk.bridge.commit(
        set_own_rhythm,
        chat_id=chat_id,
        team_id=team_id,
        recurrence=recurrence,
        minute=int(rest[-1]),
        days_before=int(rest[1]) if kind == ANCHORED else 0,
    )
    return await _done(desk, chat_id, team_id, await _rhythm_set(desk, chat_id, team_id, schedule))


async def _rhythm_set(desk: Desk, chat_id: int, team_id: str, schedule: Schedule) -> str:
    """What will happen now, and that a slow rhythm does not ask about the family in every quarter."""
    said = texts.rhythm_set(schedule, zone=desk.zone)
    if not family_every_other_time(Recurrence.from_text(schedule.recurrence)):
        return said
    seen = await desk.bridge.run(see_topics, chat_id=chat_id, team_id=team_id)
    return f"{said} {texts.FAMILY_EVERY_OTHER_TIME}" if CLIENT in seen.can_come else said


async def _done(desk: Desk, chat_id: int, team_id: str, said: str) -> View:
    await desk.bridge.commit(close_form, chat_id=chat_id)
    text, keyboard = await show_team(desk, chat_id, team_id, "")
    return f"{said}\n\n{text}", keyboard


MENUS: Final = Menus(about_team={"pick": pick})
