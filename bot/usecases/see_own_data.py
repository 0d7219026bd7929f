"""Everything that is stored about whoever asks, and in which rounds there may be something that cannot be shown."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from bot.usecases.access import person_of
from bot.usecases.deps import Deps
from bot.usecases.erase_answer import AskedRound, rounds_asking
from dialogues.conversation.presenting import fill
from storage.teams import Team
from storage.work import Work


@dataclass(frozen=True, slots=True)
class OwnRow:
    """One stored row, and what it is about in words."""

    values: Mapping[str, Any]
    """Column → what is stored."""
    about: str
    """The team, area or topic, '' when there is none (any more)."""
    labels: Mapping[str, str]
    """Codes in this row that have a label in the content: the sector and the function."""


@dataclass(frozen=True, slots=True)
class OwnData:
    """What is stored about one person. It holds no answer, nor whether there is one."""

    tables: Mapping[str, tuple[OwnRow, ...]]
    asked: tuple[AskedRound, ...]
    """The rounds in which there may be a sealed answer or a locked dialogue.

    Nobody looks whether there is: who answered is not on a screen that somebody else could ask to see.
    """


def own_data(deps: Deps, *, chat_id: int) -> OwnData:
    """All rows of all tables that point at this person. Changes nothing. Raises NotAllowed for a stranger."""
    with deps.storage.begin() as work:
        person = person_of(work, chat_id)
        asked = rounds_asking(work, deps, person)
        tables = {
            table: tuple(OwnRow(row, _about(work, row, asked), _labels(work, deps, row)) for row in rows)
            for table, rows in work.own_rows.of(person.id).items()
        }
        return OwnData(tables, asked)


def _about(work: Work, row: Mapping[str, Any], asked: tuple[AskedRound, ...]) -> str:
    """The name behind the reference of a row."""
    titles = {each.round_id: f"{each.title} ({each.team})" for each in asked}
    round_id = row.get("round_id") or row.get("subject")
    if round_id in titles:
        return titles[str(round_id)]
    if row.get("area_id"):
        area = work.teams.area(str(row["area_id"]))
        return area.name if area else ""
    team = _team(work, row)
    return team.name if team else ""


def _team(work: Work, row: Mapping[str, Any]) -> Team | None:
    """The team of a membership, a note, or a message about a round, a maandbeeld, a membership or a note."""
    if row.get("team_id"):
        return work.teams.get(str(row["team_id"]))
    subject = str(row.get("subject") or row.get("round_id") or "")
    found = (
        work.rounds.get(subject)
        or work.maandbeelden.get(subject)
        or work.people.membership(subject)
        or work.handover_notes.get(subject)
        or work.changes.get(subject)
    )
    return work.teams.get(found.team_id) if found and found.team_id else None


def _labels(work: Work, deps: Deps, row: Mapping[str, Any]) -> Mapping[str, str]:
    team = _team(work, row)
    words = {"wijkteam": team.team_label if team else "wijkteam"}
    sectors = {str(sector): label for sector, label in deps.library.functions.sectors.items()}
    function = deps.library.functions.get(str(row.get("function")))
    labels = {"sector": sectors.get(str(row.get("sector"))), "function": function.label if function else None}
    return {column: fill(label, words) for column, label in labels.items() if label}
