"""The one thing a coordinator is in the middle of typing; it survives a restart."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from bot.usecases.access import person_of
from bot.usecases.deps import Deps
from storage.forms import Form


def open_form(deps: Deps, *, chat_id: int, kind: str, data: Mapping[str, str]) -> None:
    """Remember what the next typed text is for; an earlier unfinished form is replaced."""
    with deps.storage.begin() as work:
        person = person_of(work, chat_id)
        work.forms.put(Form(person_id=person.id, kind=kind, updated_on=deps.today(), data=dict(data)))
        work.commit()


def current_form(deps: Deps, *, chat_id: int) -> Form | None:
    """The open form of this chat, or None."""
    with deps.storage.begin() as work:
        person = work.people.by_chat(chat_id)
        return work.forms.get(person.id) if person else None


def close_form(deps: Deps, *, chat_id: int) -> None:
    """Forget the open form, if any."""
    with deps.storage.begin() as work:
        person = work.people.by_chat(chat_id)
        if person is not None:
            work.forms.drop(person.id)
            work.commit()


def leave_forms(deps: Deps, *, chat_id: int, kinds: Collection[str]) -> None:
    """Forget the open form if it is one of these: somebody walked away from it, so a later text is not for it."""
    with deps.storage.begin() as work:
        person = work.people.by_chat(chat_id)
        form = work.forms.get(person.id) if person else None
        if form is not None and form.kind in kinds:
            work.forms.drop(form.person_id)
            work.commit()
