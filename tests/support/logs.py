"""The product's own logging in a test: what it prints, and everything as it was afterwards."""

from __future__ import annotations

import io
import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Literal

import structlog

from bot.logs import set_up_logs


@contextmanager
def logs(
    *, level: str = "DEBUG", form: Literal["console", "json"] = "json", failed: Callable[[str], None] | None = None
) -> Iterator[Callable[[], str]]:
    """Set logging up as the product does; gives what was printed so far."""
    root = logging.getLogger()
    handlers, before = list(root.handlers), root.level
    configured = structlog.get_config()
    levels = {name: logging.getLogger(name).level for name in logging.root.manager.loggerDict}
    set_up_logs(level=level, form=form, failed=failed)
    (handler,) = root.handlers
    assert isinstance(handler, logging.StreamHandler)
    stream = io.StringIO()
    handler.setStream(stream)
    try:
        yield stream.getvalue
    finally:
        root.handlers = handlers
        root.setLevel(before)
        for name in logging.root.manager.loggerDict:
            logging.getLogger(name).setLevel(levels.get(name, logging.NOTSET))
        structlog.configure(**configured)
