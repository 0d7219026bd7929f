"""The form a person is filling in outside a dialogue: a new team, a rhythm, who I am. Never answers."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from sqlalchemy import delete
from sqlmodel import col

from storage.repository import Repository, to_values
from storage.tables import FormRow


@dataclass(frozen=True, slots=True, kw_only=True)
class Form:
    """What was filled in so far."""

    person_id: str
    kind: str
    updated_on: date
    """The local day on which something was last filled in."""
    data: dict[str, Any] = field(default_factory=dict)
    """JSON-able; its shape belongs to the kind."""


class Forms(Repository):
    """At most one open form a person."""

    def get(self, person_id: str) -> Form | None:
        """The open form of a person."""
        return self._with_key(Form, FormRow, person_id)

    def put(self, form: Form) -> None:
        """Keep a form in place of the person's earlier one."""
        self._put(FormRow, to_values(form), key=("person_id",))

    def drop_before(self, day: date) -> int:
        """Forget forms in which nothing was filled in since before ``day``; how many."""
        return self._change(delete(FormRow).where(col(FormRow.updated_on) < day))

    def drop(self, person_id: str) -> None:
        """Forget the open form of a person."""
        self._change(delete(FormRow).where(col(FormRow.person_id) == person_id))
