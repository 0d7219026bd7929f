"""The sentences about what an overview shows. Dutch, B1, je-vorm; HTML only where it stands here."""

from __future__ import annotations

from typing import Final

from bot.chat.texts.people_nl import how_many_people, how_often
from bot.usecases.choose_publication import Choice, Shown
from bot.usecases.raise_floor import Floor

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
_RUNNING_TWICE: Final = f"{_RUNNING} Komt die nog een keer, dan ook."
_FIRST: Final = "Verandert het team een beetje, of is dit het eerste overzicht? Dan toon ik een keer alleen woorden."


def what_is_shown(setting: Choice) -> str:
    """The menu: what is chosen, what the choices mean, and from when a choice counts."""
    return (
        f"<b>Wat laat het overzicht zien?</b>\n\nNu gekozen: {CHOICES[setting.shown].lower()}.\n\n"
        f"{_EXPLAINED}\n\n{_FROM_NEXT}"
    )


FLOOR_BUTTON: Final = "Hoeveel antwoorden nodig"
RAISE: Final = "Ja, zet het op {floor}"
_FLOOR_MEANS: Final = (
    "Komen er minder antwoorden? Dan komt er geen overzicht. Een hoger getal beschermt beter, maar geeft minder vaak een "
    "overzicht. Het geldt ook voor een sector of zijde apart. Verlagen kan niet meer."
)


def from_floor(floor: int) -> str:
    """A number on a button."""
    return f"Vanaf {floor} antwoorden"


def floor_now(setting: Floor) -> str:
    """The menu: what holds, what more would mean, and how often there would still be an overview."""
    lines = [f"<b>Hoeveel antwoorden zijn er nodig?</b>\n\nNu: minstens {setting.now}. {_FLOOR_MEANS}"]
    if setting.higher:
        chances = "\n".join(f"• vanaf {floor}: {how_often(chance)}" for floor, chance in setting.higher.items())
        lines.append(
            f"Stel dat {round(setting.share * 10)} van de 10 mensen antwoorden. In dit team, met {how_many_people(setting.members)}, "
            f"komt er dan een overzicht:\n{chances}"
        )
    return "\n\n".join(lines)


def sure_of_floor(floor: int) -> str:
    """Asked before what cannot be taken back."""
    return f"Voortaan pas een overzicht vanaf {floor} antwoorden? Dit kun je niet terugdraaien."


def floor_raised(setting: Floor) -> str:
    """What was chosen."""
    return f"Het staat: een overzicht vanaf {setting.now} antwoorden."


def beside_floor(setting: Floor) -> str:
    """What else follows from it; '' for nothing."""
    return _RUNNING if setting.running else ""


def chosen(setting: Choice) -> str:
    """What was chosen."""
    return f"Het staat: {CHOICES[setting.shown].lower()}."


def beside_choice(setting: Choice) -> str:
    """What else follows from it; '' for nothing."""
    more = []
    if setting.running:
        more.append(_RUNNING_TWICE if setting.again else _RUNNING)
    more += [_FIRST] if setting.shown is Shown.COUNTS else []
    return "\n\n".join(more)
