"""The facts in the papers that the program knows by itself: from the code, the settings, the database and an audit."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from babel.dates import format_date

import bot
from bot.chat.texts.chat_nl import COMMANDS
from bot.papers.organisation import blank, literal
from bot.settings import Settings
from bot.usecases.asked import practice_layer
from bot.usecases.deps import Deps
from bot.usecases.invite import VALID_FOR
from dialogues.guarding.cleaning import LONGEST_TEXT
from dialogues.guarding.measuring import measure
from dialogues.insight.audit import audit
from dialogues.insight.chances import chance_behind_word, chance_of_sectors
from dialogues.insight.own_words import LEAST_RESPONDENTS, LEAST_WRITERS
from dialogues.insight.publication import EXACT_FROM, FLOOR, OUTSIDE_AT_LEAST, Rule, publish
from dialogues.insight.shares import MEMBERS_AT_LEAST, TEAMS_AT_LEAST
from storage.backups import KEPT as KEPT_COPIES
from storage.database import schema_state
from storage.retention import DAYS, kept
from storage.teams import Team

TELEGRAM: Final = "https://api.telegram.org"
ANSWERING: Final = 0.7
"""Part of a team that answers, in the tables about small teams; the README uses the same."""
TEAM_SIZES: Final = (6, 9, 12, 15, 18, 21)
GUESSED: Final = (5, 8, 12)
"""Numbers of answers for which the chance of a right guess is told."""
PRIORS: Final = (0.5, 0.7)
RIGHTS: Final = ("privacy", "mijngegevens", "wisantwoord", "pauze", "vertrek", "logboek", "stop")
"""Commands with which people use their rights, as far as this version has them."""
KEPT: Final = tuple(table for table, days in DAYS.items() if days is not None)
"""Tables of which a paper tells for how many days rows are kept."""


@dataclass(frozen=True, slots=True)
class Asked:
    """How many people the rounds of one team ask."""

    team: Team
    people: int


def facts_of(deps: Deps, settings: Settings) -> dict[str, str]:
    """Every fact under its Dutch name in the templates."""
    return {
        "datum": format_date(deps.today(), "d MMMM y", locale="nl"),
        "versie": bot.__version__,
        "commit": commit() or blank("commit van het programma"),
        "schema": schema_state(deps.storage.engine).expected,
        "tijdzone": settings.timezone,
        "kanaal": channel(settings),
        "database": "een SQLite-bestand" if settings.database_url.startswith("sqlite") else "PostgreSQL",
        "privacy_adres": literal(settings.privacy_url or "") or blank("adres van deze privacytekst op je website"),
        "opdrachten": "\n".join(f"| `/{name}` | {COMMANDS[name]} |" for name in RIGHTS if name in COMMANDS),
        **_limits(),
        **_teams(deps),
        **_small_teams(),
        **_audited(),
        **_guard(),
    }


def channel(settings: Settings) -> str:
    """Where the messages go."""
    if settings.telegram_api_url == TELEGRAM:
        return "Telegram, langs de servers van Telegram zelf"
    return f"een server die zich als Telegram gedraagt ({literal(settings.telegram_api_url)})"


def commit() -> str | None:
    """The commit of this checkout, and whether something was changed since; None outside a checkout."""
    git, here = shutil.which("git"), Path(bot.__file__).parent

    def ask(*words: str) -> str | None:
        done = subprocess.run([git or "git", *words], cwd=here, capture_output=True, text=True, check=False)  # noqa: S603 - fixed words
        return done.stdout.strip() if done.returncode == 0 else None

    if git is None or (known := ask("rev-parse", "--short=12", "HEAD")) is None:
        return None
    return f"{known}, met eigen wijzigingen" if ask("status", "--porcelain", "--untracked-files=no") else known


def _limits() -> dict[str, str]:
    numbers = {
        "ondergrens": FLOOR,
        "aantallen_vanaf": EXACT_FROM,
        "buiten_de_grootste": OUTSIDE_AT_LEAST,
        "teksten_gevraagden": LEAST_RESPONDENTS,
        "teksten_schrijvers": LEAST_WRITERS,
        "tekst_tekens": LONGEST_TEXT,
        "gebied_mensen": MEMBERS_AT_LEAST,
        "gebied_teams": TEAMS_AT_LEAST,
        "geldig_uitnodiging": VALID_FOR.days,
        "dagen_kopie": KEPT_COPIES.days,
    }
    days = {f"dagen_{table}": kept(table).days for table in KEPT}
    return {name: str(number) for name, number in (numbers | days).items()}


def _teams(deps: Deps) -> dict[str, str]:
    with deps.storage.begin() as work:
        areas = len(work.teams.areas())
        asked = [
            Asked(
                team,
                len(practice_layer(work.people.team_members(team.id, role="member"))),
            )
            for team in work.teams.all()
            if team.archived_on is None
        ]
    sizes = [each.people for each in asked]
    floors = sorted({each.team.floor for each in asked} | {FLOOR})
    return {
        "gebieden": str(areas),
        "teams": str(len(asked)),
        "kleinste_team": str(min(sizes, default=0)),
        "grootste_team": str(max(sizes, default=0)),
        "onder_de_grens": str(sum(each.people < each.team.floor for each in asked)),
        "ondergrenzen": " en ".join(str(floor) for floor in floors),
        "in_woorden": str(sum(each.team.rule == Rule.WORDS for each in asked)),
        "in_aantallen": str(sum(each.team.rule == Rule.COUNTS for each in asked)),
    }


def _small_teams() -> dict[str, str]:
    visible = []
    for members in TEAM_SIZES:
        seen = chance_of_sectors(dict.fromkeys(("jgz", "wijkteam", "onderwijs"), members // 3), share=ANSWERING)
        visible.append(
            f"| {members} | {_percent(seen.team)} | {_percent(seen.one_sector)} | {_percent(seen.every_sector)} |"
        )
    guessed = [
        f"| {respondents} | {_percent(prior)} | {_percent(chance_behind_word(respondents, prior=prior))} "
        f"| {_percent(chance_behind_word(respondents, prior=prior, known_other=True))} |"
        for respondents in GUESSED
        for prior in PRIORS
    ]
    return {"kansen": "\n".join(visible), "raden": "\n".join(guessed)}


def _audited() -> dict[str, str]:
    """A short audit of the rule of this very program, done now; the whole one is in the tests."""
    reports = [audit(publish, sizes, rule=rule) for rule in Rule for sizes in _audited_sizes()]
    return {
        "nagerekend": f"{sum(report.tables for report in reports):,}".replace(",", "."),
        "vastgepind": str(sum(report.failing_outputs for report in reports)),
    }


def _audited_sizes() -> Iterator[tuple[int, ...]]:
    for respondents in range(FLOOR, 13):
        yield (respondents,)
    yield from ((5, 1), (5, 3), (5, 5))


def _guard() -> dict[str, str]:
    measured = measure()
    return {
        "bewaker_gevonden": f"{measured.found.number} van de {measured.found.of}",
        "bewaker_voor_niets": f"{measured.false_alarms.number} van de {measured.false_alarms.of}",
    }


def _percent(chance: float) -> str:
    return f"{round(100 * chance)} %"
