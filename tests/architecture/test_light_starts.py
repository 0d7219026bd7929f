"""A start loads what its command needs and no more: users wait for it, and every import has its price."""

from __future__ import annotations

import subprocess
import sys

import pytest

pytestmark = pytest.mark.process

LOADED = "import sys; import bot.cli; {}; print(*sorted({{name.split('.')[0] for name in sys.modules}}))"
FOR_FILES = {"icalendar", "recurring_ical_events", "segno", "xlsxwriter", "typst", "markdown_it"}
FOR_TEXTS = {"phonenumbers", "stdnum"}
FOR_CHATS = {"telegram", "aiohttp", "apscheduler", "starlette", "uvicorn", "uvloop"}
COMMANDS = {
    "health": FOR_FILES | FOR_TEXTS | FOR_CHATS | {"sqlalchemy", "yaml", "holidays"},
    "people": FOR_FILES | FOR_TEXTS | FOR_CHATS | {"httpx", "alembic", "holidays"},
    "copies": FOR_FILES | FOR_TEXTS | FOR_CHATS | {"httpx", "holidays"},
    "duties": FOR_FILES | FOR_TEXTS | FOR_CHATS | {"httpx", "alembic", "holidays"},
    "playing": FOR_FILES | FOR_TEXTS | {"telegram", "aiohttp", "apscheduler", "sqlalchemy", "yaml", "holidays"},
    "serving": FOR_FILES | FOR_TEXTS | {"alembic", "holidays", "starlette", "uvicorn"},
}
"""By module of `bot.commands`: what it has no use for until somebody asks for it."""


def loaded(code: str) -> set[str]:
    """The packages that a fresh process has after this."""
    line = [sys.executable, "-c", LOADED.format(code)]
    return set(subprocess.run(line, check=True, capture_output=True, text=True).stdout.split())  # noqa: S603 - ours


def test_help_loads_no_part_of_the_product():
    """What can be typed is known without settings, content or database."""
    assert loaded("pass").isdisjoint(
        FOR_FILES | FOR_TEXTS | FOR_CHATS | {"pydantic", "sqlalchemy", "structlog", "yaml", "httpx"}
    )


@pytest.mark.parametrize("command", COMMANDS)
def test_a_command_loads_what_it_needs(command):
    """A library for a rare tap or for another command comes when it is used."""
    found = loaded(f"import bot.commands.{command}")
    assert "typer" in found
    assert found & COMMANDS[command] == set()


def test_a_start_is_not_searched_for_rubbish():
    """Not while a command is loaded, and not once more at the end, when all that was loaded would be looked at."""
    searched = "sum(each['collections'] for each in gc.get_stats())"
    code = (
        "import atexit, gc, runpy, sys; sys.argv = ['bot', 'measure-guard', '--json']; "
        f"before = {searched}; atexit.register(lambda: print({searched} - before, gc.get_freeze_count())); "
        "runpy.run_module('bot', run_name='__main__')"
    )
    told = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True).stdout  # noqa: S603 - ours
    searches, left_alone = map(int, told.split()[-2:])
    assert searches < 10
    assert left_alone > 10_000
