"""A free topic: what fits nowhere in the list, said beside an open round and opened with it (privacy rule 14)."""

from __future__ import annotations

from bot.usecases.access import person_of
from bot.usecases.answering import DialogueView, save, slots_of
from bot.usecases.deps import Deps
from bot.usecases.errors import NoRoundForText, NotAllowed
from bot.usecases.sharing import may_share
from bot.usecases.wording import facts_for, words_for
from dialogues.conversation.definition import Audience
from dialogues.conversation.engine import begin
from storage.envelopes import Payload, seal
from storage.people import Person
from storage.rounds import Round
from storage.work import Work

FREE_TOPIC = "freetopic"


def start_free_topic(deps: Deps, *, chat_id: int, message_id: int) -> DialogueView:
    """Begin the free topic in the open round that closes first; one that was shared in it before is taken back.

    Its taps and its text come back through ``answer_step`` and ``take_text``, told apart by their message. Raises
    NotAllowed for a stranger, and NoRoundForText when no open round asks this person together with enough others:
    outside a round a text would lie beside the moment it was written, so then nothing is kept at all.
    """
    definition = deps.library.get(FREE_TOPIC)
    with deps.storage.begin() as work:
        person = person_of(work, chat_id)
        about = next(
            (
                each
                for each in work.rounds.open_for(person.id)
                if each.closes_at > deps.now() and may_share(work, each, definition)
            ),
            None,
        )
        if about is None:
            raise NoRoundForText
        _withdraw_earlier(work, deps, person=person, about=about)
        shown = _begun(work, deps, person=person, about=about, message_id=message_id)
        work.commit()
        return shown


def _withdraw_earlier(work: Work, deps: Deps, *, person: Person, about: Round) -> None:
    """An empty envelope in place of an earlier free topic: whoever begins anew takes the earlier text back."""
    slot = slots_of(deps, about, person.id)[True]
    if work.answers.has(about.id, slot):
        nothing = Payload(dialogue=FREE_TOPIC, version=0, audience="", sector="", aside=True)
        work.answers.put(about.id, slot=slot, sealed=seal(nothing, public_key=about.public_key))


def _begun(work: Work, deps: Deps, *, person: Person, about: Round, message_id: int) -> DialogueView:
    team = work.teams.get(about.team_id)
    area = work.teams.area(team.area_id) if team else None
    membership = next((each for each in work.people.memberships(person.id) if each.team_id == about.team_id), None)
    if team is None or area is None or membership is None:
        raise NotAllowed
    definition = deps.library.get(FREE_TOPIC)
    turn = begin(
        definition,
        audience=Audience.PRACTICE,
        facts=facts_for(membership, team, times=1),
        words=words_for(deps, team=team, area=area, definition=definition, about=about, name=person.name),
        sharing=True,
    )
    return save(work, deps, person=person, about=about, turn=turn, message_id=message_id, aside=True)
