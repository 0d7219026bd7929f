"""Only what the opener does reads private keys (privacy rule 3)."""

from __future__ import annotations

import ast
from pathlib import Path

ROOT = Path(__file__).parents[2]
OPENING = {
    "bot/usecases/release_round.py",
    "bot/usecases/pooling.py",
    "bot/usecases/publish_participation.py",
    "bot/usecases/keep_slip.py",
}
"""Envelopes, shared texts, slips about participation, and the marks on those slips."""
READS = {"private", "mark"}
"""What `KeyFolder` makes of a private key."""


def readers():
    """The files that ask the key folder for a private key, or for what is made of one."""
    for room in ("bot", "storage"):
        for file in sorted((ROOT / room).rglob("*.py")):
            calls = (node.func for node in ast.walk(ast.parse(file.read_text())) if isinstance(node, ast.Call))
            asked = (each for each in calls if isinstance(each, ast.Attribute) and each.attr in READS)
            if any(ast.unparse(each.value).endswith("keys") for each in asked):
                yield str(file.relative_to(ROOT))


def test_only_the_opener_reads_private_keys():
    """No tap, no menu, no message and no backup opens anything."""
    assert set(readers()) == OPENING


def test_what_opens_is_done_by_the_opener_alone():
    """Of what talks to people nothing imports a use case that opens."""
    names = {Path(each).stem for each in OPENING}
    chat = [*(ROOT / "bot" / "chat").rglob("*.py"), *(ROOT / "bot" / "web").rglob("*.py")]
    imported = {
        node.module.rsplit(".", 1)[-1]
        for file in chat
        for node in ast.walk(ast.parse(file.read_text()))
        if isinstance(node, ast.ImportFrom) and node.module
    }
    assert not imported & names
