"""Settings from the environment or a .env file: typed, checked all at once, secrets never printed."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Literal
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo, available_timezones

from pydantic import AfterValidator, Field, SecretStr, ValidationError
from pydantic_settings import BaseSettings, SettingsConfigDict

SHORTEST_SECRET = 10


class SettingsInvalid(Exception):
    """One or more settings are missing or wrong; the message names every key and what to do, in Dutch."""


def _zone(name: str) -> str:
    if name not in available_timezones():
        raise ValueError("kies een tijdzone zoals Europe/Amsterdam")
    return name


def _http(url: str) -> str:
    parts = urlsplit(url)
    if parts.scheme not in {"http", "https"} or not parts.hostname:
        raise ValueError("geef een adres dat begint met http:// of https://")
    return url.rstrip("/")


def _token(token: SecretStr) -> SecretStr:
    number, _, secret = token.get_secret_value().partition(":")
    if not number.isdigit() or len(secret) < SHORTEST_SECRET or "vul" in secret.lower():
        raise ValueError("geef het token van @BotFather, in de vorm 123456:ABC…")
    return token


class Settings(BaseSettings):
    """Everything an administrator can set; names and meaning are listed in ``.env.example``."""

    model_config = SettingsConfigDict(env_file=".env", env_ignore_empty=True, extra="ignore", frozen=True)

    telegram_bot_token: Annotated[SecretStr, AfterValidator(_token)]
    telegram_api_url: Annotated[str, AfterValidator(_http)] = "https://api.telegram.org"
    database_url: str = "sqlite:///data/even-stilstaan.db"
    key_dir: Path = Path("data/keys")
    timezone: Annotated[str, AfterValidator(_zone)] = "Europe/Amsterdam"
    dialogues_dir: Path | None = None
    webhook_url: str | None = None
    webhook_secret: SecretStr | None = Field(default=None, min_length=32)
    webhook_listen: str = "127.0.0.1:8443"
    log_level: Literal["DEBUG", "INFO", "WARNING", "ERROR"] = "INFO"
    log_format: Literal["console", "json"] = "console"

    @property
    def zone(self) -> ZoneInfo:
        """The time zone of rhythm and texts."""
        return ZoneInfo(self.timezone)


def load_settings(**overrides: object) -> Settings:
    """Read the settings; ``overrides`` win. Raises SettingsInvalid with every mistake at once."""
    try:
        settings = Settings(**overrides)  # type: ignore[arg-type]  # pydantic checks the values
    except ValidationError as error:
        raise SettingsInvalid("\n".join(_explain(each["loc"], each["msg"]) for each in error.errors())) from None
    _refuse_unsafe(settings)
    return settings


def _explain(where: tuple[int | str, ...], message: str) -> str:
    key = str(where[0]).upper() if where else "instellingen"
    plain = {"Field required": "ontbreekt; zet hem in .env (zie .env.example)"}.get(message, message)
    return f"{key}: {plain.removeprefix('Value error, ')}"


def _refuse_unsafe(settings: Settings) -> None:
    """Refuse what privacy rule 18 forbids; each refusal names its key."""
    wrong = []
    if settings.webhook_url and settings.webhook_secret is None:
        wrong.append("WEBHOOK_SECRET: is nodig zodra WEBHOOK_URL is ingevuld; neem minstens 32 willekeurige tekens")
    if settings.dialogues_dir is not None and not settings.dialogues_dir.is_dir():
        wrong.append(f"DIALOGUES_DIR: de map {settings.dialogues_dir} bestaat niet")
    database = sqlite_file(settings.database_url)
    if database is not None and settings.key_dir.resolve() in database.resolve().parents:
        wrong.append("KEY_DIR: de database mag niet in de sleutelmap staan; anders gaan sleutels mee in een back-up")
    if database is not None and database.resolve() == settings.key_dir.resolve():
        wrong.append("KEY_DIR: is hetzelfde pad als de database; kies een eigen map voor de sleutels")
    if wrong:
        raise SettingsInvalid("\n".join(wrong))


def sqlite_file(database_url: str) -> Path | None:
    """The file of an SQLite database, or None for another kind."""
    return Path(database_url.removeprefix("sqlite:///")) if database_url.startswith("sqlite:///") else None
