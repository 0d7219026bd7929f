"""The sentences about what an overview shows. Dutch, B1, je-vorm; HTML only where it stands here."""

from __future__ import annotations

from typing import Final

from bot.usecases.choose_publication import Choice, Shown

ABOUT_TEAM_BUTTON: Final = "Profiel en overzicht"
ABOUT_TEAM: Final = "<b>Profiel en overzicht</b>\n\nWie jullie zijn, en wat het overzicht laat zien."
BUTTON: Final = "Woorden of aantallen"
CHOICES: Final = {
    Shown.SECTORS: "Woorden, per sector",
    Shown.SIDES: "Woorden, per zijde van de driehoek",
    Shown.COUNTS: "Aantallen, zonder sectoren",
}
_EXPLAINED: Final = (
    "<b>Woorden</b>: je ziet het antwoord dat het vaakst voorkwam. Van het team, en van elke sector of zijde met genoeg "
    "antwoorden. Een zijde is bijvoorbeeld JGZ en school.\n\n"
    "<b>Aantallen</b>: je ziet hoeveel mensen wat kozen. Dat kan pas vanaf 10 antwoorden die genoeg verschillen. "
    "Anders zie je woorden. Een sector of zijde zie je dan nooit. Kies dit alleen als jullie die niet nodig hebben."
)
_FROM_NEXT: Final = "Een keuze geldt vanaf de volgende vraag. Het team leest het vóór die vraag."
_RUNNING: Final = "De vraag die nu open is, houdt wat beloofd was."
_FIRST: Final = "Verandert het team een beetje, of is dit het eerste overzicht? Dan toon ik een keer alleen woorden."


def what_is_shown(setting: Choice) -> str:
    """The menu: what is chosen, what the choices mean, and from when a choice counts."""
    return (
        f"<b>Wat laat het overzicht zien?</b>\n\nNu gekozen: {CHOICES[setting.shown].lower()}.\n\n"
        f"{_EXPLAINED}\n\n{_FROM_NEXT}"
    )


def chosen(setting: Choice) -> str:
    """What was chosen, and what happens next."""
    more = [_RUNNING] if setting.running else []
    more += [_FIRST] if setting.shown is Shown.COUNTS else []
    return "\n\n".join([f"Het staat: {CHOICES[setting.shown].lower()}. {_FROM_NEXT}", *more])
