"""Every sentence of the chat that is not in a content file. Dutch, B1, je-vorm; HTML only where it stands here."""

from __future__ import annotations

from html import escape
from typing import Final

from bot.chat.wording import as_text
from dialogues.guarding.cleaning import inert

# Buttons
JOIN: Final = "Ik doe mee"
DECLINE: Final = "Liever niet"
START: Final = "Start"
START_BRIEF: Final = "Ik heb 20 seconden"
CHANGE_ANSWER: Final = "Antwoord veranderen"
SHARE: Final = "Deel met het team"
AS_PDF: Final = "Als PDF"
BACK: Final = "‹ Terug"
CANCEL: Final = "Niet doen"
SNOOZE: Final = {"later": "Later vandaag", "session": "Na mijn spreekuur of les", "week": "Volgende week"}
STOP_YES: Final = "Ja, stop en wis alles"
STOP_NO: Final = "Nee, ik blijf"

# Account questions (content-brief §5 start, step 2)
ASK_SECTOR: Final = "<b>Waar werk je?</b>"
ASK_FUNCTION: Final = "<b>Wat is je functie?</b>\n\nDeze gebruik ik alleen om vragen te laten passen."
ASK_AUDIENCE: Final = "<b>Wat doe je het meest?</b>"
ASK_TENURE: Final = "<b>Hoe lang werk je in dit gebied?</b>"
AUDIENCES: Final = {"practice": "Werken met kinderen en gezinnen", "strategic": "Leiding of beleid"}
TENURES: Final = {"short": "Korter dan een half jaar", "middle": "Half tot twee jaar", "long": "Langer dan twee jaar"}
DESCRIBED: Final = "Dank je, ik ken je nu een beetje. Ik stel je straks korte vragen over de samenwerking."
NEW_TEAM: Final = "Dit is een nieuw team. Het eerste overzicht is daarom alleen in woorden."


def who_reads(*, members: int, lead_label: str) -> str:
    """What a new member is told before the very first question (privacy 3.7); shown as plain text."""
    return (
        f"Er zijn nu {members} mensen gevraagd. Dat kunnen er nog meer worden. Het overzicht gaat naar de {escape(lead_label)}. "
        f"{NEW_TEAM}"
    )


DESCRIBED_STRATEGIC: Final = (
    "Dank je. De vragen aan het team gaan naar wie met gezinnen werkt. "
    "Voor leiding en beleid komen er later eigen vragen."
)

# Joining (privacy 3.7)
ALREADY_IN: Final = "Je doet al mee. Ik kom vanzelf bij je terug."
DECLINED: Final = "Goed. Ik heb hiervoor niets bewaard. Bedenk je je? Open dan de link nog een keer."
INVITATION_INVALID: Final = (
    "Deze uitnodiging werkt niet (meer). Vraag om een nieuwe link bij wie je de uitnodiging gaf."
)
ROLE_CONFLICT: Final = (
    "Je leest het maandbeeld van dit team. Daarom kun je er niet ook in antwoorden, en andersom. "
    "Zo blijft iedereen onherkenbaar."
)
STRANGER: Final = (
    "Hoi. Ik ben Even Stilstaan, een bot voor teams die samenwerken rond kinderen. "
    "Je kunt meedoen met een uitnodiging van je coördinator. Open de link die je kreeg."
)


def welcome_back(name: str) -> str:
    """For a member who is known already."""
    return f"Hoi {as_text(name)}. Je doet mee. Ik kom vanzelf bij je terug met een korte vraag. Hulp nodig? /help"


def welcome_back_lead(name: str) -> str:
    """For a lead who is known already."""
    return f"Hoi {as_text(name)}. Begin van de maand krijg je het maandbeeld van je team. Hulp nodig? /help"


def welcome_back_coordinator(name: str) -> str:
    """For a coordinator who is known already."""
    return f"Hoi {as_text(name)}. Kies /beheer voor je teams, uitnodigingen en het ritme. Hulp nodig? /help"


WHERE_YOU_WERE: Final = "Hier was je gebleven."
HOW_OFTEN: Final = {"": "Af en toe", "light": "Eens per maand", "normal": "Om de week", "intensive": "Elke week"}


def welcome_member(*, name: str, lead_label: str, team: str, rhythm: str) -> str:
    """What a new member reads before yes or no (privacy 3.7)."""
    return (
        f"Hoi {as_text(name)}. Ik ben een bot. {HOW_OFTEN[rhythm]} stel ik je een paar korte vragen over de "
        f"samenwerking in <b>{as_text(team)}</b>.\n"
        "Meedoen mag. Het hoeft niet. Niemand ziet of jij antwoordt.\n\n"
        "<b>Dit gebeurt er met je antwoord:</b>\n"
        "1. Ik sla het op slot op. Ik open het pas bij het overzicht.\n"
        "2. Zijn er minstens 5 antwoorden? Dan tel ik ze bij elkaar op. Daarna gooi ik de losse antwoorden weg.\n"
        f"3. De {escape(lead_label)} krijgt alleen het overzicht. Zonder namen.\n\n"
        "<b>Weet ook dit:</b> Telegram is een bedrijf buiten Europa. Telegram kan berichten technisch lezen. Noem "
        "daarom nooit namen van ouders, kinderen of collega's. In een klein team kunnen mensen soms raden wie iets "
        "vond. Twijfel je? Sla de vraag over.\n\n"
        "Je coördinator ziet wie er in het team zit. Nooit wie er antwoordt."
    )


def welcome_lead(*, name: str, team: str) -> str:
    """What a new lead reads before yes or no."""
    return (
        f"Hoi {as_text(name)}. Ik ben een bot. Je bent gevraagd als teamleider van <b>{as_text(team)}</b>.\n\n"
        "Elke maand krijg je een maandbeeld: een leidraad voor een gesprek dat jullie al hebben. "
        "Het is gemaakt van antwoorden zonder namen. Je ziet nooit wie wat antwoordde, en ook niet wie antwoordde.\n"
        "Je geeft in dit team zelf geen antwoorden. Zo blijft iedereen onherkenbaar.\n\n"
        "Telegram is een bedrijf buiten Europa en kan berichten technisch lezen. Deel hier niets over gezinnen."
    )


def welcome_coordinator(*, name: str, area: str) -> str:
    """What a new coordinator reads before yes or no."""
    return (
        f"Hoi {as_text(name)}. Ik ben een bot. Je bent gevraagd als coördinator van <b>{as_text(area)}</b>.\n\n"
        "Jij maakt teams, nodigt mensen uit en kiest het ritme. Antwoorden zie je nooit."
    )


JOINED_LEAD: Final = "Welkom. Het eerste maandbeeld komt vanzelf, begin van de maand. Je hoeft nu niets te doen."
JOINED_COORDINATOR: Final = "Welkom. Begin met /beheer: maak een team, nodig mensen uit en kies het ritme."

# Prompts
A_MOMENT: Final = "Mooi. Dan nu een korte vraag."
NO_OPEN_QUESTION: Final = "Er staat nu geen vraag voor je open. Ik kom vanzelf bij je terug."
STEP_ENDED: Final = (
    "Over deze stap is al besloten. Ik vraag er niet meer naar. Dank je; ik kom vanzelf met een nieuwe vraag."
)
STALE_PROMPT: Final = "Deze vraag is al gesloten. Dank je; ik kom vanzelf met een nieuwe."


def prompt(  # one call, all parts of one message
    *,
    title: str,
    summary: str,
    opening: str,
    members: int,
    lead_label: str,
    closes: str,
    reminder: bool,
    changed: bool,
    new_team: bool,
) -> str:
    """The invitation to two minutes of reflection; ``closes`` is a moment in words."""
    first = "Kleine herinnering, de enige over deze vraag." if reminder else "Hoi. Twee minuten voor een korte vraag?"
    feedback = f"<i>{escape(inert(opening))}</i>\n\n" if opening else ""
    return (
        f"{feedback}{first}\n\n<b>{escape(title)}</b>\n{escape(summary)}\n\n"
        f"Meedoen mag, stoppen ook. Het kan tot {escape(closes)}.\n"
        f"<i>Er zijn {members} mensen gevraagd.{' Dat zijn niet dezelfde als de vorige keer.' if changed else ''} "
        f"Het overzicht gaat naar de {escape(lead_label)}.{f' {NEW_TEAM}' if new_team else ''}</i>"
    )


def snoozed(moment: str) -> str:
    """The promise after a snooze."""
    return f"Prima, ik kom terug op {escape(moment)}."


def saved(until: str) -> str:
    """What stands under the last words of a dialogue (privacy 3.7)."""
    return (
        f"Opgeslagen. Je kunt je antwoord nog veranderen tot {escape(until)}. "
        "Daarna niet meer: dan weet ik niet meer welk antwoord van jou was."
    )


def saved_aside(until: str) -> str:
    """What stands under a free topic that was shared."""
    return (
        f"Je tekst zit op slot tot {escape(until)}. Wil je hem terugnemen? Begin dan voor die tijd opnieuw: "
        "dan haal ik de vorige tekst weg."
    )


# Dialogue
TEXT_DELETED: Final = "Ik heb je tekst uit de chat gehaald. Ik heb hem niet bewaard."


def text_too_long(most: int) -> str:
    """When a text is longer than may be shared; it was not kept."""
    return (
        f"Je tekst is langer dan {escape(str(most))} tekens. Ik heb hem uit de chat gehaald en niet bewaard. "
        "Lukt het korter? Typen hoeft niet: tik dan op Sla over."
    )


TEXT_YOURS: Final = "Ik heb je bericht uit de chat gehaald. Jij kiest wat ik met je tekst doe."
NO_ROUND_FOR_TEXT: Final = (
    "Er staat nu geen vraag open waarin ik een tekst veilig kan delen. Daarom bewaar ik nu niets. "
    "Probeer het weer als er een vraag open staat."
)
NO_TEXT_NOW: Final = "Ik wacht nu niet op een tekst, en ik heb je bericht niet bewaard. Tik op een knop, of kies /help."
ALREADY_SAVED: Final = "Dit antwoord had ik al."
OLD_BUTTON: Final = "Deze knop is van een oude vraag. Kijk naar mijn laatste bericht."
UNKNOWN_BUTTON: Final = "Deze knop ken ik niet meer. Kies /help, dan help ik je verder."
FORM_GONE: Final = (
    "Dat kan niet meer. Waar je tekst voor was, is er niet meer of hoort niet meer bij jou. Er is niets veranderd. "
    "Kies /help om te zien wat wel kan."
)
ALREADY_SO: Final = "Dat is al gebeurd. Er verandert nu niets."
NOT_ALLOWED: Final = "Dat kan ik hier niet voor je doen. Kies /help om te zien wat wel kan."
TOO_FAST: Final = (
    "Dat ging snel. Dit laatste heb ik niet verwerkt, en ook niet wat er nu nog achteraan komt. "
    "Wacht tien tellen en doe het dan nog een keer. Wat ik al had, is niet weg."
)
TOO_MANY_LINKS: Final = (
    "Je probeerde nu vaak een link die niet werkt. Daarom kijk ik een uur niet naar links van jou. "
    "Vraag intussen je coördinator om een nieuwe."
)
UNSUPPORTED: Final = (
    "Ik kan alleen met knoppen en korte teksten overweg. Ik heb je bericht niet gelezen en niet bewaard. "
    "Stuur hier nooit iets over kinderen of gezinnen."
)
TOO_LONG: Final = "Dat is een lange tekst. Ik heb hem niet bewaard. Houd het graag bij een paar zinnen."
GROUP: Final = (
    "Ik werk alleen in een chat met één persoon. Zo blijft wat je antwoordt van jou. Stuur me een bericht apart."
)
TROUBLE: Final = "Er ging iets mis aan mijn kant. Probeer het zo nog eens."
BUSY: Final = "Even geduld, het is druk aan mijn kant. Probeer het over een minuut nog eens."
TAKES_LONG: Final = "Even geduld, het is druk aan mijn kant. Ik ben ermee bezig. Je hoeft niets te doen."

PREVIEW: Final = "Dit is een proef. Je antwoorden tellen niet mee."

# Maandbeeld
SHARED_NOW: Final = "Gedeeld. Iedereen in het team krijgt het maandbeeld van mij."
NEWER_MAANDBEELD: Final = (
    "Er is een nieuwer maandbeeld. Wat hier staat, blijft zoals het is. "
    "Ga verder onder het nieuwste. Bij ‘Reageer’ staat daar ook wat van de vorige keer nog open is."
)
SHARED_BEFORE: Final = "Dit maandbeeld is gedeeld met het team."


def thin(*, title: str, team: str, waiting: bool) -> str:
    """The same sentence for everybody after too few answers (privacy 3.7)."""
    what = f"De vraag <b>{escape(title)}</b>" if title.endswith("?") else f"<b>{escape(title)}</b>"
    about = f"{what} in {as_text(team)}: "
    if waiting:
        return (
            f"{about}er waren te weinig antwoorden voor een veilig overzicht. We vragen het nog één keer. "
            "Lukt het dan ook niet, dan gooi ik ze weg."
        )
    return (
        f"{about}er waren te weinig antwoorden voor een veilig overzicht. Alles van deze ronde is weggegooid. "
        "Niemand heeft het gezien."
    )


# Rights
PRIVACY: Final = (
    "<b>Wat gebeurt er met je antwoord?</b>\n\n"
    "• Ik bewaar je antwoord op slot, in een envelop van altijd dezelfde grootte. Ik open het pas bij het overzicht.\n"
    "• Het overzicht komt er alleen bij minstens 5 antwoorden. Daarna gooi ik de losse antwoorden en de sleutel weg.\n"
    "• Je antwoord is dus vertrouwelijk tot het overzicht er is. Daarna is het niet meer te herleiden tot één "
    "antwoord.\n"
    "• Wie leiding geeft, ziet alleen het overzicht. Nooit wie wat antwoordde, en ook niet wie antwoordde.\n"
    "• Van jou bewaar ik: je naam in Telegram, je chatnummer, je team, je sector en je functie. "
    "Ook of je leiding geeft of beleid maakt, hoe lang je hier werkt, je stille tijden en je pauze.\n"
    "• Een tekst die je typt, haal ik weg uit de chat. Ik bewaar hem alleen als jij kiest voor delen. "
    "Dan komt hij zonder naam in een later maandbeeld, als er genoeg teksten zijn. "
    "Wat je bij je vertrek doorgeeft, gaat met je naam naar je team.\n\n"
    "<b>Daar bescherm ik je tegen</b>\n"
    "Je teamleider, je coördinator en buitenstaanders. En wie de database, een kopie of een logboek leest.\n\n"
    "<b>Daar bescherm ik je niet tegen</b>\n"
    "• Wie de server overneemt terwijl jij tikt. Mijn programma ziet je antwoord dan heel even.\n"
    "• Wie bij je telefoon of je Telegram kan.\n"
    "• Telegram zelf. Telegram is een bedrijf buiten Europa en kan berichten technisch lezen.\n"
    "• Een beheerder die met opzet de sleutels van een open ronde pakt.\n"
    "In een klein team kunnen mensen soms raden wie iets vond.\n\n"
    "/mijngegevens laat zien wat ik van je bewaar. /wisantwoord wist wat je antwoordde, zolang de ronde loopt. "
    "Weg? /stop haalt je uit het team en wist alles van jou, ook je antwoord in een open ronde."
)


def privacy(page: str) -> str:
    """What /privacy says, with a link to the organisation's own privacy page when there is one (privacy 3.7)."""
    return f"{PRIVACY}\n\nDe privacytekst van je organisatie: {escape(page)}" if page else PRIVACY


STOP_ASK: Final = (
    "Wil je stoppen? Dan wis ik alles wat ik van je weet. Ook je antwoorden in rondes die nog open zijn, "
    "en berichten die nog zouden komen. "
    "Overzichten die er al zijn, blijven: daar sta jij niet in."
)
STOPPED: Final = (
    "Je bent eruit. Alles van jou is gewist. Dank je voor het meedoen. Opnieuw meedoen kan met een nieuwe uitnodiging."
)
STAYED: Final = "Fijn, alles blijft zoals het was."
NOTHING_KEPT: Final = "Ik heb niets van je bewaard."
LAST_COORDINATOR: Final = "Je bent de enige coördinator van je gebied. Vraag eerst de beheerder om een opvolger."
_OWN_TIMES: Final = (
    "/rustig uren waarin ik niets stuur\n/pauze niets tot een dag die jij kiest\n/hervat je pauze stoppen\n"
)
_OWN_DATA: Final = "/mijngegevens alles wat ik van je bewaar, ook als bestand\n"
_ERASE_ANSWER: Final = "/wisantwoord wissen wat je antwoordde, zolang de ronde loopt\n"
HELP_MEMBER: Final = (
    "<b>Zo werkt het</b>\nIk kom vanzelf met een korte vraag. Tik op Start, of kies een later moment. "
    "Je mag elk moment stoppen. Wat je al gaf, telt mee.\n\n"
    "/ikhebeven nu een korte vraag, als je even tijd hebt\n"
    f"{_OWN_TIMES}"
    "/vertrek je laatste dag in een team doorgeven\n"
    "/logboek wat er is veranderd voor je team\n"
    f"{_ERASE_ANSWER}{_OWN_DATA}"
    "/privacy wat er met je antwoord gebeurt\n/stop weggaan en alles wissen"
)
HELP_LEAD: Final = (
    "<b>Voor teamleiders</b>\nBegin van de maand krijg je het maandbeeld van je team. "
    "Bekijk het, neem het mee naar jullie overleg, en deel het met het team.\n\n"
    "/kring waar jullie staan, en wie aan zet is\n"
    "/jaar het jaaroverzicht als PDF\n"
    f"{_OWN_TIMES}"
    "/logboek wat er is veranderd voor je team\n"
    f"{_OWN_DATA}"
    "/privacy wat er met antwoorden gebeurt\n/stop weggaan en alles wissen"
)
HELP_COORDINATOR: Final = (
    "<b>Voor coördinatoren</b>\n/beheer teams, mensen, uitnodigingen, ritme, onderwerpen en een proefdialoog\n"
    f"{_OWN_TIMES}"
    "/logboek wat er is veranderd voor je team\n"
    f"{_OWN_DATA}"
    "/privacy wat er met antwoorden gebeurt\n/stop weggaan en alles wissen"
)
COMMANDS: Final = {
    "help": "Hoe het werkt",
    "ikhebeven": "Nu een korte vraag",
    "privacy": "Wat er met je antwoord gebeurt",
    "rustig": "Uren waarin ik niets stuur",
    "pauze": "Niets tot een dag die jij kiest",
    "hervat": "Je pauze stoppen",
    "vertrek": "Je laatste dag in een team doorgeven",
    "logboek": "Wat er is veranderd",
    "beheer": "Teams, uitnodigingen en ritme",
    "kring": "Waar staan we, en wie is aan zet?",
    "jaar": "Jaaroverzicht als PDF",
    "mijngegevens": "Alles wat ik van je bewaar",
    "wisantwoord": "Wissen wat je antwoordde",
    "stop": "Stoppen en alles wissen",
}
SAFETY: Final = (
    "Maak je je nú zorgen over een kind? Volg dan de meldcode van je eigen organisatie. Ik lees niet live mee."
)
