"""A dialogue written down beside a round is the same dialogue later, whatever became of the files."""

from __future__ import annotations

import json
import shutil

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dialogues.authoring import checks
from dialogues.authoring.loader import load_library, shipped_folder
from dialogues.authoring.sources import definition_from
from dialogues.errors import ContentErrors, Mistake, UnknownDialogue
from tests.support.shipped import shipped

LIBRARY = shipped()


@pytest.mark.parametrize("dialogue", sorted(LIBRARY.definitions))
def test_what_was_written_down_is_read_back_equal(dialogue) -> None:
    """The kept text alone gives the whole definition, shared words included."""
    assert definition_from(LIBRARY.source_of(dialogue)) == LIBRARY.get(dialogue)


def test_a_kept_dialogue_does_not_change_with_its_files(tmp_path) -> None:
    """New words in the files and on the buttons are for new rounds; the kept text keeps the old ones."""
    for name in ("trust.yaml", "phrases.yaml"):
        text = (shipped_folder() / name).read_text(encoding="utf-8")
        new = text.replace("title: Vertrouwen en respect", "title: Bouwen").replace(
            "skip: Sla over", "skip: Liever niet"
        )
        (tmp_path / name).write_text(new, encoding="utf-8")
    renewed = load_library(shipped_folder(), tmp_path)
    kept = definition_from(LIBRARY.source_of("trust"))
    assert (kept.title, kept.labels.skip) == ("Vertrouwen en respect", "Sla over")
    assert definition_from(renewed.source_of("trust")) == renewed.get("trust") != kept
    assert renewed.source_of("trust") != LIBRARY.source_of("trust")
    assert renewed.get("trust").labels.skip == "Liever niet"


def test_the_same_words_have_the_same_source(tmp_path) -> None:
    """Where a file lies makes no difference, so rounds with the same words can share one kept text."""
    first = shutil.copytree(shipped_folder(), tmp_path / "first")
    second = shutil.copytree(first, tmp_path / "second")
    assert load_library(first).sources == load_library(second).sources


def test_a_check_of_today_does_not_stop_a_round_of_yesterday(monkeypatch) -> None:
    """What was good when the round began is not judged again."""
    refusing = (lambda _: iter([Mistake("trust.yaml", 0, "", "mag niet meer", "schrijf het anders")]),)
    monkeypatch.setattr(checks, "CHECKS", refusing)
    with pytest.raises(ContentErrors):
        load_library()
    assert definition_from(LIBRARY.source_of("trust")) == LIBRARY.get("trust")


def test_an_unknown_dialogue_has_no_source() -> None:
    """Asking for the text of a dialogue that is not loaded is told as such."""
    with pytest.raises(UnknownDialogue):
        LIBRARY.source_of("trsut")


@pytest.mark.parametrize(
    "source",
    [
        "",
        "[]",
        "{}",
        '{"file": "trust.yaml", "dialogue": "a: 1"}',
        json.dumps({"file": "phrases.yaml", "dialogue": "", "phrases": ""}),
        json.dumps(json.loads(LIBRARY.source_of("trust")) | {"dialogue": "id: trust"}),
        json.dumps(json.loads(LIBRARY.source_of("trust")) | {"phrases": "format: 1"}),
        json.dumps(json.loads(LIBRARY.source_of("trust")) | {"file": "phrases.yaml"}),
    ],
)
def test_half_a_source_is_told(source) -> None:
    """A text that was not written down by the library is no dialogue; the error says what to do."""
    with pytest.raises(ContentErrors) as raised:
        definition_from(source)
    assert raised.value.mistakes


@pytest.mark.thorough
@given(st.text(max_size=60))
def test_any_other_text_is_told(source: str) -> None:
    """Nothing but ContentErrors comes out of a text that is no source."""
    with pytest.raises(ContentErrors):
        definition_from(source)
