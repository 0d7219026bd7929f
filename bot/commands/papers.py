"""The command `papers`: everything an organisation must decide on, filled as far as the program knows."""

from __future__ import annotations

from pathlib import Path

import typer

from bot.compose import make_deps
from bot.offline import offline_settings
from bot.papers.facts import facts_of
from bot.papers.organisation import Organisation
from bot.papers.writing import PaperExists, make_papers, write_papers
from bot.terminal import out


def papers(organisation: Organisation, *, to: Path, overwrite: bool) -> None:
    """Write the papers and tell how many places are open; ends with 1 when a file is there already."""
    settings = offline_settings()
    deps = make_deps(settings)
    made = make_papers({**facts_of(deps, settings), **organisation.facts()})
    try:
        write_papers(made, to, overwrite=overwrite)
    except PaperExists as there:
        out.print(
            f"In {to} staat al {there}. Er is niets geschreven. Kies een andere map, of neem --overwrite.",
            markup=False,
            soft_wrap=True,
        )
        raise typer.Exit(1) from None
    for paper in made:
        out.print(
            f"{to / paper.name}.md en .html: {paper.title} ({len(paper.blanks)} open)", markup=False, soft_wrap=True
        )
    out.print("Zoek op '[vul in:' voor wat jij nog moet invullen. Dit is geen juridisch advies.", markup=False)
