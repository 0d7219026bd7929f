"""The documents as a reader meets them: text, sentences, quoted buttons, commands in code blocks."""

from __future__ import annotations

import re
from pathlib import Path

ROOT = Path(__file__).parents[2]
PAPERS = tuple(sorted((ROOT / "bot" / "papers" / "texts").glob("*.md")))
"""Templates of what an organisation hands out; full of names like ``$datum``."""
DOCUMENTS = (
    ROOT / "README.md",
    ROOT / "CHANGELOG.md",
    ROOT / "CONTRIBUTING.md",
    *sorted((ROOT / "docs").rglob("*.md")),
    *PAPERS,
)
FOR_PEOPLE = tuple(ROOT / "docs" / f"{name}.md" for name in ("professional", "teamleider", "coordinator"))
DUTCH = (
    *FOR_PEOPLE,
    *(ROOT / "docs" / f"{name}.md" for name in ("beheer", "prestaties", "privacy", "aanvallen", "inhoud", "eisen")),
    ROOT / "CHANGELOG.md",
    *PAPERS,
)
_BLOCK = re.compile(r"^```(\w*)\n(.*?)^```", re.DOTALL | re.MULTILINE)


def name_of(path: Path) -> str:
    """The path as the repository shows it."""
    return str(path.relative_to(ROOT))


def blocks(text: str, language: str) -> list[str]:
    """Code blocks of one language."""
    return [body for kind, body in _BLOCK.findall(text) if kind == language]


def commands(text: str) -> list[str]:
    """Every line a reader is told to type into a terminal."""
    return [line.strip() for block in blocks(text, "console") for line in block.splitlines() if line.strip()]


def prose(text: str) -> str:
    """The text without code, images and the addresses of links."""
    text = re.sub(r"`[^`\n]+`", "code", _BLOCK.sub("", text))
    text = re.sub(r"!\[[^\]]*\]\([^)]*\)", "", text)
    return re.sub(r"\[([^\]]*)\]\([^)]*\)", r"\1", text)


def sentences(text: str) -> list[str]:
    """Sentences of the prose; a line, an item of a list and a cell of a table each end one."""
    pieces = re.split(r"\n|\||(?<=[.!?:])\s+", prose(text))
    return [piece.strip(" #*->`") for piece in pieces if piece.strip(" #*->`")]


def rows(text: str) -> list[list[str]]:
    """The rows of all tables, without headings and rulers."""
    lines = [line for line in text.splitlines() if line.startswith("|")]
    split = [[cell.strip() for cell in line.strip("|").split(" | ")] for line in lines]
    rulers = [place for place, line in enumerate(lines) if set(line) <= set("|- :")]
    return [row for place, row in enumerate(split) if place not in rulers and place + 1 not in rulers]
