"""The lead answers back: we do it, we do not because, or later; with why, and signed by the role (DSS §3.10)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Final

from bot.usecases.access import person_of
from bot.usecases.deps import Deps
from bot.usecases.errors import AlreadyEnded, NotAllowed
from bot.usecases.guarding import Judged, judged
from bot.usecases.reactions import reader_as_lead, standing_of
from dialogues.insight.maandbeeld import Maandbeeld
from dialogues.insight.signals import Answer, Reaction, Signal, signals
from storage.forms import Form
from storage.maandbeelden import MaandbeeldRecord
from storage.people import Person
from storage.responses import Response
from storage.work import Work

FORM: Final = "response_why"
"""Kind of the form in which a lead types why."""


@dataclass(frozen=True, slots=True)
class Answerable:
    """One signal, and what was said to it."""

    signal: Signal
    reaction: Reaction | None


@dataclass(frozen=True, slots=True)
class Reacting:
    """A maandbeeld as its lead reacts to it."""

    maandbeeld_id: str
    month: str
    lead_label: str
    signals: tuple[Answerable, ...]
    open: tuple[str, ...]
    """Titles of topics to which nothing was said."""
    shared: bool
    read_on: date | None
    """The day of the next question, at which the team reads it; None when none is planned."""


@dataclass(frozen=True, slots=True)
class Typed:
    """What became of a typed reason."""

    maandbeeld_id: str
    place: int
    answer: Answer
    judged: Judged
    kept: bool
    """Whether the reaction was saved; otherwise the guard found something and the writer decides."""


def see_reactions(deps: Deps, *, chat_id: int, maandbeeld_id: str) -> Reacting:
    """Everything that can be reacted to. Raises NotAllowed or NewerMaandbeeld. What was being typed is forgotten."""
    with deps.storage.begin() as work:
        person, record = reader_as_lead(work, deps, chat_id=chat_id, maandbeeld_id=maandbeeld_id)
        _stop_typing(work, person)
        shown = _reacting(work, deps, record)
        work.commit()
        return shown


def respond(deps: Deps, *, chat_id: int, maandbeeld_id: str, place: int, answer: str) -> None:
    """Answer without a reason; a reason that was given with the same answer goes.

    Raises NotAllowed, also for "we do not", which always has a reason, and NewerMaandbeeld.
    """
    with deps.storage.begin() as work:
        person, record = reader_as_lead(work, deps, chat_id=chat_id, maandbeeld_id=maandbeeld_id)
        _keep(work, deps, record, signal=_signal(record, place), answer=_answer(answer), why="")
        _stop_typing(work, person)
        work.commit()


def ask_why(deps: Deps, *, chat_id: int, maandbeeld_id: str, place: int, answer: str) -> Signal:
    """The next typed text is why; survives a restart. Raises NotAllowed or NewerMaandbeeld."""
    with deps.storage.begin() as work:
        person, record = reader_as_lead(work, deps, chat_id=chat_id, maandbeeld_id=maandbeeld_id)
        signal = _signal(record, place)
        data = {"maandbeeld": record.id, "place": place, "answer": str(_answer(answer)), "text": ""}
        work.forms.put(Form(person_id=person.id, kind=FORM, updated_on=deps.today(), data=data))
        work.commit()
        return signal


def take_why(deps: Deps, *, chat_id: int, text: str) -> Typed:
    """A typed reason: saved when the guard finds nothing, else kept in the form until the writer decides.

    Raises AlreadyEnded when none was asked, TextTooLong, NotAllowed or NewerMaandbeeld.
    """
    with deps.storage.begin() as work:
        person, form, record = _form(work, deps, chat_id)
        found = judged(work, deps, text, team_id=record.team_id, person=person)
        if not found.words:
            raise AlreadyEnded
        if found.found:
            data = {**form.data, "text": "" if found.never else found.words}
            work.forms.put(Form(person_id=person.id, kind=FORM, updated_on=deps.today(), data=data))
            kept = False
        else:
            kept = _save(work, deps, person, form, record, why=found.words)
        work.commit()
        return Typed(record.id, int(form.data["place"]), Answer(form.data["answer"]), found, kept)


def keep_why(deps: Deps, *, chat_id: int) -> Typed:
    """The writer says that the guard is wrong. Raises AlreadyEnded when nothing waits for that, else as take_why."""
    with deps.storage.begin() as work:
        person, form, record = _form(work, deps, chat_id)
        found = judged(work, deps, str(form.data["text"]), team_id=record.team_id, person=person)
        if not found.words or found.never:
            raise AlreadyEnded
        _save(work, deps, person, form, record, why=found.words)
        work.commit()
        return Typed(record.id, int(form.data["place"]), Answer(form.data["answer"]), found, kept=True)


def _stop_typing(work: Work, person: Person) -> None:
    form = work.forms.get(person.id)
    if form is not None and form.kind == FORM:
        work.forms.drop(person.id)


def _form(work: Work, deps: Deps, chat_id: int) -> tuple[Person, Form, MaandbeeldRecord]:
    person = person_of(work, chat_id)
    form = work.forms.get(person.id)
    if form is None or form.kind != FORM:
        raise AlreadyEnded
    _, record = reader_as_lead(work, deps, chat_id=chat_id, maandbeeld_id=str(form.data["maandbeeld"]))
    return person, form, record


def _save(work: Work, deps: Deps, person: Person, form: Form, record: MaandbeeldRecord, *, why: str) -> bool:
    signal = _signal(record, int(form.data["place"]))
    _keep(work, deps, record, signal=signal, answer=Answer(form.data["answer"]), why=why)
    work.forms.drop(person.id)
    return True


def _keep(work: Work, deps: Deps, record: MaandbeeldRecord, *, signal: Signal, answer: Answer, why: str) -> None:
    if answer is Answer.NO and not why:
        raise NotAllowed
    work.responses.put(
        Response(
            maandbeeld_id=record.id,
            place=signal.place,
            team_id=record.team_id,
            element=signal.element,
            about=signal.title,
            answer=str(answer),
            why=why,
            responded_on=deps.today(),
        )
    )


def _signal(record: MaandbeeldRecord, place: int) -> Signal:
    found = next((each for each in signals(Maandbeeld.from_json(record.body)) if each.place == place), None)
    if found is None:
        raise NotAllowed
    return found


def _answer(answer: str) -> Answer:
    try:
        return Answer(answer)
    except ValueError as error:
        raise NotAllowed from error


def _reacting(work: Work, deps: Deps, record: MaandbeeldRecord) -> Reacting:
    team = work.teams.get(record.team_id)
    if team is None:
        raise NotAllowed
    maandbeeld = Maandbeeld.from_json(record.body)
    stands = standing_of(work, record)
    given = {each.place: each for each in stands.reactions}
    schedule = work.schedules.get(record.team_id)
    due = schedule.next_due_at if schedule and not schedule.sleeps else None
    return Reacting(
        maandbeeld_id=record.id,
        month=maandbeeld.month,
        lead_label=team.lead_label,
        signals=tuple(Answerable(each, given.get(each.place)) for each in signals(maandbeeld)),
        open=stands.open,
        shared=record.shared_at is not None,
        read_on=due.astimezone(deps.zone).date() if due else None,
    )
