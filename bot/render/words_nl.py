"""The few Dutch words that rendering adds: headings and marks around the texts of a maandbeeld."""

from __future__ import annotations

from typing import Final

MAP: Final = "Kaart van alle onderwerpen"
OPEN: Final = "nog open"
THIS_MONTH: Final = "Deze maand"
EARLIER: Final = "Eerder"
STILL_OPEN: Final = "Nog open"
SUCCESSES: Final = "Wat lukte"
BACK: Final = "Terug naar de vorige keer"
OWN_WORDS: Final = "In eigen woorden"
TOP3_NOTHING: Final = "Niets is door minstens drie mensen gekozen. Ook daarover kunnen jullie praten."
OUR_STEP: Final = "Onze stap"
OWN_FIGURE: Final = "Ons eigen cijfer"
QUESTION: Final = "De vraag voor het gesprek"
GROUNDS: Final = "Dit valt samen op"
GUIDE: Final = "Een halfuur praten"
STEPS: Final = "Stappen om uit te kiezen"
WANTED: Final = "het meest gekozen"
WANTED_STEP: Final = "Stap die het meest is gekozen"
OFTEN: Final = "vaak"
MINUTES: Final = "min"
READING: Final = "Zo lees je dit"
SUBJECT: Final = "Maandbeeld van een team"

# The sheet
SHEET: Final = "Uitkomsten"
COLUMNS: Final = ("Onderwerp", "Maand", "Soort", "Vraag", "Wie of wat", "Uitkomst", "Aantal")
OUTCOME: Final = "Uitkomst"
WHAT_BECAME: Final = "Wat ervan werd"
EARLIER_OUTCOME: Final = "Eerdere uitkomst"
CHOSEN: Final = "Gekozen"
NOTHING_SHOWN: Final = "Niet te laten zien"

# The year
YEAR_SUBJECT: Final = "Een schooljaar samenwerken"
YEAR_READING: Final = "Zo lees je dit"
