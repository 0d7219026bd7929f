"""The sentences with which a team's own figure is entered. Dutch, B1, je-vorm; HTML only where it stands here."""

from __future__ import annotations

from html import escape
from typing import Final
from zoneinfo import ZoneInfo

from bot.chat.wording import as_text
from bot.usecases.dutch_dates import day
from bot.usecases.enter_figure import SeenFigure
from dialogues.insight.own_figure import LONGEST_NAME, FigureKind, name_of, shown
from storage.team_figures import TeamFigure

# Buttons
BUTTON: Final = "Ons eigen cijfer"
AGAIN: Final = "Vul in: {name}"
CORRECT: Final = "Verbeter: {name}"
CHOOSE: Final = "Kies een cijfer"
CHOOSE_OTHER: Final = "Ander cijfer"
KINDS: Final = {
    FigureKind.SATISFACTION: "Tevredenheid van gezinnen",
    FigureKind.GOALS: "Doelen gehaald",
    FigureKind.EARLIER: "Kinderen eerder in beeld",
    FigureKind.DROPOUT: "Gezinnen die voortijdig stopten",
    FigureKind.OWN: "Iets anders",
}
LONGEST_LABEL: Final = 30

WHICH: Final = (
    "<b>Welk cijfer houden jullie bij?</b>\n\n"
    "Kies er één, en blijf daar een tijd bij. Het gaat over het hele team, nooit over één gezin of collega."
)
_ABOUT: Final = (
    "Eén cijfer per maand, dat jullie zelf bijhouden. Het komt in het maandbeeld, naast de ervaringen. "
    "Het zegt niet of samenwerken effect heeft bij kinderen."
)
_HOW: Final = {
    FigureKind.SATISFACTION: "Typ een getal van 0 tot 10, zoals 7,8.",
    FigureKind.GOALS: "Typ hoeveel procent van de doelen is gehaald, van 0 tot 100. Bijvoorbeeld: 62.",
    FigureKind.EARLIER: "Typ hoeveel kinderen jullie eerder in beeld hadden. Een heel getal, zoals 14.",
    FigureKind.DROPOUT: "Typ hoeveel gezinnen voortijdig stopten met hulp. Een heel getal, zoals 3.",
    FigureKind.OWN: "Typ het getal. Eén cijfer achter de komma mag.",
}
ASK_NAME: Final = (
    "<b>Hoe heet jullie cijfer?</b>\n\n"
    f"Typ een naam van hooguit {LONGEST_NAME} tekens, zonder namen van mensen. Bijvoorbeeld: gezinnen die terugkwamen."
)
NAME_UNUSABLE: Final = (
    f"Die naam lukt niet. Gebruik hooguit {LONGEST_NAME} tekens, zonder namen van mensen en zonder internetadres. "
    "Typ hem opnieuw."
)
CORRECTED_BEFORE: Final = (
    "Dit cijfer is deze maand al verbeterd. Zo blijft duidelijk welk cijfer geldt. Volgende maand vul je een nieuw in."
)
NOTHING_WAITS: Final = "Hier wacht geen cijfer meer. Kies het opnieuw."


def figure(seen: SeenFigure, *, saved: bool, zone: ZoneInfo) -> str:
    """What the team keeps, what was entered last, and when it is read."""
    parts = [f"<b>{BUTTON}</b>\n{as_text(seen.team)}", "Opgeslagen." if saved else _ABOUT]
    if seen.now is not None:
        when = day(seen.maandbeeld_on, zone=zone) if seen.maandbeeld_on else ""
        parts.append(f"Deze maand: {_line(seen.now, zone=zone)}")
        parts.append(f"Het staat in het volgende maandbeeld{f', op {when}' if when else ''}. {_once(seen.now)}")
    elif seen.last is not None:
        parts.append(f"De laatste keer: {_line(seen.last, zone=zone)} Deze maand is er nog geen cijfer.")
    else:
        parts.append("Er is nog geen cijfer.")
    return "\n\n".join(parts)


def _once(now: TeamFigure) -> str:
    if now.corrected:
        return "Het is verbeterd. Volgende maand vul je een nieuw in."
    return "Je kunt het deze maand nog één keer verbeteren. Een maandbeeld dat er al is, verandert niet."


def _line(one: TeamFigure, *, zone: ZoneInfo) -> str:
    kind = FigureKind(one.kind)
    return (
        f"{as_text(name_of(kind, one.name))}: {shown(kind, one.tenths)}, ingevuld op {day(one.entered_on, zone=zone)}."
    )


def label(template: str, one: TeamFigure) -> str:
    """A figure on a button."""
    name = name_of(FigureKind(one.kind), one.name)
    return template.replace("{name}", name if len(name) <= LONGEST_LABEL else f"{name[: LONGEST_LABEL - 1]}…")


def ask(kind: FigureKind, name: str = "") -> str:
    """The question for the figure itself."""
    return f"<b>{escape(name_of(kind, name) or BUTTON)}</b>\n\n{_HOW[kind]}"


def no_figure(kind: FigureKind) -> str:
    """What was typed will not do, and what will."""
    return f"Dit herken ik niet als cijfer. {_HOW[kind]} Er is niets veranderd."
