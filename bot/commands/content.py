"""The commands `check-dialogues` and `walk`, for who writes the questions."""

from __future__ import annotations

import json
from pathlib import Path

import typer

from bot.compose import open_library
from bot.offline import offline_settings
from bot.terminal import err, out
from bot.walking import LEGEND, table_of, walk_through
from dialogues.authoring.loader import load_library, shipped_folder
from dialogues.authoring.profiles import UnknownFact, facts_in
from dialogues.authoring.report import report as report_on
from dialogues.authoring.schema import json_schema
from dialogues.authoring.walks import Walker
from dialogues.conversation.definition import Audience, Sector
from dialogues.conversation.way import Way


def check_dialogues(folder: Path | None, *, report: bool, schema: bool) -> None:
    """Check everything, with the own dialogues in this folder. Raises ContentErrors."""
    if schema:
        typer.echo(json.dumps(json_schema(), ensure_ascii=False, indent=2))
        return
    folders = (shipped_folder(),) if folder is None else (shipped_folder(), folder)
    library = load_library(*folders)
    if report:
        out.print(table_of(report_on(library)))
        out.print(LEGEND, highlight=False)
    out.print(f"{len(library.definitions)} dialogen in orde: {', '.join(library.definitions)}")


def walk(
    element: str, *, audience: Audience, sector: Sector, number: int, profile: str, way: Way, transcript: Path | None
) -> None:
    """Play a dialogue here; ends with 2 for a fact that does not exist. Raises UnknownDialogue."""
    try:
        facts = facts_in(profile)
    except UnknownFact as error:
        err.print(str(error), markup=False)
        raise typer.Exit(2) from None
    library = open_library(offline_settings())
    walker = Walker(dialogue=element, audience=audience, sector=sector, number=number, facts=facts, way=way)
    played = walk_through(library.get(element), walker, console=out)
    if transcript is not None:
        transcript.write_text(played, encoding="utf-8")
