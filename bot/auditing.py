"""The audit of the publication rule as a command: every table of hundreds of splits, on all cores, with a report.

What is searched stands in `dialogues.insight.splits`, how in `dialogues.insight.exhaustive`. Here: processes, a bar for
who is watching, the forms a publication is shown in, and the verdict.
"""

from __future__ import annotations

import os
import random
import subprocess
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from concurrent.futures import ProcessPoolExecutor
from dataclasses import asdict, dataclass, field
from datetime import UTC, date, datetime
from functools import partial
from pathlib import Path
from typing import Any, Final

from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn, TimeRemainingColumn
from rich.table import Table

from bot.form_audit import FormLine, audit_forms, bad_forms_found, never_shown
from dialogues.insight.audit import PublishRule
from dialogues.insight.bad_rules import BAD_RULES
from dialogues.insight.bands import Band
from dialogues.insight.exhaustive import exchange_faults, search
from dialogues.insight.publication import Rule, publish
from dialogues.insight.splits import BANDS, Split, splits

SEED: Final = 20261126
DRAWN: Final = 200
"""Tables per split at which the exchange of bands is tried."""
RULE_NAMES: Final = {Rule.WORDS: "woorden", Rule.COUNTS: "aantallen"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """What came out for one kind of split."""

    what: str
    splits: int = 0
    tables: int = 0
    published: int = 0
    """How often `publish` was called."""
    outputs: int = 0
    pinned: int = 0
    """Answers given away; each would be a person whose answer is known."""
    early: int = 0
    """Outputs too many of splits that are too small to show anything: there may be one, for all tables."""
    faults: int = 0
    """Tables at which the rule does more with bands than tell them apart; classes would prove nothing then."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """The whole audit."""

    day: date
    commit: str
    short: bool
    lines: tuple[Line, ...]
    forms: tuple[FormLine, ...]
    """What came out for everything that is shown of one kind of round."""
    bad_rules: Mapping[str, int] = field(default_factory=dict)
    """Planted bad rule → answers it was found to give away; 0 means that it was not found."""
    bad_forms: Mapping[str, int] = field(default_factory=dict)
    """The same of forms that show more than was published."""
    seconds: float = 0.0
    """Real time."""
    work_seconds: float = 0.0
    """Processor time of all cores together; beside other work on a machine this says more."""

    @property
    def pinned(self) -> int:
        """Answers given away, of all kinds."""
        return sum(line.pinned for line in self.lines) + sum(line.pinned for line in self.forms)

    @property
    def splits(self) -> int:
        """Different splits, whichever rule."""
        return sum(line.splits for line in self.lines) // len(Rule)

    @property
    def found(self) -> int:
        """How many planted bad rules were found."""
        return sum(number > 0 for number in self.bad_rules.values())

    @property
    def found_forms(self) -> int:
        """How many planted bad forms were found."""
        return sum(number > 0 for number in self.bad_forms.values())

    @property
    def never_shown(self) -> tuple[str, ...]:
        """What readers can be shown and these forms were never tried with: nothing was proved of that."""
        return never_shown(self.forms)

    @property
    def passed(self) -> bool:
        """Nobody pinned, nothing shown of too few, everything planted found, everything met, and the classes hold."""
        clean = not any(line.faults or line.early for line in self.lines)
        every = self.found == len(self.bad_rules) and self.found_forms == len(self.bad_forms)
        return not self.pinned and every and clean and not self.never_shown

    def to_json(self) -> dict[str, Any]:
        """Everything as JSON values."""
        return {
            **asdict(self),
            "day": self.day.isoformat(),
            "splits": self.splits,
            "pinned": self.pinned,
            "found": self.found,
            "found_forms": self.found_forms,
            "never_shown": self.never_shown,
            "passed": self.passed,
        }


def run_audit(
    *,
    rule: PublishRule = publish,
    short: bool = False,
    every_table: bool = False,
    together: int | None = None,
    progress: Callable[[int, int], None] = lambda _done, _of: None,
) -> Report:
    """Audit a publication rule over all splits and forms, and the audit itself over rules that are bad.

    Args:
        rule: the rule; the product's own when not given. It must be a function of a module, for other processes.
        short: a small part of everything.
        every_table: without classes of tables; takes hours.
        together: how many processes; as many as there are cores when not given.
        progress: called with the number of publications made and to make.
    """
    begun, worked = time.perf_counter(), _processor_time()
    todo = [(split, way) for split in splits(short=short, every_table=every_table) for way in Rule]
    whole, done = sum(split.work for split, _ in todo), 0
    lines: list[Line] = []
    with ProcessPoolExecutor(together or os.cpu_count()) as workers:
        forms = workers.submit(audit_forms, rule, short=short)
        planted = workers.submit(bad_forms_found)
        for (split, _), line in zip(todo, workers.map(partial(_line, rule), todo), strict=True):
            lines.append(line)
            done += split.work
            progress(done, whole)
        shown, bad_forms = forms.result(), planted.result()
    return Report(
        day=datetime.now(UTC).date(),
        commit=commit_here(),
        short=short,
        lines=tuple(_summed(lines)),
        forms=tuple(shown),
        bad_rules={name: len(search(bad, sizes, rule=Rule.WORDS).pins) for name, (bad, sizes) in BAD_RULES.items()},
        bad_forms=bad_forms,
        seconds=round(time.perf_counter() - begun, 1),
        work_seconds=round(_processor_time() - worked, 1),
    )


def _processor_time() -> float:
    """Seconds that this process and its finished children have worked."""
    spent = os.times()
    return spent.user + spent.system + spent.children_user + spent.children_system


def _line(rule: PublishRule, job: tuple[Split, Rule]) -> Line:
    """One split under one rule."""
    split, way = job
    searched = search(rule, split.named, rule=way, classes=split.classes)
    assert searched.tables == split.tables, "the search left tables out"  # noqa: S101 - then it proves nothing
    drawn = list(_drawn(split, DRAWN if split.classes else 0))
    return Line(
        what=f"{RULE_NAMES[way]}, {len(split.sizes)} {'sectoren' if len(split.sizes) > 1 else 'sector'}",
        splits=1,
        tables=searched.tables,
        published=searched.published,
        outputs=searched.outputs,
        pinned=len(searched.pins),
        early=searched.outputs - 1 if split.is_too_small else 0,
        faults=sum(1 for _ in exchange_faults(rule, drawn, rule=way)),
    )


def _summed(lines: Iterable[Line]) -> Iterator[Line]:
    """One line per rule and number of sectors."""
    every = list(lines)
    for what in sorted({line.what for line in every}, reverse=True):
        same = [line for line in every if line.what == what]
        yield Line(what=what, **{name: sum(getattr(line, name) for line in same) for name in _NUMBERS})


_NUMBERS: Final = ("splits", "tables", "published", "outputs", "pinned", "early", "faults")


def _drawn(split: Split, number: int) -> Iterator[Mapping[str, Mapping[str, int]]]:
    """Tables of a split, each as likely as any other."""
    chance = random.Random(f"{SEED}{split.sizes}")  # noqa: S311 - a sample, no secret
    for _ in range(number):
        table: dict[str, Mapping[str, int]] = {}
        for name, size in split.named.items():
            bars = (-1, *sorted(chance.sample(range(size + BANDS - 1), BANDS - 1)), size + BANDS - 1)
            table[name] = {band: after - before - 1 for band, before, after in zip(Band, bars, bars[1:], strict=False)}
        yield table


def commit_here() -> str:
    """The commit of this program; says so when files were changed since, or when there is no history."""
    git = ("git", "-C", str(Path(__file__).parents[1]))

    def told(*words: str) -> str | None:
        try:
            done = subprocess.run([*git, *words], capture_output=True, text=True, check=False)  # noqa: S603
        except OSError:
            return None
        return None if done.returncode else done.stdout.strip()

    commit = told("rev-parse", "--short=10", "HEAD")
    if commit is None:
        return "onbekend"
    return commit + (" en wijzigingen" if told("status", "--porcelain", "--", ".", ":!docs/aanvallen.md") else "")


def with_progress(console: Console, run: Callable[..., Report]) -> Report:
    """Run with a bar where somebody is watching."""
    if not console.is_terminal:
        return run()
    columns = (TextColumn("Narekenen"), BarColumn(), TextColumn("{task.percentage:.0f} %"), TimeRemainingColumn())
    with Progress(*columns, console=console, transient=True) as bar:
        task = bar.add_task("", total=None)
        return run(progress=lambda done, of: bar.update(task, completed=done, total=of))


def tables_of(report: Report) -> Iterator[Table | str]:
    """The report for a terminal, in Dutch."""
    size = "kort" if report.short else "volledig"
    took = f"{report.seconds:.0f} s, {report.work_seconds:.0f} s rekentijd"
    table = Table(title=f"Narekenen ({size}) · {report.day:%d-%m-%Y} · versie {report.commit} · {took}")
    for heading in ("Regel, sectoren", "Splitsingen", "Tabellen", "Gepubliceerd", "Uitkomsten", "Vastgepind"):
        table.add_column(heading, justify="left" if heading.startswith("Regel") else "right")
    for line in report.lines:
        counted = (line.splits, line.tables, line.published, line.outputs, line.pinned)
        table.add_row(line.what, *(_thousands(number) for number in counted))
    for form in report.forms:
        numbers = (_thousands(form.tables), "", _thousands(form.outputs), str(form.pinned))
        table.add_row(f"alle vormen: {form.what}", "", *numbers)
    yield table
    yield from _what_is_wrong(report)
    yield f"Verdelingen over sectoren: {report.splits}, elk met beide regels, met nul en met één bekende collega."
    yield f"Vastgepinde mensen: {report.pinned}. Slechte regels ontdekt: {report.found} van {len(report.bad_rules)}."
    yield f"Slechte vormen ontdekt: {report.found_forms} van {len(report.bad_forms)}."


def _what_is_wrong(report: Report) -> Iterator[str]:
    """What was planted, found or not, and all that stops the audit from passing."""
    for name, number in report.bad_rules.items():
        yield f"Slechte regel ‘{name}’: {'ontdekt' if number else 'NIET ontdekt'}"
    for name, number in report.bad_forms.items():
        yield f"Slechte vorm ‘{name}’: {'ontdekt' if number else 'NIET ontdekt'}"
    for form in report.forms:
        if form.pinned:
            yield f"Dit verraadt iets: {form.what}."
    if report.never_shown:
        yield f"Dit kwam nooit voor, dus daarover is niets bewezen: {'; '.join(report.never_shown)}."
    if early := sum(line.early for line in report.lines):
        yield f"Bij te weinig mensen is er toch iets te zien: {early} uitkomsten te veel."
    if faults := sum(line.faults for line in report.lines):
        yield f"De regel behandelt antwoorden ongelijk, bij {faults} tabellen: reken na met --every-table."


def _thousands(number: int) -> str:
    return f"{number:,}".replace(",", ".")
