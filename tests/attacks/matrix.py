"""Who may do what in the chat, written down once: every command and every kind of button, for everybody of the cast.

The menus of a coordinator are not in here verb by verb: they are all for the coordinator of that area, and A12 finds
them by tapping through them.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from bot.chat.callback_data import (
    AccountTap,
    AsideTap,
    CycleTap,
    DialogueTap,
    HandoverTap,
    InvitationTap,
    LeaveTap,
    LogTap,
    MaandbeeldTap,
    ManageTap,
    OwnAnswerTap,
    PreviewTap,
    PromptTap,
    Reference,
    RightsTap,
    SelfTap,
    SignalTap,
    StepTap,
    TimesTap,
    YearTap,
)
from bot.usecases.preview_dialogue import start_preview
from bot.usecases.share_maandbeeld import share_maandbeeld
from tests.attacks.stage import CAST, DRAFT, MESSAGE, Stage
from tests.support.house import COORDINATOR, LEAD

EVERYBODY: Final = frozenset(CAST)
KNOWN: Final = EVERYBODY - {"niemand"}
MEMBERS: Final = frozenset({"Anne", "lid", "lid elders"})
LEADS: Final = frozenset({"teamleider", "teamleider elders"})
COORDINATORS: Final = frozenset({"coördinator", "coördinator elders"})
ANNE_ONLY: Final = frozenset({"Anne"})
ASKED: Final = frozenset({"Anne", "lid"})
THE_COORDINATOR: Final = frozenset({"coördinator"})
THE_LEAD: Final = frozenset({"teamleider"})

COMMANDS: Final[dict[str, frozenset[str]]] = {
    "start": KNOWN,
    "help": KNOWN,
    "privacy": EVERYBODY,
    "mijngegevens": KNOWN,
    "wisantwoord": KNOWN,
    "stop": KNOWN,
    "logboek": KNOWN,
    "vertrek": MEMBERS,
    "rustig": KNOWN,
    "pauze": KNOWN,
    "hervat": KNOWN,
    "ikhebeven": MEMBERS | LEADS,
    "beheer": COORDINATORS,
    "kring": LEADS,
    "jaar": LEADS,
}
"""Whom each command serves; the others read that it is not for them. What it then shows is their own."""


@dataclass(frozen=True, slots=True)
class Line:
    """One button, and who may use it."""

    button: Callable[[Stage], Reference]
    allowed: frozenset[str]
    before: Callable[[Stage], object] = lambda _stage: None
    """What has to be so before the button means something."""
    message_id: int = MESSAGE


def preview(stage: Stage) -> object:
    """The coordinator is trying a dialogue out."""
    return start_preview(
        stage.house.deps, chat_id=COORDINATOR, team_id=stage.house.team_id, element="trust", audience="practice"
    )


def shared(stage: Stage) -> object:
    """The lead shared the maandbeeld with the team."""
    return share_maandbeeld(stage.house.deps, chat_id=LEAD, maandbeeld_id=stage.maandbeeld_id)


BUTTONS: Final[dict[str, Line]] = {
    "begin een vraag": Line(lambda stage: PromptTap(stage.round_id, "go"), ASKED),
    "begin kort": Line(lambda stage: PromptTap(stage.round_id, "brief"), ASKED),
    "verander je antwoord": Line(lambda stage: PromptTap(stage.round_id, "again"), ASKED),
    "later vandaag": Line(lambda stage: PromptTap(stage.round_id, "later"), ASKED),
    "na je spreekuur": Line(lambda stage: PromptTap(stage.round_id, "session"), ASKED),
    "volgende week": Line(lambda stage: PromptTap(stage.round_id, "week"), ASKED),
    "antwoord in een dialoog": Line(lambda stage: DialogueTap(stage.round_id, 1, "3", 0), ANNE_ONLY),
    "stop in een dialoog": Line(lambda stage: DialogueTap(stage.round_id, 1, "stop", 0), ANNE_ONLY),
    "vertel over jezelf": Line(lambda stage: AccountTap(stage.anne, "tenure", "short"), ANNE_ONLY),
    "een vraag over jezelf opnieuw": Line(lambda stage: AccountTap(stage.anne, "sector", ""), ANNE_ONLY),
    "maandbeeld als PDF": Line(lambda stage: MaandbeeldTap(stage.maandbeeld_id, "pdf"), THE_LEAD),
    "maandbeeld als tabel": Line(lambda stage: MaandbeeldTap(stage.maandbeeld_id, "sheet"), THE_LEAD),
    "maandbeeld als CSV": Line(lambda stage: MaandbeeldTap(stage.maandbeeld_id, "csv"), THE_LEAD),
    "zie wat het team krijgt": Line(lambda stage: MaandbeeldTap(stage.maandbeeld_id, "preview"), THE_LEAD),
    "deel het maandbeeld toch niet": Line(lambda stage: MaandbeeldTap(stage.maandbeeld_id, "keep"), THE_LEAD),
    "deel het maandbeeld": Line(lambda stage: MaandbeeldTap(stage.maandbeeld_id, "send"), THE_LEAD),
    "gedeeld maandbeeld als PDF": Line(
        lambda stage: MaandbeeldTap(stage.maandbeeld_id, "pdf"), ASKED | THE_LEAD, before=shared
    ),
    "reageer op het maandbeeld": Line(lambda stage: SignalTap(stage.maandbeeld_id, "list", 0), THE_LEAD),
    "reageer op één punt": Line(lambda stage: SignalTap(stage.maandbeeld_id, "one", 0), THE_LEAD),
    "schrijf een afspraak op": Line(lambda stage: StepTap(stage.maandbeeld_id, "menu", ""), THE_LEAD),
    "schrijf een eigen afspraak": Line(lambda stage: StepTap(stage.maandbeeld_id, "own", ""), THE_LEAD),
    "waar staan we": Line(lambda stage: CycleTap("team", stage.house.team_id, ""), THE_LEAD),
    "waar staan we, onder het maandbeeld": Line(lambda stage: MaandbeeldTap(stage.maandbeeld_id, "cycle"), THE_LEAD),
    "eigen antwoord van de teamleider": Line(lambda stage: MaandbeeldTap(stage.maandbeeld_id, "own"), THE_LEAD),
    "vragen voor een eigen antwoord": Line(lambda stage: OwnAnswerTap(stage.maandbeeld_id, 0, "list"), THE_LEAD),
    "jaaroverzicht van een team": Line(lambda stage: YearTap("pdf", stage.house.team_id, 2026), THE_LEAD),
    "welk schooljaar van een team": Line(lambda stage: YearTap("team", stage.house.team_id, 0), THE_LEAD),
    "jaaroverzicht van een gebied": Line(lambda stage: ManageTap("year", stage.house.area_id, ""), THE_COORDINATOR),
    "ons eigen cijfer": Line(lambda stage: CycleTap("figure", stage.house.team_id, ""), THE_LEAD | THE_COORDINATOR),
    "vul ons eigen cijfer in": Line(
        lambda stage: CycleTap("figure", stage.house.team_id, "goals"), THE_LEAD | THE_COORDINATOR
    ),
    "we spraken erover": Line(lambda stage: CycleTap("talk", stage.maandbeeld_id, ""), THE_LEAD),
    "zeg dat jullie erover spraken": Line(lambda stage: CycleTap("talked", stage.maandbeeld_id, ""), THE_LEAD),
    "menu van een team": Line(lambda stage: ManageTap("team", stage.house.team_id, ""), THE_COORDINATOR),
    "menu van een gebied": Line(lambda stage: ManageTap("area", stage.house.area_id, ""), THE_COORDINATOR),
    "beheer": Line(lambda _stage: ManageTap("home", "", ""), COORDINATORS),
    "nieuw gebied": Line(lambda _stage: ManageTap("newarea", "", ""), COORDINATORS),
    "begin een proefdialoog": Line(
        lambda stage: ManageTap("play", stage.house.team_id, "trust-practice"), THE_COORDINATOR
    ),
    "stap in een proefdialoog": Line(lambda _stage: PreviewTap(1, "3", 0), THE_COORDINATOR, before=preview),
    "toch blijven": Line(lambda _stage: SelfTap("stay"), EVERYBODY),
    # The coordinator elsewhere is the only one there, and such a one goes by the command line only.
    "stop en wis alles": Line(lambda _stage: SelfTap("stop"), KNOWN - {"coördinator elders"}),
    "logboek": Line(lambda _stage: LogTap(0), KNOWN),
    "ik ga weg": Line(lambda stage: LeaveTap(stage.anne, "month"), ANNE_ONLY),
    "ik blijf": Line(lambda stage: LeaveTap(stage.anne, "stay"), ANNE_ONLY),
    "eigen stille tijd": Line(lambda _stage: TimesTap("part", "friday-middag"), KNOWN),
    "pauze": Line(lambda _stage: TimesTap("pause", ""), KNOWN),
    "even stilstaan": Line(lambda stage: AsideTap(stage.anne, "trust", "", ""), ANNE_ONLY),
    "contacten doorgeven": Line(lambda stage: HandoverTap(stage.anne, "pass", 0, "", 0), ANNE_ONLY, message_id=DRAFT),
    "contacten niet doorgeven": Line(lambda stage: HandoverTap(stage.anne, "no", 0, "", 0), ANNE_ONLY),
    "mijn gegevens als bestand": Line(lambda _stage: RightsTap("export"), KNOWN),
    "wis mijn antwoord": Line(lambda _stage: RightsTap("erase"), KNOWN),
    "laat mijn antwoord staan": Line(lambda _stage: RightsTap("keep"), EVERYBODY),
    "nee tegen een uitnodiging": Line(lambda _stage: InvitationTap("no", "A" * 32), EVERYBODY),
    "uitnodiging als lid": Line(
        lambda stage: InvitationTap("yes", stage.house.token()), EVERYBODY - THE_LEAD - THE_COORDINATOR
    ),
    "uitnodiging als teamleider": Line(
        lambda stage: InvitationTap("yes", stage.house.token(kind="lead")), EVERYBODY - ASKED
    ),
    "verzonnen uitnodiging": Line(lambda _stage: InvitationTap("yes", "A" * 32), frozenset()),
}
