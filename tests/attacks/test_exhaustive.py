"""The row about every outcome fails with everything for which the audit itself says that it did not pass."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from bot.auditing import Line, Report
from bot.bad_forms import BAD_FORMS, BAD_PAIRS
from bot.form_audit import FormLine, never_shown
from dialogues.insight.bad_rules import BAD_RULES
from tests.attacks.a01_exhaustive import outcome_of

GOOD = Report(
    day=date(2026, 11, 27),
    commit="0123456789",
    short=True,
    lines=(Line(what="alles", splits=1, tables=1, published=1, outputs=1),),
    forms=(FormLine(what="alles", tables=1, outputs=1, pinned=0, shown=never_shown(())),),
    bad_rules=dict.fromkeys(BAD_RULES, 1),
    bad_forms=dict.fromkeys([*BAD_FORMS, *BAD_PAIRS], 1),
)


def test_a_good_report_passes():
    """Everything planted found, everything met, nobody pinned; all three bad rules are there to be found."""
    assert outcome_of(GOOD, timed=False).missed == []
    assert len(BAD_RULES) == 3


@pytest.mark.parametrize(
    "wrong",
    [
        {"forms": ()},
        {"bad_rules": {}},
        {"bad_rules": dict.fromkeys(BAD_RULES, 0)},
        {"bad_forms": {}},
        {"lines": (replace(GOOD.lines[0], pinned=1),)},
        {"lines": (replace(GOOD.lines[0], early=1),)},
        {"lines": (replace(GOOD.lines[0], faults=1),)},
        {"forms": (replace(GOOD.forms[0], pinned=1),)},
        {"forms": (replace(GOOD.forms[0], shown=GOOD.forms[0].shown[1:]),)},
        {"short": False},
    ],
    ids=str,
)
def test_whatever_is_wrong_is_a_missed_mark(wrong):
    """Each of these is an audit that proves nothing, or that found something."""
    assert outcome_of(replace(GOOD, **wrong), timed=False).missed
