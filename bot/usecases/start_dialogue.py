"""Begin the dialogue of a round, or go on with it where it stood."""

from __future__ import annotations

from collections.abc import Collection

from bot.usecases.access import open_round, person_of
from bot.usecases.answering import DialogueView, load, save, view
from bot.usecases.asked import audience_of, place_of
from bot.usecases.asking_after import asks_no_more, step_words
from bot.usecases.definitions import definition_of
from bot.usecases.deps import Deps
from bot.usecases.errors import NotAllowed, StepEnded
from bot.usecases.feedback import opening_for
from bot.usecases.fill_form import leave_forms
from bot.usecases.published_rounds import top3_word
from bot.usecases.sharing import may_share
from bot.usecases.wording import facts_for, words_for
from dialogues.conversation.definition import Closing
from dialogues.conversation.engine import Turn, begin
from dialogues.conversation.presenting import screen
from dialogues.conversation.way import Way
from storage.people import Person
from storage.rounds import Round
from storage.work import Work


def start_dialogue(
    deps: Deps,
    *,
    chat_id: int,
    round_id: str,
    message_id: int,
    way: Way = Way.FULL,
    leaving: Collection[str] = (),
) -> DialogueView:
    """Show the first question, or the waiting one when the dialogue runs already.

    ``way`` is how much this person has time for; one tap counts as fully as a whole dialogue (DSS §3.12).
    ``leaving``: the kinds of form that this person walks away from; forgotten also when the dialogue is refused.
    Starting after an answer was given is how an answer is changed: the envelope stays until a new answer replaces it.
    Raises NotAllowed, NoLongerOpen, or StepEnded when it asks after a step that the team works on no more.
    """
    if leaving:
        leave_forms(deps, chat_id=chat_id, kinds=leaving)
    with deps.storage.begin() as work:
        person = person_of(work, chat_id)
        about = open_round(work, deps, person=person, round_id=round_id)
        if asks_no_more(work, about):
            raise StepEnded
        running = load(work, deps, person=person, about=about)
        if running is not None and running.message_id == message_id:
            session = running.session
            definition = definition_of(work, deps, element=about.element, digest=about.dialogue_digest)
            return view(about, Turn(session, (), screen(definition, session)), message_id)
        turn = _first_turn(work, deps, person=person, about=about, way=way)
        shown = save(work, deps, person=person, about=about, turn=turn, message_id=message_id)
        work.commit()
        return shown


def _first_turn(work: Work, deps: Deps, *, person: Person, about: Round, way: Way) -> Turn:
    group, place = work.teams.get(about.team_id), place_of(work, person=person, about=about)
    area = work.teams.area(group.area_id) if group else None
    if group is None or area is None or place is None:
        raise NotAllowed
    team, membership = place
    definition = definition_of(work, deps, element=about.element, digest=about.dialogue_digest)
    times = work.rounds.times(about.team_id, element=about.element, until=about.number)
    return begin(
        definition,
        audience=audience_of(group),
        number=times,
        facts=facts_for(membership, team, times=times),
        words=words_for(deps, team=team, area=area, definition=definition, about=about, name=person.name)
        | top3_word(work, deps, team=group, area=area, about=about)
        | step_words(work, deps, about),
        opening=opening_for(work, deps, team=group, about=about),
        sharing=may_share(work, about, definition),
        way=way if Way(about.way).passes(way) else Way(about.way),
    )


def unanswered_round(deps: Deps, *, chat_id: int) -> str | None:
    """The shortest round of those in which this person gave nothing yet; None when there is none.

    Shortest is with the fewest questions in its short form; of equally short ones the one that closes first. For
    somebody who has a moment now and wants to begin by themselves (DSS §3.8). Raises NotAllowed for a stranger.
    """
    with deps.storage.begin() as work:
        person = person_of(work, chat_id)
        waiting = [
            about
            for about in work.rounds.open_for(person.id)
            if about.closes_at > deps.now()
            and not asks_no_more(work, about)
            and not work.answers.has(about.id, deps.storage.keys.slot(about.key_id, person.id))
        ]
        shortest = min(waiting, key=lambda about: _questions(work, deps, about), default=None)
        return shortest.id if shortest else None


def _questions(work: Work, deps: Deps, about: Round) -> int:
    """How many steps the short form of this round's dialogue has at most."""
    group = work.teams.get(about.team_id)
    if group is None:
        raise NotAllowed
    definition = definition_of(work, deps, element=about.element, digest=about.dialogue_digest)
    steps = definition.steps[audience_of(group)]
    return sum(Way.SHORT.passes(step.way) for step in steps if not isinstance(step, Closing))
