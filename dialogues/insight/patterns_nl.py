"""The name and the conversation question of each balance pattern, in Dutch (content-brief §7)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class PatternWords:
    """What readers see of a pattern; the source section is for who maintains the texts."""

    name: str
    question: str
    source: str


PATTERN_WORDS: Final[Mapping[str, PatternWords]] = {
    "paper_ahead": PatternWords(
        "Papier loopt voor op de relatie", "Wie achter de afspraak ken je nog niet?", "DSS §4.1, §4.3"
    ),
    "rests_on_people": PatternWords("Het draait op mensen", "Wat gebeurt er als een van hen weg is?", "DSS §3.5, §4.3"),
    "contact_without_contact": PatternWords(
        "Wel een contactpersoon, nog geen contact", "Wanneer sprak je die persoon zonder aanleiding?", "DSS §3.8"
    ),
    "unknown_craft": PatternWords(
        "Elkaars vak is onbekend", "Wie vertelt volgende keer wat hij of zij kan?", "DSS §3.5"
    ),
    "school_does_not_know": PatternWords(
        "School weet niet bij wie te zijn", "Wanneer belt school de JGZ, en wanneer {wijkteam}?", "DSS §3.5"
    ),
    "talk_without_result": PatternWords(
        "Gesprek zonder gevolg", "Wat is er met het vorige gesprek gedaan?", "DSS §3.12, §3.10"
    ),
    "input_dries_up": PatternWords("Inbreng droogt op", "Welk antwoord zijn we nog schuldig?", "DSS §3.10"),
    "message_lost": PatternWords("Boodschap komt niet aan", "Waar heb je het de afgelopen maand gemerkt?", "DSS §3.6"),
    "two_worlds": PatternWords("Twee werelden", "Wat ziet de een dat de ander niet ziet?", "DSS §3.10, §4.3"),
    "talk_not_count": PatternWords("Wel praten, niet tellen", "Welk ene ding gaan we bijhouden?", "DSS §3.13"),
    "it_stands": PatternWords("Het staat wel?", "Wat zouden we missen als niemand er meer op let?", "DSS §3.12, §4.3"),
    "tired_of_starting": PatternWords(
        "Moe van steeds opnieuw beginnen", "Hoe maken we de volgende wissel warmer?", "DSS §3.2.3, §4.2.1"
    ),
    "privacy_in_the_way": PatternWords(
        "Privacy als drempel", "Welke zin gebruiken wij om het gezin erbij te betrekken?", "DSS §3.9, §3.8"
    ),
    "we_think_we_know": PatternWords(
        "We denken het te weten", "Welk gezin kunnen we het deze maand vragen?", "DSS §3.1, §3.13"
    ),
    "near_not_close": PatternWords(
        "Dichtbij, maar niet dicht", "Wat houdt ons tegen om binnen te lopen?", "DSS §3.2.2"
    ),
    "willing_no_room": PatternWords("Goede wil, weinig ruimte", "Wat kan de leiding wegnemen?", "DSS §3.2.4, §3.11"),
}
"""Pattern id → its words. ``{wijkteam}`` stands for the local name with its article."""
