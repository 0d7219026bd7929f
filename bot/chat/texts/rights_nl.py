"""The sentences of /mijngegevens and /wisantwoord. Dutch, B1, je-vorm; HTML only where it stands here."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from typing import Final
from zoneinfo import ZoneInfo

from bot.chat.wording import as_text
from bot.usecases.dutch_dates import day_and_time
from bot.usecases.erase_answer import AskedRound

# Seeing what is kept
EXPORT: Final = "Geef me dit als bestand"
OWN_DATA: Final = "<b>Dit bewaar ik van jou</b>\n\nHier staat alles wat aan jouw chat vastzit."
EXPORTED: Final = (
    "Hier is je bestand. Ik bewaar er zelf geen kopie van. In deze chat blijft het staan tot jij het weghaalt."
)
NOTHING_OF_THIS: Final = "niets"
ONLY_IN_THE_FILE: Final = (
    "In het bestand staan ook de nummers waarmee ik dit terugvind, en van berichten alle tijden en pogingen."
)

TABLES: Final = {
    "person": "Je account",
    "membership": "Je plaats in teams",
    "coordinator": "Waar je coördineert",
    "roster": "Waarin je nu gevraagd bent",
    "form": "Waar je mee bezig bent",
    "handover_note": "Wat je bij vertrek doorgeeft",
    "delivery": "Berichten aan jou",
}
"""Table → its heading."""
COLUMNS: Final = {
    "person": {
        "id": "nummer in mijn administratie",
        "chat_id": "chatnummer in Telegram",
        "name": "naam in Telegram",
        "reachable": "ik kan je bereiken",
        "quiet": "eigen stille tijden",
        "away_until": "pauze tot",
        "roleless_since": "nergens meer bij sinds",
    },
    "membership": {
        "id": "nummer",
        "person_id": "nummer van jou",
        "team_id": "nummer van het team",
        "role": "rol",
        "sector": "waar je werkt",
        "function": "functie",
        "audience": "wat je het meest doet",
        "tenure": "hoe lang in dit gebied",
        "joined_on": "erbij sinds",
        "leaves_on": "laatste dag",
        "left_on": "weg sinds",
    },
    "coordinator": {"person_id": "nummer van jou", "area_id": "nummer van het gebied"},
    "roster": {"round_id": "nummer van de ronde", "person_id": "nummer van jou", "sector": "gevraagd als"},
    "delivery": {
        "id": "nummer",
        "key": "kenmerk",
        "person_id": "nummer van jou",
        "kind": "soort",
        "subject": "nummer waar het over gaat",
        "due_at": "gepland",
        "valid_until": "geldig tot",
        "state": "stand",
        "attempts": "pogingen",
        "lease_until": "bezig tot",
        "finished_at": "klaar",
    },
    "form": {
        "person_id": "nummer van jou",
        "kind": "soort",
        "updated_on": "laatst veranderd",
        "data": "inhoud",
    },
    "handover_note": {
        "id": "nummer",
        "team_id": "nummer van het team",
        "person_id": "nummer van jou",
        "body": "tekst",
        "written_on": "geschreven",
    },
}
"""Table → column → what it is called."""
ABOUT: Final = "gaat over"
NOT_GIVEN: Final = "niet ingevuld"
YES_NO: Final = {True: "ja", False: "nee"}
NO_QUIET: Final = "geen"
CODES: Final = {
    "role": {"member": "teamlid", "lead": "teamleider"},
    "audience": {"practice": "werken met kinderen en gezinnen", "strategic": "leiding of beleid"},
    "tenure": {"short": "korter dan een half jaar", "middle": "half tot twee jaar", "long": "langer dan twee jaar"},
    "state": {
        "pending": "wacht nog",
        "leased": "gaat nu weg",
        "sending": "gaat nu weg",
        "sent": "verstuurd",
        "failed": "niet gelukt",
        "unreachable": "niet aangekomen",
        "expired": "niet meer verstuurd",
        "done": "klaar",
    },
    "kind": {
        "prompt": "uitnodiging voor een vraag",
        "reminder": "herinnering",
        "maandbeeld": "maandbeeld",
        "shared": "gedeeld maandbeeld",
        "ask_response": "vraag om een reactie",
        "decide_step": "vraag over de stap van het team",
        "own_step": "een stap van je team",
        "response_why": "waarom je team iets wel of niet doet",
        "waiting": "bericht over te weinig antwoorden",
        "destroyed": "bericht over te weinig antwoorden",
        "notice": "bericht over een verandering",
        "newcomer": "vragen voor wie nieuw is",
        "handover": "vaste contacten doorgeven",
        "handover_note": "wat een collega doorgaf",
        "preview": "een proefdialoog",
        "aside_text": "er kan een tekst komen, die ik weggooi",
        "team_name": "een naam voor een team",
        "team_label": "een eigen naam voor het wijkteam",
        "area_name": "een naam voor een gebied",
        "other_team_name": "een andere naam voor een team",
        "other_team_label": "een andere naam voor het wijkteam",
        "other_area_name": "een andere naam voor een gebied",
        "last_day": "een laatste dag",
        "own_last_day": "je laatste dag",
        "pause_date": "een pauze van het team",
        "own_return": "je pauze",
        "invite_names": "een lijst met uitnodigingen",
        "calendar_file": "een agenda met vrije dagen",
    },
}
"""Column → code → word."""

CANNOT_SHOW: Final = (
    "<b>Wat ik niet kan laten zien</b>",
    (
        "• Je antwoorden. Die zitten op slot. Ik open ze pas bij het overzicht. Tot die tijd kan ik ze alleen wissen: "
        "kies /wisantwoord. Je kunt ze ook vervangen, door opnieuw te antwoorden tot de ronde sluit."
    ),
    "• Of je hebt geantwoord. Dat zet ik er met opzet niet bij. Zo kan niemand je vragen om dit scherm te laten zien.",
    "• Ben je midden in een vraag? Dan ligt dat gesprek op slot, hooguit twee dagen.",
    (
        "• Overzichten die er al zijn. De losse antwoorden zijn dan weg, en niemand weet meer welk antwoord van jou was. "
        "Dat geldt ook voor teksten die je deelde."
    ),
    (
        "• Het merkje dat zegt dat je gevraagd bent, voor de deelname van het hele gebied. "
        "Het zit op slot, zonder naam, tot de maand voorbij is."
    ),
    (
        "• Waar een antwoord lag dat je zelf wiste: een afdruk en de dag, zonder naam, hooguit 60 dagen. "
        "Zo brengt een oude kopie het niet terug."
    ),
    "• Wat in deze chat staat. Dat heeft Telegram. Jij kunt de chat zelf wissen.",
)
"""Line by line."""


def asked(rounds: Sequence[AskedRound], *, zone: ZoneInfo) -> list[str]:
    """A line for each round in which there may be an answer."""
    return [
        f"• {as_text(each.title)} ({as_text(each.team)}), "
        f"{'open tot' if each.open else 'gesloten op'} {escape(day_and_time(each.closes_at, zone=zone))}."
        for each in rounds
    ]


MAY_BE_LOCKED: Final = "Heb je hierin geantwoord? Dan zit je antwoord op slot, en kan ik het alleen wissen."

# Erasing an answer
ERASE_YES: Final = "Ja, wis mijn antwoorden"
ERASE_NO: Final = "Nee, laat staan"
LEFT: Final = "Goed, er is niets gewist."
NO_ROUND: Final = "Er is nu geen vraag waarin een antwoord van jou kan zitten. Er valt dus niets te wissen."
_GOES: Final = (
    "Ik wis dan wat je hierin antwoordde, de teksten die je erbij deelde, en een gesprek dat nog loopt. "
    "Dat kan ik niet terugdraaien."
)
_STAYS: Final = (
    "Wat blijft: je account, je plaats in het team, en overzichten die er al zijn. "
    "Je team ziet niet dat je iets wiste. Ook niet of er iets te wissen was."
)
ANSWER_AGAIN: Final = "Antwoord opnieuw"


def ask_erasing(rounds: Sequence[AskedRound], *, zone: ZoneInfo) -> str:
    """What /wisantwoord would erase, before the one question whether to."""
    return "\n".join(["<b>Wil je je antwoorden wissen?</b>", "", *asked(rounds, zone=zone), "", _GOES, "", _STAYS])


def erased(rounds: Sequence[AskedRound], *, zone: ZoneInfo) -> str:
    """The same for who had answered and who had not."""
    said = "Van jou ligt er nu geen antwoord meer in een ronde die nog niet is afgesloten."
    again = [each for each in rounds if each.open]
    if not again:
        return f"{said}\n\n{_STAYS}"
    return "\n".join(
        [said, "", "Opnieuw antwoorden mag, zolang de ronde open is:", *asked(again, zone=zone), "", _STAYS]
    )
