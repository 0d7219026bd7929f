"""An SQLite database with all its tables and nothing in them, made once per process: migrating takes longer."""

from __future__ import annotations

import tempfile
from functools import cache
from pathlib import Path

from storage.database import checkpoint, migrate, open_engine


@cache
def _image() -> bytes:
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "empty.db"
        engine = open_engine(f"sqlite:///{file}")
        migrate(engine)
        checkpoint(engine)
        engine.dispose()
        return file.read_bytes()


def put_empty_database(file: Path) -> None:
    """Write one here, in a folder that is made when it is not there."""
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(_image())
