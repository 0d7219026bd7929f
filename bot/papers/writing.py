"""From templates and facts to papers in a folder: each one as Markdown to edit and as a page to publish or print."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from html import escape
from importlib.resources import files
from pathlib import Path
from string import Template
from typing import Any, Final

from markdown_it import MarkdownIt
from markdown_it.renderer import RendererHTML
from markdown_it.token import Token

from bot.papers.organisation import BLANK

PAPERS: Final = (
    "privacytekst", "dpia", "brief-medezeggenschap", "verwerkingsregister", "bio2", "toegankelijkheid", "telegram",
)  # fmt: skip
"""Names of the papers, which are the names of their templates and files too."""
PARTS: Final = ("wel", "niet", "rollen", "opslag")
"""Pieces of text that stand in more than one paper."""


class PaperExists(Exception):
    """A file that would be written is there already; somebody may have filled in its blanks."""


@dataclass(frozen=True, slots=True)
class Paper:
    """One paper, ready to be written."""

    name: str
    text: str
    """Markdown, without anything left to fill but marked blanks."""

    @property
    def title(self) -> str:
        """Its first heading."""
        return self.text.partition("\n")[0].removeprefix("# ")

    @property
    def blanks(self) -> tuple[str, ...]:
        """The open places, in order."""
        return tuple(BLANK.findall(self.text))

    def page(self) -> str:
        """The paper as a web page of one file: nothing is fetched, and it prints on A4."""
        shell = Template(_file("page.html"))
        return shell.substitute(
            name=self.name, title=escape(self.title), style=_file("page.css"), body=_html(self.text)
        )


def make_papers(facts: Mapping[str, str]) -> tuple[Paper, ...]:
    """All papers, filled. Raises KeyError for a fact that a template needs and nobody knows."""
    parts = {name: Template(_file(f"texts/{name}.part.md").strip()).substitute(facts) for name in PARTS}
    known = {**facts, **parts}
    return tuple(Paper(name, Template(_file(f"texts/{name}.md")).substitute(known)) for name in PAPERS)


def write_papers(papers: tuple[Paper, ...], folder: Path, *, overwrite: bool = False) -> None:
    """Write every paper as Markdown and as a page. Raises PaperExists before anything is written."""
    contents = {
        folder / f"{paper.name}.{kind}": text
        for paper in papers
        for kind, text in (("md", paper.text), ("html", paper.page()))
    }
    there = sorted(path.name for path in contents if path.exists())
    if there and not overwrite:
        raise PaperExists(there[0] if len(there) == 1 else f"{there[0]}, en nog {len(there) - 1} van deze bestanden")
    folder.mkdir(parents=True, exist_ok=True)
    for path, text in contents.items():
        path.write_text(text, encoding="utf-8")


def _file(name: str) -> str:
    return (files("bot.papers") / name).read_text(encoding="utf-8")


def _html(text: str) -> str:
    """Markdown as HTML: tables can be scrolled on a phone, and open places stand out."""
    markdown = MarkdownIt("commonmark", {"html": False}).enable("table")
    markdown.add_render_rule("table_open", _table_open)
    markdown.add_render_rule("table_close", _table_close)
    markdown.add_render_rule("th_open", _heading_cell)
    return re.sub(BLANK, lambda found: f"<mark>{found[0]}</mark>", markdown.render(text))


def _table_open(_self: RendererHTML, tokens: list[Token], index: int, _options: Any, _env: Any) -> str:
    """A table in a box that the keyboard can scroll too, named after the heading above it."""
    headings = [tokens[place + 1].content for place in range(index) if tokens[place].type == "heading_open"]
    return f'<div class="table" role="region" aria-label="Tabel bij: {escape(headings[-1])}" tabindex="0">\n<table>\n'


def _table_close(_self: RendererHTML, _tokens: list[Token], _index: int, _options: Any, _env: Any) -> str:
    return "</table>\n</div>\n"


def _heading_cell(_self: RendererHTML, _tokens: list[Token], _index: int, _options: Any, _env: Any) -> str:
    return '<th scope="col">'
