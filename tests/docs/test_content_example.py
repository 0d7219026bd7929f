"""The examples in docs/inhoud.md are dialogues that work, and what is told beside them is so."""

from __future__ import annotations

import pytest

from dialogues.authoring.facts import FACTS
from dialogues.authoring.limits import USUAL, limits_of
from dialogues.authoring.loader import load_library, shipped_folder
from dialogues.authoring.pace import SECONDS_A_TAP, WORDS_A_MINUTE
from dialogues.authoring.sources import definition_from
from dialogues.conversation.definition import Audience, Storage
from dialogues.conversation.engine import begin
from dialogues.conversation.way import Way
from dialogues.errors import ContentErrors
from tests.docs.conftest import ROOT, blocks, rows
from tests.support.player import Player
from tests.support.shipped import shipped

TEXT = (ROOT / "docs" / "inhoud.md").read_text()


@pytest.fixture
def example() -> str:
    """The first YAML block of the document: an element."""
    return blocks(TEXT, "yaml")[0]


@pytest.fixture
def library(tmp_path):
    """The shipped dialogues with both examples beside them, as a reader is told to put them."""
    element, own_steps = blocks(TEXT, "yaml")
    (tmp_path / "buurthuis.yaml").write_text(element)
    (tmp_path / "themamiddag.yaml").write_text(own_steps)
    return load_library(shipped_folder(), tmp_path)


def test_the_example_loads_beside_the_shipped_dialogues(library):
    """Without one mistake, as an element, and ready to be played by both audiences."""
    definition = library.get("buurthuis")
    assert definition.is_element
    for audience in Audience:
        shown = begin(definition, audience=audience, facts=frozenset({"sector:jgz"}), words={"periode": "vorige maand"})
        assert "buurthuis" in shown.screen.question


def test_the_example_with_steps_of_its_own_plays_as_it_reads(library):
    """Two things in order, a band, a question by branch, and the last words."""
    definition = library.get("themamiddag")
    assert not definition.is_element
    assert definition.storage is Storage.ENVELOPE
    player = Player(definition).choose("practise", "meet")
    assert player.labels[:3] == ("2 · Elkaar ontmoeten", "Iets nieuws leren", "1 · Samen oefenen")
    assert player.done().choose("no").screen.question == "Wat had het voor jou nuttiger gemaakt?"
    assert player.skip().session.ended
    assert player.answers == {"helped": ("practise", "meet"), "useful": ("no",)}
    assert Player(definition).skip().choose("absent").session.ended


def test_a_slip_in_the_example_would_be_seen(example, tmp_path):
    """The loader really read it."""
    (tmp_path / "buurthuis.yaml").write_text(example.replace("reminder: short", "reminder: kort"))
    with pytest.raises(ContentErrors, match="reminder"):
        load_library(shipped_folder(), tmp_path)


def test_the_table_of_ways_names_every_way():
    """The words a reader may give to --way, in the table and in the program."""
    told = [row[0].strip("`") for row in rows(TEXT) if row[0].strip("`") in set(Way)]
    assert told == list(Way)


def test_the_tables_about_storing_are_those_of_the_product(library):
    """Every kind of storing is explained, and every shipped dialogue with steps of its own says the same there."""
    named = {row[0].strip("`"): row[-1].strip("`") for row in rows(TEXT)}
    assert set(Storage) <= set(named)
    blocks_of_the_product = {one.id: one.storage for one in shipped().definitions.values() if not one.is_element}
    assert {name: named.get(name) for name in blocks_of_the_product} == blocks_of_the_product


def test_figures_in_the_text_are_those_of_the_checks():
    """Reading speed, time a tap, and the limits a writer meets."""
    assert (WORDS_A_MINUTE, SECONDS_A_TAP) == (180, 1.5)
    assert "180 woorden per minuut en anderhalve seconde per tik" in TEXT
    assert (USUAL.taps, USUAL.seconds) == (10, 180)
    assert "meer dan tien tikken of drie minuten" in TEXT
    assert (limits_of("closing").taps, limits_of("closing").seconds) == (16, 240)
    assert "zestien tikken en vier minuten" in TEXT


def test_the_profile_of_the_example_exists():
    """The words behind --profile are facts."""
    assert {"size:large", "team:0-100"} <= set(FACTS)
    assert "--profile large,0-100" in TEXT


def test_a_file_in_the_older_format_still_works(example, library):
    """As the document promises, the same example in format 1 is the same dialogue."""
    older = library.source_of("buurthuis").replace("format: 3", "format: 1", 1)
    assert definition_from(older) == library.get("buurthuis")
    assert "format: 3" in example
