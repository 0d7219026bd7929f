"""The command line: help for every command, exit codes 0, 1 and 2, and plain Dutch where something is refused."""

from __future__ import annotations

import io
import re
import shutil
import socket
import sqlite3
import subprocess
import sys
from dataclasses import dataclass

import httpx
import pytest

from bot import cli
from bot.commands import duties
from bot.compose import make_deps
from bot.offline import offline_settings
from bot.refused import TokenRefused
from bot.settings import Settings
from bot.usecases.join_team import look_at_invitation
from storage.errors import Unavailable
from tests.support.house import ANNE, COORDINATOR, STRANGER
from tests.support.logs import logs
from tests.support.shipped import shipped

COMMANDS = {
    "run",
    "sandbox",
    "migrate",
    "invite",
    "check-dialogues",
    "walk",
    "tick",
    "release",
    "erase",
    "measure-guard",
    "papers",
    "backup",
    "restore",
    "health",
}
TOKEN = re.compile(r"start=([A-Za-z0-9_-]+)")


@dataclass(frozen=True, slots=True)
class Ended:
    """How a command ended, with all white space as single spaces."""

    code: int
    out: str
    err: str


@pytest.fixture
def command(house, monkeypatch, capsys):
    """Run a command in this process against the house's database; the machine's own settings are put away.

    The shipped dialogues are read once for all tests; `walk` and `check-dialogues` read them for themselves.
    """
    for name in Settings.model_fields:
        monkeypatch.delenv(name.upper(), raising=False)
    monkeypatch.chdir(house.folder)
    monkeypatch.setattr("bot.compose.open_library", lambda _settings: shipped())
    monkeypatch.setenv("DATABASE_URL", f"sqlite:///{house.database}")
    monkeypatch.setenv("KEY_DIR", str(house.folder / "keys"))

    def run(*arguments, typed=""):
        monkeypatch.setattr(sys, "argv", ["bot", *arguments])
        monkeypatch.setattr(sys, "stdin", io.StringIO(typed))
        capsys.readouterr()
        code = 0
        with logs():
            try:
                cli.main()
            except SystemExit as ended:
                code = int(ended.code or 0)
        printed = capsys.readouterr()
        return Ended(code, " ".join(printed.out.split()), " ".join(printed.err.split()))

    return run


def test_every_command_has_help(command):
    """The list names them all with a sentence; each explains itself and ends with 0."""
    listed = command("--help")
    assert listed.code == 0
    assert {each.name or each.callback.__name__ for each in cli.app.registered_commands} >= COMMANDS
    for name in COMMANDS:
        assert name in listed.out
        helped = command(name, "--help")
        assert (helped.code, len(helped.out) > 100) == (0, True)


WRONG_USE = (
    "onbekend", "invite", "invite coordinator", "walk trust --audience elk", "tick --ooit", "walk trust --number 0",
)  # fmt: skip


@pytest.mark.parametrize("line", WRONG_USE)
def test_wrong_use_is_two(command, line):
    """Unknown commands and options, and arguments that are missing or impossible."""
    assert command(*line.split()).code == 2


@pytest.mark.process
def test_the_program_starts_as_a_module(house):
    """``python -m bot`` in a process of its own: help, and a refusal without a traceback."""
    environment = {"TELEGRAM_BOT_TOKEN": "onzin", "TIMEZONE": "Mars"}

    def start(*arguments):
        line = [sys.executable, "-m", "bot", *arguments]
        return subprocess.run(line, env=environment, capture_output=True, text=True, check=False)  # noqa: S603 - ours

    helped, refused = start("--help"), start("run")
    assert (helped.returncode, "invite" in helped.stdout) == (0, True)
    assert refused.returncode == 1
    assert "Traceback" not in refused.stderr
    assert "TELEGRAM_BOT_TOKEN" in refused.stderr
    assert "TIMEZONE" in refused.stderr


# papers


def test_papers_are_written_once(house, command):
    """Seven papers in two forms with what was told; a second time nothing is written over unless asked."""
    line = ("papers", "--to", "uit", "--organisation", "Gemeente Noord")
    made = command(*line)
    assert (made.code, "[vul in:" in made.out, "geen juridisch advies" in made.out) == (0, True, True)
    written = {path.name: path.read_text() for path in (house.folder / "uit").iterdir()}
    assert len(written) == 14
    assert "Deze tekst is van Gemeente Noord." in written["privacytekst.md"]
    (house.folder / "uit" / "dpia.md").write_text("ingevuld")
    refused = command(*line)
    assert (refused.code, "--overwrite" in refused.out) == (1, True)
    assert (house.folder / "uit" / "dpia.md").read_text() == "ingevuld"
    assert command(*line, "--overwrite").code == 0
    assert (house.folder / "uit" / "dpia.md").read_text() == written["dpia.md"]


# invite


def test_invite_prints_a_link_that_works_once(house, command):
    """The link is all that goes to standard output, so that it can be piped; it opens the area."""
    ended = command("invite", "coordinator", "--area", "Noord", "--username", "Bot")
    assert ended.code == 0
    assert re.fullmatch(r"https://t\.me/Bot\?start=[A-Za-z0-9_-]{32}", ended.out)
    assert "één keer getoond" in ended.err
    assert "'Noord' was er al" in ended.err
    house.clock.moment = make_deps(offline_settings()).now()
    welcome = look_at_invitation(house.deps, chat_id=STRANGER, token=TOKEN.search(ended.out)[1])
    assert (welcome.kind, welcome.area.id) == ("coordinator", house.area_id)


def test_invite_of_another_role_is_wrong_use(house, command):
    """Members and leads are invited by their coordinator; nothing is made."""
    before = house.everything()
    ended = command("invite", "lid", "--area", "Noord")
    assert (ended.code, "kan alleen: coordinator" in ended.err) == (2, True)
    assert house.everything() == before


def test_on_an_empty_database_the_tables_are_made(house, command, monkeypatch):
    """The first command of a new installation works."""
    monkeypatch.setenv("DATABASE_URL", f"sqlite:///{house.folder}/nieuw/bot.db")
    monkeypatch.setenv("KEY_DIR", str(house.folder / "nieuwe-sleutels"))
    assert "zonder @" in command("invite", "coordinator", "--area", "@oost").err
    ended = command("invite", "coordinator", "--area", "Oost")
    assert (ended.code, "'Oost' is nieuw" in ended.err) == (0, True)
    assert (house.folder / "nieuwe-sleutels").stat().st_mode & 0o777 == 0o700


# erase


def test_erase_does_what_stop_does(house, command):
    """By chat number and by id; the last coordinator too, for the administrator decides."""
    assert command("erase", str(ANNE)).code == 0
    assert house.person(ANNE) is None
    coordinator = house.person(COORDINATOR)
    assert command("erase", coordinator.id).code == 0
    assert house.person(COORDINATOR) is None


def test_erase_tells_when_it_could_not_clear_the_files(house, command, monkeypatch):
    """It tries a few times; what then remains to be done is told, for no other process knows of it."""
    tried = []
    monkeypatch.setattr("storage.work.checkpoint", lambda _engine: bool(tried.append(1)) or len(tried) > 3)
    ended = command("erase", str(ANNE))
    assert (ended.code, ended.err, len(tried)) == (0, "", 4)
    monkeypatch.setattr("storage.work.checkpoint", lambda _engine: False)
    ended = command("erase", str(COORDINATOR))
    assert (ended.code, house.person(COORDINATOR)) == (0, None)
    assert "Start de bot opnieuw" in ended.err


@pytest.mark.parametrize("who", [str(STRANGER), "onbekend", "0", "9" * 40, "-5", "²"])
def test_erasing_nobody_is_told_and_is_one(house, command, who):
    """Nothing changes, and no traceback for whatever was typed."""
    before = house.everything()
    ended = command("erase", "--", who)
    assert (ended.code, "niets gewist" in ended.err) == (1, True)
    assert house.everything() == before


# tick and release


@pytest.fixture
def at_that_time(house, monkeypatch):
    """Commands see the clock of the house."""
    monkeypatch.setattr("bot.compose.SystemClock", lambda: house.clock)


def test_tick_once_does_all_that_is_due(house, command, at_that_time):
    """A due round opens; a second tick finds nothing."""
    house.clock.moment = house.rhythm()
    assert command("tick", "--once").code == 0
    after = house.everything()
    assert len(house.read(lambda work: work.rounds.open_of(house.team_id))) == 2
    assert command("tick", "--once").code == 0
    assert house.everything() == after


def test_release_once_ends_what_is_closed(house, command, at_that_time):
    """A closed round is released; the stock of keys is filled."""
    about = house.open_round()
    house.clock.moment = about.closes_at
    assert command("release", "--once").code == 0
    assert house.round(about.id).state == "thin"
    assert house.read(lambda work: work.keys.count()) == 12
    assert command("release", "--once").code == 0
    assert house.round(about.id).state == "thin"


@pytest.mark.parametrize("hold", [False, True])
def test_the_opener_ends_a_round_whose_key_is_lost_when_it_starts(house, command, at_that_time, hold):
    """Where two users share the keys nobody else can see it: no answer is given any more that no one will open."""
    about, other = house.open_round(), house.start_round()
    house.seal(ANNE, about)
    house.seal(ANNE, other)
    (house.folder / "keys" / "opener" / f"{about.key_id}.private").unlink()
    if hold:
        house.storage.hold.begin(house.clock.moment, copied_at=house.clock.moment)
    assert command("release", "--once").code == 0
    assert house.rows("SELECT round_id FROM envelope") == [(other.id,)]
    assert house.round(about.id).closes_at == house.clock.moment
    house.storage.hold.end()
    assert command("release", "--once").code == 0
    assert house.round(about.id).state == "destroyed"
    assert house.deliveries("destroyed", about.id)
    assert house.round(other.id) == other


def test_release_once_publishes_the_month_that_is_over(house, command, at_that_time, monkeypatch):
    """Also when a round could not be released: the participation of the area does not wait for it."""
    about = house.open_round()
    house.clock.moment = about.closes_at
    assert command("release", "--once").code == 0
    house.clock.moment = house.read(lambda work: work.tallies.of_month(house.area_id, "2026-11")).due_at

    def broken(_deps):
        raise Unavailable("vol")

    with monkeypatch.context() as breaking:
        breaking.setattr(duties, "RELEASE", (broken, *duties.RELEASE[1:]))
        assert command("release", "--once").code == 1
    assert house.read(lambda work: work.area_months.get(house.area_id, "2026-11")) is not None


# a database that is gone


@pytest.mark.parametrize("line", ["run", "tick --once", "migrate", "invite coordinator --area Oost"])
@pytest.mark.parametrize("left", ["nothing", "an empty file"])
def test_a_database_that_is_gone_is_never_made_anew(house, command, monkeypatch, line, left):
    """While its keys are there it was expected: told what to do, and nothing is made."""
    monkeypatch.setenv("TELEGRAM_BOT_TOKEN", "123456:abcdefghijklmnopqrst")
    house.open_round()
    house.storage.engine.dispose()
    for file in house.database.parent.iterdir():
        file.unlink()
    if left != "nothing":
        house.database.touch()
    ended = command(*line.split())
    assert ended.code == 1
    assert "restore" in ended.err
    assert not house.database.exists() or house.database.stat().st_size == 0


# migrate and other versions


def set_version(house, revision):
    house.storage.engine.dispose()
    connection = sqlite3.connect(house.database)
    connection.execute("UPDATE alembic_version SET version_num = ?", (revision,))
    connection.commit()
    connection.close()


def test_migrating_twice_is_fine(command):
    """A database that is up to date stays so."""
    for _ in range(2):
        ended = command("migrate")
        assert (ended.code, ended.out) == (0, "De database is bij.")


@pytest.mark.parametrize("arguments", [("erase", "1"), ("tick", "--once"), ("release", "--once"), ("migrate",)])
def test_another_version_is_refused_with_the_way_out(house, command, arguments):
    """Nothing runs on tables of a newer version; the message says what to do."""
    set_version(house, "uit-de-toekomst")
    ended = command(*arguments)
    assert ended.code == 1
    assert "Zet het nieuwere programma terug" in ended.err


# What cannot be


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("TIMEZONE", "Mars/Olympus"),
        ("TELEGRAM_API_URL", "telegram"),
        ("DATABASE_URL", "onzin"),
        ("DATABASE_URL", "mysql://x/y"),
        ("DIALOGUES_DIR", "/bestaat/niet"),
        ("LOG_LEVEL", "LUID"),
    ],
)
def test_a_wrong_setting_is_one_sentence_with_its_name(command, monkeypatch, name, value):
    """Exit code 1, no traceback."""
    monkeypatch.setenv(name, value)
    ended = command("erase", "1")
    assert (ended.code, ended.err.startswith(f"{name}: ")) == (1, True)


def test_run_needs_a_token_and_other_commands_do_not(command, monkeypatch, house):
    """Also when there is a .env without one."""
    (house.folder / ".env").write_text("TELEGRAM_BOT_TOKEN=\nTIMEZONE=Europe/Amsterdam\n")
    ended = command("run")
    assert (ended.code, ended.err.startswith("TELEGRAM_BOT_TOKEN: ontbreekt")) == (1, True)
    assert command("migrate").code == 0


def test_keys_that_others_can_read_are_refused(house, command):
    """With the command that mends it."""
    (house.folder / "keys").chmod(0o755)
    ended = command("tick", "--once")
    assert (ended.code, "chmod 700" in ended.err) == (1, True)


BESIDE_THE_BOT = (
    f"erase {ANNE}", "restore kopie.db", "restore --release --waiting drop", "migrate",
    "migrate --to postgresql://nergens/niets", "invite coordinator --area Oost", "backup uit",
)  # fmt: skip


@pytest.mark.parametrize("line", BESIDE_THE_BOT)
@pytest.mark.parametrize("part", ["", "bot"])
def test_another_user_than_the_bot_is_refused(house, command, monkeypatch, line, part):
    """An administrator too, who may read everything: the bot could not read what that left. Nothing has changed."""
    if not part:  # no round was opened yet
        shutil.rmtree(house.folder / "keys" / "bot")
    before, files = house.everything(), sorted(house.folder.rglob("*"))
    monkeypatch.setattr("storage.keys.os.geteuid", lambda: 4242)
    ended = command(*line.split())
    assert (ended.code, "van een andere gebruiker" in ended.err) == (1, True)
    assert house.everything() == before
    assert sorted(house.folder.rglob("*")) == files


@pytest.mark.parametrize("arguments", [("release", "--once"), ("tick", "--once")])
def test_an_unsafe_start_is_refused(house, command, monkeypatch, arguments):
    """Nothing is done; the reason is told, without a traceback."""
    monkeypatch.setattr("bot.safety.FLOOR", 4)
    before = house.everything()
    ended = command(*arguments)
    assert (ended.code, "ondergrens" in ended.err, "Traceback" in ended.err) == (1, True, False)
    assert house.everything() == before


def test_running_starts_nothing_that_is_unsafe(house, command, monkeypatch):
    """Before Telegram is called even once."""
    monkeypatch.setenv("TELEGRAM_BOT_TOKEN", "123456:abcdefghijklmnopqrst")
    monkeypatch.setattr("bot.safety.FLOOR", 4)
    monkeypatch.setattr("bot.commands.serving.House", None)
    ended = command("run", "--without-release")
    assert (ended.code, "ondergrens" in ended.err) == (1, True)


def no_house(*_arguments, **_keywords):
    """In place of the product itself, once all that is said at the start was said."""
    raise TokenRefused


@pytest.mark.parametrize(
    ("arguments", "said"),
    [(("run",), "dit proces leest ook"), (("run", "--without-release"), "deze gebruiker kan ook bij")],
)
def test_who_does_everything_alone_says_so_at_start(house, command, monkeypatch, arguments, said):
    """One process that also opens, and one user who could: both name the document about doing it apart."""
    monkeypatch.setenv("TELEGRAM_BOT_TOKEN", "123456:abcdefghijklmnopqrst")
    monkeypatch.setattr("bot.commands.serving.House", no_house)
    told = command(*arguments).err
    assert f"Let op: {said}" in told
    assert "docs/beheer.md" in told


def test_a_place_where_no_file_can_be_is_told_plainly(house, command, monkeypatch):
    """A folder that is a file."""
    (house.folder / "bestand").write_text("x")
    monkeypatch.setenv("DATABASE_URL", f"sqlite:///{house.folder}/bestand/bot.db")
    monkeypatch.setenv("KEY_DIR", str(house.folder / "nieuwe-sleutels"))
    ended = command("tick", "--once")
    assert (ended.code, "lukt niet" in ended.err) == (1, True)


def test_a_file_that_is_no_database_is_told_plainly(house, command):
    """Not overwritten, not taken for an empty one."""
    house.storage.engine.dispose()
    for leftover in house.database.parent.iterdir():
        leftover.unlink()
    house.database.write_bytes(b"dit is geen database" * 400)
    ended = command("tick", "--once")
    assert (ended.code, "geen bruikbare database" in ended.err) == (1, True)
    assert house.database.read_bytes().startswith(b"dit is geen")


# check-dialogues and walk


def test_the_shipped_dialogues_are_in_order(command):
    """Zero, with their number and names."""
    ended = command("check-dialogues")
    assert (ended.code, "trust" in ended.out) == (0, True)


def test_a_wrong_dialogue_is_told_with_its_place(house, command):
    """File and line, and one for every mistake."""
    folder = house.folder / "eigen"
    folder.mkdir()
    (folder / "mijn.yaml").write_text("format: 1\nid: mijn\ntitel: x\n")
    ended = command("check-dialogues", str(folder))
    assert (ended.code, "mijn.yaml:" in ended.err) == (1, True)
    assert "Traceback" not in ended.err


def test_walking_through_a_dialogue_to_its_end(command):
    """Numbers choose buttons, other words are asked again, a text answers an open question."""
    ended = command("walk", "trust", typed="onzin\n99\n6\nmijn tekst\n" + "1\n" * 9)
    assert ended.code == 0
    assert "Geen zicht op" in ended.out
    assert "Kies een nummer van de knoppen." in ended.out
    assert "mijn tekst" not in ended.out
    assert "Dank je" in ended.out


def test_walking_stops_when_the_input_stops(command):
    """Ctrl+D is no error."""
    assert command("walk", "trust", typed="").code == 0


@pytest.mark.parametrize("audience", ["practice", "strategic"])
@pytest.mark.parametrize("sector", ["jgz", "gemeente"])
def test_the_start_dialogue_can_be_walked_by_everybody(command, audience, sector):
    """Always the first button, then done."""
    ended = command("walk", "start", "--audience", audience, "--sector", sector, typed="1\n2\n" * 30)
    assert ended.code == 0


def test_walking_an_unknown_dialogue_or_sector_is_told_plainly(command):
    """By name, without a traceback."""
    ended = command("walk", "onbekend")
    assert (ended.code, "onbekend" in ended.err) == (1, True)
    ended = command("walk", "start", "--sector", "politie")
    assert ended.code == 2


def test_health_asks_the_process_that_runs_here(command, monkeypatch):
    """What it says, and 1 when something fails or nobody answers; 2 when there is no address."""
    assert command("health").code == 2
    with socket.create_server(("127.0.0.1", 0)) as taken:
        monkeypatch.setenv("HEALTH_LISTEN", f"0.0.0.0:{taken.getsockname()[1]}")
    assert command("health").code == 1
    for status, code in ((200, 0), (503, 1)):
        monkeypatch.setattr("httpx.get", lambda url, status=status, **_: httpx.Response(status, text=url))
        told = command("health")
        assert told.code == code
        assert told.out.startswith("http://127.0.0.1:")
