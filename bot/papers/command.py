"""The command `papers`: everything an organisation must decide on, filled as far as the program knows."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from bot.papers.facts import facts_of
from bot.papers.organisation import Organisation
from bot.papers.writing import PaperExists, make_papers, write_papers
from bot.settings import Settings
from bot.usecases.deps import Deps

Folder = Annotated[Path, typer.Option(help="De map waarin de papieren komen; wordt gemaakt als hij er niet is.")]
Overwrite = Annotated[bool, typer.Option("--overwrite", help="Schrijf over papieren heen die er al staan.")]
Name = Annotated[str, typer.Option(help="Naam van de verantwoordelijke organisatie.")]
Contact = Annotated[str, typer.Option(help="Mailadres of telefoonnummer voor vragen.")]
Officer = Annotated[str, typer.Option(help="Naam en mailadres van de functionaris gegevensbescherming.")]
Host = Annotated[str, typer.Option(help="Wie de server beheert, en in welk land.")]
Ground = Annotated[str, typer.Option(help="De grondslag, nagegaan door je jurist.")]
Council = Annotated[str, typer.Option(help="Naam van de ondernemingsraad of medezeggenschapsraad.")]


def hand_out(
    deps: Deps, settings: Settings, organisation: Organisation, *, to: Path, overwrite: bool, console: Console
) -> None:
    """Write the papers and tell how many places are open; ends with 1 when a file is there already."""
    papers = make_papers({**facts_of(deps, settings), **organisation.facts()})
    try:
        write_papers(papers, to, overwrite=overwrite)
    except PaperExists as there:
        console.print(
            f"In {to} staat al {there}. Er is niets geschreven. Kies een andere map, of neem --overwrite.",
            markup=False,
            soft_wrap=True,
        )
        raise typer.Exit(1) from None
    for paper in papers:
        console.print(
            f"{to / paper.name}.md en .html: {paper.title} ({len(paper.blanks)} open)", markup=False, soft_wrap=True
        )
    console.print("Zoek op '[vul in:' voor wat jij nog moet invullen. Dit is geen juridisch advies.", markup=False)
