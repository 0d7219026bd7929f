"""Words that not everybody understands, that judge, or that promise too much, have a plain one instead."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from dialogues.authoring.checks.shelf import Shelf
from dialogues.authoring.markers import Sentence
from dialogues.errors import Mistake

INSTEAD: Final = {
    "respons": "antwoorden",
    "differentiatie": "verschil",
    "geaggregeerd": "bij elkaar opgeteld",
    "anoniem": "zonder naam",
    "klacht": "wat schuurt, of wat lastig is",
    "goed zo": "niets: geef geen oordeel",
    "moet beter": "niets: geef geen oordeel",
    "casus": "gezin, of situatie",
    "cliëntsysteem": "gezin",
    "cliënttevredenheid": "wat gezinnen ervan vinden",
    "zorggebruiker": "ouders en jongeren",
    "doorverwij": "een collega erbij halen",
    "consulteren": "om raad vragen",
    "expertise": "vak, of wat je kunt",
    "deskundigheidsbevordering": "bijscholing",
    "attitude": "houding",
    "proactief": "uit jezelf",
    "persoonlijk leiderschap": "zelf verantwoordelijk zijn",
    "evaluer": "samen terugkijken",
    "evaluatie": "samen terugkijken",
    "monitor": "volgen",
    "borgen": "vasthouden",
    "borging": "vasthouden",
    "faciliter": "ruimte geven",
    "draagvlak": "dat mensen erachter staan",
    "wederkerigheid": "geven en nemen",
    "overstijgend": "boven het belang van je eigen organisatie",
    "op elkaars stoel": "het werk van de ander overnemen",
    "schaalgrootte": "de grootte van jullie gebied",
    "huisvesting": "de plek waar je werkt",
    "doelrealisatie": "doelen gehaald",
    "psychosociaal": "gedrag, gevoel of opvoeding",
    "psychosociale": "gedrag, gevoel of opvoeding",
    "stakeholder": "partner",
    "implementer": "invoeren",
    "conform": "volgens",
    "middels": "met",
    "teneinde": "om",
}
"""The beginning of a word, and what to write instead."""

_BANNED: Final = re.compile(rf"\b(?:{'|'.join(sorted(map(re.escape, INSTEAD), key=len, reverse=True))})", re.IGNORECASE)


def check_banned_words(shelf: Shelf) -> Iterator[Mistake]:
    """Every such word in a text for readers; the list of words for writers may name them."""
    for file in shelf.files:
        for found in file.texts(Sentence):
            if found.path[0] == "words":
                continue
            for word in sorted({match[0].lower() for match in _BANNED.finditer(found.value)}):
                remedy = f"schrijf liever: {INSTEAD[word]}"
                yield file.tree.mistake(found.path, f"'{word}' gebruiken we niet", remedy)
