"""Logs: what happened and where, never a token and never what somebody wrote."""

from __future__ import annotations

import json
import logging

import pytest
import structlog

from bot.logs import set_up_logs
from tests.support.logs import logs

TOKEN = "123456789:AAbbCCddEEffGGhhIIjj"
WRITTEN = "Kees kwam weer niet"


@pytest.fixture
def printed(request):
    """Logs in the form of the test's parameter; gives what was printed so far."""
    with logs(form=getattr(request, "param", "json")) as so_far:
        yield so_far


def fail():
    raise ValueError(WRITTEN)


both = pytest.mark.parametrize("printed", ["json", "console"], indirect=True)


@both
def test_an_exception_is_its_class_and_its_place(printed):
    """Through structlog and through the standard library: class and line, never the message."""
    try:
        fail()
    except ValueError:
        structlog.get_logger().warning("it_failed", exc_info=True)
        logging.getLogger("elsewhere").exception("it failed too")
    text = printed()
    assert text.count("ValueError") == 2
    assert text.count("test_logs.py:") >= 2
    assert WRITTEN not in text
    assert "Traceback" not in text


@both
def test_an_exception_can_be_handed_over_itself(printed):
    """``exc_info=error``, as asyncio does it."""
    try:
        fail()
    except ValueError as error:
        caught = error
    structlog.get_logger().warning("it_failed", exc_info=caught)
    logging.getLogger("elsewhere").error("it failed too", exc_info=caught)
    text = printed()
    assert text.count("ValueError") == 2
    assert WRITTEN not in text


@both
def test_tokens_are_blanked_wherever_they_stand(printed):
    """In an address, in an argument, in a field, in the event itself."""
    structlog.get_logger().info(f"https://api/bot{TOKEN}/getMe", path=f"/bot{TOKEN}/x")
    logging.getLogger("elsewhere").warning("GET %s", f"https://api/bot{TOKEN}/getUpdates")
    text = printed()
    assert TOKEN not in text
    assert text.count("***") == 3


@pytest.mark.parametrize(
    "name",
    [
        "telegram.ext.Application",
        "telegram.Bot",
        "aiohttp.client",
        "httpx",
        "httpcore.http11",
        "sqlalchemy.engine",
        "asyncio",
    ],
)
def test_loggers_that_print_bodies_are_silent_below_a_warning(printed, name):
    """Also when the level is DEBUG."""
    logging.getLogger(name).debug(WRITTEN)
    logging.getLogger(name).info(WRITTEN)
    assert printed() == ""


@both
@pytest.mark.parametrize(
    "name", ["telegram.Bot", "telegram.request.BaseRequest", "aiohttp.client", "httpx", "httpcore.http11"]
)
@pytest.mark.parametrize("level", [logging.WARNING, logging.ERROR, logging.CRITICAL])
def test_what_a_library_quotes_is_never_printed(printed, name, level):
    """As an argument, in the text itself, or in an exception: only who spoke and where is printed."""
    body = [{"update_id": 7, "message": {"text": WRITTEN, "chat": {"id": 424242}}}]
    logging.getLogger(name).log(level, "Error while parsing updates! Received data was %r", body)
    logging.getLogger(name).log(level, f"Invalid JSON: {body}", exc_info=ValueError(body))  # noqa: G004
    text = printed()
    assert text.count(name) == 2
    assert text.count("test_what_a_library_quotes_is_never_printed:") == 2
    assert "Kees" not in text
    assert "424242" not in text


def test_json_is_one_object_a_line(printed):
    """With level and moment, so that a machine can read it."""
    structlog.get_logger().info("started", number=3)
    logging.getLogger("elsewhere").warning("later")
    first, second = (json.loads(line) for line in printed().splitlines())
    assert (first["event"], first["number"], first["level"]) == ("started", 3, "info")
    assert (second["event"], second["level"]) == ("later", "warning")
    assert first["timestamp"].endswith("Z")


def test_setting_up_twice_prints_once(printed):
    """One handler, so no doubled lines."""
    set_up_logs(level="INFO", form="json")
    assert len(logging.getLogger().handlers) == 1


def test_trouble_is_counted_by_its_name_and_nothing_else():
    """Warnings and errors of ours by the name of their event; what a library says is only something else."""
    counted = []
    with logs(failed=counted.append):
        structlog.get_logger().warning("tick_failed", duty="tidy")
        structlog.get_logger().error(f"Anne schreef {WRITTEN}")
        structlog.get_logger().info("started")
        logging.getLogger("elsewhere").error(WRITTEN)
        logging.getLogger("elsewhere").info("fine")
    assert counted == ["tick_failed", "other", "other"]
