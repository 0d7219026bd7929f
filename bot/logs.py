"""Logs without secrets: no tokens, no message bodies, no chat ids beside what someone did."""

from __future__ import annotations

import logging
import os
import re
import sys
from collections.abc import Callable, MutableMapping
from typing import Any, Final, Literal

import structlog

_TOKEN: Final = re.compile(r"\d{5,}:[A-Za-z0-9_-]{10,}")
_TROUBLE: Final = frozenset({"warning", "error", "critical"})
_KIND: Final = re.compile(r"[a-z_]{1,40}")
_LOUD: Final = ("telegram", "aiohttp", "httpx", "httpcore", "sqlalchemy", "uvicorn.access", "asyncio")
"""Loggers that print bodies, addresses with tokens, or parameters below WARNING (privacy 3.5)."""
_LOUDER: Final = ("telegram.ext", "telegram.Bot")
_QUOTING: Final = ("telegram", "aiohttp", "httpx", "httpcore")
"""Loggers that quote what they could not read, up to CRITICAL: of them only the place is printed."""


def set_up_logs(*, level: str, form: Literal["console", "json"], failed: Callable[[str], None] | None = None) -> None:
    """Send all logs through one pipeline; call once, at start. ``failed`` hears the kind of each warning and error."""
    shared: list[structlog.typing.Processor] = [
        structlog.stdlib.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        without_tokens,
        *([_Counting(failed)] if failed else []),
    ]
    renderer: structlog.typing.Processor = (
        structlog.processors.JSONRenderer() if form == "json" else structlog.dev.ConsoleRenderer(colors=False)
    )
    structlog.configure(
        processors=[*shared, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
    )
    handler = logging.StreamHandler()
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=[place_only, *shared],
            processors=[
                structlog.stdlib.ProcessorFormatter.remove_processors_meta,
                exception_class_only,
                without_tokens,
                renderer,
            ],
        )
    )
    root = logging.getLogger()
    root.handlers = [handler]
    root.setLevel(level)
    # A tick that is skipped because the last one still runs is by design.
    logging.getLogger("apscheduler").setLevel(logging.ERROR)
    for name in (*_LOUD, *_LOUDER):
        logging.getLogger(name).setLevel(logging.WARNING)


def talkative() -> tuple[str, ...]:
    """Loggers that would print bodies, addresses with tokens, or parameters, for they are louder than a warning."""
    known = {
        name
        for name in logging.root.manager.loggerDict
        if name in _LOUD or any(name.startswith(f"{family}.") for family in _LOUD)
    }
    loud = {name for name in known.union(_LOUD, _LOUDER) if logging.getLogger(name).isEnabledFor(logging.INFO)}
    if sys.flags.dev_mode or os.environ.get("PYTHONASYNCIODEBUG"):
        loud.add("asyncio")
    return tuple(sorted(loud))


class _Counting:
    """Tells what kind of trouble is logged: the name of an event of ours, never what somebody wrote."""

    def __init__(self, failed: Callable[[str], None]) -> None:
        self._failed = failed

    def __call__(self, _logger: Any, method: str, event: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
        if event.get("level", method) in _TROUBLE:
            name = str(event.get("event"))
            self._failed(name if "_record" not in event and _KIND.fullmatch(name) else "other")
        return event


def place_only(_logger: Any, _method: str, event: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    """Of libraries that talk to Telegram: put where something was said in place of what was said, at every level."""
    record = event["_record"]
    if record.name.split(".")[0] in _QUOTING:
        event["event"] = f"{record.name} {record.funcName}:{record.lineno}"
    return event


def without_tokens(_logger: Any, _method: str, event: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    """Blank everything that looks like a bot token, wherever it stands."""
    return {key: _TOKEN.sub("***", value) if isinstance(value, str) else value for key, value in event.items()}


def exception_class_only(_logger: Any, _method: str, event: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    """Keep where an exception came from and its class; its message and locals may hold what someone wrote."""
    info = event.pop("exc_info", None)
    error = sys.exc_info()[1] if info is True else info[1] if isinstance(info, tuple) else info
    if isinstance(error, BaseException):
        trace = error.__traceback__
        places = []
        while trace is not None:
            places.append(f"{trace.tb_frame.f_code.co_filename.rsplit('/', 1)[-1]}:{trace.tb_lineno}")
            trace = trace.tb_next
        event["error"] = type(error).__name__
        event["at"] = " ".join(places[-6:])
    return event
