"""The sentences of /beheer. Dutch, B1, je-vorm; HTML only where it stands here."""

from __future__ import annotations

from html import escape
from typing import Final
from zoneinfo import ZoneInfo

from bot.chat.texts.rhythm_nl import openings
from bot.chat.wording import as_text
from bot.usecases.dutch_dates import day, day_and_time
from bot.usecases.naming import LONGEST_NAME
from bot.usecases.see_team import TeamState
from storage.schedules import Schedule

CHOOSE_AREA: Final = "<b>Beheer</b>\n\nWelk gebied?"
NEW_TEAM: Final = "Nieuw team"
MORE_TEAMS: Final = "Meer teams ›"
MORE_AREAS: Final = "Meer gebieden ›"
THE_AREA: Final = "Het gebied"
ABOUT_AREA: Final = (
    "<b>Het gebied</b>\n\nWat hier staat, geldt voor alle teams. "
    "Een andere naam of nog een gebied? Kies “Gebied en coördinatoren”."
)
LOG: Final = "Logboek"
PEOPLE: Final = "Mensen"
RHYTHM: Final = "Ritme"
TOPICS: Final = "Onderwerpen"
TRY: Final = "Een dialoog proberen"
PROFILE: Final = "Profiel van het team"
SKIP: Final = "Sla over"
PROFILE_WHY: Final = "Hiermee kies ik vragen die passen. Ik vergelijk er nooit teams mee."
PROFILE_DONE: Final = "Dank je. Dit telt voor iedereen die hierna aan een vraag begint."
PROFILE_QUESTIONS: Final = {
    "size": (
        "Hoe groot is de gemeente?",
        {
            "small": "Minder dan 40.000 inwoners",
            "middle": "40.000 tot 100.000 inwoners",
            "large": "Meer dan 100.000 inwoners",
        },
    ),
    "team": (
        "Voor wie is het wijkteam er?",
        {
            "youth": "Voor jeugd en gezinnen",
            "all": "Voor alle leeftijden",
            "none": "Er is geen wijkteam in de wijk",
            "transition": "Dat verandert nu",
        },
    ),
    "jgz": (
        "Waar zit de JGZ?",
        {
            "one": "In één organisatie met het wijkteam",
            "in": "In het wijkteam, andere organisatie",
            "out": "Buiten het wijkteam",
        },
    ),
    "split": ("Zijn er twee JGZ-organisaties: 0-4 en 4-18?", {"yes": "Ja, twee", "no": "Nee, één"}),
    "housing": (
        "Werken de partners op één plek?",
        {"together": "Ja, samen", "partly": "Deels samen", "apart": "Nee, apart"},
    ),
    "phase": (
        "Hoe lang werken de partners al samen?",
        {"new": "Net begonnen", "building": "In opbouw", "long": "Al lang"},
    ),
    "change": ("Is er nu een reorganisatie?", {"yes": "Ja", "no": "Nee"}),
    "turnover": ("Zijn er veel wisselingen van collega's?", {"yes": "Ja", "no": "Nee"}),
    "contact": ("Hebben scholen een vaste contactpersoon?", {"yes": "Ja, meestal", "no": "Nee"}),
    "talked": ("Was er in zes maanden een gesprek over de samenwerking?", {"yes": "Ja", "no": "Nee"}),
}
CONTACT_QUESTIONS: Final = {
    "escalation_contact": ("Bij wie kunnen mensen terecht als ze er samen niet uitkomen?", "de teamleider"),
    "privacy_contact": ("Aan wie kunnen mensen vragen wat ze mogen delen?", "de aandachtsfunctionaris"),
}
CONTACT_SAID: Final = {
    "escalation_contact": "Dan kun je terecht bij {role}.",
    "privacy_contact": "Vraag het aan {role}.",
}
TYPE_ROLE: Final = "Typ een functie"
ROLE_YES: Final = "Ja, zo"
ROLE_OTHER: Final = "Anders"
ROLE_UNUSABLE: Final = (
    f"Dat lukt niet. Typ een functie met kleine letters, van 1 tot {LONGEST_NAME} tekens. "
    "Zonder de naam van iemand of van een school, zonder ‘mevrouw’ of ‘meneer’, en zonder nummer of internetadres."
)
NO_CONTACT: Final = "Haal mijn antwoord weg"
ASK_NAME: Final = "<b>Hoe heet het team?</b>\n\nTyp de naam, bijvoorbeeld: Samen in Noord."
USUAL_LABEL: Final = "Gewoon: het wijkteam"
MADE: Final = "Het team is gemaakt. Nodig nu mensen uit en kies een ritme. Dan komt de eerste vraag."
NOT_NEW: Final = "Er is hier al een team dat zo heet, dus er is niets gemaakt. Dit is het."
MORE: Final = "Meer onderwerpen ›"
TRY_WHICH: Final = "<b>Welke dialoog wil je proberen?</b>\n\nWat je hier antwoordt, telt niet mee."
TRY_AS: Final = "<b>Als wie wil je hem proberen?</b>"
AS_PRACTICE: Final = "Als professional"
AS_STRATEGIC: Final = "Als leiding of beleid"


def contact_now(now: str) -> str:
    """Whom is named as long as nothing else is typed."""
    return f"Nu noem ik: {as_text(now)}."


def ask_role(asked: str, *, example: str) -> str:
    """How to type a role."""
    return (
        f"<b>{as_text(asked)}</b>\n\nTyp een functie, met ‘de’, ‘het’ of ‘je’ ervoor. Bijvoorbeeld: {as_text(example)}. "
        "Geen naam: het hele team leest dit."
    )


def confirm_role(sentence: str, role: str) -> str:
    """What people will read, before it is kept."""
    said = as_text(sentence.format(role=role))
    return f"<b>Klopt het zo?</b>\n\nMensen lezen dan: ‘{said}’\n\nIs dit een functie, en geen naam? Ik bewaar het pas na “{ROLE_YES}”."


def contact_set(now: str) -> str:
    """Whom is named now, and for whom that counts."""
    return f"Ik noem nu: {as_text(now)}. Dat telt voor iedereen die hierna aan een vraag begint."


def home(area: str) -> str:
    """The menu of one area."""
    return f"<b>Beheer van {as_text(area)}</b>\n\nKies een team, of maak een nieuw team."


def ask_label(name: str) -> str:
    """The second question about a new team."""
    return (
        f"<b>Hoe heet het wijkteam bij {as_text(name)}?</b>\n\n"
        "Typ de naam met ‘de’ of ‘het’ ervoor. Bijvoorbeeld: het jeugdteam. Of kies de gewone naam."
    )


def team(state: TeamState, *, zone: ZoneInfo) -> str:
    """How a team stands: who, when, what comes next. Never how many answered."""
    leads = ", ".join(as_text(name) for name in state.leads) or "nog niemand"
    lines = [
        f"<b>{as_text(state.team.name)}</b>",
        f"Leden: {state.members}. Teamleider: {leads}.",
        _enough(state),
        _rhythm(state.schedule),
    ]
    if state.next_title and state.schedule is not None and state.schedule.next_due_at is not None:
        lines.append(f"Volgende vraag: {escape(state.next_title)}, {day(state.schedule.next_due_at, zone=zone)}.")
    for about, title in state.open_rounds:
        lines.append(f"Nu open: {escape(title)}, tot {day_and_time(about.closes_at, zone=zone)}.")
    if state.schedule is not None and state.schedule.maandbeeld_due_at is not None:
        lines.append(f"Maandbeeld: {day(state.schedule.maandbeeld_due_at, zone=zone)}.")
    return "\n".join(line for line in lines if line)


def _enough(state: TeamState) -> str:
    floor = state.team.floor
    if state.respondents < floor:
        return (
            f"Let op: er zijn minstens {floor} antwoorden nodig voor een overzicht. "
            f"Nu kunnen {state.respondents} mensen antwoorden."
        )
    return ""


def _rhythm(schedule: Schedule | None) -> str:
    if schedule is None or (schedule.next_due_at is None and not schedule.stopped):
        return "Ritme: nog niet gekozen. Er gaan nog geen vragen uit."
    if schedule.stopped:
        return "Ritme: gestopt. Er gaan geen vragen uit."
    return f"Ritme: {openings(schedule)}."
