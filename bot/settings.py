"""Settings from the environment or a .env file: typed, checked all at once, secrets never printed."""

from __future__ import annotations

import os
import re
from functools import lru_cache
from pathlib import Path
from typing import Annotated, Literal
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo, available_timezones

from pydantic import AfterValidator, Field, SecretStr, ValidationError, ValidationInfo
from pydantic_core import ErrorDetails
from pydantic_settings import BaseSettings, SettingsConfigDict

from bot.refused import SettingsInvalid

SHORTEST_SECRET = 10
SHORTEST_WEBHOOK_SECRET = 32
LONGEST_WEBHOOK_SECRET = 256
LOOPBACK = frozenset({"127.0.0.1", "localhost", "::1"})
_WEBHOOK_SECRET = re.compile(rf"[\w-]{{1,{LONGEST_WEBHOOK_SECRET}}}", re.ASCII)
_PLACEHOLDERS = ("vul-", "vul_", "vulhier")


@lru_cache  # finding out which there are goes through a thousand files
def _zone(name: str) -> str:
    if name not in available_timezones():
        raise ValueError("kies een tijdzone zoals Europe/Amsterdam")
    return name


def _http(url: str) -> str:
    parts = urlsplit(url)
    if parts.scheme not in {"http", "https"} or not parts.hostname:
        raise ValueError("geef een adres dat begint met http:// of https://")
    return url.rstrip("/")


def _page(url: str | None) -> str | None:
    return None if url is None else _http(url)


def _token(token: SecretStr) -> SecretStr:
    number, _, secret = token.get_secret_value().partition(":")
    if not number.isdigit() or len(secret) < SHORTEST_SECRET or secret.lower().startswith(_PLACEHOLDERS):
        raise ValueError("geef het token van @BotFather, in de vorm 123456:ABC…")
    return token


def _database(url: str) -> str:
    if not url.startswith(("sqlite:///", "postgresql://", "postgresql+")):
        raise ValueError("geef een adres als sqlite:///map/bestand.db of postgresql://...")
    return url


def _folder(folder: Path | None) -> Path | None:
    if folder is not None and not folder.is_dir():
        raise ValueError(f"de map {folder} bestaat niet")
    return folder


def _apart_from_database(folder: Path, info: ValidationInfo) -> Path:
    """Keys may not lie where a copy of the database takes them along (privacy rule 18)."""
    database = sqlite_file(str(info.data.get("database_url", "")))
    if database is None:
        return folder
    at, keys = database.resolve(), folder.resolve()
    if at.parent == keys or at.parent in keys.parents or keys in (at, *at.parents):
        raise ValueError(
            "de sleutels en de database staan in dezelfde map; dan gaan ze samen mee in een back-up. "
            "Kies voor de sleutels een map daarbuiten"
        )
    return folder


def _apart_from_keys(folder: Path | None, info: ValidationInfo) -> Path | None:
    """A backup may not take the keys along, nor lie where the keys are (privacy rule 18)."""
    if folder is None or "key_dir" not in info.data:
        return folder
    at, keys = folder.resolve(), Path(info.data["key_dir"]).resolve()
    if at == keys or at in keys.parents or keys in at.parents:
        raise ValueError(
            "de sleutels staan in deze map, of deze map staat bij de sleutels; dan zijn de antwoorden in een "
            "oude back-up later nog te openen. Kies voor back-ups een map daarbuiten"
        )
    return folder


def _with_webhook(secret: SecretStr | None, info: ValidationInfo) -> SecretStr | None:
    if secret is None and info.data.get("webhook_url"):
        raise ValueError(
            f"is nodig zodra WEBHOOK_URL is ingevuld; neem minstens {SHORTEST_WEBHOOK_SECRET} willekeurige tekens"
        )
    if secret is not None and not _WEBHOOK_SECRET.fullmatch(secret.get_secret_value()):
        raise ValueError(
            f"gebruik alleen letters, cijfers, - en _, en hooguit {LONGEST_WEBHOOK_SECRET} tekens; "
            "andere neemt Telegram niet aan"
        )
    return secret


def _webhook(url: str | None, info: ValidationInfo) -> str | None:
    """Where Telegram posts: https, but under a Bot API on this machine (a sandbox) http is fine."""
    if url is None:
        return None
    with_sandbox = urlsplit(str(info.data.get("telegram_api_url", ""))).hostname in LOOPBACK
    try:
        parts = urlsplit(url)
        readable = bool(parts.hostname) and parts.port != 0
    except ValueError:
        readable = False
    if not readable or parts.scheme not in ({"http", "https"} if with_sandbox else {"https"}):
        raise ValueError("geef een adres dat begint met https://; alleen bij een proeftuin mag http://")
    if parts.query or parts.fragment or not re.fullmatch(r"[\w/.-]*", parts.path, re.ASCII):
        raise ValueError("gebruik na de naam van de server alleen letters, cijfers, /, -, _ en punten")
    return url


def _listen(address: str) -> str:
    try:
        parts = urlsplit(f"//{address}")
        readable = bool(parts.hostname and parts.port) and parts.netloc == address and "@" not in address
    except ValueError:
        readable = False
    if not readable:
        raise ValueError("geef een adres en een poort van deze machine, zoals 127.0.0.1:8443")
    return address


def _listen_if_set(address: str | None) -> str | None:
    return None if address is None else _listen(address)


def _door(address: str) -> tuple[str, int]:
    parts = urlsplit(f"//{address}")
    return parts.hostname or "", parts.port or 0


class Settings(BaseSettings):
    """Everything an administrator can set; names and meaning are listed in ``.env.example``."""

    model_config = SettingsConfigDict(env_file=".env", env_ignore_empty=True, extra="ignore", frozen=True)

    telegram_bot_token: Annotated[SecretStr, AfterValidator(_token)]
    telegram_api_url: Annotated[str, AfterValidator(_http)] = "https://api.telegram.org"
    database_url: Annotated[str, AfterValidator(_database)] = "sqlite:///data/even-stilstaan.db"
    key_dir: Annotated[Path, AfterValidator(_apart_from_database), Field(validate_default=True)] = Path("keys")
    backup_dir: Annotated[Path | None, AfterValidator(_apart_from_keys)] = None
    timezone: Annotated[str, AfterValidator(_zone)] = "Europe/Amsterdam"
    dialogues_dir: Annotated[Path | None, AfterValidator(_folder)] = None
    privacy_url: Annotated[str | None, AfterValidator(_page)] = None
    webhook_url: Annotated[str | None, AfterValidator(_webhook)] = None
    webhook_secret: Annotated[
        Annotated[SecretStr, Field(min_length=SHORTEST_WEBHOOK_SECRET)] | None,
        AfterValidator(_with_webhook),
        Field(validate_default=True),
    ] = None
    webhook_listen: Annotated[str, AfterValidator(_listen)] = "127.0.0.1:8443"
    health_listen: Annotated[str | None, AfterValidator(_listen_if_set)] = None
    log_level: Literal["DEBUG", "INFO", "WARNING", "ERROR"] = "INFO"
    log_format: Literal["console", "json"] = "console"

    @property
    def zone(self) -> ZoneInfo:
        """The time zone of rhythm and texts."""
        return ZoneInfo(self.timezone)

    @property
    def shown_database(self) -> str:
        """Where the database is, without what is secret in its address."""
        file = sqlite_file(self.database_url)
        return str(file.resolve()) if file else urlsplit(self.database_url).hostname or "PostgreSQL"

    @property
    def webhook_path(self) -> str:
        """The path at which Telegram posts."""
        return urlsplit(self.webhook_url or "").path or "/"

    @property
    def webhook_door(self) -> tuple[str, int]:
        """Host and port at which this process waits for Telegram."""
        return _door(self.webhook_listen)

    @property
    def health_door(self) -> tuple[str, int] | None:
        """Host and port at which this process tells how it is doing; None: nowhere."""
        return _door(self.health_listen) if self.health_listen else None


def load_settings(**overrides: object) -> Settings:
    """Read the settings; ``overrides`` win. Raises SettingsInvalid with every mistake at once.

    What the environment does not say may be a file with the setting's name in CREDENTIALS_DIRECTORY: that is how
    systemd and containers hand over a secret that no list of processes shows.
    """
    secrets = os.environ.get("CREDENTIALS_DIRECTORY", "")
    folder = secrets if Path(secrets).is_dir() and secrets else None
    try:
        return Settings(_secrets_dir=folder, **overrides)  # type: ignore[arg-type, call-arg]  # pydantic checks the values
    except ValidationError as error:
        raise SettingsInvalid("\n".join(_explain(each) for each in error.errors())) from None


def _explain(error: ErrorDetails) -> str:
    """One mistake as ``KEY: what to do``; the value itself is never quoted, it may be a secret."""
    key = str(error["loc"][0]).upper() if error["loc"] else "instellingen"
    expected = str(error.get("ctx", {}).get("expected", "")).replace("' or '", "' of '")
    plain = {
        "missing": "ontbreekt; zet hem in .env (zie .env.example)",
        "too_short": f"is te kort; neem minstens {SHORTEST_WEBHOOK_SECRET} willekeurige tekens",
        "literal_error": f"kies uit {expected}",
    }.get(error["type"], error["msg"].removeprefix("Value error, "))
    return f"{key}: {plain}"


def sqlite_file(database_url: str) -> Path | None:
    """The file of an SQLite database, or None for another kind."""
    return Path(database_url.removeprefix("sqlite:///")) if database_url.startswith("sqlite:///") else None
