"""What the chat says around a year overview; the overview itself is the same for everybody who may read it."""

from __future__ import annotations

from html import escape
from typing import Final

from dialogues.guarding.cleaning import inert

BUTTON: Final = "Jaaroverzicht"
WHICH_TEAM: Final = "Van welk team wil je het jaaroverzicht?"
MORE: Final = "Meer teams"
NOTHING_YET: Final = "Er is nog geen maandbeeld. Zodra er een is, kan ik een jaaroverzicht maken."
FOR_LEAD: Final = (
    "Voor het gesprek met de gemeente en het bestuur: waar jullie over spraken, wat jullie afspraken "
    "en wat daarvan kwam. Er staat ook in wat je als teamleider terugzei. Lees het eerst met je team."
)
FOR_COORDINATOR: Final = (
    "Voor het gesprek met de gemeente en de besturen: waar het gebied en de teams over spraken, wat ze afspraken "
    "en wat daarvan kwam. Van een team staat er geen antwoord in."
)
SO_FAR: Final = "{years} (tot nu toe)"
MADE: Final = "Ik stuur het als PDF."


def which_year(name: str, *, lead: bool) -> str:
    """The question which school year, with what is in it."""
    about = FOR_LEAD if lead else FOR_COORDINATOR
    return f"<b>{BUTTON}, {escape(inert(name), quote=False)}</b>\n\n{about}\n\nWelk schooljaar?"
