"""One tap in a dialogue of which nothing is kept: the button carries the whole way so far, and it is walked anew."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from bot.usecases.access import person_of
from bot.usecases.asides import aside_for, edition_of
from bot.usecases.deps import Deps
from bot.usecases.errors import ContentChanged
from dialogues.conversation.paths import NoSuchPath, path_of, walk
from dialogues.conversation.screens import Screen
from storage.forms import Form
from storage.people import Person
from storage.work import Work

FORM: Final = "aside_text"
"""A mark that a text is to be expected and thrown away; it holds nothing else."""


@dataclass(frozen=True, slots=True)
class AsideView:
    """What the chat shows, and what its buttons must carry."""

    membership_id: str
    dialogue: str
    edition: str
    path: str
    """The way to this screen; the mark of a tap comes after it."""
    screen: Screen
    ended: bool


def play_aside(
    deps: Deps, *, chat_id: int, membership_id: str, dialogue: str, edition: str = "", path: str = ""
) -> AsideView:
    """Walk the path, last tap included. Walking it twice shows the same twice; nothing of it is stored.

    An empty path begins, whatever the edition. Raises NotAllowed, or ContentChanged when the path does not fit (any
    more): the text changed, what is known of the member or the team did, or somebody made the path up.
    """
    with deps.storage.begin() as work:
        person = person_of(work, chat_id)
        aside = aside_for(work, deps, person=person, membership_id=membership_id, dialogue=dialogue)
        now = edition_of(deps, dialogue)
        if path and edition != now:
            raise ContentChanged
        try:
            turn = walk(aside.definition, aside.begun, path)
        except NoSuchPath as error:
            raise ContentChanged from error
        if _text_expected(work, deps, person, expects=turn.screen.expects_text):
            work.commit()
        return AsideView(
            membership_id=membership_id,
            dialogue=dialogue,
            edition=now,
            path="" if turn.session.ended else path_of(aside.definition, turn.session),
            screen=turn.screen,
            ended=turn.session.ended,
        )


def take_aside_text(deps: Deps, *, chat_id: int) -> bool:
    """Whether a text of this person belongs to such a dialogue. The text itself is never passed on."""
    with deps.storage.begin() as work:
        person = work.people.by_chat(chat_id)
        form = work.forms.get(person.id) if person else None
        return form is not None and form.kind == FORM


def _text_expected(work: Work, deps: Deps, person: Person, *, expects: bool) -> bool:
    """Note that a text may come, or that none is expected any more; whether that changed anything.

    A form that is open for something else is left alone.
    """
    form = work.forms.get(person.id)
    if expects and form is None:
        work.forms.put(Form(person_id=person.id, kind=FORM, updated_on=deps.today()))
        return True
    if not expects and form is not None and form.kind == FORM:
        work.forms.drop(person.id)
        return True
    return False
