"""The ``{placeholders}`` that content may hold, each with its meaning and an example of usual length."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final


@dataclass(frozen=True, slots=True)
class Placeholder:
    """What is put in place of one ``{name}``."""

    meaning: str
    sample: str
    """A value of usual length; lengths of buttons are measured with it."""


PLACEHOLDERS: Final[Mapping[str, Placeholder]] = MappingProxyType(
    {
        "periode": Placeholder("de tijd waar de vraag over gaat", "de afgelopen maand"),
        "wijkteam": Placeholder("de lokale naam van het wijkteam", "het buurtteam"),
        "gemeente": Placeholder("de naam van de gemeente", "Voorbeeldstad"),
        "contact_knelpunt": Placeholder("bij wie je terechtkunt als je er samen niet uitkomt", "de coördinator"),
        "contact_privacy": Placeholder("aan wie je vraagt wat je mag delen", "de aandachtsfunctionaris"),
        "element": Placeholder("de titel van een onderwerp", "Vertrouwen en respect"),
        "actie": Placeholder("de naam van de afgesproken stap", "Kennismakingsronde"),
        "tijd_geleden": Placeholder("hoe lang geleden de stap is afgesproken", "Vier weken geleden"),
        "controlevraag": Placeholder("de vraag die bij de afgesproken stap hoort", "Wie heb je nu leren kennen?"),
        "status": Placeholder("hoe het met de stap staat", "we zijn begonnen"),
        "reactie": Placeholder("wat de leiding terugmeldde", "dit doen we"),
        "teamleider_rol": Placeholder("hoe de leiding hier heet", "De teamleider"),
        "moment": Placeholder("wanneer de bot terugkomt", "vanmiddag om 15.30 uur"),
        "maand": Placeholder("de maand van het maandbeeld", "november"),
        "vorige_top3": Placeholder("de drie belangrijkste dingen van de vorige keer", "vertrouwen, rollen en contact"),
        "a": Placeholder("de eerste partner van een zijde", "JGZ"),
        "b": Placeholder("de tweede partner van een zijde", "onderwijs"),
        "naam": Placeholder("hoe iemand aangesproken wil worden", "Sam"),
    }
)

KNOWN: Final[Mapping[str, str]] = MappingProxyType(
    {f"known:{name}": f"de bot kent {placeholder.meaning}" for name, placeholder in PLACEHOLDERS.items()}
)
"""Conditions that hold when there is a word for a placeholder, such as ``known:vorige_top3``."""

_NAME: Final = re.compile(r"\{(\w+)\}")


def names_in(text: str) -> tuple[str, ...]:
    """The names between braces, in order."""
    return tuple(_NAME.findall(text))


def stray_brace(text: str) -> bool:
    """Whether a brace is left that belongs to no ``{name}``."""
    return bool(set("{}") & set(_NAME.sub("", text)))


def with_samples(text: str) -> str:
    """The text as it may look to a reader; unknown names stay as they are."""

    def sample(match: re.Match[str]) -> str:
        known = PLACEHOLDERS.get(match[1])
        return known.sample if known else match[0]

    return _NAME.sub(sample, text)
