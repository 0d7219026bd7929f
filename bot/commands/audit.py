"""The command `audit`: whether an overview ever gives somebody's answer away."""

from __future__ import annotations

from functools import partial

import typer

from bot import auditing
from bot.terminal import err, out


def audit(*, short: bool, every_table: bool, as_json: bool) -> None:
    """Search for a publication that gives an answer away; ends with 1 when there is one."""
    report = auditing.with_progress(err, partial(auditing.run_audit, short=short, every_table=every_table))
    if as_json:
        out.print_json(data=report.to_json())
    else:
        for part in auditing.tables_of(report):
            out.print(part, markup=False, highlight=False)
    if not report.passed:
        raise typer.Exit(1)
