"""`make year`: a school year of one area in a minute or two, as a table per month and per team.

Ends with 1 when anything left at a moment at which nothing may leave, or when a team was silent for longer than its
rhythm, holidays and pauses explain.
"""

from __future__ import annotations

import argparse
import random
import sys
import tempfile
import time
from collections import Counter
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise, takewhile
from pathlib import Path

from rich.console import Console
from rich.table import Table

from bench.living import (
    ANSWERS,
    CHECKS,
    DECISIONS,
    MAANDBEELDEN,
    MUST_BE_NONE,
    PROMPTS,
    REMINDERS,
    ROUNDS,
    SNOOZES,
    STEPS,
    Seen,
    Voice,
    Year,
)
from bench.school_year import AREA, BEGIN, DAY, END, SCHOOL, Group, Plan, SeededIds, at_local, closed, furnish
from bench.team import BenchClock
from bench.town import in_memory
from bot.compose import make_deps
from bot.settings import load_settings
from bot.usecases.release_round import fill_stock
from dialogues.rhythm.recurrence import Recurrence

SEED = 20260901
SLACK = 3
"""A weekend and a Good Friday, by which an opening can move."""


@dataclass(frozen=True, slots=True)
class Silence:
    """The longest silence of one team that is worst explained, in days."""

    since: date
    until: date
    days: int
    explained: int


@dataclass(frozen=True, slots=True)
class Story:
    """A year that went by."""

    seen: Seen
    groups: list[Group]
    until: date
    seconds: float

    @property
    def failures(self) -> list[str]:
        """Everything that may not be, in words."""
        total = sum(self.seen.months.values(), Counter())
        found = [f"{total[what]} {what}" for what in MUST_BE_NONE if total[what]]
        for group in self.groups:
            gaps = silences(group, self.seen.voices[group.id], until=self.until)
            found += [
                f"{group.plan.name}: stil van {gap.since} tot {gap.until}" for gap in gaps if gap.days > gap.explained
            ]
        return found


def main() -> int:
    """Let the year go by and print it; 1 when something may not be."""
    parser = argparse.ArgumentParser(prog="python -m bench.year", description=__doc__)
    parser.add_argument("--seed", type=int, default=SEED, help=f"start of everything that is random ({SEED})")
    seed = parser.parse_args().seed
    with tempfile.TemporaryDirectory(dir=in_memory()) as folder:
        story = tell(Path(folder), plans=AREA, until=END, seed=seed)
    console = Console(width=190)
    console.print(months_of(story, seed), teams_of(story))
    for failure in story.failures:
        console.print(f"NIET GOED: {failure}", highlight=False)
    return 1 if story.failures else 0


def tell(folder: Path, *, plans: tuple[Plan, ...], until: date, seed: int) -> Story:
    """Live from 1 September up to and with a day."""
    began = time.perf_counter()
    chance = random.Random(seed)  # noqa: S311 - a story that can be told again
    settings = load_settings(
        telegram_bot_token="1:niet-nodig-hier",  # noqa: S106 - sends nothing
        database_url=f"sqlite:///{folder / 'data' / 'year.db'}",
        key_dir=folder / "keys",
        dialogues_dir=None,
        webhook_url=None,
    )
    clock = BenchClock(at_local(BEGIN, 7))
    deps = make_deps(settings, clock=clock, ids=SeededIds(chance))
    fill_stock(deps)
    _, groups = furnish(deps, plans, chance)
    year = Year(deps, clock, groups, chance)
    plan_ahead(year, groups, until=until, chance=chance)
    seen = year.live(until=at_local(until, 19))
    deps.storage.engine.dispose()
    return Story(seen, groups, until, time.perf_counter() - began)


def plan_ahead(year: Year, groups: list[Group], *, until: date, chance: random.Random) -> None:
    """Pauses, a stop, and people who are away for one to three weeks, all known beforehand."""
    year.team_pauses(groups[0], date(2026, 11, 2), date(2026, 11, 25))
    if until == END:
        year.team_pauses(groups[2], date(2027, 1, 18), date(2027, 2, 8))
        year.team_stops(groups[5], date(2027, 3, 1), date(2027, 4, 12))
    everybody = {each.chat: each for group in groups for each in group.people.values()}.values()
    for person in chance.sample(list(everybody), len(everybody) // 2):
        since = BEGIN + timedelta(days=chance.randrange(5, (until - BEGIN).days - 21))
        year.somebody_is_away(person, since, since + timedelta(weeks=chance.randint(1, 3)))


def silences(group: Group, voice: Voice, *, until: date) -> list[Silence]:
    """Every time between the first prompts of two rounds, with how long it may have lasted.

    A rhythm explains its longest step. Days of a school holiday or a pause are added; a pause, and a meeting that is
    not held, take an opening away and so explain one more step.
    """
    days, steps = [BEGIN, *voice.days, until], [voice.steps[0], *voice.steps, voice.last_step]
    found = []
    for at, (since, then) in enumerate(pairwise(days)):
        step = max(steps[at], steps[at + 1])
        between = [since + number * DAY for number in range(1, (then - since).days + 1)]
        resting = [day for day in between if any(first <= day < back for first, back in voice.rests)]
        holiday = [
            day
            for day in between
            if day not in resting and not group.plan.asks and any(first <= day <= last for first, last in SCHOOL)
        ]
        lost = sum(first <= then and back > since for first, back in voice.rests) + _not_held(group, since, then)
        explained = step * (1 + lost) + len(resting) + len(holiday) + SLACK
        found.append(Silence(since, then, (then - since).days, explained))
    return found


def _not_held(group: Group, since: date, then: date) -> int:
    """How many of the team's meetings fell on a closed day."""
    if not group.plan.days_before:
        return 0
    meetings = Recurrence.from_text(group.plan.recurrence).days(since + DAY)
    upto = then + timedelta(days=7)
    return sum(closed(day, school=True) for day in takewhile(lambda day: day <= upto, meetings))


def months_of(story: Story, seed: int) -> Table:
    """One line per month."""
    counted = (ROUNDS, PROMPTS, REMINDERS, SNOOZES, ANSWERS, MAANDBEELDEN, STEPS, CHECKS, DECISIONS, *MUST_BE_NONE)
    table = Table(
        title=f"Een schooljaar van één gebied · seed {seed} · {story.seconds:.0f} s, {story.seen.ticks} tikken"
    )
    table.add_column("Maand")
    for heading in counted:
        table.add_column(heading.capitalize(), justify="right")
    for month, numbers in sorted(story.seen.months.items()):
        table.add_row(month, *(str(numbers[what]) for what in counted))
    total = sum(story.seen.months.values(), Counter())
    table.add_section()
    table.add_row("Samen", *(str(total[what]) for what in counted))
    return table


def teams_of(story: Story) -> Table:
    """One line per team: how long it was silent at most."""
    table = Table(title="Langste stilte per team, in dagen tussen de eerste vragen van twee rondes")
    for heading in ("Team", "Leden", "Rondes", "Langste stilte", "Verklaard tot", "Van", "Tot"):
        table.add_column(heading, justify="left" if heading == "Team" else "right")
    for group in story.groups:
        voice = story.seen.voices[group.id]
        longest = max(silences(group, voice, until=story.until), key=lambda gap: gap.days)
        row = (len(group.people), len(voice.days), longest.days, longest.explained, longest.since, longest.until)
        table.add_row(group.plan.name, *map(str, row))
    return table


if __name__ == "__main__":
    sys.exit(main())
