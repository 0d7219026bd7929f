"""The Dutch sentences of a year overview: what was done, never how well; and no number of answers."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

TITLE: Final = "Jaaroverzicht {period}"
INTRO_TEAM: Final = (
    "Dit laat zien waar het team over sprak, wat het afsprak en wat daarvan kwam. "
    "Het is bedoeld als begin van een gesprek, niet als verslag over hoe goed het gaat."
)
INTRO_AREA: Final = (
    "Dit laat zien waar het gebied en de teams over spraken, wat ze afspraken en wat daarvan kwam. "
    "Van een team staat er geen antwoord in. De teams staan op alfabet."
)
TALKED_ABOUT: Final = "Waar het over ging"
TALKED_ON: Final = "Besproken op {day}."
NO_OVERVIEW: Final = "{title} (te weinig antwoorden voor een overzicht)"
NOTHING_ASKED: Final = "Er was in dit schooljaar nog geen maandbeeld."
TOP_THREES: Final = "De top 3"
CHOSEN: Final = "Het gaat goed door: {titles}."
STRONGER: Final = "Dit mag sterker: {titles}."
NOTHING_CHOSEN: Final = "Niets werd door minstens drie mensen gekozen."
AGREED: Final = "Wat er is afgesproken, en wat daarvan kwam"
AGREED_STEP: Final = "{step}. Trekker: {owner}."
BECAME: Final[Mapping[str, str]] = {
    "open": "Loopt nog. {look_back}",
    "left": "Op {decided} ging het team op in een ander team.",
    "changed": "Op {decided} kwam er een andere stap voor in de plaats.",
    "stopped": "Gestopt op {decided}. Gestopt is ook geleerd.",
    "kept": "Dit is blijven staan: op {decided} koos het team om het vast te houden.",
}
NOTHING_AGREED: Final = "Er is in dit schooljaar geen stap opgeschreven."
CAME_BACK: Final = "Wat er terugkwam van de teamleider"
SILENT: Final = "Nog geen reactie op: {titles}."
NOTHING_SAID: Final = "Op geen enkel onderwerp is gereageerd."
WHOLE_AREA: Final = "Het hele gebied"
STRATEGIC: Final = "Leiding en beleid"
NO_SCORES: Final = "Er staan geen cijfers in, en niet hoe goed iets gaat. Teams en gemeenten worden niet vergeleken."
TOP3_MEANS: Final = (
    "Een top 3 is geen ranglijst. Iets staat er als minstens drie mensen het kozen. De volgorde zegt niets."
)
MADE_FROM: Final = "Het is gemaakt uit maandbeelden en afspraken die er al waren."
AND_MORE: Final = "En nog {number} meer."
