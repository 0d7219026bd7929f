"""One tap or one typed text in a running dialogue (design: the way of one tap, hops 4-7)."""

from __future__ import annotations

from bot.usecases.access import open_round, person_of
from bot.usecases.answering import DialogueView, Running, load, running_in, save
from bot.usecases.definitions import definition_of
from bot.usecases.deps import Deps
from bot.usecases.errors import AlreadyEnded, MovedOn
from bot.usecases.guarding import guarded
from dialogues.conversation.definition import Definition
from dialogues.conversation.engine import resume
from dialogues.conversation.inputs import Input, Tap
from storage.people import Person
from storage.rounds import Round
from storage.work import Work


def answer_step(deps: Deps, *, chat_id: int, round_id: str, message_id: int, tap: Tap) -> DialogueView:
    """Take one tap. The same tap twice, or a tap on an old screen, changes nothing and shows the waiting question.

    Raises NotAllowed, NoLongerOpen, AlreadyEnded when there is no running dialogue to take it, or MovedOn when that
    runs in another message.
    """
    with deps.storage.begin() as work:
        person = person_of(work, chat_id)
        about = open_round(work, deps, person=person, round_id=round_id)
        running = _in_message(work, deps, person=person, about=about, message_id=message_id)
        shown = _resumed(work, deps, person=person, about=about, running=running, given=tap)
        work.commit()
        return shown


def take_text(deps: Deps, *, chat_id: int, text_message_id: int, text: str) -> DialogueView | None:
    """Give a typed text to the running dialogue that waits for one, cleaned and looked at by the guard.

    Its words go into the locked session when its writer may share them, and nowhere otherwise. When two dialogues
    wait, the one whose message is newest takes it. Returns None when no dialogue of this person waits for a text.
    """
    with deps.storage.begin() as work:
        person = person_of(work, chat_id)
        waiting = [
            (about, running)
            for about in work.rounds.open_for(person.id)
            if about.state == "open" and about.closes_at > deps.now()
            for running in running_in(work, deps, person=person, about=about)
        ]
        for about, running in sorted(waiting, key=lambda each: each[1].message_id, reverse=True):
            given = guarded(work, text, message=text_message_id, about=about, person=person)
            shown = _resumed(work, deps, person=person, about=about, running=running, given=given)
            if shown.taken or shown.too_long:
                work.commit()
                return shown
    return None


def _in_message(work: Work, deps: Deps, *, person: Person, about: Round, message_id: int) -> Running:
    """What runs in this message: mostly the round's own dialogue, so that is looked at first."""
    elsewhere = False
    for aside in (False, True):
        running = load(work, deps, person=person, about=about, aside=aside)
        if running is not None and running.message_id == message_id:
            return running
        elsewhere = elsewhere or running is not None
    raise MovedOn if elsewhere else AlreadyEnded


def _resumed(work: Work, deps: Deps, *, person: Person, about: Round, running: Running, given: Input) -> DialogueView:
    turn = resume(_definition(work, deps, about, running), running.session, given)
    return save(
        work,
        deps,
        person=person,
        about=about,
        turn=turn,
        message_id=running.message_id,
        before=running.session,
        aside=running.aside,
        key=running.key,
    )


def _definition(work: Work, deps: Deps, about: Round, running: Running) -> Definition:
    """The words the round began with; a free topic beside it is played in today's."""
    if running.aside:
        return deps.library.get(running.session.dialogue)
    return definition_of(work, deps, element=about.element, digest=about.dialogue_digest)
