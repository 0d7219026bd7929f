"""The command line for who writes content: the report, the schema, and walks that are written down."""

from __future__ import annotations

import io
import json
import sys

import pytest

from bot import cli
from bot.settings import Settings
from dialogues.authoring.schema import json_schema
from dialogues.authoring.walks import replay
from tests.support.shipped import shipped


@pytest.fixture
def command(monkeypatch, capsys, tmp_path):
    """Run a command in this process; gives its exit code, what it printed, and what it complained."""
    for name in Settings.model_fields:
        monkeypatch.delenv(name.upper(), raising=False)
    monkeypatch.chdir(tmp_path)

    def run(*arguments, typed=""):
        monkeypatch.setattr(sys, "argv", ["bot", *arguments])
        monkeypatch.setattr(sys, "stdin", io.StringIO(typed))
        code = 0
        try:
            cli.main()
        except SystemExit as ended:
            code = int(ended.code or 0)
        printed = capsys.readouterr()
        return code, printed.out, printed.err

    return run


def test_the_schema_is_printed_as_json_and_nothing_else(command):
    """What is printed can be sent straight to a file for an editor."""
    code, out, err = command("check-dialogues", "--schema")
    assert (code, err) == (0, "")
    assert json.loads(out) == json_schema()


def test_the_report_has_a_line_for_each_dialogue_and_audience(command):
    """Steps, taps, seconds, sentence length, themes and actions, with the pace they rest on."""
    code, out, _ = command("check-dialogues", "--report")
    assert code == 0
    lines = [line.split() for line in out.splitlines() if " uitvoering " in line or " leiding " in line]
    lines = [line for line in lines if len(line) == 8]
    library = shipped()
    assert [line[:2] for line in lines] == [
        [one, who] for one in library.definitions for who in ("uitvoering", "leiding")
    ]
    (trust,) = (line for line in lines if line[:2] == ["trust", "uitvoering"])
    assert trust[2:] == ["7", "2-9", "34-112", "9,6", "9", "3"]
    assert "180 woorden per minuut" in out
    assert "1,5 seconde per tik" in out


def test_a_mistake_stops_the_report_with_exit_code_1(command, tmp_path):
    """There are no figures of content that does not load; the mistake is told instead."""
    (tmp_path / "own").mkdir()
    (tmp_path / "own" / "leeg.yaml").write_text("", encoding="utf-8")
    code, out, err = command("check-dialogues", str(tmp_path / "own"), "--report")
    assert code == 1
    assert "uitvoering" not in out
    assert "leeg.yaml" in err


def test_a_walk_is_written_down_as_a_transcript_that_plays_again(command, tmp_path):
    """The file holds who walked, every screen and tap, and the answers; the same taps give the same text."""
    code, out, _ = command(
        "walk", "trust", "--profile", "large,0-100", "--sector", "wijkteam", "--number", "2",
        "--transcript", "walk.txt", typed="1\n1\n1\n10\nmijn tekst\n5\n",
    )  # fmt: skip
    kept = (tmp_path / "walk.txt").read_text(encoding="utf-8")
    assert code == 0
    assert "Dank je" in out
    assert "--sector wijkteam --number 2 --way full --profile size:large,team:0-100" in kept.splitlines()[1]
    assert "mijn tekst" not in kept
    assert kept.endswith("=== antwoorden\nstatement: 1\nside: jgz_team\nthemes: trust.know\naction: none\n")
    assert replay(shipped(), kept) == kept


def test_the_profile_chooses_the_questions(command):
    """In a large town the second round asks what fits a large town."""

    def asked(*more):
        _, out, _ = command("walk", "trust", "--number", "2", *more, typed="1\n5\n11\n")
        return "Welke drie rollen" in " ".join(out.replace("│", " ").split())

    assert asked("--profile", "large")
    assert not asked()


def test_a_shorter_way_ends_after_one_tap(command):
    """The busy day can be tried out too."""
    code, out, _ = command("walk", "trust", "--way", "brief", typed="2\n")
    assert code == 0
    assert "Vraag 1 van 1" in out
    assert "Dank je" in out


def test_an_unknown_word_in_a_profile_is_wrong_use(command, tmp_path):
    """Exit code 2, with the word that was meant, and nothing is played or written."""
    code, out, err = command("walk", "trust", "--profile", "groot,smal", "--transcript", "walk.txt")
    assert code == 2
    assert out == ""
    assert "geen bekend feit" in err
    assert not (tmp_path / "walk.txt").exists()
