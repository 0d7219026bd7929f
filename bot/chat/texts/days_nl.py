"""The sentences about pauses, closed days, a team's quiet times and the agenda. Dutch, B1, je-vorm."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from html import escape
from typing import Final
from zoneinfo import ZoneInfo

from bot.chat.texts.rhythm_nl import WEEKDAYS
from bot.usecases.dutch_dates import day, day_and_time
from bot.usecases.see_agenda import Agenda, Happening
from bot.usecases.see_days import SeenDays
from storage.schedules import Schedule

# Pause and stop
PAUSE_BUTTON: Final = "Pauze of stoppen"
OTHER_DATE: Final = "Andere datum"
STOP_BUTTON: Final = "Helemaal stoppen"
RESTART_BUTTON: Final = "Nu weer beginnen"
PAUSE: Final = (
    "<b>Pauze</b>\n\nTot wanneer? Daarna ga ik vanzelf weer verder.\n"
    "Een vraag die nu open is, blijft open. De teamleider krijgt bericht."
)
ASK_DATE: Final = "<b>Wanneer ga ik weer verder?</b>\n\nTyp de datum zo: 31-12-2026. Hooguit een half jaar vooruit."
DATE_UNUSABLE: Final = "Die datum lukt niet. Typ een dag in het komende halve jaar, zo: 31-12-2026."
STOP: Final = (
    "<b>Helemaal stoppen</b>\n\nWaarom? De teamleider leest de reden. "
    "Ik vraag elk kwartaal of jullie weer willen beginnen.\nEen pauze kan ook: die houdt vanzelf op."
)
REASONS: Final = {
    "busy": "Het is nu te druk",
    "change": "Er is een reorganisatie",
    "enough": "Er is nu genoeg besproken",
    "ends": "De samenwerking houdt op",
}
STANDS_STILL: Final = "<b>Het ritme staat stil</b>\n\nWil je weer beginnen?"


def until(moment: date, *, zone: ZoneInfo) -> str:
    """A return date on a button."""
    return f"Tot {day(moment, zone=zone)}"


def paused(schedule: Schedule, *, zone: ZoneInfo) -> str:
    """What a pause means now."""
    if schedule.paused_until is None or schedule.next_due_at is None:
        return ""
    return (
        f"Er is pauze tot {day(schedule.paused_until, zone=zone)}. "
        f"De eerste vraag daarna komt op {day_and_time(schedule.next_due_at, zone=zone)}."
    )


STOPPED_BEFORE: Final = "Het ritme was al gestopt, met deze reden. Er verandert nu niets."


def stopped(asked_again: datetime, *, zone: ZoneInfo) -> str:
    """What a stop means now."""
    return (
        "Het ritme is gestopt. Er gaan geen vragen meer uit. De teamleider krijgt bericht. "
        f"Rond {day(asked_again, zone=zone)} vraag ik of jullie weer willen beginnen."
    )


def restarted(schedule: Schedule, *, zone: ZoneInfo) -> str:
    """When it goes on."""
    if schedule.next_due_at is None:
        return ""
    return f"Het ritme gaat weer verder. De eerste vraag komt op {day_and_time(schedule.next_due_at, zone=zone)}."


# Closed days
DAYS_BUTTON: Final = "Vakanties en stille tijden"
AREA_DAYS_BUTTON: Final = "Vakanties en vrije dagen"
SCHOOL_BUTTON: Final = "In schoolvakanties"
QUIET_BUTTON: Final = "Stille tijden van het team"
OWN_DAYS_BUTTON: Final = "Eigen vrije dagen"
REGION_BUTTON: Final = "Regio van de schoolvakanties"
FORGET_DAYS: Final = "Vrije dagen weghalen"
REGIONS: Final = {"noord": "Noord", "midden": "Midden", "zuid": "Zuid", "": "Geen schoolvakanties"}
SCHOOL_CHOICES: Final = {"skip": "Niemand iets vragen", "ask": "Alleen scholen met rust laten"}
WHICH_REGION: Final = "<b>Welke regio heeft jullie gebied?</b>\n\nDe landelijke data van de schoolvakanties ken ik al."
WHICH_SCHOOL: Final = "<b>Wat doe ik in schoolvakanties?</b>\n\nWie op een school werkt, vraag ik dan nooit iets."
SEND_FILE: Final = (
    "<b>Eigen vrije dagen</b>\n\nStuur me een agendabestand (.ics) met hele dagen, zoals studiedagen. "
    "Het komt in de plaats van het vorige. Dagen met een tijd erbij sla ik over."
)
FILE_WRONG: Final = {
    "unreadable": "Dit bestand kan ik niet lezen. Stuur een agendabestand dat eindigt op .ics. Er is niets veranderd.",
    "no_days": "In dit bestand staan geen hele dagen die nog komen. Er is niets veranderd.",
    "too_many": "In dit bestand staat te veel. Stuur alleen de vrije dagen. Er is niets veranderd.",
}
DAYS_FORGOTTEN: Final = "De eigen vrije dagen zijn weg."
WHICH_QUIET_DAY: Final = (
    "<b>Stille tijden van het team</b>\n\nOp welke dag? Iedereen kan ook zelf tijden kiezen met /rustig."
)
WHICH_QUIET_PART: Final = "<b>Wanneer vraag ik dan niets?</b>"
QUIET_PARTS: Final = {"ochtend": "In de ochtend", "middag": "In de middag", "hele dag": "De hele dag"}
NO_QUIET: Final = "Geen stille tijd"
WHOLE_WEEK: Final = "De hele week stil kan niet. Kies dan een pauze: die houdt vanzelf op."


def days(seen: SeenDays, *, zone: ZoneInfo) -> str:
    """The menu of the closed days: what holds now."""
    elsewhere = ", dat kan bij Het gebied" if seen.school_holidays else ""
    lines = [f"Schoolvakanties: {_region(seen.school_region) or f'nog niet gekozen{elsewhere}'}."]
    if seen.school_holidays and seen.school_region:
        lines.append(f"In die weken: {SCHOOL_CHOICES[seen.school_holidays].lower()}.")
    if seen.closed:
        first, last = seen.closed[0].day, seen.closed[-1].day
        lines.append(
            f"Eigen vrije dagen: {len(seen.closed)}, van {day(first, zone=zone)} tot en met {day(last, zone=zone)}."
        )
    else:
        lines.append("Eigen vrije dagen: geen.")
    if seen.school_holidays:
        lines.append(f"Stille tijden van het team: {_quiet_parts(seen.quiet) or 'geen'}.")
    return "<b>Vakanties en vrije dagen</b>\n\n" + "\n".join(lines) + "\nOp feestdagen vraag ik nooit iets."


def found_days(number: int, first: date, last: date, *, zone: ZoneInfo) -> str:
    """What a calendar file gave."""
    many = "1 vrije dag" if number == 1 else f"{number} vrije dagen"
    return (
        f"Ik heb {many} gevonden, van {day(first, zone=zone)} tot en met {day(last, zone=zone)}. "
        "Het bestand heb ik niet bewaard."
    )


def region_set(region: str) -> str:
    """Whose school holidays hold now."""
    return f"Schoolvakanties: {_region(region) or 'geen'}."


def _region(code: str) -> str:
    return f"regio {REGIONS[code]}" if code else ""


def school_set(choice: str) -> str:
    """What happens in school holidays from now on."""
    return f"In schoolvakanties geldt nu: {SCHOOL_CHOICES[choice].lower()}."


def quiet_set(chosen: Iterable[str]) -> str:
    """The quiet parts of a team's week, each as ``weekday-part``."""
    named = _quiet_parts(chosen)
    return f"Het team heeft nu stille tijd op {named}." if named else "Het team heeft nu geen stille tijden."


def _quiet_parts(chosen: Iterable[str]) -> str:
    parts = (each.partition("-") for each in chosen)
    return ", ".join(f"{WEEKDAYS[weekday].lower()} ({QUIET_PARTS[part].lower()})" for weekday, _, part in parts)


# Agenda
AGENDA_BUTTON: Final = "Wat er komt"
AS_FILE: Final = "Als agendabestand"
TEST_BUTTON: Final = "Stuur mij een proefvraag"
NOTHING_COMES: Final = "Er staat niets gepland. Kies eerst een ritme."
FILE_CAPTION: Final = "Open dit bestand om het in je eigen agenda te zetten."
HAPPENINGS: Final = {
    Happening.OPENS: "Vraag",
    Happening.CLOSES: "Vraag sluit",
    Happening.MAANDBEELD: "Maandbeeld",
}


def agenda(coming: Agenda, *, zone: ZoneInfo) -> str:
    """What comes, one line a moment."""
    lines = [
        f"• {day_and_time(each.at, zone=zone)}: {HAPPENINGS[each.what].lower()}"
        + (f" ({escape(each.title)})" if each.title else "")
        for each in coming.appointments
    ]
    shown = "\n".join(lines) or NOTHING_COMES
    return f"<b>Wat er komt voor {escape(coming.team)}</b>\n\n{shown}\n\nOnderwerpen kunnen nog schuiven."
