"""Passing on fixed contacts when somebody leaves: signed, seen by the writer first, and about roles only (rule 14)."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Final

from bot.usecases.asides import described, edition_of
from bot.usecases.deps import Deps
from bot.usecases.errors import NoLongerOpen, NotAllowed
from bot.usecases.wording import facts_for, words_for
from dialogues.conversation.definition import Audience, Choice, Definition, MultiChoice
from dialogues.conversation.engine import Turn, begin
from dialogues.conversation.presenting import fill
from dialogues.conversation.session import Session
from dialogues.errors import BrokenSession
from storage.deliveries import Delivery
from storage.forms import Form
from storage.people import Membership, Person
from storage.work import Work

HANDOVER: Final = "handover"
OFFER: Final = "handover"
"""Kind of the delivery that asks; its subject is the membership that ends."""
FORM: Final = "handover"
VALID: Final = timedelta(days=14)
"""How long the offer stands."""


@dataclass(frozen=True, slots=True)
class Draft:
    """What somebody who leaves has filled in so far; it lives in their form for a day at most."""

    membership_id: str
    message_id: int
    session: Session
    text: str = ""

    @property
    def words(self) -> str:
        """The text, if it still stands: who went back and skipped the question took it back."""
        return self.text if "contacts" in self.session.typed else ""

    @property
    def says_something(self) -> bool:
        """Whether there is anything to pass on."""
        finished = self.session.ended and not self.session.stopped
        return finished and bool(self.words or self.session.answers.get("partners"))


def may_hand_over(work: Work, deps: Deps, *, person: Person, membership_id: str) -> Membership | None:
    """The membership that ends, if this person may pass something on about it; also just after the last day."""
    membership = work.people.membership(membership_id)
    if membership is None or membership.person_id != person.id or HANDOVER not in deps.library.definitions:
        return None
    leaving = membership.leaves_on is not None or membership.left_on is not None
    return membership if leaving and membership.role == "member" else None


def offered(work: Work, deps: Deps, *, person: Person, membership_id: str) -> Membership:
    """The membership, while the offer stands. Raises NotAllowed, or NoLongerOpen when it was used or is over."""
    membership = may_hand_over(work, deps, person=person, membership_id=membership_id)
    if membership is None:
        raise NotAllowed
    offer = the_offer(work, membership)
    if offer is None or (offer.valid_until is not None and offer.valid_until <= deps.now()):
        raise NoLongerOpen
    return membership


def the_offer(work: Work, membership: Membership) -> Delivery | None:
    """The row that asked; it goes once something was passed on, so that can happen once."""
    return next(iter(work.deliveries.for_subject(membership.id, OFFER)), None)


def begun(work: Work, deps: Deps, *, person: Person, membership: Membership) -> Turn:
    """The first turn of the dialogue. Raises NotAllowed when the team is gone."""
    team = work.teams.get(membership.team_id)
    area = work.teams.area(team.area_id) if team else None
    if team is None or area is None:
        raise NotAllowed
    told = described(membership)
    definition = deps.library.get(HANDOVER)
    return begin(
        definition,
        audience=Audience(told.audience or Audience.PRACTICE),
        facts=facts_for(told, team, times=0),
        words=words_for(deps, team=team, area=area, definition=definition, name=person.name),
    )


def load_draft(work: Work, deps: Deps, *, person: Person) -> Draft | None:
    """The draft of this person, or None; one made with another text of the dialogue counts as none."""
    form = work.forms.get(person.id)
    if form is None or form.kind != FORM or form.data.get("edition") != edition_of(deps, HANDOVER):
        return None
    try:
        session = Session.from_bytes(str(form.data["session"]).encode())
    except BrokenSession:
        return None
    return Draft(str(form.data["membership"]), int(form.data["message"]), session, str(form.data["text"]))


def keep_draft(work: Work, deps: Deps, *, person: Person, draft: Draft) -> None:
    """Put the draft in the person's form; it is forgotten at the end of the day."""
    data = {
        "membership": draft.membership_id,
        "message": draft.message_id,
        "session": draft.session.to_bytes().decode(),
        "text": draft.text,
        "edition": edition_of(deps, HANDOVER),
    }
    work.forms.put(Form(person_id=person.id, kind=FORM, updated_on=deps.today(), data=data))


def note_of(definition: Definition, draft: Draft, *, name: str, team: str) -> str:
    """The whole text, word for word as the team will read it."""
    session = draft.session
    partners = _labels(definition, session, "partners")
    introduced = _labels(definition, session, "introduced")
    lines = [
        f"{name} gaat weg bij {team} en geeft vaste contacten door.",
        f"Waar: {', '.join(_uncapitalised(label) for label in partners)}." if partners else "",
        f"“{draft.words}”" if draft.words else "",
        f"Is de opvolger al voorgesteld? {introduced[0]}." if introduced else "",
    ]
    return "\n".join(line for line in lines if line)


def _labels(definition: Definition, session: Session, step_id: str) -> list[str]:
    """The labels of what was tapped at a step that lies on the way that was taken."""
    if step_id not in session.path:
        return []
    step = definition.step(session.audience, step_id)
    given = session.answers.get(step_id, ())
    if not isinstance(step, Choice | MultiChoice):
        return []
    return [fill(option.label, session.words) for option in step.options if option.value in given]


def _uncapitalised(label: str) -> str:
    return label[:1].lower() + label[1:]


def moved_to(draft: Draft, session: Session, *, message_id: int = 0) -> Draft:
    """The draft with another session."""
    return replace(draft, session=session, message_id=message_id or draft.message_id)
