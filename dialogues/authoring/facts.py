"""The facts about a person and a team that conditions in content files may name."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from dialogues.conversation.definition import Audience, Sector

_SIDES: Final = {
    Sector.JGZ: "werkt bij de JGZ",
    Sector.WIJKTEAM: "werkt bij het wijkteam",
    Sector.ONDERWIJS: "werkt in het onderwijs",
    Sector.GEMEENTE: "werkt bij de gemeente",
    Sector.OVERIG: "werkt ergens anders",
}
_LAYERS: Final = {
    Audience.PRACTICE: "werkt in de uitvoering",
    Audience.STRATEGIC: "werkt in leiding of beleid",
}

FACTS: Final[Mapping[str, str]] = MappingProxyType(
    {
        **{f"audience:{audience}": meaning for audience, meaning in _LAYERS.items()},
        **{f"sector:{sector}": meaning for sector, meaning in _SIDES.items()},
        "size:small": "gemeente met minder dan 40.000 inwoners",
        "size:middle": "gemeente met 40.000 tot en met 100.000 inwoners",
        "size:large": "gemeente met meer dan 100.000 inwoners",
        "team:youth": "het wijkteam is er voor jeugd",
        "team:0-100": "het wijkteam is er voor alle leeftijden",
        "team:none": "er is geen wijkteam in het voorveld",
        "team:transition": "het wijkteam is in overgang",
        "jgz:in_team": "de JGZ zit in het wijkteam",
        "jgz:not_in_team": "de JGZ zit niet in het wijkteam",
        "jgz:split": "de JGZ voor 0-4 en voor 4-18 zijn twee organisaties",
        "jgz:one_organisation": "de JGZ en het wijkteam horen bij één organisatie",
        "housing:together": "de partners werken op één plek",
        "housing:partly": "een deel van de partners werkt op één plek",
        "housing:apart": "de partners werken apart",
        "phase:new": "de samenwerking is net begonnen",
        "phase:building": "de samenwerking is in opbouw",
        "phase:long": "de partners werken al lang samen",
        "change:yes": "er loopt een reorganisatie",
        "turnover:high": "er zijn veel wisselingen gemeld",
        "contact:none": "de school heeft geen vaste contactpersoon",
        "contact:school": "is zelf het vaste gezicht voor een school",
        "looking_back:none": "zes maanden geen gezamenlijk gesprek gemeld",
        "tenure:short": "werkt korter dan een half jaar in dit gebied",
        "tenure:middle": "werkt een half tot twee jaar in dit gebied",
        "tenure:long": "werkt langer dan twee jaar in dit gebied",
        "round:first": "de eerste keer dat dit onderwerp langskomt",
        "round:later": "het onderwerp is al eerder langsgekomen",
    }
)
"""Every fact with what it means. Sizes follow table 1 of the report; the rest follows the context profile."""
