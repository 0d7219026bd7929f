"""An area of three teams in the house, whose rounds run together; and a machine that stops at any point."""

from __future__ import annotations

from copy import copy

from bot.usecases.make_team import make_team
from bot.usecases.open_due_rounds import open_due_rounds
from bot.usecases.release_round import release_due
from dialogues.insight import PublishedElement, TeamFacts, compose, phrases_nl
from dialogues.insight.shares import Slip
from storage.tallies import open_slip
from storage.teams import Team
from tests.support.house import ANNE, COORDINATOR, START


def answered(house, about, chats, score="4"):
    """All of them give the shortest dialogue that counts."""
    for chat in chats:
        house.answer(chat, about.id, score)


def with_overview(house):
    """An area whose round about the family published a word, and another one for the JGZ."""
    group = Team(
        id="group",
        area_id=house.area_id,
        name="Heel Noord",
        team_label="het wijkteam",
        lead_label="coördinator",
        floor=10,
        created_on=START.date(),
        scope="area",
    )
    facts = TeamFacts(team="Heel Noord", month="november 2026", title=phrases_nl.AREA_TITLE, whole=phrases_nl.AREA_LINE)
    cells = {"statement": {"kind": "bands", "rule": "words", "below_floor": False, "band": "high", "counts": None}}
    cells["statement"]["sectors"] = {"jgz": "low"}
    element = PublishedElement(definition=house.deps.library.get("client"), month="november 2026", cells=cells)
    with house.storage.begin() as work:
        work.teams.add(group)
        body = compose(facts, (element,)).to_json()
        work.maandbeelden.add("first", team_id=group.id, month="2026-11", body=body, composed_at=START)
        work.commit()


class Area:
    """Three teams with ten people of the JGZ, and one teacher each, whose rounds open on the same day."""

    def __init__(self, house):
        self.house = house
        house.stock(12)
        names = ("Oost", "West")
        self.teams = [
            house.team,
            *(
                make_team(house.deps, chat_id=COORDINATOR, area_id=house.area_id, name=name, team_label="het team")
                for name in names
            ),
        ]
        self.chats = [[ANNE], [], []]
        new = iter(range(3000, 3100))
        for at, size in enumerate((4, 3, 3)):
            while len(self.chats[at]) < size:
                self.chats[at].append(house.member(next(new), team=self.teams[at]))
        self.teachers = [house.member(next(new), sector="onderwijs", team=team) for team in self.teams]

    def in_(self, house):
        """The same area in a copy of its house."""
        here = copy(self)
        here.house = house
        return here

    def open(self):
        """The round of each team."""
        for team in self.teams:
            self.house.clock.moment = max(self.house.clock.moment, self.house.rhythm(team=team))
        open_due_rounds(self.house.deps)
        return [self.house.read(lambda work, team=team: work.rounds.open_of(team.id))[-1] for team in self.teams]

    def month(self, answers):
        """A month in which so many people of the JGZ answer per team, and no teacher; its rounds."""
        rounds = self.open()
        for about, chats, number in zip(rounds, self.chats, answers, strict=True):
            answered(self.house, about, chats[:number])
        self.house.clock.moment = max(about.closes_at for about in rounds)
        release_due(self.house.deps)
        return rounds

    @property
    def tally(self):
        return self.house.read(lambda work: work.tallies.of_month(self.house.area_id, "2026-11"))

    def slips(self):
        """All slips, opened as the opener would."""
        private = self.house.storage.keys.private(self.tally.key_id)
        boxes = self.house.read(lambda work: work.tallies.slips(self.tally.id))
        return [Slip.from_json(open_slip(box, private)) for box in boxes]

    def published(self, month="2026-11"):
        return self.house.read(lambda work: work.area_months.get(self.house.area_id, month))

    def over(self):
        """Go to the moment the month may be opened."""
        self.house.clock.moment = self.tally.due_at


class Crash(BaseException):
    """The machine stops here."""


def stop_at(monkeypatch, target, name, *, after=False):
    """Crash before (or after) this call."""
    real = getattr(target, name)

    def crashing(*args, **keywords):
        if after:
            real(*args, **keywords)
        raise Crash

    monkeypatch.setattr(target, name, crashing)
