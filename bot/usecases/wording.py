"""The words and facts that fit a dialogue to one team and one person."""

from __future__ import annotations

from bot.usecases.deps import Deps
from bot.usecases.dutch_dates import day_and_time, month
from dialogues.authoring.profile import contact_in, facts_of
from dialogues.conversation.definition import Audience, Definition
from storage.people import Membership
from storage.rounds import Round
from storage.teams import Area, Team

PERIOD = "de afgelopen maand"
SCHOOL_CONTACTS = frozenset({"school_liaison", "school_social_worker"})
"""Functions that are by themselves the fixed face of the wijkteam for a school."""


def words_for(
    deps: Deps, *, team: Team, area: Area, definition: Definition, about: Round | None = None, name: str = ""
) -> dict[str, str]:
    """What placeholders stand for in this team; without a round (a preview) the dates are of now.

    A word that is not known yet, such as an agreed step, is left out: better no dialogue than an empty sentence.
    """
    closes = about.closes_at if about else deps.now()
    named = deps.library.definitions.get(about.subject) if about else None
    element = named or (definition if definition.is_element else None)
    subject = {"element": element.title} if element else {}
    return subject | {
        "periode": PERIOD,
        "wijkteam": team.team_label,
        "gemeente": area.municipality,
        "contact_knelpunt": contact_in(team.profile, "escalation_contact"),
        "contact_privacy": contact_in(team.profile, "privacy_contact"),
        "teamleider_rol": team.lead_label,
        "moment": day_and_time(closes, zone=deps.zone),
        "maand": month(closes.astimezone(deps.zone).strftime("%Y-%m")),
        "a": "JGZ",
        "b": team.team_label,
        "naam": name,
    }


def facts_for(membership: Membership, team: Team, *, times: int) -> frozenset[str]:
    """What is known of a person and a team that may choose a variant of a question; never what anybody answered.

    ``times`` is how often the team was asked about the element, this time included.
    """
    facts = {f"sector:{membership.sector}", f"audience:{membership.audience or Audience.PRACTICE}"}
    if membership.tenure:
        facts.add(f"tenure:{membership.tenure}")
    if membership.function in SCHOOL_CONTACTS:
        facts.add("contact:school")
    facts.add("round:first" if times <= 1 else "round:later")
    return frozenset(facts) | facts_of(team.profile)
