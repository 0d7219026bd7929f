"""One open form a person."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from storage.errors import Conflict
from storage.forms import Form

TODAY = date(2026, 11, 3)


def test_the_last_form_replaces_the_one_before(storage):
    """A person fills in one thing at a time; others are not touched."""
    with storage.begin() as work:
        assert work.forms.get("person-1") is None
        work.forms.put(
            Form(person_id="person-1", kind="new_team", updated_on=TODAY, data={"name": "Team É", "topics": ["trust"]})
        )
        work.forms.put(Form(person_id="person-2", kind="rhythm", updated_on=TODAY))
        last = Form(person_id="person-1", kind="who_am_i", updated_on=TODAY, data={"step": 2, "sector": None})
        work.forms.put(last)
        assert work.forms.get("person-1") == last
        work.forms.drop("person-1")
        work.forms.drop("person-1")
        assert work.forms.get("person-1") is None
        assert work.forms.get("person-2") == Form(person_id="person-2", kind="rhythm", updated_on=TODAY, data={})


def test_a_form_belongs_to_somebody(storage):
    """A reference to nothing is refused."""
    with storage.begin() as work, pytest.raises(Conflict):
        work.forms.put(Form(person_id="nobody", kind="rhythm", updated_on=TODAY))


def test_forms_of_earlier_days_go(storage):
    """The day of the last change decides; a form of that very day stays."""
    with storage.begin() as work:
        work.forms.put(Form(person_id="person-1", kind="rhythm", updated_on=TODAY - timedelta(days=1)))
        work.forms.put(Form(person_id="person-2", kind="rhythm", updated_on=TODAY))
        assert work.forms.drop_before(TODAY) == 1
        assert work.forms.get("person-1") is None
        assert work.forms.get("person-2") is not None
