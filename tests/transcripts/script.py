"""Plays a dialogue by a fixed script and writes down every screen, every tap and the answers at the end."""

from __future__ import annotations

from collections.abc import Iterator

from dialogues.authoring.transcripts import TYPED, written, written_answers
from dialogues.conversation.definition import Audience, Branch, Choice, Definition, MultiChoice, OpenText
from tests.support.player import Player

SECTORS = {
    Branch.LOW: "jgz",
    Branch.MID: "wijkteam",
    Branch.HIGH: "onderwijs",
    Branch.UNKNOWN: "gemeente",
    Branch.NOT_APPLICABLE: "overig",
    None: "overig",
}
"""Each branch is played by somebody of another sector, so that all of them are seen; None is no branch at all."""

CHOOSING = {Branch.LOW, Branch.MID, None}
"""Who answers what may be skipped too."""


def branches(definition: Definition, audience: Audience) -> tuple[Branch | None, ...]:
    """The branches that some step of this dialogue opens; only None when no step does."""
    opened = {option.branch for step in definition.steps[audience] for option in getattr(step, "options", ())}
    return tuple(branch for branch in Branch if branch in opened) or (None,)


def transcript(definition: Definition, *, audience: Audience, branch: Branch | None) -> str:
    """The whole dialogue of one person as text."""
    player = Player(definition, audience=audience, sector=SECTORS[branch], opening=_opening(branch))
    first = player.screen
    moves = [(tapped, player.screen) for tapped in _play(player, branch)]
    head = f"{definition.title} · {audience} · {branch or 'plain'} · {SECTORS[branch]}"
    return written((head,), first, moves, written_answers(definition, player.session))


def _opening(branch: Branch | None) -> str:
    return "Vorige keer: dit doen we." if branch is Branch.LOW else ""


def _play(player: Player, branch: Branch | None) -> Iterator[str]:
    """Taps until the end; low people, and all without a branch, choose and type, mid ones go back once, others skip."""
    been_back = branch is not Branch.MID
    while not player.session.ended:
        step = player.step
        if isinstance(step, OpenText) and not been_back:
            been_back = True
            yield _press(player, "back")
        elif isinstance(step, OpenText) and branch in {Branch.LOW, None}:
            player.type_text()
            yield TYPED
        elif isinstance(step, MultiChoice) and branch in CHOOSING:
            yield from _pick(player, tries=step.least if branch is Branch.MID else 4)
        elif isinstance(step, Choice):
            yield _press(player, _answer(player, branch))
        else:
            yield _press(player, "skip")


def _pick(player: Player, *, tries: int) -> Iterator[str]:
    shown = [choice for choice in player.choices if choice.isdecimal()]
    chosen = player.answers.get(player.at, ())
    for place, choice in enumerate(() if chosen else shown):
        if place >= tries and "done" in player.choices:
            break
        yield _press(player, choice)
    yield _press(player, "done")


def _answer(player: Player, branch: Branch | None) -> str:
    """The button of the branch where the step opens one, else the first answer for low and mid, else skipping."""
    options = player.step.options
    shown = [choice for choice in player.choices if choice.isdecimal()]
    opening = [choice for choice in shown if options[int(choice)].branch is branch]
    if not opening and "skip" in player.choices and branch not in CHOOSING:
        return "skip"
    return (opening or shown)[0]


def _press(player: Player, choice: str) -> str:
    button = player.button(choice)
    player.give(button.tap)
    return button.label
