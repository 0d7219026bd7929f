"""The sentences about making an area, and about correcting a name. Dutch, B1, je-vorm; HTML only where it stands here."""

from __future__ import annotations

from typing import Final

from bot.chat.wording import as_text
from bot.usecases.make_area import MOST_AREAS, OwnArea
from bot.usecases.naming import LONGEST_NAME
from storage.teams import Team

NAME_UNUSABLE: Final = f"Die naam lukt niet. Gebruik 1 tot {LONGEST_NAME} tekens, zonder @ en zonder internetadres."
AT_ONCE: Final = "Iedereen leest dat vanaf nu. Wat al is verstuurd, en een maandbeeld dat er al is, verandert niet."

# One area as a whole
OWN_AREA: Final = "Gebied en coördinatoren"
AREA_NAME: Final = "Naam van het gebied"
ASK_OTHER_AREA_NAME: Final = "<b>Hoe moet het gebied heten?</b>\n\nTyp de hele naam. Iedereen ziet die daarna meteen."
AREA_TAKEN: Final = (
    "Er is al een gebied dat zo heet. Twee met dezelfde naam kan niemand uit elkaar houden. "
    "Typ een andere naam, bijvoorbeeld met de gemeente erbij."
)

# Making one more, and taking one away
NEW_AREA: Final = "Nieuw gebied"
ASK_AREA_NAME: Final = (
    "<b>Hoe heet het nieuwe gebied?</b>\n\n"
    "Typ de naam, bijvoorbeeld van een gemeente of regio. Jij wordt er coördinator. Je eigen gebied blijft zoals het is."
)
NOT_NEW: Final = "Je beheert al een gebied dat zo heet. Dit is het."
TOO_MANY: Final = (
    f"Je beheert al {MOST_AREAS} gebieden of meer. Meer maken kan niet in de chat. "
    "Is er een leeg gebied over? Verwijder dat eerst. Of vraag het de beheerder van deze bot."
)
REMOVE: Final = "Verwijder dit lege gebied"
REMOVE_YES: Final = "Ja, verwijder het gebied"
STAYS: Final = "Dit gebied kan niet weg. Er is een team, er is nog een coördinator, of het is je enige gebied. Een team waar nooit iemand in zat, kun je eerst verwijderen."

# Names of a team
TEAM_NAMES: Final = "Naam van het team"
OTHER_NAME: Final = "Andere naam voor het team"
OTHER_LABEL: Final = "Andere naam voor het wijkteam"
ASK_OTHER_NAME: Final = "<b>Hoe moet het team heten?</b>\n\nTyp de hele naam. Het team ziet die daarna meteen."
ASK_OTHER_LABEL: Final = (
    "<b>Hoe heet het wijkteam bij jullie?</b>\n\nTyp de naam met ‘de’ of ‘het’ ervoor. Bijvoorbeeld: het jeugdteam."
)
REMOVE_TEAM: Final = "Verwijder dit lege team"
REMOVE_TEAM_YES: Final = "Ja, verwijder het team"
TEAM_STAYS: Final = "Dit team kan niet weg. Er kwam al iemand in, of er is al iets gevraagd."
TEAM_REMOVED_BEFORE: Final = "Dit team was al weg. Er verandert nu niets."
TEAM_TAKEN: Final = "Er is in dit gebied al een team dat zo heet. Typ een andere naam."


def own_area(seen: OwnArea) -> str:
    """The menu of one area as a whole."""
    return (
        f"<b>Het gebied {as_text(seen.area.name)}</b>\n\n"
        "De naam, en wie het gebied regelt. Zorg je voor nog een gebied? Maak dat hier."
    )


def area_made(name: str) -> str:
    """What was made, and what to do next."""
    return (
        f"<b>Het gebied {as_text(name)} is gemaakt</b>\n\n"
        "Jij bent er nu de enige coördinator. Nodig een tweede uit, dan valt er niets stil als jij weg bent.\n"
        "Kies dan de regio van de schoolvakanties en maak een team. "
        "De eerste vraag komt als een team leden en een ritme heeft.\n\n"
        "Met /beheer kies je voortaan eerst een gebied."
    )


def remove_sure(name: str) -> str:
    """Asked before an empty area goes."""
    return (
        f"<b>Het gebied {as_text(name)} verwijderen?</b>\n\n"
        "Er is geen team in. Het logboek en de openstaande uitnodigingen van dit gebied gaan ook weg, meteen."
    )


REMOVED_BEFORE: Final = "Dat gebied is al weg. Je andere gebieden zijn niet veranderd."


def removed(name: str) -> str:
    """After it went."""
    return f"Het gebied {as_text(name)} is weg. Je andere gebieden zijn niet veranderd."


def area_renamed(name: str) -> str:
    """What an area is called now, and where that is read."""
    return f"Het gebied heet nu {as_text(name)}. {AT_ONCE}"


def team_names(team: Team) -> str:
    """What a team and its wijkteam are called."""
    return (
        f"<b>{as_text(team.name)}</b>\n\nZo heet het team. Het wijkteam heet hier: {as_text(team.team_label)}.\n"
        "Klopt een naam niet? Dan kun je die hier verbeteren."
    )


def remove_team_sure(name: str) -> str:
    """Asked before an empty team goes."""
    return (
        f"<b>Het team {as_text(name)} verwijderen?</b>\n\n"
        "Er kwam nooit iemand in, en er is niets gevraagd. Het ritme, het profiel en de openstaande uitnodigingen "
        "gaan ook weg, meteen. Het logboek van het gebied zegt dat het weg is."
    )


def team_removed(name: str) -> str:
    """After it went."""
    return f"Het team {as_text(name)} is weg. Uitnodigingen voor dat team werken niet meer."


def team_renamed(name: str) -> str:
    """What a team is called now, and where that is read."""
    return f"Het team heet nu {as_text(name)}. {AT_ONCE}"


def wijkteam_renamed(label: str) -> str:
    """What the wijkteam is called now, and where that is read."""
    return f"Het wijkteam heet hier nu {as_text(label)}. {AT_ONCE}"
