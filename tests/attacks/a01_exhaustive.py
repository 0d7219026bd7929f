"""A1: every table of answers there can be, published by the real rule; is any answer left with one possibility?"""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

from bot.auditing import Report, run_audit
from bot.bad_forms import BAD_FORMS, BAD_PAIRS
from dialogues.insight.bad_rules import BAD_RULES
from tests.attacks.outcome import Outcome

LEAST_SPLITS = 300
MOST_SECONDS = 120
"""On two cores that do nothing else; on a busy machine seconds say nothing about the audit."""


@dataclass(frozen=True, slots=True)
class Size:
    short: bool


LONG, SHORT = Size(short=False), Size(short=True)


def run(size: Size, *, seed: int, folder: Path) -> Outcome:
    """The command `audit` itself; the planted bad rules and bad forms are its control."""
    quiet = os.getloadavg()[0] < 1
    return outcome_of(run_audit(short=size.short), timed=quiet and not size.short)


def outcome_of(report: Report, *, timed: bool) -> Outcome:
    """The figures of a report beside the pass marks; ``timed``: whether seconds count."""
    tables = f"{sum(line.tables for line in report.lines):,}".replace(",", ".")
    outcome = Outcome(
        f"{report.splits} verdelingen, {tables} tabellen; vastgepind: {report.pinned}; "
        f"slechte regels ontdekt: {report.found} van {len(report.bad_rules)}; "
        f"slechte vormen ontdekt: {report.found_forms} van {len(report.bad_forms)}; "
        f"{report.seconds:.0f} s, waarvan {report.work_seconds:.0f} s rekentijd van alle processors samen"
        f"{'' if timed else ' (druk of kort: tijd telt niet mee)'}"
    )
    outcome.must(report.pinned == 0, f"{report.pinned} vastgepind")
    outcome.must(report.found == len(BAD_RULES), f"{report.found} slechte regels ontdekt")
    outcome.must(report.found_forms == len({**BAD_FORMS, **BAD_PAIRS}), f"{report.found_forms} slechte vormen ontdekt")
    outcome.must(not report.never_shown, f"kwam nooit voor: {'; '.join(report.never_shown)}")
    outcome.must(not any(line.early for line in report.lines), "onder de vijf is er iets te zien")
    outcome.must(not any(line.faults for line in report.lines), "de regel behandelt antwoorden ongelijk")
    outcome.must(report.short or report.splits >= LEAST_SPLITS, f"{report.splits} verdelingen")
    outcome.must(report.passed, "de opdracht zegt zelf: niet goed")
    outcome.must(not timed or report.seconds <= MOST_SECONDS, f"{report.seconds:.0f} s")
    return outcome
