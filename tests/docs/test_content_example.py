"""The example in docs/inhoud.md is a dialogue that works."""

from __future__ import annotations

import pytest

from dialogues.authoring.loader import load_library, shipped_folder
from dialogues.conversation.definition import Audience
from dialogues.conversation.engine import begin
from dialogues.errors import ContentErrors
from tests.docs.conftest import ROOT, blocks


@pytest.fixture
def example() -> str:
    """The one YAML block of the document."""
    (found,) = blocks((ROOT / "docs" / "inhoud.md").read_text(), "yaml")
    return found


def test_the_example_loads_beside_the_shipped_dialogues(example, tmp_path):
    """Without one mistake, as an element, and ready to be played by both audiences."""
    (tmp_path / "buurthuis.yaml").write_text(example)
    definition = load_library(shipped_folder(), tmp_path).get("buurthuis")
    assert definition.is_element
    for audience in Audience:
        shown = begin(definition, audience=audience, facts=frozenset({"sector:jgz"}), words={"periode": "vorige maand"})
        assert "buurthuis" in shown.screen.question


def test_a_slip_in_the_example_would_be_seen(example, tmp_path):
    """The loader really read it."""
    (tmp_path / "buurthuis.yaml").write_text(example.replace("reminder: short", "reminder: kort"))
    with pytest.raises(ContentErrors, match="reminder"):
        load_library(shipped_folder(), tmp_path)
