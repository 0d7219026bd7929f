"""The sentences about rhythm, topics and the days of a team. Dutch, B1, je-vorm; HTML only where it stands here."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape
from typing import Final
from zoneinfo import ZoneInfo

from bot.usecases.dutch_dates import day, day_and_time
from dialogues.conversation.way import Way
from dialogues.rhythm.cadence import Reminder
from dialogues.rhythm.recurrence import Recurrence, Rhythm, Unit
from storage.schedules import Schedule

# Buttons
HOW_OFTEN_BUTTON: Final = "Hoe vaak, dag en tijd"
QUESTION_BUTTON: Final = "Hoe lang open, herinnering"
MEETING_BUTTON: Final = "Ons overleg en het maandbeeld"
WINDOW_BUTTON: Final = "Hoe lang de vraag open is"
REMINDER_BUTTON: Final = "De herinnering"
WAY_BUTTON: Final = "Lengte van de vragen"
CHOOSE_MEETING: Final = "Overleg kiezen"
NO_MEETING: Final = "Geen overleg: begin van de maand"
OWN: Final = "Anders"
ANCHORED: Final = "Vóór een vast overleg"

# Questions
HOW_OFTEN: Final = "<b>Hoe vaak wil je iets vragen?</b>\n\nVoor de meeste teams is om de week genoeg."
EVERY_HOW_MUCH: Final = "<b>Hoe vaak?</b>\n\nJe kunt het ook typen, zoals: om de 5 weken."
MEETING_HOW_MUCH: Final = "<b>Hoe vaak is het overleg?</b>\n\nJe kunt het ook typen, zoals: om de 5 weken."
STEP_UNUSABLE: Final = "Dat lukt niet. Ik kan 1 tot 8 weken of 1 tot 6 maanden. Typ het zo: om de 5 weken."
WHICH_OF_THE_MONTH: Final = "<b>Welke in de maand?</b>"
WHICH_DAY: Final = "<b>Op welke dag?</b>\n\nKies een dag waarop de meeste mensen werken."
WHICH_MEETING_DAY: Final = "<b>Op welke dag is het overleg?</b>"
HOW_LONG_BEFORE: Final = "<b>Hoe lang van tevoren?</b>\n\nIk tel alleen dagen waarop jullie werken."
WHAT_TIME: Final = (
    "<b>Hoe laat?</b>\n\nKies een moment naast spreekuren en lessen. Je kunt ook een tijd typen, zoals 9:15."
)
TIME_UNUSABLE: Final = "Die tijd lukt niet. Ik vraag alleen iets van 08:00 tot 18:00 uur. Typ een tijd zo: 9:15."
WHICH_REMINDER_TIME: Final = (
    "<b>Hoe laat komt de herinnering?</b>\n\nJe kunt ook een tijd typen, zoals 9:15. "
    "Op de laatste dag komt die hooguit om 16:00 uur. Ieders stille tijden gaan voor."
)
SAME_TIME: Final = "Even laat als de vraag"
REMINDER_TIME_BUTTON: Final = "Hoe laat de herinnering komt"
HOW_LONG_OPEN: Final = "<b>Hoe lang blijft een vraag open?</b>\n\nDaarna telt een antwoord niet meer mee."
WHICH_REMINDER: Final = "<b>Wanneer komt de herinnering?</b>\n\nEr komt er nooit meer dan één."
WHICH_WAY: Final = "<b>Hoe lang zijn de vragen?</b>\n\nOok één tik telt helemaal mee."
REMINDER_SET: Final = "Het staat."
WAY_SET: Final = "Het staat. Dit geldt vanaf de volgende vraag."

RHYTHMS: Final = {
    Rhythm.LIGHT: "Licht: eens per maand",
    Rhythm.NORMAL: "Gewoon: om de week",
    Rhythm.INTENSIVE: "Intensief: elke week",
}
EVERY: Final = {
    "w1": "Elke week",
    "w2": "Om de week",
    "w3": "Om de drie weken",
    "w4": "Om de vier weken",
    "w6": "Om de zes weken",
    "m1": "Elke maand",
    "m2": "Om de twee maanden",
    "m3": "Om de drie maanden",
}
ORDINALS: Final = {1: "De eerste", 2: "De tweede", 3: "De derde", 4: "De vierde", -1: "De laatste"}
WEEKDAYS: Final = {
    "monday": "Maandag",
    "tuesday": "Dinsdag",
    "wednesday": "Woensdag",
    "thursday": "Donderdag",
    "friday": "Vrijdag",
}
REMINDERS: Final = {
    Reminder.MIDDLE: "Halverwege",
    Reminder.DAY_BEFORE: "De dag voor de vraag sluit",
    Reminder.NONE: "Geen herinnering",
}
WAYS: Final = {
    Way.FULL: "Gewoon: twee minuten",
    Way.SHORT: "Kort: een minuut",
    Way.BRIEF: "Heel kort: één tik",
}


def clock_time(minute: int) -> str:
    """``08:30`` for 510."""
    return f"{minute // 60:02d}:{minute % 60:02d}"


def days(number: int) -> str:
    """``10 dagen``."""
    return f"{number} dagen"


def days_before(number: int) -> str:
    """``De werkdag ervoor`` for 1."""
    return "De werkdag ervoor" if number == 1 else f"{number} werkdagen ervoor"


def before_meeting(number: int) -> str:
    """``de werkdag vóór jullie overleg`` for 1."""
    return "de werkdag vóór jullie overleg" if number == 1 else f"{number} werkdagen vóór jullie overleg"


def recurrence(rule: Recurrence) -> str:
    """``om de week op dinsdag``, ``elke maand op de derde dinsdag``."""
    every = EVERY.get(f"{rule.unit[0]}{rule.every}", f"om de {rule.every} {_UNITS[rule.unit]}").lower()
    weekday = WEEKDAYS[rule.weekday].lower()
    which = f"{ORDINALS[rule.ordinal].lower()} {weekday}" if rule.unit is Unit.MONTH else weekday
    return f"{every} op {which}"


_UNITS: Final = {Unit.WEEK: "weken", Unit.MONTH: "maanden"}


def openings(schedule: Schedule) -> str:
    """When rounds open, in one line: ``om de week op dinsdag, om 08:30 uur``."""
    rule = recurrence(Recurrence.from_text(schedule.recurrence))
    when = f"om {clock_time(schedule.minute)} uur"
    if schedule.days_before:
        return f"{before_meeting(schedule.days_before)} ({rule}), {when}"
    return f"{rule}, {when}"


def rhythm(schedule: Schedule, *, zone: ZoneInfo) -> str:
    """The menu of the rhythm: what was chosen, and what comes."""
    lines = [f"<b>Ritme</b>\n\nVragen: {openings(schedule)}."]
    if schedule.next_due_at is not None:
        lines.append(f"De volgende: {day_and_time(schedule.next_due_at, zone=zone)}.")
    if schedule.maandbeeld_due_at is not None:
        lines.append(f"Het maandbeeld: {day(schedule.maandbeeld_due_at, zone=zone)}.")
    if schedule.stopped:
        lines.append("Het ritme is gestopt. Er gaan geen vragen uit.")
    if schedule.paused_until is not None:
        lines.append(f"Er is pauze tot {day(schedule.paused_until, zone=zone)}.")
    return "\n".join(lines)


def question(schedule: Schedule) -> str:
    """The menu of one round: how long it is open, when it reminds, how long it takes."""
    minute = schedule.reminder_minute
    at = SAME_TIME.lower() if minute is None else f"om {clock_time(minute)} uur"
    when = "" if schedule.reminder == Reminder.NONE else f", {at}"
    return (
        f"<b>Elke vraag</b>\n\nOpen: hooguit {days(schedule.window_days)}.\n"
        f"Herinnering: {REMINDERS[Reminder(schedule.reminder)].lower()}{when}.\n"
        f"Lengte: {WAYS[Way(schedule.way)].partition(': ')[2]}."
    )


def meeting(schedule: Schedule, *, zone: ZoneInfo) -> str:
    """The menu of the meeting for which the maandbeeld is in time."""
    if schedule.meeting:
        when = days_before(schedule.maandbeeld_before).lower()
        rule = (
            f"Het maandbeeld komt {when}, vóór jullie overleg ({recurrence(Recurrence.from_text(schedule.meeting))})."
        )
    else:
        rule = "Het maandbeeld komt op de eerste werkdag van de maand."
    due = f"\nHet volgende: {day(schedule.maandbeeld_due_at, zone=zone)}." if schedule.maandbeeld_due_at else ""
    return f"<b>Overleg en maandbeeld</b>\n\n{rule}{due}\n\nIk kies altijd een overleg dat jullie al hebben."


def rhythm_set(schedule: Schedule, *, zone: ZoneInfo) -> str:
    """What will happen now."""
    if schedule.next_due_at is None:
        return ""
    return f"Het ritme staat. De eerste vraag gaat uit op {day_and_time(schedule.next_due_at, zone=zone)}."


FAMILY_EVERY_OTHER_TIME: Final = (
    "Let op: wat gezinnen merken, vraag ik zo niet elk kwartaal, maar om de keer. Dan komen de andere onderwerpen ook."
)
"""After choosing a rhythm in which a quarter can pass without the family."""


def window_set(schedule: Schedule) -> str:
    """How long rounds are open from now on."""
    return f"Het staat. Vanaf de volgende vraag heeft iedereen hooguit {days(schedule.window_days)}."


def meeting_set(schedule: Schedule, *, zone: ZoneInfo) -> str:
    """When the next maandbeeld comes."""
    if schedule.maandbeeld_due_at is None:
        return ""
    return f"Het staat. Het volgende maandbeeld komt op {day(schedule.maandbeeld_due_at, zone=zone)}."


# Topics
FIRST_BUTTON: Final = "Vooraan zetten"
ASIDE_BUTTON: Final = "Even apart zetten"
BACK_BUTTON: Final = "Terug in de gewone volgorde"
WHICH_FIRST: Final = (
    "<b>Welk onderwerp komt vooraan?</b>\n\nDe andere onderwerpen komen daarna vanzelf. Geen enkel valt weg."
)
FAMILY_BY_AREA: Final = "Wat gezinnen merken, vraagt de bot hier aan alle teams samen. Dat komt elk kwartaal vanzelf."
"""Why one element cannot be put forward where the whole area is asked about it."""
WHICH_ASIDE: Final = "<b>Welk onderwerp zet je even apart?</b>\n\nHet komt daarna vanzelf terug."
WHICH_BACK: Final = "<b>Welk onderwerp gaat terug in de gewone volgorde?</b>"
HOW_LONG_ASIDE: Final = "<b>Hoe lang zet je het apart?</b>"


def weeks(number: int) -> str:
    """``4 weken``."""
    return f"{number} weken"


def topics(*, coming: Iterable[str], first: Iterable[str], aside: Iterable[str], silent: Iterable[str]) -> str:
    """The menu of the topics: what comes, what was put forward or aside, and what has been silent for long."""
    parts = ["<b>Onderwerpen</b>"]
    for heading, titles in (("Hierna komen", coming), ("Vooraan gezet", first), ("Even apart", aside)):
        named = [escape(title) for title in titles]
        if named:
            parts.append(f"{heading}:\n" + "\n".join(f"• {title}" for title in named))
    quiet = [escape(title) for title in silent]
    if quiet:
        parts.append("Al een half jaar niet gevraagd:\n" + "\n".join(f"• {title}" for title in quiet))
    return "\n\n".join(parts)


def topic_first(title: str) -> str:
    """Which element comes first; one that waits for its second chance goes before it."""
    return f"Vooraan staat nu: {escape(title)}. Een vraag die nog één keer komt, gaat voor."


def topic_aside(title: str, until: str) -> str:
    """Until when an element is passed over; ``until`` is a day in words."""
    return f"Apart staat nu: {escape(title)}. Het komt vanaf {escape(until)} vanzelf terug."


def topic_back(title: str) -> str:
    """An element in the usual order again."""
    return f"Weer in de gewone volgorde: {escape(title)}."
