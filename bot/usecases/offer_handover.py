"""Ask somebody who leaves whether they want to pass on their fixed contacts (DSS §3.2.3, content-brief §6.3)."""

from __future__ import annotations

from bot.usecases.asides import NEWCOMER
from bot.usecases.deps import Deps
from bot.usecases.handovers import HANDOVER, OFFER, VALID, the_offer
from dialogues.rhythm.working_hours import next_working_time
from storage.deliveries import Delivery
from storage.people import Membership
from storage.work import Work


def offer_handover(work: Work, deps: Deps, *, membership: Membership) -> None:
    """Queue the offer, once for a membership; the caller, who notes that a member leaves, commits.

    Invitations for newcomers that were not sent yet go. Nothing is queued for a lead, or without a dialogue for it.
    Before it is sent the membership must have a last day (``leaves_on``), or have ended.
    """
    work.deliveries.cancel(membership.person_id, kind=NEWCOMER, subject=membership.id)
    if membership.role != "member" or HANDOVER not in deps.library.definitions:
        return
    due = next_working_time(deps.now(), zone=deps.zone)
    work.deliveries.add(
        Delivery(
            id=deps.ids.new(),
            key=f"{OFFER}:{membership.id}",
            person_id=membership.person_id,
            kind=OFFER,
            subject=membership.id,
            due_at=due,
            valid_until=due + VALID,
        )
    )


def offer_again(work: Work, deps: Deps, *, ended: Membership, membership: Membership) -> None:
    """Somebody who leaves was moved to another team: an offer that was not used yet is made for that team."""
    if the_offer(work, ended) is not None:
        withdraw_handover(work, membership=ended)
        offer_handover(work, deps, membership=membership)


def withdraw_handover(work: Work, *, membership: Membership) -> None:
    """The member stays after all: an offer that was not sent yet goes, one that was sent no longer works."""
    work.deliveries.remove_kind(OFFER, subject=membership.id)
