"""What happens next and when, at the end of every confirmation in the coordinator's menus. Dutch, B1, je-vorm."""

from __future__ import annotations

from html import escape
from typing import Final
from zoneinfo import ZoneInfo

from bot.usecases.dutch_dates import day, day_and_time
from bot.usecases.see_ahead import Ahead, AreaAhead

NO_RHYTHM: Final = "Er komen nog geen vragen: kies eerst een ritme. Daarna geldt dit."
STOPPED: Final = "Het ritme is gestopt. Dit geldt zodra jullie weer beginnen."
NO_RHYTHM_IN_AREA: Final = "In dit gebied loopt nog geen ritme. Dit geldt zodra een team een ritme kiest."
AT_ONCE: Final = "Dit geldt meteen, ook voor wat nog moet komen."
STAYS_OPEN: Final = "Een vraag die nu open is, blijft zoals die was."


def next_question(ahead: Ahead, *, zone: ZoneInfo) -> str:
    """When the next question comes and what it is about, or why none comes."""
    if ahead.opens_at is None:
        return STOPPED if ahead.stopped else NO_RHYTHM
    pause = f"Er is pauze tot {day(ahead.paused_until, zone=zone)}. " if ahead.paused_until else ""
    return f"{pause}De volgende vraag komt op {day_and_time(ahead.opens_at, zone=zone)}. {_about(ahead)}"


def new_promise(ahead: Ahead, *, zone: ZoneInfo, second_chance_too: bool) -> str:
    """From which question on an overview shows something else, and that the team reads it before that question.

    ``second_chance_too``: whether it holds for a second chance already, or that keeps what was promised.
    """
    if ahead.opens_at is None:
        return next_question(ahead, zone=zone)
    counts_at = ahead.opens_at if second_chance_too else ahead.promised_until or ahead.opens_at
    lines = [f"Er is pauze tot {day(ahead.paused_until, zone=zone)}."] if ahead.paused_until else []
    if counts_at == ahead.opens_at:
        lines.append(f"Dat geldt vanaf de volgende vraag, op {day_and_time(counts_at, zone=zone)}.")
    else:
        lines.append("Eerst komt een vraag met te weinig antwoorden nog een keer. Die houdt wat beloofd was.")
        lines.append(f"Je keuze geldt vanaf de vraag daarna, op {day_and_time(counts_at, zone=zone)}.")
    return " ".join([*lines, "Het team leest het vóór die vraag."])


def next_window(ahead: Ahead, *, zone: ZoneInfo) -> str:
    """When the next question comes, when it closes and when it reminds; what is open now stays as it was."""
    lines = [next_question(ahead, zone=zone)]
    if ahead.closes_at is not None:
        lines.append(f"Die vraag sluit op {day_and_time(ahead.closes_at, zone=zone)}.")
        lines.append(_reminder(ahead, zone=zone))
    if ahead.is_open:
        lines.append(STAYS_OPEN)
    return " ".join(lines)


def in_area(ahead: AreaAhead | None, *, zone: ZoneInfo) -> str:
    """The first question that comes in the area."""
    if ahead is None:
        return NO_RHYTHM_IN_AREA
    return f"De volgende vraag komt op {day_and_time(ahead.opens_at, zone=zone)}, bij {escape(ahead.team)}."


def _about(ahead: Ahead) -> str:
    return f"Het onderwerp: {escape(ahead.title)}."


def _reminder(ahead: Ahead, *, zone: ZoneInfo) -> str:
    if ahead.remind_at is None:
        return "Er komt dan geen herinnering."
    return f"De herinnering komt op {day_and_time(ahead.remind_at, zone=zone)}."
