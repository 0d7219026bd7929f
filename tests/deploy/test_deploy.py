"""What is in deploy/ fits the program: commands, settings, users, rights and sources; without a container engine."""

from __future__ import annotations

import os
import re
import shlex
import shutil
import subprocess
from pathlib import Path

import pytest
import typer
import yaml

from bot.cli import app
from bot.settings import Settings, load_settings
from storage.keys import KeyFolder

ROOT = Path(__file__).parents[2]
DEPLOY = ROOT / "deploy"
SYSTEMD = DEPLOY / "systemd"
UNITS = sorted(SYSTEMD.glob("*.service"))
PROCESSES = {"even-stilstaan": "run", "even-stilstaan-ticker": "tick", "even-stilstaan-opener": "release"}
OF_PYTHON = {"PYTHONPATH", "PYTHONUNBUFFERED", "CREDENTIALS_DIRECTORY"}
SETTINGS = {name.upper() for name in Settings.model_fields}
PYTHON = "/opt/even-stilstaan/.venv/bin/python"
HOME = "/var/lib/even-stilstaan"
ONE_OFF = SYSTEMD / "even-stilstaan"
"""What the administrator types for one command."""
BEHEER = (ROOT / "docs" / "beheer.md").read_text()
VERIFY = shutil.which("systemd-analyze")


def lines_of(path):
    """Every line of a unit or a list that is no comment."""
    return [line for line in path.read_text().splitlines() if line.strip() and not line.startswith(("#", "["))]


def values(unit, key):
    """Every value of one key of a unit, in order."""
    return [line.partition("=")[2] for line in lines_of(unit) if line.partition("=")[0] == key]


def environment(unit):
    return dict(each.split("=", 1) for each in values(unit, "Environment"))


def parse(words):
    """Let the command line itself read these words, without doing what they say."""
    cli = typer.main.get_command(app)
    context = cli.make_context("bot", list(words), resilient_parsing=False)
    name, command, rest = cli.resolve_command(context, context._protected_args + context.args)
    command.make_context(name, rest, parent=context)
    return name


def container():
    """The instructions of the container file, with their lines joined."""
    text = (DEPLOY / "Containerfile").read_text().replace("\\\n", " ")
    return [line.split(maxsplit=1) for line in text.splitlines() if line and not line.startswith("#")]


def compose():
    return yaml.safe_load((DEPLOY / "compose.yaml").read_text())


@pytest.mark.parametrize("unit", UNITS, ids=lambda unit: unit.stem)
def test_a_unit_starts_what_exists_with_settings_that_exist(unit, monkeypatch):
    """Its command line is read by the program, its environment makes settings that are allowed together."""
    (start,) = values(unit, "ExecStart")
    program, module, bot, *words = shlex.split(start)
    assert (program, module, bot) == (PYTHON, "-m", "bot")
    command = parse(words)
    assert PROCESSES.get(unit.stem, command) == command
    given = environment(unit)
    assert set(given) <= SETTINGS | OF_PYTHON
    for name, value in given.items():
        monkeypatch.setenv(name, value)
    settings = load_settings(telegram_bot_token="123456:abcdefghijklmnopqrst")
    assert str(settings.key_dir) == f"{HOME}/keys"
    assert settings.log_format == "json"


def test_each_process_has_a_door_of_its_own_that_only_this_machine_reaches():
    """Three processes on one machine, each asked for its health."""
    doors = [environment(SYSTEMD / f"{name}.service")["HEALTH_LISTEN"] for name in PROCESSES]
    assert len(set(doors)) == len(PROCESSES)
    assert all(door.startswith("127.0.0.1:") for door in doors)


def test_only_the_bot_has_the_token_and_no_unit_shows_a_secret():
    """The system hands it over as a file; nothing that talks to nobody can read it."""
    for unit in UNITS:
        secret = [each for each in values(unit, "LoadCredential") if each.startswith("telegram_bot_token:")]
        assert len(secret) == (unit.stem == "even-stilstaan")
        assert not {"TELEGRAM_BOT_TOKEN", "WEBHOOK_SECRET"} & set(environment(unit))
        if unit.stem != "even-stilstaan":
            assert values(unit, "IPAddressDeny") == ["any"]


@pytest.mark.parametrize("unit", UNITS, ids=lambda unit: unit.stem)
def test_a_unit_may_do_no_more_than_it_needs(unit):
    """Shared files stay shared, it stops in time, and the keys of the other user are out of sight."""
    assert values(unit, "UMask") == ["0007"]
    assert {"AF_UNIX", "AF_INET", "AF_INET6"} <= set(values(unit, "RestrictAddressFamilies")[0].split())
    for key, value in {"NoNewPrivileges": "yes", "ProtectSystem": "strict", "CapabilityBoundingSet": ""}.items():
        assert values(unit, key) == [value]
    hidden = " ".join(values(unit, "InaccessiblePaths"))
    opens = values(unit, "User") == ["stilstaan-opener"]
    assert (f"{HOME}/keys/opener" in hidden) != opens
    assert (f"{HOME}/keys/bot" in hidden) == opens
    if unit.stem in PROCESSES:
        assert values(unit, "TimeoutStopSec") == ["10"]
        assert values(unit, "Restart") == ["always"]


def test_one_command_runs_as_the_bot_with_what_the_bot_has(tmp_path):
    """The wrapper for an administrator gives a command the user, group, mask and settings of the unit of the bot."""
    stand_in = tmp_path / "systemd-run"
    stand_in.write_text("#!/bin/sh\nprintf '%s\\n' \"$@\"\n")
    stand_in.chmod(0o755)
    done = subprocess.run(  # noqa: S603 - our own script, with a stand-in for the tool of the machine
        [ONE_OFF, "invite", "coordinator", "--area", "Voorbeeld stad"],
        env={**os.environ, "PATH": f"{tmp_path}:{os.environ['PATH']}"}, capture_output=True, text=True, check=True,
    )  # fmt: skip
    words = done.stdout.splitlines()
    bot = SYSTEMD / "even-stilstaan.service"
    assert {f"--uid={values(bot, 'User')[0]}", f"--gid={values(bot, 'Group')[0]}", "--collect", "--wait"} <= set(words)
    assert "--description=Even Stilstaan: invite" in words  # otherwise the whole command is logged, and who is erased
    told = [words[place + 1] for place, word in enumerate(words) if word == "-p"]
    assert {f"{key}={values(bot, key)[0]}" for key in ("UMask", "WorkingDirectory", "EnvironmentFile")} == set(told)
    given = dict(words[place + 1].split("=", 1) for place, word in enumerate(words) if word == "-E")
    unit = environment(bot)
    assert {name: given[name] for name in ("PYTHONPATH", "DATABASE_URL", "KEY_DIR")}.items() <= unit.items()
    assert set(given) - set(unit) == {"BACKUP_DIR"}
    copies = shlex.split(values(SYSTEMD / "even-stilstaan-backup.service", "ExecStart")[0])[-1]
    assert given["BACKUP_DIR"] == copies
    assert words[words.index(PYTHON) :] == [PYTHON, "-m", "bot", "invite", "coordinator", "--area", "Voorbeeld stad"]


def test_an_administrator_is_told_to_put_every_file_in_its_place():
    """Every file for systemd is named by an `install` that makes its folder too, and every command exists."""
    lines = [line for block in re.findall(r"```console\n(.*?)```", BEHEER, re.DOTALL) for line in block.splitlines()]
    placed = {path for line in lines if line.startswith("install ") for path in line.split() if "deploy/" in path}
    named = {file for each in placed for file in ROOT.glob(each)}
    assert named == set(SYSTEMD.iterdir())
    for line in lines:
        # Not every system has /etc/sysusers.d; only /etc/systemd/system is always there.
        if line.startswith("install ") and "deploy/" in line and "/etc/systemd/system/" not in line:
            assert " -D " in line, line
    containers = [line.split(" bot ", 1)[1] for line in lines if line.startswith("docker compose run ")]
    assert {parse(shlex.split(words)) for words in containers} == {"migrate", "restore"}
    commands = [shlex.split(line)[1:] for line in lines if line.startswith("even-stilstaan ")]
    assert {parse(words) for words in commands} >= {"migrate", "invite"}


def test_an_address_of_the_administrator_reaches_every_process_without_a_password_in_it():
    """One file for each unit, read after what the unit says itself; no command may hold a password: all see it."""
    assert all(values(unit, "EnvironmentFile") == ["-/etc/even-stilstaan/instellingen.env"] for unit in UNITS)
    blocks = re.findall(r"```ini\n(.*?)```", BEHEER, re.DOTALL)
    told = dict(line.split("=", 1) for block in blocks for line in block.splitlines() if line[0] != "[")
    assert set(told) == {"DATABASE_URL", "PGPASSWORD", "IPAddressAllow"}
    settings = load_settings(telegram_bot_token="123456:abcdefghijklmnopqrst", database_url=told["DATABASE_URL"])
    assert settings.shown_database == "localhost"  # which is all that the opener reaches by itself
    assert not re.findall(r"postgresql\S*://[^\s@/`]*:[^\s@/`]*@", BEHEER)
    commands = re.findall(r"```console\n(.*?)```", BEHEER, re.DOTALL)
    assert not [block for block in commands if re.search(r"PGPASSWORD=\w", block)]


def test_a_server_elsewhere_is_opened_for_whom_it_is_closed():
    """Each unit without internet is named where an administrator gives one address more, and no other."""
    (line,) = re.findall(r"^systemctl edit (.+)$", BEHEER, re.MULTILINE)
    assert set(line.split()) == {unit.stem for unit in UNITS if values(unit, "IPAddressDeny")}


def test_users_and_paths_agree():
    """Who runs exists, owns what it writes, and the rights are those the program asks for."""
    users = {line.split()[1] for line in lines_of(SYSTEMD / "sysusers.conf") if line.startswith("u ")}
    assert {values(unit, "User")[0] for unit in UNITS} == users
    made = {line.split()[1]: line.split()[2:5] for line in lines_of(SYSTEMD / "tmpfiles.conf")}
    assert made[f"{HOME}/keys/opener"] == ["0700", "stilstaan-opener", "stilstaan"]
    assert made[f"{HOME}/keys/bot"] == ["0700", "stilstaan-bot", "stilstaan"]
    for unit in UNITS:
        for path in " ".join(values(unit, "ReadWritePaths")).split():
            assert path in made, f"{unit.name}: {path}"
        database = environment(unit)["DATABASE_URL"].removeprefix("sqlite:///")
        assert made[database] == ["0660", "stilstaan-bot", "stilstaan"]


def test_the_rights_that_are_set_are_those_the_program_accepts(tmp_path):
    """The key folder of the list, made here, passes the check of a start; a wider one would not."""
    for line in lines_of(SYSTEMD / "tmpfiles.conf"):
        kind, path, mode = line.split()[:3]
        if kind == "d" and path.startswith(f"{HOME}/keys"):
            made = tmp_path / path.removeprefix("/")
            made.mkdir(parents=True)
            made.chmod(int(mode, 8))
    folder = KeyFolder(tmp_path / HOME.removeprefix("/") / "keys")
    folder.check()
    folder.check_bot()
    folder.check_opener()


def test_the_image_copies_what_exists_and_runs_as_nobody_special():
    """Sources, pinned packages with their hashes, a user of its own, and a health check where it listens."""
    steps = container()
    copied = [each[1].split() for each in steps if each[0] == "COPY"]
    for *sources, _target in (words for words in copied if not words[0].startswith("--from")):
        assert all((ROOT / source).exists() for source in sources)
    assert any("--require-hashes -r /tmp/requirements.txt" in each[1] for each in steps if each[0] == "RUN")
    assert [each[1] for each in steps if each[0] == "USER"] == ["stilstaan-bot"]
    packages = {path.parent.name for path in ROOT.glob("*/__init__.py")} & {"bot", "dialogues", "storage"}
    assert packages == {words[0] for words in copied} & packages
    names = dict(re.findall(r"([A-Z_]+)=(\S+)", next(each[1] for each in steps if each[0] == "ENV")))
    assert set(names) <= SETTINGS | OF_PYTHON
    (check,) = [each[1] for each in steps if each[0] == "HEALTHCHECK"]
    assert f"127.0.0.1:{names['HEALTH_LISTEN'].rpartition(':')[2]}/health/ready" in check
    (default,) = [each[1] for each in steps if each[0] == "CMD"]
    assert parse(re.findall(r'"([^"]+)"', default)) == "run"


def test_what_is_secret_stays_out_of_the_image():
    """Only what is copied is sent to the engine at all."""
    kept = [line[1:] for line in (ROOT / ".dockerignore").read_text().splitlines() if line.startswith("!")]
    sources = {words[0] for words in (each[1].split() for each in container() if each[0] == "COPY")}
    assert set(kept) == {each for each in sources if not each.startswith("--from")}
    ignored = (ROOT / ".gitignore").read_text().splitlines()
    for secret in compose()["secrets"].values():
        assert f"/deploy/{secret['file'].removeprefix('./')}" in ignored


def test_compose_keeps_apart_what_must_be_apart():
    """Three processes; the opener has no token, no internet and not the bot's keys, and the others not the opener's."""
    services = compose()["services"]
    told = {name: parse(each["command"]) for name, each in services.items()}
    assert told == {"bot": "run", "ticker": "tick", "opener": "release"}
    mounted = {name: dict(each.split(":")[:2] for each in service["volumes"]) for name, service in services.items()}
    assert "keys-opener" in mounted["opener"]
    assert not {"keys-bot", "keys-erased"} & set(mounted["opener"])
    assert all("keys-opener" not in mounted[name] for name in ("bot", "ticker"))
    assert [name for name, service in services.items() if service.get("secrets")] == ["bot"]
    assert [name for name, service in services.items() if "internet" in service["networks"]] == ["bot"]
    users = {name: service["user"] for name, service in services.items()}
    assert users["bot"] == users["ticker"] != users["opener"]
    image = (DEPLOY / "Containerfile").read_text()
    for user in users.values():
        uid, gid = user.split(":")
        assert f"--uid {uid} --gid {gid}" in image
    for volume, path in {key: value for mounts in mounted.values() for key, value in mounts.items()}.items():
        assert volume in compose()["volumes"]
        assert path in image


def test_alarms_are_about_figures_that_exist():
    """Every name in the rules is one the program gives, and every job is told with the door of its unit."""
    from bot.vitals import Vitals

    text = (DEPLOY / "prometheus-rules.yaml").read_text()
    told = dict(re.findall(r'job_name: (\S+)\n#.*targets: \["([^"]+)"\]', text))
    names = {
        name.removeprefix("even-") + ("" if "-" in name.removeprefix("even-") else "-bot"): name for name in PROCESSES
    }
    assert told == {job: environment(SYSTEMD / f"{name}.service")["HEALTH_LISTEN"] for job, name in names.items()}
    rules = yaml.safe_load(text)["groups"][0]["rules"]
    jobs = {job for rule in rules for job in re.findall(r'job="([^"]+)"', rule["expr"])}
    assert jobs <= set(told)
    asked = {name for rule in rules for name in re.findall(r"\bstilstaan_\w+", rule["expr"])}
    given = set(re.findall(r"^# TYPE (\w+)", Vitals().page().decode(), re.MULTILINE))
    assert len(rules) >= 5
    assert {re.sub(r"_(bucket|count|sum)$", "", name) for name in asked} <= given


@pytest.mark.skipif(VERIFY is None, reason="systemd-analyze is niet op deze machine")
def test_systemd_accepts_the_units(tmp_path):
    """With a program that is there in place of the one of the installation; no word of complaint."""
    for unit in [*UNITS, *SYSTEMD.glob("*.timer")]:
        (tmp_path / unit.name).write_text(unit.read_text().replace(PYTHON, "/bin/true"))
    checked = subprocess.run(  # noqa: S603 - a tool of the machine, on our own units
        [VERIFY or "", "verify", "--man=no", *map(str, sorted(tmp_path.iterdir()))],
        env={**os.environ, "SYSTEMD_UNIT_PATH": f"{tmp_path}:"}, capture_output=True, text=True, check=False,
    )  # fmt: skip
    complaints = [line for line in checked.stderr.splitlines() if "even-stilstaan" in line]
    assert (checked.returncode, complaints) == (0, [])
