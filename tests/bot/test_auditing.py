"""The audit as a command: what it says of the real rule, of weakened ones, and of an audit that finds nothing."""

from __future__ import annotations

import json
import re
from dataclasses import replace

import pytest
from typer.testing import CliRunner

from bot import auditing
from bot.appearances import EVERYTHING
from bot.auditing import run_audit, tables_of
from bot.cli import app
from bot.form_audit import FormLine
from dialogues.insight import Band, Publication, Rule, publish
from dialogues.insight.splits import Split


@pytest.fixture(autouse=True)
def few_splits(monkeypatch):
    """A few small splits; all of them are for `make audit` and for the row of the attack table."""
    few = (Split((4,)), Split((5,)), Split((10,)), Split((5, 1)), Split((5, 4), classes=True))
    monkeypatch.setattr(auditing, "splits", lambda **_: few)
    monkeypatch.setattr(auditing, "BAD_RULES", dict(list(auditing.BAD_RULES.items())[:2]))
    monkeypatch.setattr(auditing, "audit_forms", no_forms)
    monkeypatch.setattr(auditing, "bad_forms_found", one_bad_form)


def no_forms(_rule, *, short):
    """The forms have a test of their own."""
    return [FormLine(what="alles", tables=0, outputs=0, pinned=0, shown=tuple(EVERYTHING))]


def one_bad_form():
    return {"een vorm": 1}


def no_bad_form():
    return {"een vorm": 0}


def one_that_tells(_rule, *, short):
    return [FormLine(what="vraag: tabel", tables=56, outputs=5, pinned=3, shown=tuple(EVERYTHING))]


def without_a_pattern(_rule, *, short):
    """Nobody is pinned in what came up; but one pattern never did."""
    return [FormLine(what="alles", tables=0, outputs=0, pinned=0, shown=tuple(EVERYTHING - {"patroon it_stands"}))]


def without_floor(counts, rule, floor=5):
    """The real rule for one person less than is promised."""
    sizes = {name: sum(row.values()) for name, row in counts.items()}
    if sum(sizes.values()) != 4:
        return publish(counts, rule)
    team = [sum(row[band] for row in counts.values()) for band in Band]
    return Publication(rule=rule, band=list(Band)[team.index(max(team))] if team.count(max(team)) == 1 else None)


def exact_without_outside(counts, rule, floor=5):
    """Exact counts also with fewer than three outside the biggest band."""
    shown = publish(counts, rule)
    if rule is Rule.WORDS or shown.below_floor:
        return shown
    team = {band: sum(row[band] for row in counts.values()) for band in next(iter(counts.values()))}
    return replace(shown, counts=team)


def without_rest(counts, rule, floor=5):
    """Sectors of five are shown, whatever can be subtracted."""
    shown = publish(counts, rule)
    own = {name: publish({name: row}, rule).band for name, row in counts.items() if sum(row.values()) >= 5}
    return Publication(rule=shown.rule, below_floor=shown.below_floor, band=shown.band, sectors=own)


def test_the_real_rule_passes_and_says_so(monkeypatch):
    """Exit code 0, a dated table with the commit, and the same figures as JSON."""
    report = run_audit(together=1)
    monkeypatch.setattr(auditing, "run_audit", lambda **_: report)
    said = CliRunner().invoke(app, ["audit"])
    assert said.exit_code == 0, said.output
    assert re.search(r"\d\d-\d\d-2\d{3} · versie \w+", " ".join(said.output.split()))
    assert "Vastgepinde mensen: 0. Slechte regels ontdekt: 2 van 2." in said.output
    assert "Slechte vormen ontdekt: 1 van 1." in said.output
    figures = json.loads(CliRunner().invoke(app, ["audit", "--json"]).output)
    assert (figures["passed"], figures["pinned"], figures["found"], figures["splits"]) == (True, 0, 2, 5)
    assert sum(line["tables"] for line in figures["lines"]) == 2 * (35 + 56 + 286 + 56 * 4 + 56 * 35)


def test_a_rule_that_shows_something_of_four_people_fails():
    """Though nobody is pinned by it: five were promised."""
    report = run_audit(rule=without_floor, together=1)
    assert (report.pinned, report.passed) == (0, False)
    assert sum(line.early for line in report.lines) == 2 * 4
    assert any("te weinig mensen" in part for part in tables_of(report) if isinstance(part, str))


@pytest.mark.parametrize("weak", [exact_without_outside, without_rest])
def test_a_rule_that_is_weakened_by_one_line_fails(weak, monkeypatch):
    """Exact counts with too few outside the biggest band, and a sector beside a small rest."""
    report = run_audit(rule=weak, together=1)
    assert report.pinned > 0
    assert not report.passed
    monkeypatch.setattr(auditing, "run_audit", lambda **_: report)
    said = CliRunner().invoke(app, ["audit"])
    assert said.exit_code == 1
    assert f"Vastgepinde mensen: {report.pinned}" in said.output


def test_an_audit_that_misses_a_bad_rule_fails(monkeypatch):
    """A search that approves everything is itself the fault."""
    monkeypatch.setattr(auditing, "BAD_RULES", {"niet echt slecht": (publish, {"jgz": 5})})
    report = run_audit(rule=publish, together=1)
    assert report.bad_rules == {"niet echt slecht": 0}
    assert (report.pinned, report.found, report.passed) == (0, 0, False)
    assert any("NIET ontdekt" in part for part in tables_of(report) if isinstance(part, str))


@pytest.mark.parametrize(("step", "instead"), [("bad_forms_found", no_bad_form), ("audit_forms", one_that_tells)])
def test_a_form_that_tells_too_much_and_one_that_is_missed_fail(step, instead, monkeypatch):
    """Both stop the audit from passing, and both are told by name."""
    monkeypatch.setattr(auditing, step, instead)
    report = run_audit(together=1)
    assert not report.passed
    monkeypatch.setattr(auditing, "run_audit", lambda **_: report)
    said = CliRunner().invoke(app, ["audit"])
    assert said.exit_code == 1
    assert "Slechte vorm ‘een vorm’: NIET ontdekt" in said.output or "Dit verraadt iets: vraag: tabel." in said.output


def test_an_audit_that_never_met_a_pattern_fails_and_names_it(monkeypatch):
    """Of what never came up nothing is proved."""
    monkeypatch.setattr(auditing, "audit_forms", without_a_pattern)
    report = run_audit(together=1)
    assert (report.pinned, report.passed, report.never_shown) == (0, False, ("patroon it_stands",))
    assert report.to_json()["never_shown"] == ("patroon it_stands",)
    assert any("niets bewezen: patroon it_stands." in part for part in tables_of(report) if isinstance(part, str))
