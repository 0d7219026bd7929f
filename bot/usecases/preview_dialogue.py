"""A coordinator walks through a dialogue as any audience; nothing of it counts."""

from __future__ import annotations

from bot.usecases.access import person_of
from bot.usecases.deps import Deps
from bot.usecases.errors import AlreadyEnded, NotAllowed
from bot.usecases.wording import words_for
from dialogues.authoring.placeholders import PLACEHOLDERS
from dialogues.authoring.profile import facts_of
from dialogues.conversation.definition import Audience
from dialogues.conversation.engine import begin, resume
from dialogues.conversation.inputs import Input, TypedText
from dialogues.conversation.screens import Screen
from dialogues.conversation.session import Session
from dialogues.errors import BrokenSession
from storage.forms import Form
from storage.work import Work

FORM = "preview"


def start_preview(deps: Deps, *, chat_id: int, team_id: str, element: str, audience: str) -> Screen:
    """The first screen of the dialogue with the words of this team. Raises NotAllowed, also for what does not exist."""
    if element not in deps.library.definitions or audience not in set(Audience):
        raise NotAllowed
    with deps.storage.begin() as work:
        person = person_of(work, chat_id)
        team = work.teams.get(team_id)
        area = work.teams.area(team.area_id) if team else None
        if team is None or area is None or area.id not in work.people.coordinates(person.id):
            raise NotAllowed
        definition = deps.library.get(element)
        samples = {name: placeholder.sample for name, placeholder in PLACEHOLDERS.items()}
        turn = begin(
            definition,
            audience=Audience(audience),
            facts=frozenset({"sector:overig"}) | facts_of(team.profile),
            words=samples | words_for(deps, team=team, area=area, definition=definition, name=person.name),
        )
        _keep(work, deps, person.id, team_id, turn.session)
        work.commit()
        return turn.screen


def resume_preview(deps: Deps, *, chat_id: int, given: Input) -> tuple[Screen, bool, str]:
    """Take one input; returns the screen, whether the preview has ended, and the team it was started from.

    Raises AlreadyEnded when no preview is going on, or for a text when the preview does not wait for one.
    """
    with deps.storage.begin() as work:
        person = person_of(work, chat_id)
        form = work.forms.get(person.id)
        if form is None or form.kind != FORM:
            raise AlreadyEnded
        try:
            session = Session.from_bytes(form.data["session"].encode())
        except BrokenSession as error:
            raise AlreadyEnded from error
        turn = resume(deps.library.get(session.dialogue), session, given)
        if isinstance(given, TypedText) and turn.session == session:
            raise AlreadyEnded
        team_id = str(form.data["team"])
        if turn.session.ended:
            work.forms.drop(person.id)
        else:
            _keep(work, deps, person.id, team_id, turn.session)
        work.commit()
        return turn.screen, turn.session.ended, team_id


def _keep(work: Work, deps: Deps, person_id: str, team_id: str, session: Session) -> None:
    data = {"team": team_id, "session": session.to_bytes().decode()}
    work.forms.put(Form(person_id=person_id, kind=FORM, updated_on=deps.today(), data=data))
