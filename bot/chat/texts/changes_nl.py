"""The sentence of every kind of change, for the log and for notices. It names roles, never people.

A template holds one or more parts, apart by " | ". A part whose word is not known is left out; the words of the first
part are always given. Words with a fixed meaning become Dutch here: days and moments in ISO, and choices by their code.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from itertools import groupby
from string import Formatter
from typing import Final
from zoneinfo import ZoneInfo

from bot.chat.texts.rhythm_nl import before_meeting, clock_time, recurrence
from bot.chat.wording import as_text
from bot.usecases.changes import Logged, LogPage, NoticeMessage
from bot.usecases.dutch_dates import day, day_and_time
from dialogues.rhythm.recurrence import Recurrence

CHANGES: Final = {
    # People
    "area_made": "De coördinator maakte dit gebied.",
    "area_renamed": "De coördinator veranderde de naam van het gebied: {old} heet nu {new}.",
    "team_made": "De coördinator maakte dit team.",
    "team_removed": "De coördinator verwijderde een leeg team: {other}. | Er kwam nooit iemand in.",
    "team_renamed": "De coördinator veranderde de naam van het team: {old} heet nu {new}.",
    "wijkteam_renamed": "De coördinator veranderde hoe het wijkteam hier heet: van {old} naar {new}.",
    "invited": "De coördinator maakte een uitnodiging voor {whom}. | Hij werkt tot en met {until}.",
    "revoked": "De coördinator trok een uitnodiging in.",
    "revoked_all": "De coördinator trok alle uitnodigingen van dit team in.",
    "renewed": "De coördinator maakte een nieuwe link in plaats van een oude.",
    "member_joined": "Er kwam iemand bij. | Het team heeft nu {members}.",
    "member_left": "Er ging iemand weg uit het team. | Het team heeft nu {members}.",
    "member_moved_in": "Er kwam iemand bij uit een ander team. | Het team heeft nu {members}.",
    "member_moved_out": "Er ging iemand naar een ander team. | Het team heeft nu {members}.",
    "leaving": "Er gaat iemand weg. | De laatste dag is {until}.",
    "your_last_day": "Je laatste dag in dit team is {until}. Daarna stel ik je hier geen vragen meer.",
    "your_last_day_undone": "Je vertrek uit dit team gaat niet door. Je blijft meedoen.",
    "your_place_ended": (
        "Je bent uit dit team. Een vraag die je al kreeg, kun je nog beantwoorden tot die sluit. "
        "Ben je nergens meer bij? Dan wis ik na 30 dagen alles van je. Met /stop doe ik dat meteen."
    ),
    "your_move": "Je hoort nu bij {other}. Dat telt vanaf de volgende vraag.",
    "staying": "Een aangekondigd vertrek gaat niet door.",
    "lead_joined": "Er kwam een teamleider bij. Die leest het maandbeeld.",
    "lead_removed": "Er is een teamleider minder. | Het team heeft nu {leads}.",
    "no_lead": "Dit team heeft geen teamleider meer. Niemand leest nu het maandbeeld.",
    "your_lead_role_ended": "Je bent geen teamleider meer van dit team. Je krijgt het maandbeeld niet meer.",
    "coordinator_joined": "Er kwam een coördinator bij in dit gebied.",
    "coordinator_removed": "Er is een coördinator minder in dit gebied.",
    "your_coordinator_role_ended": "Je bent geen coördinator meer van dit gebied.",
    "profile": "De coördinator veranderde het profiel van het team.",
    "contact": "De coördinator veranderde wie ik noem als wegwijzer. | Dat gaat over {contact}.",
    "merged_from": (
        "Team {other} is samengevoegd met dit team. | Het team heeft nu {members}. | Dat telt vanaf de volgende vraag."
    ),
    "merged_into": (
        "Dit team gaat samen verder in {other}. | Wat nu open staat, loopt gewoon af. Een overzicht daarvan komt nog."
    ),
    "archived": "Dit team is klaar. Het ging op in een ander team.",
    "area_rounds_begin": (
        "Dit gebied krijgt nu een vraag voor alle teams samen, over wat gezinnen merken. "
        "Teams krijgen die vraag niet meer apart. | De eerste komt op {at}."
    ),
    "strategic_rounds_begin": "Leiding en beleid van dit gebied krijgen nu ook vragen. | De eerste komt op {at}.",
    "area_overview": "Er is een nieuw overzicht van het gebied. De coördinatoren lezen het onder ‘Het gebied’ in /beheer.",
    "strategic_overview": (
        "Er is een nieuw overzicht van leiding en beleid. De coördinatoren lezen het onder ‘Het gebied’ in /beheer."
    ),
    "year_overview": (
        "Het schooljaar {years} loopt af. De teamleider kan met /jaar een jaaroverzicht maken: "
        "waar jullie over spraken, wat jullie afspraken en wat daarvan kwam. "
        "Het is voor het gesprek met de gemeente en het bestuur."
    ),
    "area_year": (
        "Het schooljaar {years} loopt af. De coördinator kan een jaaroverzicht maken. "
        "Het staat in /beheer onder ‘Het gebied’. Van een team staat er geen antwoord in."
    ),
    "publication": "De coördinator koos wat het overzicht toont: {shown}. | Dat geldt vanaf de volgende vraag.",
    "floor": (
        "De coördinator vraagt meer antwoorden voor een overzicht: minstens {floor}. | "
        "Dat geldt vanaf de volgende vraag."
    ),
    # Rhythm
    "rhythm": "De coördinator koos een ritme: {rhythm}. | De volgende vraag komt op {at}.",
    "window": "De coördinator koos hoe lang een vraag open blijft: {days}.",
    "reminder": "De coördinator koos wanneer de herinnering komt: {reminder}.",
    "reminder_time": "De coördinator koos hoe laat de herinnering komt: {minute}.",
    "way": "De coördinator koos hoe lang de vragen zijn: {way}.",
    "meeting": "De coördinator koos voor welk overleg het maandbeeld op tijd is: {meeting}. | Het volgende: {at}.",
    "topic_first": "De coördinator zette een onderwerp vooraan: {element}.",
    "topic_aside": "De coördinator zette een onderwerp opzij: {element}. | Het komt vanzelf terug op {until}.",
    "topic_back": "Een onderwerp staat weer in de gewone volgorde: {element}.",
    "paused": "De coördinator zette het ritme op pauze. | Het gaat weer verder op {until}.",
    "resumed": "Het ritme gaat weer verder. | De volgende vraag komt op {at}.",
    "stopped": "De coördinator stopte het ritme. | De reden: {reason}.",
    "still_stopped": "Er gaan nog steeds geen vragen uit. | De reden was: {reason}. | Willen jullie weer beginnen?",
    "eased": "Ik heb het lichter gemaakt: {to}. | De reden: {why}. | Wil je het anders? Kies dan zelf onder Ritme.",
    "silence": "Drie rondes gaven geen overzicht. Dat kan gebeuren. Kijk samen wat het makkelijker maakt.",
    "nobody_asked": (
        "Er was niemand om een vraag aan te stellen. Kijk samen of er leden bij kunnen. "
        "Een lid telt mee na de eerste vragen over werk en sector. "
        "| Het ritme loopt door: ik probeer het weer op {at}. Tot er leden bij komen, zeg ik dit niet nog eens."
    ),
    "education_behind": (
        "Zo te zien deed uit het onderwijs twee maanden een kleiner deel mee dan uit de andere sectoren. "
        "Dat kan gebeuren. "
        "Kijk samen wat beter past: andere stille tijden, kortere vragen, of het ritme van de school."
    ),
    "quiet_team": "De coördinator koos stille tijden voor het team.",
    "closed_days": "De coördinator gaf vrije dagen door. | Het zijn er nu {number}.",
    "school_region": "De coördinator koos de schoolvakanties van {region}.",
    "school_holidays": "De coördinator koos hoe ik met schoolvakanties omga: {school_holidays}.",
}
CODES: Final = {
    "rhythm": {"light": "eens per maand", "normal": "om de week", "intensive": "elke week"},
    "shown": {
        "sectors": "woorden, per sector",
        "sides": "woorden, per zijde van de driehoek",
        "counts": "aantallen, zonder sectoren",
    },
    "whom": {"member": "teamleden", "lead": "een teamleider", "coordinator": "een coördinator"},
    "reminder": {"middle": "halverwege", "day_before": "een dag voor het einde", "none": "geen herinnering"},
    "minute": {"": "even laat als de vraag"},
    "way": {"full": "gewoon", "short": "kort", "brief": "één tik per vraag"},
    "to": {"short": "kortere vragen", "brief": "één tik per vraag"},
    "why": {
        "too_few": "twee keer achter elkaar kwam er geen overzicht",
        "fewer": "er deden twee keer achter elkaar minder mensen mee",
    },
    "reason": {
        "busy": "het is nu te druk",
        "change": "er is een reorganisatie",
        "enough": "het team heeft nu genoeg besproken",
        "ends": "de samenwerking houdt op",
    },
    "meeting": {"": "geen, het komt aan het begin van de maand"},
    "region": {"noord": "regio Noord", "midden": "regio Midden", "zuid": "regio Zuid", "": "geen enkele regio"},
    "contact": {
        "escalation_contact": "waar je heen gaat als je er samen niet uitkomt",
        "privacy_contact": "vragen over informatie delen",
    },
    "school_holidays": {"skip": "dan vraag ik niets", "ask": "dan vraag ik alleen niets aan scholen"},
}
"""Choices by the name of their word; a choice that is not here is shown as it was written down."""
COUNTED: Final = {
    "members": ("lid", "leden"),
    "leads": ("teamleider", "teamleiders"),
    "days": ("dag", "dagen"),
}
"""Words that hold a number, with what is counted: one, and more."""
RECURRING: Final = frozenset({"rhythm", "meeting", "to"})
"""Words that can hold a recurrence; a team may be called like one."""
BEFORE: Final = "before"
"""The word that holds how many open days before its meeting a rhythm asks; it is told together with that rhythm."""
NO_SENTENCE: Final = "Er is iets veranderd in de instellingen."
LOG: Final = "<b>Logboek</b>"
LOG_WHAT: Final = "Hier staat wat er is veranderd. Zonder namen, en nooit een antwoord."
LOG_EMPTY: Final = "Er is nog niets veranderd."
OLDER: Final = "Ouder ›"


def sentence(kind: str, words: Mapping[str, str], *, zone: ZoneInfo) -> str:
    """What happened, in Dutch; a kind that nobody knows gets a sentence that is true all the same."""
    shown = {name: _in_dutch(name, value, words, zone) for name, value in words.items()}
    parts = CHANGES.get(kind, NO_SENTENCE).split(" | ")
    return " ".join(part.format_map(shown) for part in parts if _words_of(part) <= shown.keys()) or NO_SENTENCE


def _words_of(part: str) -> set[str]:
    """The words a template needs."""
    return {name for _, name, _, _ in Formatter().parse(part) if name}


def notice(message: NoticeMessage, *, zone: ZoneInfo) -> str:
    """A change, told to whom it concerns."""
    return f"<b>{as_text(message.where)}</b>\n{sentence(message.kind, message.words, zone=zone)}"


def logbook(page: LogPage, *, zone: ZoneInfo) -> str:
    """Some changes, newest first."""
    days = [
        _day(heading, found, zone) for heading, found in groupby(page.changes, key=lambda each: _heading(each, zone))
    ]
    return "\n\n".join([LOG, *(days or [LOG_EMPTY]), LOG_WHAT])


def _heading(each: Logged, zone: ZoneInfo) -> str:
    return f"<i>{day(each.at, zone=zone)} · {as_text(each.where)}</i>"


def _day(heading: str, changes: Iterable[Logged], zone: ZoneInfo) -> str:
    """What changed for one team on one day, under one heading."""
    return "\n".join([heading, *(f"• {sentence(each.kind, each.words, zone=zone)}" for each in changes)])


def _in_dutch(name: str, value: str, words: Mapping[str, str], zone: ZoneInfo) -> str:
    if value in CODES.get(name, {}):
        return CODES[name][value]
    if name in COUNTED and value.isdecimal():
        one, more = COUNTED[name]
        return f"{value} {one if value == '1' else more}"
    if name == "minute" and value.isdecimal():
        return f"{clock_time(int(value))} uur"
    if name in RECURRING and value.startswith("FREQ="):
        rule = recurrence(Recurrence.from_text(value))
        before = words.get(BEFORE, "")
        # A rhythm that is anchored names the day of the meeting: alone it would be the wrong day.
        return f"{before_meeting(int(before))} ({rule})" if before.isdecimal() else rule
    try:
        moment = datetime.fromisoformat(value)
    except ValueError:
        return as_text(value)
    if name == "at":
        return day_and_time(moment, zone=zone)
    return day(date.fromisoformat(value), zone=zone) if name == "until" else as_text(value)
