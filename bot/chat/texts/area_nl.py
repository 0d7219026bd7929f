"""The sentences about the overview of a whole area. Dutch, B1, je-vorm; HTML only where it stands here."""

from __future__ import annotations

from typing import Final
from zoneinfo import ZoneInfo

from bot.usecases.asked import AREA_FLOOR
from bot.usecases.dutch_dates import day
from bot.usecases.see_area_overview import AreaOverview
from dialogues.insight import FLOOR
from dialogues.insight.shares import TEAMS_AT_LEAST
from dialogues.insight.two_worlds import Sides

BUTTON: Final = "Overzicht van het gebied"
WHOLE_AREA: Final = "Alle teams samen"
STRATEGIC: Final = "Leiding en beleid"
TWO_WORLDS: Final = "Twee werelden"
SHEET_IS: Final = "De uitkomsten in woorden. Op het tweede blad staat hoe je het leest."
AS_PICTURE: Final = "Als plaatje"
ABOUT: Final = (
    f"<b>{BUTTON}</b>\n\n"
    "Van een team zie je waar de kring staat, nooit een antwoord. "
    "Woorden zijn er alleen van het hele gebied, en van leiding en beleid als groep."
)
_ABOUT_ALL: Final = (
    "Een keer per kwartaal vraag ik alle teams samen wat gezinnen merken. "
    f"Je ziet woorden, van het hele gebied en van elke sector met minstens {AREA_FLOOR} antwoorden. "
    "Van één team zie je nooit iets."
)
_ABOUT_STRATEGIC: Final = (
    "Om de zes weken stel ik leiding en beleid een vraag. Je ziet woorden, van de groep als geheel."
)
_ABOUT_TWO: Final = (
    "Hier komen de woorden van professionals en die van leiding en beleid naast elkaar, over wat gezinnen merken. "
    "Ze komen uit de vragen aan het hele gebied. Van één team zie je nooit iets. Het is een vraag, geen oordeel."
)
_TOO_SMALL: Final = (
    f"Dit gebied is daar nog te klein voor. Er zijn minstens {TEAMS_AT_LEAST} teams met een ritme nodig, en zo veel "
    f"mensen dat {AREA_FLOOR} antwoorden meestal lukken. Tot dan krijgt elk team de vraag apart."
)
_TOO_FEW: Final = (
    f"Daarvoor zijn minstens {TEAMS_AT_LEAST} teams met een ritme nodig, en {FLOOR} mensen uit leiding of beleid "
    "die zelf geen maandbeeld lezen."
)


def nothing_yet(seen: AreaOverview, *, strategic: bool, zone: ZoneInfo) -> str:
    """Why there is no overview, and when the next question comes."""
    about = _ABOUT_STRATEGIC if strategic else _ABOUT_ALL
    parts = [f"<b>{STRATEGIC if strategic else WHOLE_AREA}</b>", about]
    if not seen.began:
        parts.append(_TOO_FEW if strategic else _TOO_SMALL)
    else:
        parts.append("Er is nog geen overzicht.")
        if seen.next_at is not None:
            parts.append(f"De volgende vraag komt op {day(seen.next_at, zone=zone)}.")
    return "\n\n".join(parts)


def no_two_worlds(sides: Sides) -> str:
    """Why practice and leaders cannot stand beside each other yet."""
    missing = [
        name
        for name, there in (("alle teams samen", sides.practice), ("leiding en beleid", sides.strategic))
        if not there
    ]
    waits = (
        f"Er is nog geen woord van: {' en '.join(missing)}."
        if missing
        else "Er is nog geen onderwerp met woorden van allebei."
    )
    return f"<b>{TWO_WORLDS}</b>\n\n{_ABOUT_TWO}\n\n{waits}"
