"""One rule of privacy, one line of the product that would break it, and the test that must see that."""

from __future__ import annotations

import ast
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).parents[3]


@dataclass(frozen=True, slots=True)
class Weakening:
    """A change of one line after which a promise no longer holds."""

    rule: str
    """What is promised, in Dutch, as short as can be."""
    file: str
    old: str
    """Stands in the file exactly once."""
    new: str
    test: str
    """The test that fails when ``new`` stands there instead."""

    def applied(self, root: Path = ROOT) -> str:
        """The file as it would read. Raises ValueError when the table no longer fits the program."""
        text = (root / self.file).read_text()
        if text.count(self.old) != 1 or self.new == self.old:
            raise ValueError(f"{self.file} holds {text.count(self.old)} times: {self.old!r}")
        weak = text.replace(self.old, self.new)
        if self.file.endswith(".py"):
            ast.parse(weak)
        return weak

    def test_exists(self) -> bool:
        """Whether the test it names is there; one parameter of a test counts as that test."""
        path, _, name = self.test.partition("::")
        file = ROOT / path
        return file.is_file() and bool(re.search(rf"def {re.escape(name.partition('[')[0])}\(", file.read_text()))
