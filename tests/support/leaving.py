"""Somebody of the standing cast leaves, and writes what a successor must know."""

from __future__ import annotations

from datetime import timedelta

from bot.usecases.offer_handover import offer_handover
from bot.usecases.write_handover import HandoverView, answer_handover, start_handover, take_handover_text
from dialogues.conversation.inputs import Tap
from tests.support.house import House


def leaves(house: House, chat_id: int, *, in_days: int = 10) -> str:
    """Note the last day and queue the offer, as whoever marks a member as leaving does; the membership's id."""
    membership_id = house.memberships[chat_id]
    with house.storage.begin() as work:
        work.people.set_leaving(membership_id, house.deps.today() + timedelta(days=in_days))
        membership = work.people.membership(membership_id)
        assert membership is not None
        offer_handover(work, house.deps, membership=membership)
        work.commit()
    return membership_id


def starts(house: House, chat_id: int, *, message_id: int = 70) -> HandoverView:
    return start_handover(house.deps, chat_id=chat_id, membership_id=house.memberships[chat_id], message_id=message_id)


def taps(house: House, chat_id: int, view: HandoverView, *labels: str) -> HandoverView:
    """Tap the buttons whose labels begin like this, one after the other."""
    for label in labels:
        tap = next(each.tap for each in view.screen.buttons if each.label.removeprefix("✓ ").startswith(label))
        view = gives(house, chat_id, view, tap)
    return view


def gives(house: House, chat_id: int, view: HandoverView, tap: Tap) -> HandoverView:
    return answer_handover(
        house.deps, chat_id=chat_id, membership_id=view.membership_id, message_id=view.message_id, tap=tap
    )


def types(house: House, chat_id: int, text: str, *, message_id: int = 0) -> HandoverView | None:
    return take_handover_text(house.deps, chat_id=chat_id, text_message_id=message_id or house.message(), text=text)


TEXT = "De leerplichtambtenaar, en de praktijk op het plein"


def writes(house: House, chat_id: int, text: str = TEXT) -> HandoverView:
    """The whole dialogue, up to the text to read."""
    view = taps(house, chat_id, starts(house, chat_id), "Ja, ik geef", "In het onderwijs", "Bij de JGZ", "Klaar")
    if text:
        typed = types(house, chat_id, text)
        assert typed is not None
        view = typed
    else:
        view = taps(house, chat_id, view, "Sla over")
    return taps(house, chat_id, view, "Nog niet")
