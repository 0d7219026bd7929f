"""What the documents say the product never does, its own texts never do."""

from __future__ import annotations

import re

import pytest

from tests.docs.conftest import ROOT, name_of
from tests.support.shipped import shipped

CONTENT = sorted((ROOT / "dialogues" / "content").glob("*.yaml"))
CHAT = sorted((ROOT / "bot" / "chat" / "texts").glob("*_nl.py"))
OWN_FIGURE = ROOT / "bot" / "chat" / "texts" / "figure_nl.py"
STRUCTURE = ("reorganis", "fusie", "fuseer", "samenvoeg", "verhuiz", "convenant", "protocol", "herindel")
LAW = ("juridisch", "wettelijk", "avg", "rechtsgrond", "wetsartikel", "je bent verplicht", "toestemmingsverklaring")
FIGURES = ("gemiddelde", "procent", "ranglijst", "benchmark", "beter dan andere", "slechter dan andere")


def test_the_texts_are_where_they_are_looked_for():
    """A check of no files at all would find nothing, and say that all is well."""
    assert len(CHAT) > 15
    assert len(CONTENT) > 15
    assert OWN_FIGURE in CHAT


@pytest.mark.parametrize("dialogue", shipped().definitions.values(), ids=lambda definition: definition.id)
def test_no_step_is_about_structure(dialogue):
    """Small steps between people; never a reorganisation, a covenant or a move."""
    for action in dialogue.actions:
        text = f"{action.label} {action.text} {action.check_question}".lower()
        assert not [word for word in STRUCTURE if word in text], text


@pytest.mark.parametrize("path", [*CONTENT, *CHAT], ids=name_of)
def test_no_text_gives_legal_advice(path):
    """The bot says why names stay out; what the law says is for others."""
    words = path.read_text().lower().replace("\n", " ").split()
    text = " ".join(words)
    assert not [word for word in LAW if (word in words if word == "avg" else word in text)]


@pytest.mark.parametrize("path", [*CONTENT, *CHAT, ROOT / "dialogues" / "insight" / "phrases_nl.py"], ids=name_of)
def test_no_text_compares_or_averages(path):
    """No average, no percentage, no team beside another. A team's own figure may be typed in percents."""
    text = path.read_text().lower()
    allowed = {"procent"} if path == OWN_FIGURE else set()
    assert not [word for word in FIGURES if word in text and word not in allowed]
    assert not re.search(r"\d ?%", text)
