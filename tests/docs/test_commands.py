"""What the documents tell people to type exists, and what exists is told."""

from __future__ import annotations

import re
import shlex
import shutil
import subprocess

import pytest
import typer

from bot.chat.texts.chat_nl import COMMANDS
from bot.cli import app
from bot.settings import Settings
from tests.docs.conftest import DOCUMENTS, FOR_PEOPLE, ROOT, commands, name_of, rows

BEHEER = ROOT / "docs" / "beheer.md"
CLI = typer.main.get_command(app).commands
ALL = [(name_of(path), line) for path in DOCUMENTS for line in commands(path.read_text())]
BOT = re.compile(r"python -m bot\b(.*)")


def options_of(command: str) -> set[str]:
    """Options a reader can use; the opposite of a switch that is off by itself is no news."""
    return {option for parameter in CLI[command].params for option in parameter.opts if option.startswith("--")}


@pytest.mark.parametrize(("document", "line"), [(document, line) for document, line in ALL if BOT.search(line)])
def test_a_command_line_can_be_typed_as_it_stands(document, line):
    """The command exists, and so does every option behind it."""
    words = shlex.split(BOT.search(line)[1])
    assert words[0] in CLI, f"{document}: {line}"
    used = {word for word in words[1:] if word.startswith("--")}
    assert used <= options_of(words[0]) | {"--help"}, f"{document}: {line}"


def test_the_documents_have_commands_to_check():
    """The reader of code blocks finds them; otherwise everything above would pass unseen."""
    assert len([line for _, line in ALL if BOT.search(line)]) >= 10
    assert {document for document, line in ALL if BOT.search(line)} >= {"README.md", "docs/beheer.md", "docs/inhoud.md"}


def test_an_administrator_finds_every_command_and_option():
    """docs/beheer.md has a row for each command, with all its options."""
    told = {}
    for row in rows(BEHEER.read_text()):
        if found := re.fullmatch(r"`python -m bot ([\w-]+)`", row[0]):
            told[found[1]] = set(re.findall(r"`(--[\w-]+)`", row[1]))
    assert told == {command: options_of(command) for command in CLI}


def test_settings_are_the_same_in_three_places():
    """docs/beheer.md, .env.example and the program know the same names."""
    described = {found[1] for row in rows(BEHEER.read_text()) if (found := re.fullmatch(r"`([A-Z_]+)`", row[0]))}
    example = set(re.findall(r"^([A-Z_]+)=", (ROOT / ".env.example").read_text(), re.MULTILINE))
    assert described == example == {name.upper() for name in Settings.model_fields}


def test_defaults_are_told_as_they_are():
    """The column with what happens when nothing is filled in follows the program."""
    for row in rows(BEHEER.read_text()):
        if (found := re.fullmatch(r"`([A-Z_]+)`", row[0])) and (value := re.fullmatch(r"`(.+)`", row[2])):
            assert value[1] == str(Settings.model_fields[found[1].lower()].default), row


@pytest.mark.parametrize("path", DOCUMENTS, ids=name_of)
def test_make_targets_exist(path):
    """Every target that is named, in a code block or in a sentence."""
    text = path.read_text()
    named = set(re.findall(r"(?:`|^)make ([\w./-]+)", text, re.MULTILINE))
    rules = (ROOT / "Makefile").read_text()
    known = set(re.findall(r"^([\w-]+):", rules, re.MULTILINE)) | {".venv/.ready", ".venv/.ready-dev"}
    assert named <= known


@pytest.mark.skipif(shutil.which("make") is None, reason="make staat niet op deze machine")
def test_the_two_files_that_mark_a_set_up_are_targets():
    """`make .venv/.ready` is told to administrators; make itself must know it."""
    subprocess.run(["make", "--dry-run", ".venv/.ready"], cwd=ROOT, check=True, capture_output=True)  # noqa: S607


@pytest.mark.parametrize("path", [*FOR_PEOPLE, ROOT / "README.md", ROOT / "docs" / "privacy.md"], ids=name_of)
def test_chat_commands_exist(path):
    """Whoever types a command from a document is understood."""
    named = set(re.findall(r"`/(\w+)`", path.read_text()))
    assert named <= set(COMMANDS)


def test_every_chat_command_is_told_to_who_has_it():
    """The texts for the three roles together name them all."""
    told = {name for path in FOR_PEOPLE for name in re.findall(r"`/(\w+)`", path.read_text())}
    assert told == set(COMMANDS)
