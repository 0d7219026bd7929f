"""What docs/privacy.md promises of PostgreSQL, to somebody who has its dumps, its table files and its own log.

Two things are not promised there, and so not looked for: in which order envelopes came, and that the server's own log
forgets who was erased. What is looked for in that log is what was never written anywhere in the clear.
"""

from __future__ import annotations

import subprocess
from dataclasses import dataclass, replace

import pytest
from sqlalchemy.engine import make_url

from bot.usecases.clear_traces import clear_traces, cleared_now
from bot.usecases.erase_answer import erase_answer
from bot.usecases.forget_me import forget_me
from storage.database import open_engine
from storage.envelopes import open_sealed
from storage.errors import BrokenSeal, KeyGone
from storage.work import Storage
from tests.attacks.linking import HASHED, Row, Someone, signals
from tests.privacy.test_canaries import MARK, marked_library
from tests.support.house import House, open_house
from tests.support.postgres import PROGRAMS, Postgres, server
from tests.support.sharing import SHARED, write

pytestmark = pytest.mark.postgresql

NAME = "Kanariegeel"
TEXT = "Kanarie schreef dit in de pauze."
IN_THE_CLEAR = (MARK.encode(), TEXT.encode())
"""What is in no file, at no moment."""


@dataclass
class Attacked:
    """A house on a PostgreSQL of which everything can be read but the key folder."""

    house: House
    postgres: Postgres
    address: str

    def dump(self) -> list[str]:
        """What pg_dump gives, line by line: the rows of each table, each with the name of its table before it."""
        uri = make_url(self.address).set(drivername="postgresql").render_as_string(hide_password=False)
        told = subprocess.run(  # noqa: S603 - the program of the server of the tests
            [str(PROGRAMS / "pg_dump"), "--data-only", "--inserts", uri], check=True, capture_output=True, text=True
        )
        return [line for line in told.stdout.splitlines() if line.startswith("INSERT INTO")]

    def files(self, part: str) -> list[bytes]:
        """The files of the tables (``base``) or of the server's own log (``pg_wal``) as they are on the disk."""
        self.postgres.flush()
        return [file.read_bytes() for file in (self.postgres.data / part).rglob("*") if file.is_file()]

    def look_through(self) -> None:
        """What the server does by itself once much changed: read all rows, and keep for its planner what it may."""
        with self.house.storage.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            connection.exec_driver_sql("ANALYZE")

    def holding(self, part: str, *traces: bytes) -> list[bytes]:
        """Which of these are in any of those files."""
        contents = self.files(part)
        return [trace for trace in traces if any(trace in content for content in contents)]

    def rows(self) -> list[Row]:
        """The same as a dump, as the linking program reads it."""
        with self.house.storage.engine.connect() as connection:
            tables = connection.exec_driver_sql("SELECT tablename FROM pg_tables WHERE schemaname = 'public'").scalars()
            return [
                (table, tuple((name, _plain(value)) for name, value in row.items()))
                for table in tables.all()
                for row in connection.exec_driver_sql(f'SELECT * FROM "{table}"').mappings()  # noqa: S608
            ]


def _plain(value: object) -> object:
    return bytes(value) if isinstance(value, memoryview) else value


@pytest.fixture
def attacked(tmp_path):
    """A round in which nine people are asked, and somebody who will be erased."""
    address = server().new_database()
    house = open_house(tmp_path, new=True, address=address)
    house.deps = replace(house.deps, library=marked_library())
    house.furnish()
    house.stock(4)
    house.chats = house.members(9)
    house.invite(4711, name=NAME)
    house.about = house.open_round()
    yield Attacked(house, server(), address)
    house.storage.engine.dispose()
    server().drop(address)


def test_dumps_table_files_and_the_log_give_no_answer_away(attacked):
    """Before and after one answer, before and after the release, and after somebody was erased."""
    house, about = attacked.house, attacked.house.about
    before = attacked.dump()
    house.answer(house.chats[0], about.id, "2")
    write(house, house.chats[1], about, TEXT, choice=SHARED)
    after = attacked.dump()

    # Two more rows and nothing less: envelopes, at places that nothing anybody knows leads to.
    assert set(before) <= set(after)
    assert {line.split("(")[0] for line in set(after) - set(before)} == {"INSERT INTO public.envelope VALUES "}
    people = [Someone(person.id, person.chat_id, person.name) for person in map(house.person, house.chats)]
    assert signals(attacked.rows(), people)[HASHED] == {}

    boxes = house.read(lambda work: work.answers.sealed(about.id))
    traces = [each[:48] for pair in boxes for each in pair]
    assert attacked.holding("base", *IN_THE_CLEAR) == attacked.holding("pg_wal", *IN_THE_CLEAR) == []
    there = [NAME.encode(), *traces]
    assert attacked.holding("base", *there) == there, "the search finds what is there"

    # Somebody takes an answer back, somebody is erased, and the round is released.
    attacked.look_through()
    assert house.storage.checkpoint()
    erase_answer(house.deps, chat_id=house.chats[0])
    clear_traces(house.deps)
    mine = house.storage.keys.slot(about.key_id, house.person(house.chats[0]).id)
    gone = [part[:48] for slot, box in boxes if slot == mine for part in (slot, box)]
    assert attacked.holding("base", *gone) == []
    forget_me(house.deps, chat_id=4711)
    clear_traces(house.deps)
    assert attacked.holding("base", NAME.encode()) == []
    for chat in (house.chats[0], *house.chats[2:]):
        house.answer(chat, about.id, "4")
    attacked.look_through()
    private = house.storage.keys.private(about.key_id)
    assert open_sealed(boxes[0][1], private).answers, "with the key a copy of before opens"
    assert house.close(about) == "published"

    left = attacked.dump()
    told = "\n".join(left)
    assert not [line for line in left if line.startswith("INSERT INTO public.envelope ")]
    assert not [line for line in left if line.startswith("INSERT INTO public.roster ") and about.id in line]
    assert not [each for each in (NAME, TEXT, MARK, *(trace.hex() for trace in traces)) if each in told]
    assert attacked.holding("base", NAME.encode(), *traces, *IN_THE_CLEAR) == []
    assert attacked.holding("pg_wal", *IN_THE_CLEAR) == []
    with pytest.raises(KeyGone):
        house.storage.keys.private(about.key_id)
    for key_id in house.storage.keys.known():
        for _, box in boxes:
            with pytest.raises((BrokenSeal, KeyGone)):
                open_sealed(box, house.storage.keys.private(key_id))


def test_who_an_administrator_erases_is_in_no_file_when_the_command_ends(attacked):
    """Its process ends with it, and the bot that works elsewhere knows of nothing that is owed."""
    house = attacked.house
    assert house.storage.checkpoint()
    assert attacked.holding("base", NAME.encode()) == [NAME.encode()]
    command = Storage(open_engine(attacked.address), house.storage.keys)
    deps = replace(house.deps, storage=command)
    assert forget_me(deps, chat_id=4711, by_administrator=True)
    assert cleared_now(deps)
    command.engine.dispose()
    assert attacked.holding("base", NAME.encode()) == []
