"""Content in an earlier format loads as if it was written today, from files and from what a round kept."""

from __future__ import annotations

import json

import pytest

from dialogues.authoring.loader import load_library, shipped_folder
from dialogues.authoring.sources import definition_from
from dialogues.authoring.spec import BlockSpec, ElementSpec
from dialogues.authoring.tree import read_tree
from dialogues.authoring.upgrades import NEWEST, UPGRADES, upgraded
from dialogues.conversation.definition import Storage
from tests.support.shipped import shipped

NEW_LABELS = (
    "still_to_choose", "text_signed", "stopped_unkept",
    "text_sharable", "text_written", "text_found", "text_never", "text_kept", "text_gone",
    "adjust", "not_so", "erase", "findings",
)  # fmt: skip


def _shipped(name: str) -> str:
    return (shipped_folder() / name).read_text(encoding="utf-8")


def _old_start() -> str:
    """The start dialogue as it was in format 1."""
    return _shipped("start.yaml").replace("format: 2", "format: 1").replace("storage: envelope\n", "")


def _old_phrases() -> str:
    """The phrases as they were in format 1, with one word changed by a coordinator."""
    text = _shipped("phrases.yaml").replace("format: 3", "format: 1").replace("skip: Sla over", "skip: Liever niet")
    lines = text.splitlines(keepends=True)
    kept, dropping = [], False
    for line in lines:
        starts_key = line.startswith("  ") and not line.startswith("   ")
        dropping = line.strip().startswith(NEW_LABELS) if starts_key or not line.startswith(" ") else dropping
        kept += [] if dropping else [line]
    assert not [label for label in NEW_LABELS if label in "".join(kept)]
    return "".join(kept)


def test_a_dialogue_of_format_1_loads(tmp_path) -> None:
    """Where a file said nothing about storing, its answers were sealed in envelopes, and they still are."""
    (tmp_path / "start.yaml").write_text(_old_start(), encoding="utf-8")
    start = load_library(shipped_folder(), tmp_path).get("start")
    assert start.storage is Storage.ENVELOPE
    assert start == shipped().get("start")


def test_own_phrases_of_format_1_get_the_new_words(tmp_path) -> None:
    """A coordinator's own words stay; words that did not exist then are those of the product."""
    (tmp_path / "phrases.yaml").write_text(_old_phrases(), encoding="utf-8")
    labels = load_library(shipped_folder(), tmp_path).labels
    assert labels.skip == "Liever niet"
    assert "{left}" in labels.still_to_choose
    assert labels.stopped_unkept == shipped().labels.stopped_unkept


def test_a_round_that_began_in_format_1_ends_in_it() -> None:
    """What a round kept before the format changed, is read back by today's program."""
    kept = json.dumps({"file": "start.yaml", "dialogue": _old_start(), "phrases": _old_phrases()})
    start = definition_from(kept)
    assert start.steps == shipped().get("start").steps
    assert start.labels.skip == "Liever niet"


def test_a_new_dialogue_must_say_what_is_stored(changed, mistakes) -> None:
    """In format 2 nothing is assumed about what may be kept; an element is always sealed and says nothing."""
    folder = changed("start.yaml", ("storage: envelope\n", ""))
    (mistake,) = mistakes(folder)
    assert (mistake.step, mistake.problem) == ("storage", "'storage' ontbreekt")
    assert mistake.remedy == "zeg wat er bewaard mag worden: 'storage: envelope', 'nothing' of 'signed'"
    assert "storage" in BlockSpec.model_fields
    assert "storage" not in ElementSpec.model_fields


def test_mistakes_in_an_old_file_keep_their_lines(changed, mistakes, line) -> None:
    """An upgrade adds what was not written, and moves nothing that was."""
    folder = changed(
        "start.yaml", ("format: 2", "format: 1"), ("storage: envelope\n", ""), ("kind: open", "kind: opne")
    )
    (mistake,) = mistakes(folder)
    assert mistake.line == line(folder, "start.yaml", "  - kind: opne")


@pytest.mark.parametrize(
    "written", ["format: 0", "format: 3", "format: true", "format: '1'", "soort: 1", "- 1", "tekst"]
)
def test_content_of_no_known_format_is_left_alone(written) -> None:
    """What has no format to start from is not guessed at; the author is told by the checks that follow."""
    tree, _ = read_tree("x.yaml", written)
    assert upgraded(tree) == tree


def test_each_format_leads_to_the_next() -> None:
    """There is one upgrade for every format below the newest, and an upgraded file has the newest."""
    assert sorted(UPGRADES) == list(range(1, NEWEST))
    tree, _ = read_tree("x.yaml", "format: 1\nid: x\nsteps: []")
    assert upgraded(tree).value["format"] == NEWEST
    assert tree.value["format"] == 1
