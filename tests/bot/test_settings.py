"""Settings: everything an administrator can set, every mistake at once, and never a secret in a message."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from bot.refused import SettingsInvalid
from bot.settings import Settings, load_settings

TOKEN = "123456:abcdefghijklmnopqrst"
SECRET = "geheim-geheim-geheim-geheim-geheim"
EXAMPLE = Path(__file__).parents[2] / ".env.example"


@pytest.fixture(autouse=True)
def bare_environment(monkeypatch, tmp_path):
    """Nothing set, and a folder without a .env."""
    monkeypatch.chdir(tmp_path)
    for name in (*Settings.model_fields, "credentials_directory"):
        monkeypatch.delenv(name.upper(), raising=False)


def refusal(**overrides) -> str:
    with pytest.raises(SettingsInvalid) as refused:
        load_settings(**overrides)
    return str(refused.value)


def test_the_example_names_every_setting_and_no_other():
    """Whoever copies .env.example meets all of them, in capitals."""
    named = re.findall(r"^#?\s?([A-Z_]+)=", EXAMPLE.read_text(), flags=re.MULTILINE)
    assert sorted(named) == sorted(name.upper() for name in Settings.model_fields)


def test_the_example_with_a_token_is_a_working_configuration(tmp_path):
    """Copy, fill in the token, start: empty lines mean the default."""
    filled = EXAMPLE.read_text().replace("TELEGRAM_BOT_TOKEN=", f"TELEGRAM_BOT_TOKEN={TOKEN}")
    (tmp_path / ".env").write_text(filled)
    assert load_settings() == load_settings(telegram_bot_token=TOKEN)
    assert load_settings().telegram_api_url == "https://api.telegram.org"


def test_the_environment_wins_from_the_file(monkeypatch, tmp_path):
    """What is set for this process goes before .env."""
    (tmp_path / ".env").write_text(f"TELEGRAM_BOT_TOKEN={TOKEN}\nLOG_LEVEL=ERROR\n")
    monkeypatch.setenv("LOG_LEVEL", "WARNING")
    assert load_settings().log_level == "WARNING"


def test_every_mistake_is_told_at_once(tmp_path):
    """One line for each key that is missing or wrong, also for what is unsafe together."""
    said = refusal(
        telegram_api_url="ftp://x",
        database_url=f"sqlite:///{tmp_path}/keys/bot.db",
        key_dir=tmp_path / "keys",
        timezone="Mars/Olympus",
        dialogues_dir=tmp_path / "nergens",
        privacy_url="voorbeeld.nl/privacy",
        webhook_url="https://voorbeeld.nl/hook",
        log_level="LUID",
        log_format="xml",
    )
    assert [line.partition(":")[0] for line in said.splitlines()] == [
        "TELEGRAM_BOT_TOKEN", "TELEGRAM_API_URL", "KEY_DIR", "TIMEZONE", "DIALOGUES_DIR", "PRIVACY_URL",
        "WEBHOOK_SECRET", "LOG_LEVEL", "LOG_FORMAT",
    ]  # fmt: skip


def test_the_messages_are_dutch_and_say_what_to_do(tmp_path):
    """No sentence of the library comes through."""
    said = refusal(webhook_url="https://x.nl", webhook_secret="kort", log_level="LUID", timezone="x")
    assert not re.search(r"\b(should|must|Value|Input|Field|items|characters)\b", said)
    assert "LOG_LEVEL: kies uit 'DEBUG', 'INFO', 'WARNING' of 'ERROR'" in said
    assert "WEBHOOK_SECRET: is te kort; neem minstens 32 willekeurige tekens" in said


@pytest.mark.parametrize(
    "token", ["", "abc", "123456:", "123456:kort", "x:abcdefghijklmnopqrst", "123:vul-hier-je-token-in"]
)
def test_a_token_that_cannot_be_one_is_refused_without_showing_it(token):
    """Also the placeholder that somebody forgot to replace."""
    said = refusal(telegram_bot_token=token)
    assert said.startswith("TELEGRAM_BOT_TOKEN: ")
    assert token in {"", "123456:"} or token not in said


def test_letters_that_happen_to_read_as_a_placeholder_are_fine():
    """Tokens are random: one in a thousand holds such letters somewhere."""
    assert load_settings(telegram_bot_token="123456:abcVULdefghijklmn")


def test_secrets_are_never_printed():
    """Not in the settings as text, and not in a refusal of something else."""
    settings = load_settings(telegram_bot_token=TOKEN, webhook_url="https://x.nl", webhook_secret=SECRET)
    for text in (repr(settings), str(settings), str(settings.model_dump()), settings.model_dump_json()):
        assert TOKEN not in text
        assert SECRET not in text
    assert "kort-geheim" not in refusal(telegram_bot_token=TOKEN, webhook_secret="kort-geheim")
    assert TOKEN not in refusal(telegram_bot_token=TOKEN, timezone="x")


def test_keys_may_not_lie_where_the_database_is_copied(tmp_path):
    """Inside one another, beside each other in one folder, or the same path: refused; the default is not."""
    for database, keys in (("keys/a/bot.db", "keys"), ("keys", "keys"), ("bot.db", "keys"), ("a/bot.db", "a/b/keys")):
        said = refusal(
            telegram_bot_token=TOKEN, database_url=f"sqlite:///{tmp_path / database}", key_dir=tmp_path / keys
        )
        assert said.startswith("KEY_DIR: ")
    apart = {"database_url": f"sqlite:///{tmp_path / 'data' / 'bot.db'}", "key_dir": tmp_path / "keys"}
    assert load_settings(telegram_bot_token=TOKEN, **apart).key_dir == tmp_path / "keys"
    assert load_settings(telegram_bot_token=TOKEN).key_dir == Path("keys")


def test_a_backup_may_not_take_the_keys_along(tmp_path):
    """Inside one another or the same folder: refused; beside each other is fine, and so is no such folder."""
    keys = tmp_path / "keys"
    for backups in ("", "keys", "keys/copies"):
        said = refusal(telegram_bot_token=TOKEN, key_dir=keys, backup_dir=tmp_path / backups)
        assert said.startswith("BACKUP_DIR: de sleutels")
    apart = load_settings(telegram_bot_token=TOKEN, key_dir=keys, backup_dir=tmp_path / "copies")
    assert apart.backup_dir == tmp_path / "copies"
    assert load_settings(telegram_bot_token=TOKEN).backup_dir is None


def test_a_webhook_needs_a_secret():
    """Without one anybody could post updates."""
    assert refusal(telegram_bot_token=TOKEN, webhook_url="https://x.nl").startswith("WEBHOOK_SECRET: is nodig")


def test_an_address_loses_its_last_stroke():
    """So that paths can be put after it."""
    address = "http://127.0.0.1:8080"
    assert load_settings(telegram_bot_token=TOKEN, telegram_api_url=f"{address}/").telegram_api_url == address


@pytest.mark.parametrize("url", ["http://x.nl", "x.nl/hook", "https://", "https://x.nl:99999", "https://x.nl/{alles}"])
def test_a_webhook_that_cannot_work_is_refused(url):
    """Telegram posts over https only, and braces would open more paths than one."""
    assert refusal(telegram_bot_token=TOKEN, webhook_url=url, webhook_secret=SECRET).startswith("WEBHOOK_URL: ")


def test_a_webhook_of_a_sandbox_needs_no_certificate():
    """On this machine plain http is fine, and the path is the one that is served."""
    here = {"telegram_api_url": "http://127.0.0.1:8080", "webhook_secret": SECRET, "webhook_listen": "[::1]:8444"}
    settings = load_settings(telegram_bot_token=TOKEN, webhook_url="http://127.0.0.1:8444/in", **here)
    assert (settings.webhook_path, settings.webhook_door) == ("/in", ("::1", 8444))
    bare = load_settings(telegram_bot_token=TOKEN, webhook_url="https://x.nl", webhook_secret=SECRET)
    assert (bare.webhook_path, bare.webhook_door) == ("/", ("127.0.0.1", 8443))


@pytest.mark.parametrize("address", ["8443", "127.0.0.1", "127.0.0.1:0", "127.0.0.1:x", "a@b:1", "localhost:8443/in"])
def test_a_place_to_listen_is_an_address_and_a_port(address):
    """Told with the name of the setting."""
    assert refusal(telegram_bot_token=TOKEN, webhook_listen=address).startswith("WEBHOOK_LISTEN: geef een adres")


@pytest.mark.parametrize("secret", ["é" * 40, "a b" * 20, "a" * 257])
def test_a_secret_is_one_that_telegram_takes(secret):
    """Otherwise the start would end in a refusal of Telegram; the secret itself is not quoted."""
    said = refusal(telegram_bot_token=TOKEN, webhook_url="https://x.nl", webhook_secret=secret)
    assert said.startswith("WEBHOOK_SECRET: gebruik alleen letters")
    assert secret not in said


def test_a_secret_can_be_a_file_that_the_system_hands_over(tmp_path, monkeypatch):
    """As LoadCredential and container secrets do; the environment wins, and a folder that is gone is no mistake."""
    (tmp_path / "telegram_bot_token").write_text(f"{TOKEN}\n")
    monkeypatch.setenv("CREDENTIALS_DIRECTORY", str(tmp_path))
    assert load_settings().telegram_bot_token.get_secret_value() == TOKEN
    monkeypatch.setenv("TELEGRAM_BOT_TOKEN", TOKEN[:-1] + "x")
    assert load_settings().telegram_bot_token.get_secret_value() == TOKEN[:-1] + "x"
    monkeypatch.setenv("CREDENTIALS_DIRECTORY", str(tmp_path / "nergens"))
    assert load_settings().telegram_bot_token.get_secret_value() == TOKEN[:-1] + "x"
