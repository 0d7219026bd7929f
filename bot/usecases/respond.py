"""The lead answers back: we do it, we do not because, or later; with why, and signed by the role (DSS §3.10)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import Final

from bot.usecases.access import person_of
from bot.usecases.deps import Deps
from bot.usecases.errors import AlreadyEnded, NewerMaandbeeld, NotAllowed
from bot.usecases.guarding import Judged, judged
from bot.usecases.reactions import reactor_to
from dialogues.guarding.cleaning import clean
from dialogues.insight.maandbeeld import Maandbeeld
from dialogues.insight.signals import Answer, Signal, signals
from storage.forms import Form
from storage.maandbeelden import MaandbeeldRecord
from storage.people import Person
from storage.responses import Response
from storage.work import Work

FORM: Final = "response_why"
"""Kind of the form in which a lead types why."""


@dataclass(frozen=True, slots=True)
class Typed:
    """What became of a typed reason."""

    maandbeeld_id: str
    place: int
    answer: Answer
    judged: Judged
    kept: bool
    """Whether the reaction was saved; otherwise the guard found something and the writer decides."""


@dataclass(frozen=True, slots=True)
class _Asked:
    """Why was asked for, and by whom and about what."""

    person: Person
    form: Form
    record: MaandbeeldRecord
    signal: Signal
    answer: Answer


def respond(deps: Deps, *, chat_id: int, maandbeeld_id: str, place: int, answer: str) -> None:
    """Answer without a reason; a reason that was given with the same answer goes.

    Raises NotAllowed, also for "we do not", which always has a reason, and NewerMaandbeeld.
    """
    with deps.storage.begin() as work:
        person, record, signal = _signal(work, deps, chat_id=chat_id, maandbeeld_id=maandbeeld_id, place=place)
        _keep(work, deps, record, signal=signal, answer=_answer(answer), why="")
        stop_typing(work, person)
        work.commit()


def ask_why(deps: Deps, *, chat_id: int, maandbeeld_id: str, place: int, answer: str) -> Signal:
    """The next typed text is why; survives a restart. Raises NotAllowed or NewerMaandbeeld."""
    with deps.storage.begin() as work:
        person, record, signal = _signal(work, deps, chat_id=chat_id, maandbeeld_id=maandbeeld_id, place=place)
        data = {"maandbeeld": record.id, "place": place, "answer": str(_answer(answer)), "text": ""}
        work.forms.put(Form(person_id=person.id, kind=FORM, updated_on=deps.today(), data=data))
        work.commit()
        return signal


def take_why(deps: Deps, *, chat_id: int, text: str) -> Typed:
    """A typed reason: saved when the guard finds nothing, else kept in the form until the writer decides.

    Raises AlreadyEnded when none was asked, TextTooLong, NotAllowed or NewerMaandbeeld.
    """
    with deps.storage.begin() as work:
        asked = _form(work, deps, chat_id)
        found = judged(work, deps, text, team_id=asked.record.team_id, person=asked.person)
        if not found.words:
            raise AlreadyEnded
        if found.found:
            data = {**asked.form.data, "text": "" if found.never else found.words}
            work.forms.put(Form(person_id=asked.person.id, kind=FORM, updated_on=deps.today(), data=data))
        else:
            _save(work, deps, asked, why=found.words)
        work.commit()
        return Typed(asked.record.id, asked.signal.place, asked.answer, found, kept=not found.found)


def typed_again(deps: Deps, *, chat_id: int, text: str) -> Typed | None:
    """What was saved lately with this very text, when its update comes again after it was saved; None otherwise.

    It goes by what stands with the maandbeelden themselves: who gave a reaction is kept nowhere.
    """
    words = clean(text)
    with deps.storage.begin() as work:
        person = work.people.by_chat(chat_id)
        led = [each.team_id for each in work.people.memberships(person.id) if each.role == "lead"] if person else []
        for team_id in led:
            for saved in work.responses.since(team_id, deps.today() - timedelta(days=1)):
                if words and saved.why == words:
                    return Typed(saved.maandbeeld_id, saved.place, Answer(saved.answer), Judged(words), kept=True)
    return None


def keep_why(deps: Deps, *, chat_id: int) -> Typed:
    """The writer says that the guard is wrong. Raises AlreadyEnded when nothing waits for that, else as take_why."""
    with deps.storage.begin() as work:
        asked = _form(work, deps, chat_id)
        found = judged(work, deps, str(asked.form.data["text"]), team_id=asked.record.team_id, person=asked.person)
        if not found.words or found.never:
            raise AlreadyEnded
        _save(work, deps, asked, why=found.words)
        work.commit()
        return Typed(asked.record.id, asked.signal.place, asked.answer, found, kept=True)


def stop_typing(work: Work, person: Person) -> None:
    """Forget what was being typed, if that was why."""
    form = work.forms.get(person.id)
    if form is not None and form.kind == FORM:
        work.forms.drop(person.id)


def _form(work: Work, deps: Deps, chat_id: int) -> _Asked:
    person = person_of(work, chat_id)
    form = work.forms.get(person.id)
    if form is None or form.kind != FORM:
        raise AlreadyEnded
    about, place = str(form.data["maandbeeld"]), int(form.data["place"])
    _, record, signal = _signal(work, deps, chat_id=chat_id, maandbeeld_id=about, place=place)
    return _Asked(person, form, record, signal, Answer(form.data["answer"]))


def _save(work: Work, deps: Deps, asked: _Asked, *, why: str) -> None:
    _keep(work, deps, asked.record, signal=asked.signal, answer=asked.answer, why=why)
    work.forms.drop(asked.person.id)


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


def _signal(
    work: Work, deps: Deps, *, chat_id: int, maandbeeld_id: str, place: int
) -> tuple[Person, MaandbeeldRecord, Signal]:
    """What a lead reacts to. Raises NotAllowed, and NewerMaandbeeld for what is no longer open there."""
    person, record, offered = reactor_to(work, deps, chat_id=chat_id, maandbeeld_id=maandbeeld_id)
    found = next((each for each in offered if each.place == place), None)
    if found is not None:
        return person, record, found
    if any(each.place == place for each in signals(Maandbeeld.from_json(record.body))):
        raise NewerMaandbeeld
    raise NotAllowed


def _answer(answer: str) -> Answer:
    try:
        return Answer(answer)
    except ValueError as error:
        raise NotAllowed from error
