"""The sentences of participation per sector. Words, never a number of people; by approximation, and why."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from bot.usecases.dutch_dates import month
from dialogues.insight.phrases_nl import WIJKTEAM, group_name
from dialogues.insight.shares import Share
from storage.tallies import AreaMonth

BUTTON: Final = "Deelname per sector"
TITLE: Final = "<b>Deelname per sector</b>"
SHARES: Final[Mapping[str, str]] = {
    Share.FEW: "minder dan de helft deed mee",
    Share.HALF: "de helft of meer deed mee",
    Share.ALMOST_ALL: "bijna iedereen deed mee",
    "": "dat kan ik niet laten zien",
}
NO_MONTH: Final = "Er is nog geen hele maand om te laten zien."
NOTHING_TO_SHOW: Final = "Van deze maand kan ik geen sector laten zien. Dat geeft niet: het zegt niets over het gebied."
ROUGHLY: Final = "Dit is ongeveer. Er zit met opzet een klein toeval in. Zo kan niemand narekenen wie meedeed."
WHEN_SHOWN: Final = (
    "Een sector zie je als er minstens 10 mensen uit minstens 3 teams zijn gevraagd. "
    "Komt meer dan de helft uit één team? Dan laat ik de sector niet zien."
)
NEVER: Final = "Per team of per persoon laat ik dit nooit zien."
WHEN_NEXT: Final = "Op de eerste werkdag van een maand komt de maand ervoor erbij."


def participation(months: Sequence[AreaMonth]) -> str:
    """The published months, what is not shown, and why."""
    shown = [_month(each) for each in months] or [NO_MONTH]
    roughly = [ROUGHLY] if any(share for each in months for share in each.shares.values()) else []
    return "\n\n".join([TITLE, *shown, *roughly, WHEN_SHOWN, f"{NEVER} {WHEN_NEXT}"])


def _month(each: AreaMonth) -> str:
    lines = [
        f"{group_name(sector, team_label=WIJKTEAM)}: {SHARES[share]}"
        for sector, share in each.shares.items()
        if any(each.shares.values())
    ]
    return "\n".join([f"<b>{month(each.month)}</b>", *(lines or [NOTHING_TO_SHOW])])
