"""The house keeps its shape: small files and functions, a sentence on every file, no dead texts."""

from __future__ import annotations

import ast
import statistics
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
ROOMS = ("bot", "dialogues", "storage")
FILES = sorted(file for room in ROOMS for file in (ROOT / room).rglob("*.py") if "versions" not in file.parts)
HARD_STOP = 400
P90_FUNCTION = 30
FORBIDDEN_NAMES = {"utils", "helpers", "manager", "misc", "common"}


def name_of(file):
    return str(file.relative_to(ROOT))


def functions_of(tree):
    return [node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)]


def lines_of(function):
    """Lines of a function without its docstring and decorators."""
    body = function.body
    if (
        isinstance(body[0], ast.Expr)
        and isinstance(body[0].value, ast.Constant)
        and isinstance(body[0].value.value, str)
    ):
        body = body[1:] or body
    return function.end_lineno - body[0].lineno + 2


@pytest.mark.parametrize("file", FILES, ids=name_of)
def test_a_file_is_small_and_says_what_it_is_for(file):
    """At most 400 lines, a docstring of its own, and a name that means something."""
    text = file.read_text()
    assert len(text.splitlines()) <= HARD_STOP
    assert ast.get_docstring(ast.parse(text)), "say in one sentence what this file is for"
    assert file.stem not in FORBIDDEN_NAMES


def test_functions_fit_on_a_screen():
    """Nine of ten functions are at most thirty lines."""
    sizes = [lines_of(function) for file in FILES for function in functions_of(ast.parse(file.read_text()))]
    assert statistics.quantiles(sizes, n=10)[-1] <= P90_FUNCTION


@pytest.mark.parametrize("module", sorted((ROOT / "bot" / "chat" / "texts").glob("*_nl.py")), ids=name_of)
def test_every_text_is_used(module):
    """A sentence that nothing shows is dead and goes."""
    tree = ast.parse(module.read_text())
    names = {node.name for node in tree.body if isinstance(node, ast.FunctionDef) and not node.name.startswith("_")}
    for node in tree.body:
        if isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name) and not node.target.id.startswith("_"):
            names.add(node.target.id)
    used = "\n".join(file.read_text() for file in (ROOT / "bot" / "chat").rglob("*.py"))
    unused = [name for name in names if used.count(name) < 2]
    assert unused == []


def test_nothing_leans_on_what_is_outside_the_project():
    """No file of the project names a folder beside it, and no pin names an address."""
    for file in FILES:
        assert "../shared" not in file.read_text(), name_of(file)
    for pins in ("requirements.txt", "requirements-dev.txt"):
        lines = (ROOT / pins).read_text().splitlines()
        assert not [line for line in lines if "://" in line or line.startswith("-")], pins
