"""Every Dutch sentence that insight says about answers; B1, no judgement, no number that was not published."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from dialogues.conversation.definition import Sector
from dialogues.insight.bands import Band
from dialogues.insight.groups import Side

WIJKTEAM: Final = "wijkteam"
"""What a wijkteam is called where no local name is known."""
PERIOD: Final = "de afgelopen maand"
THE_TEAM: Final = "Het team"

BAND_WORDS: Final[Mapping[Band, str]] = {
    Band.LOW: "weinig herkend",
    Band.MID: "wisselend",
    Band.HIGH: "herkend",
    Band.NO_VIEW: "geen zicht op",
}
FLOW_WORDS: Final[Mapping[Band, str]] = {
    Band.LOW: "loopt nog stroef",
    Band.MID: "wisselend",
    Band.HIGH: "loopt",
    Band.NO_VIEW: "geen zicht op",
}
"""The same bands for the first picture, where each side of the triangle "loopt" or not."""
AGAIN_WORDS: Final[Mapping[Band, str]] = {
    Band.LOW: "geldt niet meer",
    Band.MID: "wisselend",
    Band.HIGH: "geldt nog",
    Band.NO_VIEW: "geen zicht op",
}
"""The same bands where only was asked whether a high outcome still holds."""
CHECK_WORDS: Final[Mapping[Band, str]] = {
    Band.LOW: "nog niet",
    Band.MID: "soms",
    Band.HIGH: "ja, meestal",
    Band.NO_VIEW: "geen zicht op",
}
"""The same bands where a team is asked whether its step happens."""
NO_CLEAR_LINE: Final = "geen duidelijke lijn"
BELOW_FLOOR: Final = "Er waren te weinig antwoorden voor een veilig overzicht."

BELOW_FLOOR_OF: Final = "Te weinig antwoorden voor een veilig overzicht: {names}."

GROUP_NAMES: Final[Mapping[str, str]] = {
    Sector.JGZ: "JGZ",
    Sector.WIJKTEAM: "{team_label}",
    Sector.ONDERWIJS: "onderwijs",
    Sector.GEMEENTE: "gemeente",
    Sector.OVERIG: "overige deelnemers",
    Side.JGZ_TEAM: "JGZ en {team_label}",
    Side.JGZ_SCHOOL: "JGZ en onderwijs",
    Side.TEAM_SCHOOL: "{team_label} en onderwijs",
    Side.ALL_SIDES: "alle drie samen",
}


def about_again(title: str) -> str:
    """The heading of an element of which was only asked whether it still holds."""
    return f"{title}: geldt dat nog?"


def band_word(band: Band | None, words: Mapping[Band, str] = BAND_WORDS) -> str:
    """The word for a published band, or for a tie."""
    return NO_CLEAR_LINE if band is None else words[band]


def group_name(name: str, *, team_label: str) -> str:
    """What readers call a sector or side; the wijkteam goes by its local name everywhere."""
    full = GROUP_NAMES[name].replace("{team_label}", team_label)
    return full[:1].upper() + full[1:]


def most_frequent(who: str, band: Band | None, words: Mapping[Band, str] = BAND_WORDS) -> str:
    """One published word as a sentence; "most frequent" may be less than half, so never "de meeste"."""
    if band is None:
        return f"{who}: {NO_CLEAR_LINE}."
    return f"{who}: het vaakst ‘{words[band]}’."


def count_line(band: Band, number: int, words: Mapping[Band, str] = BAND_WORDS) -> str:
    """One exact count as a sentence."""
    return f"{words[band].capitalize()}: {answers(number)}."


def answers(number: int) -> str:
    """A number of answers in words."""
    return f"{number} antwoord" if number == 1 else f"{number} antwoorden"


# The map of all elements.

THE_FAMILY: Final = "Het gezin"
FOUNDATION: Final = "De basis"
KEEPING_ON: Final = "Volhouden"
COURSE: Final = "Koers en opbrengst"
SUPPORT: Final = "Wat steun geeft"
OWN_ELEMENTS: Final = "Eigen onderwerpen"
NOW: Final = "nu"
MAP_READ: Final = (
    "Elk onderwerp heeft een vaste plek. De plek zegt niets over belang. "
    "‘Nog open’ betekent: over het laatste half jaar is hier niets te laten zien."
)
_SHORT_MONTHS: Final = {"januari": "jan", "februari": "feb", "maart": "mrt", "juni": "jun", "juli": "jul"}


def short_month(month: str) -> str:
    """The name of a month without its year: "oktober 2026" is "okt"."""
    name = month.partition(" ")[0]
    return _SHORT_MONTHS.get(name, name[:3])


# The maandbeeld around the published words.

TITLE: Final = "Maandbeeld {month}"
INTRO: Final = "Dit is wat deelnemers ervaren. Gebruik het om samen een halfuur te praten."
RECOGNISED: Final = "‘Herkend’ kwam het vaakst voor bij: {titles}."
TEAM_LINE: Final = "Team"
AREA_TITLE: Final = "Overzicht van het gebied, {month}"
AREA_LINE: Final = "Hele gebied"
STRATEGIC_TITLE: Final = "Leiding en beleid, {month}"
STRATEGIC_LINE: Final = "Leiding en beleid"
TWO_WORLDS_TITLE: Final = "Twee werelden"
TWO_WORLDS_ARE: Final = (
    "Professionals en leiding kregen ieder een eigen vraag over hetzelfde onderwerp. Hun woorden staan naast elkaar, "
    "om samen over te praten. Niemand heeft meer gelijk."
)
TWO_WORLDS_BACK: Final = "Vertel wat er sindsdien is gebeurd."
PRACTICE_SIDE: Final = "Professionals"
SAME_WORD: Final = "Jullie gebruiken hetzelfde woord. Wat zou een gezin zeggen?"
FIGURES: Final = {
    "satisfaction": "Tevredenheid van gezinnen",
    "goals": "Doelen gehaald",
    "earlier": "Kinderen eerder in beeld",
    "dropout": "Gezinnen die voortijdig stopten",
}
"""What a team can keep, as the research asked policy (DSS §3.13)."""
FIGURE_ENTERED: Final = "Ingevuld op {day}."
FIGURE_BEFORE: Final = "Vorige maand: {figure}."
NO_EFFECT: Final = "Dit cijfer staat naast de ervaringen. Ervaren samenwerking is geen effect bij kinderen."
OPEN_QUESTION: Final = "Wat herkennen jullie hierin, en wat mist er nog?"
WAITING: Final = (
    "Er waren te weinig antwoorden voor een veilig overzicht. We vragen het nog één keer. "
    "Lukt het dan ook niet, dan gooien we de antwoorden weg."
)
DESTROYED: Final = "Er waren te weinig antwoorden. Alles van deze ronde is weggegooid. Niemand heeft het gezien."
THIN: Final = "Deze maand is er weinig nieuws om te laten zien. Een apart overleg is niet nodig."
NO_ROUND: Final = "Er is deze maand geen onderwerp afgerond. Een apart overleg is niet nodig."
FIRST_TIME: Final = "Dit is het eerste maandbeeld, dus daar is nog niets over te melden."
NO_FEEDBACK: Final = "Over de vorige keer is nog niets teruggemeld."
ROSTER_CHANGED: Final = (
    "De samenstelling is veranderd. Daarom laten we deze maand geen aantallen en geen vergelijking zien."
)
TREND_SAME: Final = "Hetzelfde als in {month}: {word}."
TREND_OTHER: Final = "Anders sinds {month}. Toen: {word}."
SILENT: Final = "Al een half jaar niet aan bod geweest: {titles}."
SILENT_AMONG_OTHERS: Final = "Al een half jaar niet aan bod geweest, onder meer: {titles}."
TOP3_BEFORE: Final = "Vorige keer ({month}) kozen jullie: {titles}."
TOP3_NOT_BESIDE: Final = (
    "De vorige keer was in {month}. De samenstelling is sindsdien veranderd. Daarom staat die keuze er nu niet naast."
)
TOP3_STRATEGIC: Final = "Leiding en beleid kozen ({month}): {titles}."
CLOSING_REST: Final = "Terugkijken op de hele kring"
CLOSING_KEEP: Final = "Wat hiervan houden jullie vast, en wat maken jullie nu samen sterker?"
CLOSING_DIFFERS: Final = "Leiding en beleid kozen niet hetzelfde. Wat ziet de een dat de ander niet ziet?"
STRATEGIC: Final = "leiding en beleid"
THEME_OF: Final = "{title} ({theme})"
ANSWER_WORDS: Final = {"yes": "doen we", "no": "doen we niet", "later": "later"}
"""What a lead can say to a signal."""
ALSO_ANSWERED: Final = "Er is ook gereageerd op: {titles}."
OWNERS: Final = {"jgz": "JGZ", "onderwijs": "school", "samen": "samen"}
"""Whose turn a step is, but for the wijkteam."""
AGREED: Final = "Afgesproken op {day}. Trekker: {owner}."
LOOKING_BACK: Final = "Terugkijken: {day}."
TIME_TO_LOOK_BACK: Final = "Het is tijd om samen terug te kijken."
"""The same on that day, and after it as long as nothing was decided."""
CHECK_SAID: Final = "Gebeurt het? Het vaakst ‘{word}’."
CHECK_UNCLEAR: Final = "Gebeurt het? Geen duidelijke lijn."
HELPS_SAID: Final = "Helpt het? Het meest gekozen: ‘{word}’."
DECISIONS: Final = {
    "go_on": "Besloten op {day}: doorgaan.",
    "changed": "Besloten op {day}: een andere stap.",
    "stopped": "Besloten op {day}: stoppen. Gestopt is ook geleerd.",
    "kept": "Besloten op {day}: vasthouden. Zo doen jullie het nu.",
}
"""What a team decided about its step."""
STEP_TITLE: Final = "Jullie stap"
STEP_QUESTION: Final = (
    "Gaan jullie door met jullie stap, passen jullie hem aan, stoppen jullie, of houden jullie hem vast?"
)
"""Where a team has a step: asked in its conversation, and the whole question in a month about nothing else."""
ENDED_STEP_QUESTION: Final = "Wat leerden jullie van deze stap? En wat vraagt nu jullie aandacht?"
"""The question of such a month when the step was decided on already."""
UNANSWERED: Final = "Nog geen reactie op: {titles}."
REACTIONS: Final = "Reacties op het vorige maandbeeld: op {given} van de {topics} onderwerpen."
REACTION_ON_ONE: Final = {
    True: "Op het vorige maandbeeld is gereageerd.",
    False: "Op het vorige maandbeeld is nog niet gereageerd.",
}
"""By whether there was a reaction; for a maandbeeld with one topic."""
PARTICIPATION: Final = "Deelname: {band}."
ENOUGH_TOOK_PART: Final = "genoeg antwoorden"
ALMOST_ALL_TOOK_PART: Final = "bijna iedereen deed mee"

EXPERIENCED: Final = "Dit is wat deelnemers ervaren. Het zegt niets over effect bij kinderen."
MOST_FREQUENT_MEANS: Final = "Je ziet het antwoord dat het vaakst voorkwam. Het geldt niet voor iedereen."
NO_VIEW_MEANS: Final = "‘Geen zicht op’ is ook een antwoord. Het telt apart mee."
LISTED_MEANS: Final = "Een thema staat er alleen als minstens drie mensen het kozen. De volgorde zegt niets."
NO_COUNTS: Final = "Aantallen laten we niet zien."
COUNTS_IF_SAFE: Final = "Aantallen zie je alleen als dat veilig kan."
NO_SECTORS: Final = "Sectoren laten we niet apart zien."
SECTORS_IF_ENOUGH: Final = "Een sector zie je alleen als er genoeg antwoorden zijn."
SIDES_IF_ENOUGH: Final = "Een zijde van de driehoek zie je alleen als er genoeg antwoorden zijn."
OWN_WORDS_ARE: Final = (
    "Wat mensen zelf schreven, is van een eerdere ronde. De schrijver koos zelf om te delen. "
    "Het zijn er hooguit drie, en de volgorde is geloot."
)
TOO_FEW_TEXTS: Final = "Er waren te weinig teksten om veilig te delen. Wat er was, is weggegooid."
ONLY_THIS_KEPT: Final = "Van de getelde antwoorden bewaren we alleen dit overzicht."

GUIDE: Final[tuple[tuple[int, str, str], ...]] = (
    (5, "Open begin", "Ieder noemt één klein ding dat samen lukte."),
    (5, "Terug", "Wat is er met de vorige keer gedaan? {feedback}"),
    (10, "De onderwerpen", "Wat herkennen jullie hierin, en wat hindert? Vraag door op wat iemand noemt."),
    (7, "De vraag", "{question}"),
    (3, "Eén stap", "Kies hooguit één stap, iemand die hem trekt en een datum om te kijken of het helpt."),
)
"""Minutes, title and text: open, back, topics, pattern, step, as the group interviews went (DSS §2.3.3)."""
GUIDE_WITH_STEP: Final = "{asked} Stoppen mag: gestopt is ook geleerd."
"""Instead of choosing a step, where a team has one: at most one is open at a time."""


def joined(parts: tuple[str, ...]) -> str:
    """Names as one Dutch enumeration: "a, b en c"."""
    return " en ".join(filter(None, (", ".join(parts[:-1]), parts[-1])))
