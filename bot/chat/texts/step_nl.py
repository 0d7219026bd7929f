"""The sentences with which a lead writes down what the team agreed on. Dutch, B1, je-vorm; HTML only where it stands here."""

from __future__ import annotations

from datetime import date
from html import escape
from typing import Final
from zoneinfo import ZoneInfo

from bot.usecases.agree_action import LONGEST_STEP, Agreeing
from bot.usecases.dutch_dates import day
from bot.usecases.step_stories import agreed
from dialogues.guarding.cleaning import inert
from storage.improvement_actions import ImprovementAction

# Buttons
STEP: Final = "Onze stap"
OWN_WORDS: Final = "In eigen woorden"
MORE: Final = "Meer stappen ›"
READY: Final = "Klaar"
GO_ON: Final = "Doorgaan"
ADJUST: Final = "Aanpassen: een andere stap"
STOP: Final = "Stoppen"
KEEP: Final = "Vasthouden"
AGREE: Final = "Verder met deze stap"
WRITE_AGAIN: Final = "Opnieuw typen"
OWNERS: Final = {"jgz": "JGZ", "onderwijs": "School", "samen": "Samen"}
WANTED: Final = "veel gekozen"

NOTHING_WAITS: Final = "Hier wacht geen stap meer. Tik onder het maandbeeld op “Onze stap”."
TOO_LONG: Final = (
    f"Deze stap is te lang. Ik heb hem niet bewaard. Houd het op hooguit {LONGEST_STEP} tekens, en typ hem opnieuw."
)
ASK_STEP: Final = (
    f"Welke stap spraken jullie af? Typ hem kort, in hooguit {LONGEST_STEP} tekens. "
    "Schrijf geen namen. Een kleine stap tussen mensen werkt vaak beter dan een nieuwe afspraak op papier."
)
CHOOSE: Final = (
    "<b>Welke stap spraken jullie af?</b>\n\n"
    "Jullie kiezen, ik niet. Eén stap is genoeg. Stappen tussen mensen staan vooraan."
)
WHAT_NOW: Final = "Wat besloten jullie samen over deze stap? Stoppen mag. Gestopt is ook geleerd."
WHO: Final = "<b>Wie trekt deze stap?</b>\n\nKies een rol. Namen bewaar ik niet."
WHEN: Final = "<b>Wanneer kijken jullie terug?</b>"
STOPPED: Final = "Gestopt: {step}. Gestopt is ook geleerd."
KEPT: Final = "Dit houden jullie vast: {step}. Ik vraag er niet meer naar."
GOES_ON: Final = "Jullie gaan door."
OTHER_STEP: Final = (
    "Die knop hoorde bij een eerder bericht. Ik heb niets veranderd. Dit is de stap die nu loopt. Kies hier opnieuw."
)
ALREADY_DECIDED: Final = "Over die stap is al besloten. Ik heb niets veranderd. Een nieuwe stap kies je met “Onze stap” onder het maandbeeld."


def now_open(action: ImprovementAction, agreeing: Agreeing, *, zone: ZoneInfo) -> str:
    """The step a team is working on, what the team said about it, and what can be done with it."""
    parts = ("<b>Onze stap</b>", _line(action, agreeing, zone=zone), *map(escape, agreeing.said), WHAT_NOW)
    return "\n\n".join(parts)


def chosen(agreeing: Agreeing, action: ImprovementAction, *, said: str, zone: ZoneInfo) -> str:
    """After agreeing or deciding: what holds, and when the team reads it."""
    parts = [said, _line(action, agreeing, zone=zone) if action.state == "open" else ""]
    when = f"Je team leest het bij de volgende vraag, op {day(agreeing.read_on, zone=zone)}" if agreeing.read_on else ""
    parts.append(f"{when or 'Je team leest het bij de volgende vraag'}, en in het volgende maandbeeld.")
    return "\n\n".join(filter(None, parts))


def about_step(said: str, action: ImprovementAction) -> str:
    """What was decided, with the name of the step it was decided about."""
    return said.replace("{step}", escape(inert(action.step.rstrip("."))))


def _line(action: ImprovementAction, agreeing: Agreeing, *, zone: ZoneInfo) -> str:
    return escape(inert(agreed(action, agreeing.today, team_label=agreeing.team_label, zone=zone)))


def warned(words: str, found: str, *, never: bool) -> str:
    """What the guard found in a typed step."""
    if never:
        return (
            f"Hier lijkt iets in te staan wat ik nooit deel: {escape(found)}. "
            "Ik heb je tekst uit de chat gehaald en niet bewaard. Typ de stap opnieuw, zonder dat."
        )
    warning = f"\n\nHier lijkt iets in te staan waaraan iemand te herkennen is: {escape(found)}." if found else ""
    return f"Je schreef: “{escape(inert(words))}”{warning}"


def look_back(weeks: int, on: date, *, zone: ZoneInfo) -> str:
    """A day to look back, on a button."""
    return f"Over {weeks} weken: {day(on, zone=zone)}"
