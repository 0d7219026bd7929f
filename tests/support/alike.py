"""Engines of SQLite that share what SQLAlchemy works out: each test has its database, with the same statements."""

from __future__ import annotations

from typing import Any, Final

from sqlalchemy import Dialect, Engine

from storage.database import open_engine

_WORKED_OUT: Final[dict[Any, Any]] = {}
_DIALECTS: Final[dict[str, Dialect]] = {}


def open_alike(address: str) -> Engine:
    """The engine of the product for this address. Writing its SQL anew took longer than most tests."""
    engine = open_engine(address)
    if engine.name == "sqlite":
        engine.dialect = _DIALECTS.setdefault(engine.name, engine.dialect)
        engine.update_execution_options(compiled_cache=_WORKED_OUT)
    return engine
