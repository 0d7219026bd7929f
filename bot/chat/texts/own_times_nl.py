"""The sentences about one's own quiet times and pause. Dutch, B1, je-vorm; HTML only where it stands here."""

from __future__ import annotations

from datetime import date
from html import escape
from itertools import groupby
from typing import Final
from zoneinfo import ZoneInfo

from bot.chat.texts.rhythm_nl import WEEKDAYS, clock_time
from bot.usecases.be_away import ReturnDay
from bot.usecases.dutch_dates import day
from bot.usecases.set_own_quiet import OwnTimes
from dialogues.rhythm.quiet import DAY_MINUTES, PARTS, QuietBlock

# Buttons
CHOOSE_DAY: Final = "Kies een dag"
USUAL_BUTTON: Final = "Gebruik de gewone week"
CLEAR_BUTTON: Final = "Geen stille tijden"
PAUSE_BUTTON: Final = "Pauze tot een dag"
RESUME_BUTTON: Final = "Stop de pauze"
OTHER_DAY: Final = "Een andere dag"
PART_BUTTONS: Final = {"ochtend": "De ochtend", "middag": "De middag", "hele dag": "De hele dag", "": "Niet stil"}

# Quiet times
_TITLE: Final = "<b>Wanneer is het stil?</b>"
_MEANING: Final = (
    "In een stille tijd begin ik niet zelf, zodat je je spreekuur of les kunt doen. "
    "Buiten werktijd, van 18:00 tot 08:00 uur en in het weekend, stuur ik nooit iets."
)
_NEVER: Final = "Je hele week is nu stil. Ik kom dus niet vanzelf. Wil je een tijd niets? Dan past /pauze beter."
_USUAL: Final = {"jgz": "de gewone spreekuren in de JGZ", "onderwijs": "de gewone lesuren op school"}
_PARTS: Final = {minutes: part for part, minutes in PARTS.items()}
_PART_WORDS: Final = {"ochtend": "de ochtend", "middag": "de middag", "hele dag": "de hele dag"}
WHICH_DAY: Final = "<b>Welke dag wil je kiezen?</b>\n\nDe andere dagen blijven zoals ze zijn."


def which_part(day_name: str) -> str:
    """What to ask after a weekday was chosen, by its name in a sentence."""
    return f"<b>Wanneer is het stil op {escape(day_name)}?</b>\n\nDe ochtend is tot 12:30 uur, de middag begint dan."


def holds_now(times: OwnTimes, *, zone: ZoneInfo) -> str:
    """The menu of quiet times: what holds now, in words."""
    parts = [_TITLE]
    if times.away_until is not None:
        parts.append(paused(times.away_until, zone=zone))
    if times.usual:
        named = " en ".join(_USUAL[sector] for sector in times.sectors)
        parts.append(f"Je koos nog niets. Daarom gelden {named}:")
    elif times.blocks:
        parts.append("Dit zijn jouw stille tijden:")
    else:
        parts.append("Je hebt geen stille tijden.")
    if times.blocks:
        parts.append(week(times.blocks))
    parts.append(_NEVER if times.never else _MEANING)
    return "\n\n".join(parts)


def week(blocks: tuple[QuietBlock, ...]) -> str:
    """A line for each weekday; one line for a week of which all days are alike."""
    days = {name: tuple(each) for name, each in groupby(blocks, key=lambda block: block.weekday)}
    hours = {name: _hours(each) for name, each in days.items()}
    if len(hours) == len(WEEKDAYS) and len(set(hours.values())) == 1:
        return f"Maandag tot en met vrijdag: {next(iter(hours.values()))}."
    return "\n".join(f"{WEEKDAYS[name]}: {said}." for name, said in hours.items())


def _hours(blocks: tuple[QuietBlock, ...]) -> str:
    return " en ".join(
        _PART_WORDS[_PARTS[each.start, each.end]]
        if (each.start, each.end) in _PARTS
        else f"{clock_time(each.start)} tot {clock_time(min(each.end, DAY_MINUTES - 1))} uur"
        for each in blocks
    )


# Pause
ASK_RETURN: Final = "<b>Tot wanneer wil je pauze?</b>\n\nJe blijft in je team. Niemand anders hoort het. Kies de dag waarop je terug bent."
TYPE_RETURN: Final = "Op welke dag ben je terug? Typ een datum, zoals 31-12-2026."
RETURN_UNUSABLE: Final = "Dat begrijp ik niet. Typ een dag die nog komt, binnen een jaar, zoals 31-12-2026."
NOT_AWAY: Final = "Je hebt geen pauze. Ik kom gewoon vanzelf."
BACK_AGAIN: Final = (
    "Fijn dat je er weer bent. Staat er nog een vraag open? Dan komt die op het eerste moment dat jou past."
)


def paused(until: date, *, zone: ZoneInfo) -> str:
    """What a pause does, and when it is over."""
    return f"Tot {day(until, zone=zone)} stuur ik niets. Daarna kom ik vanzelf terug."


def confirmed(until: date, *, zone: ZoneInfo) -> str:
    """After choosing a pause."""
    return f"{paused(until, zone=zone)}\n\nEerder terug? Kies /hervat. Zelf beginnen kan ook, met /ikhebeven."


def return_label(proposed: ReturnDay, *, zone: ZoneInfo) -> str:
    """The button of a proposed day of return."""
    when = day(proposed.day, zone=zone)
    if not proposed.weeks:
        return f"Na de vakantie: {when}"
    return f"{_WEEKS[proposed.weeks]}: {when}"


_WEEKS: Final = {1: "Eén week", 2: "Twee weken", 4: "Vier weken"}
