"""Where somebody may be asked to share a text at all."""

from __future__ import annotations

from dialogues.conversation.definition import Definition, Storage
from dialogues.insight.own_words import LEAST_RESPONDENTS
from storage.rounds import Round
from storage.work import Work


def may_share(work: Work, about: Round, definition: Definition) -> bool:
    """Whether a text typed in this round can ever be shown: only where so many are asked that enough can answer.

    The size of the roster is known to everybody; nothing here depends on who answered. Never in a round of a whole
    area: a text is shared with one's own team, and those rounds have no team to show it to.
    """
    group = work.teams.get(about.team_id)
    if group is None or group.scope != "team":
        return False
    return definition.storage is Storage.ENVELOPE and len(work.rounds.roster(about.id)) >= LEAST_RESPONDENTS
