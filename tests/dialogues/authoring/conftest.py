"""Folders of content to load: the shipped one with one thing changed."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from dialogues.authoring.loader import load_library, shipped_folder
from dialogues.errors import ContentErrors, Mistake

Change = Callable[..., Path]


@pytest.fixture(name="changed")
def _changed(tmp_path: Path) -> Change:
    """Copy phrases, functions and one dialogue to a folder of their own, with texts replaced in that dialogue."""

    def change(name: str, *replaced: tuple[str, str]) -> Path:
        folder = tmp_path / "own"
        folder.mkdir(exist_ok=True)
        for copied in ("phrases.yaml", "functions.yaml", name):
            if not (folder / copied).exists():
                text = (shipped_folder() / copied).read_text(encoding="utf-8")
                (folder / copied).write_text(text, encoding="utf-8")
        text = (folder / name).read_text(encoding="utf-8")
        for old, new in replaced:
            assert text.count(old) == 1, f"{old!r} occurs {text.count(old)} times in {name}"
            text = text.replace(old, new)
        (folder / name).write_text(text, encoding="utf-8")
        return folder

    return change


@pytest.fixture(name="mistakes")
def _mistakes() -> Callable[[Path], tuple[Mistake, ...]]:
    """Load a folder and give the mistakes; none when it loads."""

    def load(*folders: Path) -> tuple[Mistake, ...]:
        try:
            load_library(*folders)
        except ContentErrors as error:
            return error.mistakes
        return ()

    return load


@pytest.fixture(name="line")
def _line() -> Callable[..., int]:
    """The 1-based number of the line where a text begins."""

    def line(folder: Path, name: str, text: str) -> int:
        content = (folder / name).read_text(encoding="utf-8")
        return content[: content.index(text)].count("\n") + 1

    return line
