"""What single things cost without a Telegram: a tap, a release, a maandbeeld, as ratios within this run."""

from __future__ import annotations

import statistics
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from rich.table import Table

from bench.figures import machine
from bench.rendering import MAANDBEELDEN, Beside, taps_beside_rendering
from bench.team import COORDINATOR, BenchClock, Player, first_maandbeeld, make_team_of, onward, open_round_of
from bot.compose import make_deps
from bot.render import pdf, picture
from bot.settings import load_settings
from bot.usecases.compose_maandbeeld import compose_due_maandbeelden
from bot.usecases.open_due_rounds import open_due_rounds
from bot.usecases.release_round import fill_stock, release_due
from dialogues.authoring.placeholders import PLACEHOLDERS
from dialogues.conversation.definition import Audience, Definition
from dialogues.conversation.engine import begin, resume
from storage.work import Storage

MEMBERS = 25


def costs() -> list[Table]:
    """Every measurement once, as two tables."""
    with tempfile.TemporaryDirectory() as folder:
        rows, beside = _house(Path(folder))
    table = Table(title=f"Wat één ding kost · {machine()}")
    for heading in ("Wat", "Keer", "Mediaan", "p99", "Verhouding"):
        table.add_column(heading, justify="left" if heading == "Wat" else "right")
    for row in rows:
        table.add_row(*row)
    return [table, beside_rendering(beside)]


def beside_rendering(measured: Beside) -> Table:
    """Taps alone and beside rendering, with the ratio of each figure."""
    alone, beside = measured.alone, measured.beside
    table = Table(
        title=f"Tikken naast het tekenen van {MAANDBEELDEN} maandbeelden ({measured.rendering:.0f} s) · {machine()}"
    )
    for heading in ("Wat", "Tikken", "p50", "p95"):
        table.add_column(heading, justify="left" if heading == "Wat" else "right")
    for what, waited in (("zonder tekenen", alone), ("naast plaatje en PDF", beside)):
        table.add_row(what, str(waited.taps), f"{waited.median * 1000:.2f} ms", f"{waited.p95 * 1000:.2f} ms")
    table.add_row("verhouding", "", f"{beside.median / alone.median:.2f} ×", f"{beside.p95 / alone.p95:.2f} ×")
    return table


def _house(folder: Path) -> tuple[list[tuple[str, ...]], Beside]:
    settings = load_settings(
        telegram_bot_token="1:niet-nodig-hier",  # noqa: S106 - sends nothing
        database_url=f"sqlite:///{folder / 'data' / 'bench.db'}",
        key_dir=folder / "keys",
        dialogues_dir=None,
        webhook_url=None,
    )
    clock = BenchClock(datetime(2026, 11, 2, 8, 0, tzinfo=UTC))
    deps = make_deps(settings, clock=clock)
    fill_stock(deps)
    chats = make_team_of(deps, MEMBERS)
    clock.moment = datetime(2026, 11, 3, 9, 0, tzinfo=ZoneInfo("Europe/Amsterdam")).astimezone(UTC)
    opening = _timed(lambda: open_due_rounds(deps), times=1)
    bare = _timed(lambda: _bare_commit(deps.storage), times=300)
    definition = deps.library.get("trust")
    engine = _timed(lambda: _engine_only(definition), times=300)
    taps = [seconds for chat in chats for seconds in Player(deps, chat).play()]
    beside = taps_beside_rendering(deps, chats, open_round_of(deps, chats[0]))
    clock.moment = datetime(2026, 11, 30, 8, 0, tzinfo=UTC)
    release = _timed(lambda: release_due(deps), times=1)
    clock.moment = datetime(2026, 12, 1, 8, 0, tzinfo=UTC)
    composing = _timed(lambda: compose_due_maandbeelden(deps), times=1)
    example = first_maandbeeld(deps)
    pictures = _timed(lambda: picture(example), times=5)
    pdfs = _timed(lambda: pdf(example), times=5)
    base = statistics.median(bare)
    rows = [
        _row("kale transactie met commit (maat)", bare, base),
        _row("dialoog van 5 tikken, alleen de motor", engine, base),
        _row("één tik: lezen, motor, verzegelen, commit", taps, base),
        _row(f"ronde openen voor {MEMBERS} leden", opening, base),
        _row(f"ronde afsluiten: {MEMBERS} enveloppen", release, base),
        _row("maandbeeld maken", composing, base),
        _row("maandbeeld als telefoonplaatje", pictures, base),
        _row("maandbeeld als PDF", pdfs, base),
    ]
    return rows, beside


def _timed(work: Callable[[], object], *, times: int) -> list[float]:
    spent = []
    for _ in range(times):
        start = time.perf_counter()
        work()
        spent.append(time.perf_counter() - start)
    return spent


def _bare_commit(storage: Storage) -> None:
    """The least a tap could cost: one small row, read, written and committed to disk."""
    with storage.begin() as work:
        person = work.people.by_chat(COORDINATOR)
        assert person is not None
        work.people.set_reachable(person.id, not person.reachable)
        work.commit()


def _engine_only(definition: Definition) -> None:
    """A whole dialogue by its first buttons, without storage."""
    words = {name: each.sample for name, each in PLACEHOLDERS.items()}
    turn = begin(definition, audience=Audience.PRACTICE, facts=frozenset({"sector:jgz"}), words=words)
    while not turn.session.ended:
        turn = resume(definition, turn.session, onward(turn.screen))


def _row(what: str, spent: list[float], base: float) -> tuple[str, ...]:
    middle = statistics.median(spent)
    worst = statistics.quantiles(spent, n=100)[98] if len(spent) > 1 else middle
    return what, str(len(spent)), f"{middle * 1000:.2f} ms", f"{worst * 1000:.2f} ms", f"{middle / base:.1f} ×"
