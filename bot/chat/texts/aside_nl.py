"""Sentences around the dialogues that belong to no round: a moment of your own, being new, and leaving."""

from __future__ import annotations

from html import escape
from typing import Final

from bot.chat.wording import as_text

# Buttons
RATHER_NOT: Final = "Liever niet"
NOT_NOW: Final = "Nu niet"
SOMETHING_ELSE: Final = "Iets anders"
BEGIN_AGAIN: Final = "Opnieuw beginnen"
GIVE_ON: Final = "Ja, geef door"
EDIT: Final = "Aanpassen"
DO_NOT: Final = "Niet doen"

# A moment of your own, and being new
UNKEPT: Final = "Ik bewaar hier niets van. Het telt ook niet mee. Niemand in je team ziet of je dit doet."
NOT_NOW_SAID: Final = "Dat is goed. Ik heb niets bewaard."
CHANGED: Final = "Deze vragen zijn intussen veranderd. Ik had niets bewaard. Wil je opnieuw beginnen?"
TEXT_LET_GO: Final = (
    "Ik heb je tekst uit de chat gehaald en niet bewaard. Heb je hem nodig? Schrijf hem dan op een eigen plek. "
    "Tik bij de vraag op Verder."
)
NO_TEAM: Final = (
    "Er staat nu geen vraag voor je open. Vragen krijg je als lid van een team. "
    "Ben je coördinator? Met /beheer kun je elk onderwerp zelf proberen."
)
TELL_FIRST: Final = "Fijn dat je even hebt. Vertel me eerst waar je werkt. Dan passen mijn vragen bij jou."


def offer(*, title: str, summary: str, team: str) -> str:
    """What somebody reads who has a moment while no question is open; ``team`` only for who is in more teams."""
    about = f" Het gaat over <b>{as_text(team)}</b>." if team else ""
    return (
        f"Er staat nu geen vraag voor je open. We kunnen wel even samen stilstaan, met een paar tikken.{about}\n\n"
        f"<b>{escape(title)}</b>\n{escape(summary)}\n\n<i>{UNKEPT}</i>"
    )


def newcomer(*, title: str, summary: str) -> str:
    """The invitation to somebody who is new here."""
    return (
        f"Hoi. Heb je een minuut om even stil te staan?\n\n<b>{escape(title)}</b>\n{escape(summary)}\n\n<i>{UNKEPT}</i>"
    )


# Leaving
HANDED_OVER_BEFORE: Final = "Dit is klaar of niet meer aan de orde. Ik geef niets meer door."
HANDOVER_GONE: Final = "Er is nu niets om door te geven. Tik op Start als je opnieuw wilt beginnen."
HANDOVER_NOT: Final = "Dat is goed. Ik geef niets door. Bedenk je je? Tik dan op Start."
NOTHING_WRITTEN: Final = "Je hebt niets ingevuld, dus ik geef niets door. Wil je toch? Tik dan op Start."
TEXT_IN_DRAFT: Final = "Ik heb je tekst uit de chat gehaald. Straks lees je hem terug."
TEXT_TOO_LONG: Final = "Deze tekst is te lang om door te geven. Ik heb hem niet bewaard. Houd het op hooguit 280 tekens, en typ hem opnieuw."
CHECK_NAMES: Final = "Staan er geen namen in van gezinnen of van contactpersonen? Rollen en organisaties zijn genoeg."
TO_THE_TEAM: Final = (
    "Wie neemt het vaste contact over? Is die persoon al voorgesteld? Neem het mee naar jullie overleg. "
    "Je hoeft hier niet te antwoorden."
)
GIVEN_ON: Final = "Doorgegeven. Ik stuur het naar je team, met jouw naam. Dank je, en een goede tijd gewenst."
NOBODY_THERE: Final = "Er is nog niemand anders in je team. Er is dus niets doorgegeven."


def handover_offer(*, team: str) -> str:
    """The question to somebody who leaves; said beforehand that it is signed, and who reads it."""
    return (
        f"Je gaat weg bij <b>{as_text(team)}</b>. Wil je je vaste contacten doorgeven?\n\n"
        "Wat je opschrijft, gaat met jouw naam naar je teamgenoten en naar wie je team leidt. "
        "Het gaat alleen over rollen en organisaties. Eerst lees je zelf de hele tekst. Pas na jouw ja geef ik hem door. "
        "Zeg je niets, dan geef ik niets door."
    )


def passed_on(body: str) -> str:
    """What the team reads: the text as its writer approved it, and a question for their own meeting."""
    return f"{escape(body)}\n\n<b>Voor jullie overleg</b>\n{TO_THE_TEAM}"


def handover_check(*, last_words: str, body: str, found: tuple[str, ...]) -> str:
    """The whole text before it goes out, with what the guard saw in it or else a reminder."""
    check = f"Let op: hier lijkt {escape(', '.join(found))} in te staan. Pas dat liever aan." if found else CHECK_NAMES
    return f"{escape(last_words)}\n\n<b>Zo leest je team het:</b>\n\n{passed_on(body)}\n\n<i>{check}</i>"
