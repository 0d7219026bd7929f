"""The sentences about people: inviting, arriving, leaving, moving, leads, coordinators and joining teams."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from typing import Final
from zoneinfo import ZoneInfo

from bot.chat.wording import as_text
from bot.usecases.dutch_dates import day
from bot.usecases.invite import Invited
from bot.usecases.merge_teams import Merging
from bot.usecases.see_people import Member
from storage.invitations import Invitation

# Menus
PEOPLE: Final = "<b>De mensen van het team</b>\n\nWat wil je doen?"
INVITE: Final = "Uitnodigen"
MEMBERS: Final = "Leden"
LEADS: Final = "Teamleiders"
MERGE: Final = "Samenvoegen"
COORDINATORS: Final = "Coördinatoren"
MORE: Final = "Meer ›"
KEEP: Final = "Niet doen"

# Inviting
WHOM: Final = (
    "<b>Wie nodig je uit?</b>\n\nJe krijgt een link of een plaatje. Stuur dat zelf door, bijvoorbeeld in je eigen mail."
)
INVITE_MEMBERS: Final = "De teamleden: één link"
INVITE_EACH: Final = "De teamleden: ieder een eigen link"
INVITE_QR: Final = "De teamleden: een QR-plaatje"
INVITE_LEAD: Final = "De teamleider"
OPEN_INVITATIONS: Final = "Openstaande uitnodigingen"
LIST_AS: Final = "<b>Hoe wil je de lijst met links?</b>\n\nIedereen krijgt een eigen link. Elke link werkt één keer."
FORMS_OF_LIST: Final = {"text": "Als tekst in de chat", "csv": "Als CSV-bestand", "xlsx": "Als Excel-bestand"}
HOW_LONG: Final = "<b>Hoe lang werken de links?</b>\n\nDaarna kan niemand er meer mee binnenkomen."
DAYS: Final = {7: "Een week", 14: "Twee weken", 30: "Een maand"}
ASK_NAMES: Final = (
    "<b>Voor wie zijn de links?</b>\n\nTyp een naam of functie per regel, hooguit 40 regels. "
    "Of typ alleen een aantal, bijvoorbeeld 12.\n\n"
    "Ik zet de namen in de lijst en bewaar ze niet. Ik bewaar alleen het nummer van elke link."
)
NAMES_UNUSABLE: Final = (
    "Dat lukt niet. Typ 1 tot 40 regels met elk hooguit 60 tekens, of alleen een aantal van 1 tot 40."
)
QR_FOR: Final = "<b>Hoe lang werkt het plaatje?</b>\n\nLaat het zien in een overleg. Wie meedoet, richt de camera erop."
QR_SENT: Final = "Het plaatje staat in de chat. Tik erop om het groot te laten zien."
NOTHING_OPEN: Final = "<b>Openstaande uitnodigingen</b>\n\nEr staat niets open."
WHICH_OPEN: Final = "<b>Openstaande uitnodigingen</b>\n\nTik er een aan om hem in te trekken of opnieuw te maken."
REVOKE: Final = "Trek in"
RENEW: Final = "Maak een nieuwe link"
REVOKE_ALL: Final = "Trek alles in"
REVOKE_ALL_SURE: Final = (
    "<b>Alles intrekken?</b>\n\nGeen enkele openstaande link van dit team werkt dan nog. Wie al meedoet, blijft."
)
REVOKE_ALL_YES: Final = "Ja, trek alles in"
REVOKED: Final = "De link is ingetrokken en werkt niet meer. Wie al meedoet, blijft."

# Members
LEAVING: Final = "vertrekt"
NO_MEMBERS: Final = "<b>Leden</b>\n\nEr is nog niemand. Nodig eerst mensen uit."
WHICH_MEMBER: Final = (
    "<b>Leden</b>\n\nTik op iemand die weggaat of naar een ander team gaat. Wie antwoordt, zie je hier niet."
)
SECTOR_UNKNOWN: Final = "sector nog niet bekend"
LEAVES: Final = "Vertrekt"
STAYS: Final = "Vertrek gaat niet door"
MOVE: Final = "Verplaats naar ander team"
REMOVE: Final = "Verwijder nu"
TODAY: Final = "Vandaag"
END_OF_MONTH: Final = "Eind van deze maand"
OTHER_DAY: Final = "Een andere dag"
ASK_DAY: Final = "<b>Wat is de laatste dag?</b>\n\nTyp de dag, bijvoorbeeld 31-12-2026."
DAY_UNUSABLE: Final = "Die dag lukt niet. Typ een dag als 31-12-2026. Vandaag mag, een dag die voorbij is niet. Hooguit twee jaar vooruit."
NO_OTHER_TEAM: Final = "Er is geen ander team in dit gebied. Maak eerst een nieuw team."
MOVE_WHERE: Final = "<b>Naar welk team?</b>"
MOVE_YES: Final = "Ja, verplaats"
MOVE_CONFLICT: Final = (
    "Dat kan niet. Deze persoon is teamleider van dat team en leest daar het maandbeeld. "
    "Wie het maandbeeld leest, antwoordt er niet in."
)
REMOVE_YES: Final = "Ja, verwijder nu"

# Leads and coordinators
NO_LEADS: Final = (
    "<b>Teamleiders</b>\n\nDit team heeft geen teamleider. Niemand leest nu het maandbeeld. Nodig iemand uit."
)
WHICH_LEAD: Final = "<b>Teamleiders</b>\n\nZij lezen het maandbeeld. Tik op iemand die stopt of wordt vervangen."
NEW_LEAD: Final = "Nodig een teamleider uit"
REPLACE: Final = "Vervang door iemand anders"
END_ROLE: Final = "Stopt als teamleider"
REPLACE_YES: Final = "Ja, vervang"
END_ROLE_YES: Final = "Ja, stop deze rol"
WHICH_COORDINATOR: Final = "<b>Coördinatoren</b>\n\nZij regelen alles voor de teams in dit gebied."
NEW_COORDINATOR: Final = "Nodig een coördinator uit"
END_COORDINATOR: Final = "Stopt als coördinator"
END_COORDINATOR_YES: Final = "Ja, verwijder"
END_MYSELF_YES: Final = "Ja, ik stop"
ONLY_COORDINATOR: Final = (
    "Er moet altijd iemand zijn die voor dit gebied zorgt. Nodig eerst een andere coördinator uit. "
    "Doet die mee, dan kan dit wel."
)
YOU_STOPPED: Final = "Je bent geen coördinator meer van dit gebied. Dank je wel voor het werk."
YOUR_AREAS: Final = "Naar wat je nog beheert"

# Joining teams
MERGE_WITH: Final = (
    "<b>Met welk team?</b>\n\nDit team gaat op in het team dat je kiest. Zo komen er sneller genoeg antwoorden."
)
MERGE_YES: Final = "Ja, voeg samen"

# Leaving by oneself
WHICH_TEAM: Final = "<b>Uit welk team vertrek je?</b>"
NOT_IN_A_TEAM: Final = "Je zit nu niet als lid in een team. Met /stop ga je helemaal weg."
LAST_DAY_ASK: Final = (
    "<b>Wat is je laatste dag?</b>\n\nDaarna stel ik je in dit team geen vragen meer. "
    "Je coördinator hoort dat er iemand weggaat."
)
I_STAY: Final = "Ik blijf"
STAYED: Final = "Fijn, je blijft gewoon meedoen."


def link_of(invited: Invited, *, link: str, zone: ZoneInfo) -> str:
    """A fresh link, with what it is good for and what happens next."""
    whom = {"lead": "een teamleider", "coordinator": "een coördinator"}.get(invited.kind, "de teamleden")
    team = f" van {as_text(invited.team.name)}" if invited.team else ""
    return (
        f"<b>Uitnodiging voor {whom}{team}</b>\n\n{escape(link)}\n\n"
        f"De link werkt {_for_how_many(invited.max_uses)}, tot en met {day(invited.expires_at, zone=zone)}. "
        "Ik laat hem maar één keer zien. Stuur hem nu door."
    )


def qr_caption(invited: Invited, *, zone: ZoneInfo) -> str:
    """What stands under the picture in a meeting."""
    team = as_text(invited.team.name) if invited.team else ""
    return (
        f"<b>Doe mee met {team}</b>\nRicht de camera van je telefoon op het plaatje. Je hebt Telegram nodig.\n"
        f"Het werkt {_for_how_many(invited.max_uses)}, tot en met {day(invited.expires_at, zone=zone)}."
    )


def list_made(invited: Sequence[Invited], *, zone: ZoneInfo) -> str:
    """What was made, and what to do with it."""
    number = len(invited)
    many = "1 link" if number == 1 else f"{number} links"
    return (
        f"Hierboven staat de lijst: {many}. Elke link werkt één keer, "
        f"tot en met {day(invited[0].expires_at, zone=zone)}. Ik laat ze maar één keer zien. Geef ieder de eigen link."
    )


def invitation_label(invitation: Invitation, *, zone: ZoneInfo) -> str:
    """One open invitation on a button."""
    made = day(invitation.made_at, zone=zone).partition(" ")[2]
    if invitation.place:
        return f"Eigen link {invitation.place} · {made}"
    left = invitation.max_uses - invitation.uses
    whom = {"lead": "Teamleider", "coordinator": "Coördinator"}.get(invitation.kind, "Teamleden")
    return f"{whom} · {made} · nog {left}"


def one_invitation(invitation: Invitation, *, zone: ZoneInfo) -> str:
    """What one open invitation can still do."""
    left = invitation.max_uses - invitation.uses
    number = f" (nummer {invitation.place} van een lijst)" if invitation.place else ""
    whom = {"lead": "een teamleider", "coordinator": "een coördinator"}.get(invitation.kind, "de teamleden")
    return (
        f"<b>Uitnodiging voor {whom}</b>{number}\n\nGemaakt op {day(invitation.made_at, zone=zone)}. "
        f"Nog {left} keer te gebruiken, tot en met {day(invitation.expires_at, zone=zone)}.\n\n"
        "Is de link kwijt? Maak dan een nieuwe. De oude werkt daarna niet meer."
    )


def all_revoked(number: int) -> str:
    """After withdrawing everything."""
    return f"Ingetrokken: {number}. Geen van die links werkt nog. Wie al meedoet, blijft."


def one_member(member: Member, *, sector: str, zone: ZoneInfo) -> str:
    """Somebody in a team; never whether they answered."""
    lines = [f"<b>{as_text(member.name)}</b>", f"{as_text(member.team.name)} · {escape(sector)}"]
    if member.leaves_on is not None:
        lines.append(f"Laatste dag in dit team: {day(member.leaves_on, zone=zone)}.")
    return "\n".join(lines)


def last_day_of(name: str) -> str:
    """The question when somebody leaves."""
    return f"<b>Wat is de laatste dag van {as_text(name)}?</b>\n\nWat nu open staat, blijft te beantwoorden."


def leaves_now(member: Member, *, zone: ZoneInfo) -> str:
    """After noting a last day."""
    last = day(member.leaves_on, zone=zone) if member.leaves_on else ""
    return (
        f"Genoteerd: {as_text(member.name)} heeft als laatste dag {last}. De dag erna stel ik in dit team geen vragen "
        "meer. Tot dan kun je het terugdraaien. Ik laat het ook zelf weten aan wie vertrekt."
    )


def stays(name: str) -> str:
    """After taking it back."""
    return f"{as_text(name)} blijft in het team. Ik laat het weten."


def move_sure(*, name: str, here: str, there: str) -> str:
    """Before moving somebody."""
    return (
        f"<b>{as_text(name)} verplaatsen?</b>\n\nVan {as_text(here)} naar {as_text(there)}. "
        "Dat telt vanaf de volgende vraag. Een vraag die nu open staat, blijft te beantwoorden."
    )


def moved(*, name: str, there: str) -> str:
    """After moving somebody."""
    return f"{as_text(name)} hoort nu bij {as_text(there)}, en doet mee vanaf de volgende vraag. Ik laat het weten."


def remove_sure(name: str) -> str:
    """Before taking somebody out."""
    return (
        f"<b>{as_text(name)} nu uit het team halen?</b>\n\nEr komen geen nieuwe vragen meer. "
        "Een vraag die al open staat, blijft te beantwoorden tot die sluit. Terug kan alleen met een nieuwe uitnodiging."
    )


MERGED_BEFORE: Final = "Het eerste team ging al eerder op in een ander team. Er verandert nu niets."


def removed(name: str) -> str:
    """After taking somebody out."""
    return (
        f"{as_text(name)} is uit het team en krijgt geen nieuwe vragen meer. "
        "Een vraag die al open staat, blijft te beantwoorden tot die sluit. Ik laat het weten."
    )


def one_lead(name: str) -> str:
    """A lead."""
    return f"<b>{as_text(name)}</b>\n\nLeest het maandbeeld van dit team en antwoordt er niet in."


def replace_sure(name: str) -> str:
    """Before replacing a lead."""
    return (
        f"<b>{as_text(name)} vervangen?</b>\n\nDeze rol stopt meteen. Je krijgt een link voor de nieuwe teamleider. "
        "Die krijgt dan het laatste maandbeeld."
    )


def end_role_sure(name: str, *, last: bool) -> str:
    """Before a lead goes."""
    after = " Daarna heeft het team geen teamleider." if last else ""
    return f"<b>Stopt {as_text(name)} als teamleider?</b>\n\nLezen en delen kan dan meteen niet meer.{after}"


def role_ended(name: str, *, nobody: bool) -> str:
    """After a lead went."""
    after = " Dit team heeft nu geen teamleider: nodig er een uit." if nobody else ""
    return f"{as_text(name)} is geen teamleider meer van dit team. Dat geldt meteen. Ik laat het weten.{after}"


def end_coordinator_sure(name: str, *, myself: bool) -> str:
    """Before a coordinator goes."""
    if myself:
        return "<b>Zelf stoppen als coördinator van dit gebied?</b>\n\nJe kunt daarna niets meer regelen voor de teams."
    return f"<b>{as_text(name)} verwijderen als coördinator?</b>\n\nDat geldt meteen voor alle teams in dit gebied."


def coordinator_ended(name: str) -> str:
    """After a coordinator went."""
    return f"{as_text(name)} is geen coördinator meer van dit gebied. Dat geldt meteen. Ik laat het weten."


def one_coordinator(name: str, *, myself: bool) -> str:
    """A coordinator."""
    return f"<b>{as_text(name)}</b>\n\n" + ("Dat ben jij." if myself else "Coördinator van dit gebied.")


def you_leave(member: Member, *, zone: ZoneInfo) -> str:
    """After somebody said that they leave."""
    last = day(member.leaves_on, zone=zone) if member.leaves_on else ""
    return (
        f"Genoteerd. Je laatste dag in {as_text(member.team.name)} is {last}. Daarna stel ik je daar geen vragen meer. "
        "Wil je ook dat ik alles van je wis? Typ dan /stop."
    )


def merging(plan: Merging) -> str:
    """The arithmetic, and what would happen to whom."""
    here, there = as_text(plan.team.name), as_text(plan.other.name)
    out_of_ten = round(plan.share * 10)
    lines = [
        f"<b>{here} laten opgaan in {there}?</b>",
        f"Stel dat {out_of_ten} van de 10 mensen antwoorden. Dan komt er een overzicht:",
        f"• {here}, {how_many_people(plan.members)}: {how_often(plan.chance)}",
        f"• {there}, {how_many_people(plan.others)}: {how_often(plan.other_chance)}",
        f"• samen, {how_many_people(plan.together)}: {how_often(plan.together_chance)}",
        "",
        *_who(plan),
        "Het telt vanaf de volgende vraag. Het maandbeeld daarna is in woorden, omdat de groep anders is.",
        "Openstaande uitnodigingen van het oude team werken niet meer. Terugdraaien kan niet.",
    ]
    return "\n".join(lines)


def merged(plan: Merging) -> str:
    """After joining."""
    running = " Wat daar nog open staat, loopt gewoon af." if plan.running else ""
    return (
        f"{as_text(plan.team.name)} is opgegaan in {as_text(plan.other.name)}.{running} "
        "Iedereen krijgt bericht. Vragen gaan voortaan naar de nieuwe groep."
    )


def _who(plan: Merging) -> list[str]:
    lines = []
    if plan.in_both:
        lines.append(f"In allebei de teams: {plan.in_both}. Zij tellen één keer.")
    if plan.leading_there:
        names = ", ".join(as_text(name) for name in plan.leading_there)
        lines.append(f"Teamleider van het andere team: {names}. Die blijft teamleider en antwoordt niet mee.")
    if plan.answering_there:
        names = ", ".join(as_text(name) for name in plan.answering_there)
        lines.append(f"Teamleider hier en lid daar: {names}. Die blijft daar lid.")
    lines.append("De teamleider van dit team leest nog wat er van dit team komt, maar niet het nieuwe team.")
    if plan.running:
        lines.append("Wat nu open staat, loopt gewoon af. Ook wat nog een tweede kans krijgt.")
    return lines


def how_many_people(number: int) -> str:
    """``1 persoon``, ``4 mensen``."""
    return "1 persoon" if number == 1 else f"{number} mensen"


def how_often(chance: float) -> str:
    """``ongeveer 6 van de 10 keer``; never certain and never never, unless it is."""
    if chance == 0:
        return "nooit"
    times = round(chance * 10)
    if times == 0:
        return "bijna nooit"
    return "bijna altijd" if times == 10 else f"ongeveer {times} van de 10 keer"  # noqa: PLR2004 - ten of ten


def _for_how_many(uses: int) -> str:
    return f"voor {uses} mensen" if uses > 1 else "voor één persoon"
