"""Whatever stands in a file: definitions or located mistakes, never a traceback."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dialogues.authoring.loader import load_library, shipped_folder
from dialogues.authoring.tree import read_tree
from dialogues.errors import ContentErrors, Mistake
from tests.support.chance import examples

pytestmark = pytest.mark.thorough

NAMES = ("phrases.yaml", "functions.yaml", "trust.yaml", "start.yaml")
KEYS = st.sampled_from(
    ["id", "kind", "text", "when", "branches", "options", "value", "label", "steps", "themes", "counted", "x"]
)
SCALARS = (
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text(max_size=8)
    | st.sampled_from(
        ["closing", "choice", "multi", "open", "low", "audience:practice", "{wijkteam}", "start", "bands"]
    )
)
TREES = st.recursive(
    SCALARS, lambda inner: st.lists(inner, max_size=4) | st.dictionaries(KEYS, inner, max_size=6), max_leaves=20
)


def _load(name: str, text: str) -> None:
    """Load the shipped content with one file replaced; each mistake must name a file and a remedy."""
    with TemporaryDirectory() as folder:
        for copied in NAMES:
            (Path(folder) / copied).write_bytes((shipped_folder() / copied).read_bytes())
        (Path(folder) / name).write_text(text, encoding="utf-8", errors="surrogatepass")
        for mistake in _mistakes(Path(folder)):
            assert mistake.file
            assert mistake.problem
            assert mistake.remedy
            assert str(mistake)


def _mistakes(folder: Path) -> tuple[Mistake, ...]:
    try:
        load_library(folder)
    except ContentErrors as error:
        return error.mistakes
    return ()


def _dumped(tree: Any) -> str:
    return yaml.safe_dump(tree, allow_unicode=True)


def _parsed(name: str) -> Any:
    return yaml.safe_load((shipped_folder() / name).read_text(encoding="utf-8"))


@st.composite
def _damaged(draw: st.DrawFn) -> tuple[str, Any]:
    """A shipped file with one to three values replaced, removed, or put under another key."""
    name = draw(st.sampled_from(NAMES))
    tree = _parsed(name)
    for _ in range(draw(st.integers(1, 3))):
        place = tree
        while True:
            keys = list(place) if isinstance(place, dict) else list(range(len(place)))
            if not keys:
                break
            key = draw(st.sampled_from(keys))
            if isinstance(place[key], dict | list) and place[key] and draw(st.booleans()):
                place = place[key]
                continue
            change = draw(st.sampled_from(["replace", "remove", "rename"]))
            if change == "replace":
                place[key] = draw(TREES)
            elif change == "remove" or isinstance(place, list):
                del place[key]
            else:
                place[draw(KEYS)] = place.pop(key)
            break
    return name, tree


@given(_damaged())
@settings(max_examples=examples(25), deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_damaged_content_gives_definitions_or_mistakes(damaged) -> None:
    """Real files with parts replaced, removed or renamed load or are refused politely."""
    name, tree = damaged
    _load(name, _dumped(tree))


@given(st.sampled_from(NAMES), st.dictionaries(KEYS, TREES, max_size=8) | TREES)
@settings(max_examples=examples(25), deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_any_tree_gives_definitions_or_mistakes(name, tree) -> None:
    """Trees that look nothing like content are refused politely."""
    _load(name, _dumped(tree))


@given(st.text(alphabet=st.characters(), max_size=60) | st.text(alphabet="-:[]{}&*!|>'\"#%@ \n\tab1<?,.", max_size=60))
@settings(max_examples=examples(100), deadline=None)
def test_any_text_gives_a_tree_or_mistakes(text) -> None:
    """No text makes the reader raise, however it abuses YAML."""
    tree, mistakes = read_tree("x.yaml", text)
    assert tree is not None or mistakes
