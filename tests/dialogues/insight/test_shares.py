"""The bands of an area: who is shown, and that no band ever says whether one person took part."""

from __future__ import annotations

from collections import defaultdict
from fractions import Fraction
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dialogues.insight.groups import SECTORS
from dialogues.insight.participation import participation
from dialogues.insight.shares import Share, Slip, education_falls_behind, publish_shares
from tests.support.chance import examples

pytestmark = pytest.mark.thorough

NO_DEVIATION = dict.fromkeys(SECTORS, 0)
FAR = 60
CUT_OFF = Fraction(1, 10**20)
"""Deviations further away are rarer than this, so they change no figure below."""


def slip(team, answered, asked, *, sector="jgz", people=None):
    """A slip of one sector; people are numbered per team unless named."""
    marks = people or [f"{team}-{number}" for number in range(asked)]
    return Slip(team=team, asked={sector: marks}, answered={sector: answered})


def share(*slips, deviation=0, sector="jgz"):
    return publish_shares(slips, NO_DEVIATION | {sector: deviation}).get(sector)


def thirds(answered, sizes=(4, 3, 3)):
    """One round of each of three teams."""
    return [slip(f"team{at}", given, size) for at, (given, size) in enumerate(zip(answered, sizes, strict=True))]


# Who is shown


@pytest.mark.parametrize(
    ("answered", "band"),
    [((0, 0, 0), "few"), ((2, 1, 1), "few"), ((2, 2, 1), "half"), ((3, 2, 2), "half"), ((3, 3, 2), "almost_all")],
)
def test_ten_people_in_three_teams_are_shown(answered, band):
    """Below half, below four out of five, and the rest."""
    assert share(*thirds(answered)) == band


def test_fewer_people_fewer_teams_or_one_big_team_are_not():
    """Nine people; two teams; a team that is most of its sector. That the sector was asked stays visible."""
    assert share(*thirds((3, 3, 3), (3, 3, 3))) is None
    assert share(slip("a", 5, 5), slip("b", 5, 5)) is None
    assert share(slip("a", 8, 8), slip("b", 2, 2), slip("c", 2, 2)) is None
    assert publish_shares(thirds((3, 3, 3), (3, 3, 3)), NO_DEVIATION) == {"jgz": None}
    assert publish_shares([], NO_DEVIATION) == {}


def test_who_is_shown_never_depends_on_an_answer():
    """All sheets of one area: the same sectors."""
    for sizes in ((4, 3, 3), (3, 3, 3)):
        assert len({share(*thirds(each, sizes)) is None for each in product(*(range(n + 1) for n in sizes))}) == 1


def test_many_rounds_make_no_members():
    """Three people who are asked four times are three people; and the weekly team weighs no more than another."""
    weekly = [slip("a", 3, 3)] * 4
    assert share(*weekly, slip("b", 3, 3), slip("c", 3, 3)) is None
    assert share(*weekly, slip("b", 0, 4), slip("c", 0, 3)) == "few"


def test_somebody_in_two_teams_is_one_person():
    """Ten places taken by nine people are not enough; twice as many places are."""
    both = [slip("a", 3, 4, people="wxyz"), slip("b", 3, 3, people="wqr"), slip("c", 3, 3)]
    assert share(*both) is None
    more = [slip("a", 8, 8), slip("b", 8, 8), slip("c", 8, 8, people=["a-0", *"1234567"])]
    assert share(*more) == "almost_all"


def test_more_answers_than_people_count_as_all():
    """A slip that is wrong gives no band beyond the last."""
    assert share(*thirds((99, 99, 99))) == "almost_all"


def test_a_slip_comes_back_as_it_went():
    """Also the marks, which decide how many people there are."""
    one = Slip(team="a", asked={"jgz": ["x", "y"]}, answered={"jgz": 1})
    assert Slip.from_json(one.to_json()) == one


# Nobody is pinned


class Sheets:
    """All ways in which an area can have taken part, as answers per team and round; and what each lets read."""

    def __init__(self, teams, read):
        """Teams: sector, members, rounds. Read: what is published of one sheet."""
        self.teams = teams
        self.seen = defaultdict(set)
        cells = [range(members + 1) for _, members, rounds in teams for _ in range(rounds)]
        for flat in product(*cells):
            left = iter(flat)
            sheet = tuple(tuple(next(left) for _ in range(rounds)) for _, _, rounds in teams)
            told = read(sheet)
            for known in self.known(sheet):
                self.seen[told, known] |= set(self.fates(sheet, known))

    def known(self, sheet):
        """Nobody, or one member of whom is known whether they took part in each round (as far as the sheet allows)."""
        yield None
        for at, (_, members, rounds) in enumerate(self.teams):
            for pattern in product((False, True), repeat=rounds):
                if all(given >= 1 if yes else given < members for yes, given in zip(pattern, sheet[at], strict=True)):
                    yield at, pattern

    def fates(self, sheet, known):
        """Of each team: whether somebody else of it can have taken part every time, or never."""
        for at, (_, members, _) in enumerate(self.teams):
            mine = known[1] if known and known[0] == at else ()
            yes = [given - (bool(mine) and mine[turn]) for turn, given in enumerate(sheet[at])]
            no = [members - given - (bool(mine) and not mine[turn]) for turn, given in enumerate(sheet[at])]
            if all(number >= 1 for number in yes):
                yield at, "every time"
            if all(number >= 1 for number in no):
                yield at, "never"

    def pins(self):
        """What was read, with what was known, and what is no longer possible of whom."""
        every = {(at, fate) for at in range(len(self.teams)) for fate in ("every time", "never")}
        return {(read, known): every - fates for (read, known), fates in self.seen.items() if every - fates}


def slips_of(teams, sheet):
    for at, (sector, members, rounds) in enumerate(teams):
        team = f"team{at % 3}"
        for turn in range(rounds):
            marks = [f"{sector}-{team}-{number}" for number in range(members)]
            yield Slip(team=team, asked={sector: marks}, answered={sector: sheet[at][turn]})


def bands_of(teams, sheet):
    return tuple(publish_shares(tuple(slips_of(teams, sheet)), NO_DEVIATION).items())


@pytest.mark.parametrize(
    "teams",
    [
        [("jgz", 4, 1), ("jgz", 3, 1), ("jgz", 3, 1)],
        [("jgz", 5, 1), ("jgz", 3, 1), ("jgz", 3, 1)],
        [("jgz", 5, 1), ("jgz", 5, 1), ("jgz", 5, 1)],
        [("jgz", 4, 2), ("jgz", 3, 1), ("jgz", 3, 2)],
        [("jgz", 4, 1), ("jgz", 3, 1), ("jgz", 3, 1), ("onderwijs", 2, 1), ("onderwijs", 2, 1), ("onderwijs", 2, 1)],
        [("jgz", 4, 1), ("jgz", 3, 1), ("jgz", 3, 1), ("onderwijs", 4, 1), ("onderwijs", 3, 1), ("onderwijs", 3, 1)],
    ],
)
def test_the_bands_of_an_area_leave_everything_possible_for_everybody(teams):
    """Every sheet, without any deviation: took part every time, and never, for everybody, nobody or one known.

    The last but one has a hidden sector: it can be found from no other.
    """
    sheets = Sheets(teams, lambda sheet: bands_of(teams, sheet))
    assert sheets.pins() == {}
    assert len({read for read, _ in sheets.seen}) in {3, 9}


def with_team_bands(teams):
    """What else may be read: the band of every team, over both its sectors."""

    def read(sheet):
        own = [sum(sheet[at][0] for at in range(len(teams)) if at % 3 == team) for team in range(3)]
        asked = [sum(teams[at][1] for at in range(len(teams)) if at % 3 == team) for team in range(3)]
        told = tuple(participation(*each) for each in zip(own, asked, strict=True))
        return told, bands_of(teams, sheet)

    return read


TWO_SECTORS = [*[("jgz", 4, 1)] * 3, ("onderwijs", 2, 1), ("onderwijs", 2, 1), ("wijkteam", 2, 1)]


def test_beside_the_bands_of_the_teams_exact_bands_would_give_people_away():
    """Why there is a deviation: three teams with too few answers, and almost all of one sector."""
    told_by_teams = Sheets(TWO_SECTORS, lambda sheet: with_team_bands(TWO_SECTORS)(sheet)[0]).pins()
    both = Sheets(TWO_SECTORS, with_team_bands(TWO_SECTORS)).pins()
    assert {(read[0], known) for read, known in both} - set(told_by_teams)


def chance(deviation):
    """How likely a deviation is (see bot.usecases.publish_participation)."""
    return Fraction(1, 2) / 3 ** abs(deviation)


def likelihoods(slips):
    """Band → how likely it is to be published of these slips."""
    found = defaultdict(Fraction)
    for deviation in range(-FAR, FAR + 1):
        found[share(*slips, deviation=deviation)] += chance(deviation)
    return found


def test_with_the_deviation_no_band_makes_any_sheet_impossible():
    """Every band can come from every sheet, so whatever else is known, it proves nothing about anybody."""
    for answered in product(range(5), range(4), range(4)):
        assert set(likelihoods(thirds(answered))) == set(Share)


@settings(deadline=None, max_examples=examples(60))
@given(st.lists(st.tuples(st.integers(4, 9), st.integers(1, 3)), min_size=3, max_size=3), st.data())
def test_one_person_shifts_the_odds_of_a_band_by_three_at_most(sizes, data):
    """Whether somebody took part every time or never: no band becomes more than three times as likely."""
    never, always = [], []
    for at, (members, rounds) in enumerate(sizes):
        for _ in range(rounds):
            others = data.draw(st.integers(0, members - 1))
            never.append(slip(f"team{at}", others, members))
            always.append(slip(f"team{at}", others + (at == 0), members))
    before, after = likelihoods(never), likelihoods(always)
    assert before.keys() == after.keys()
    for band, likely in before.items():
        assert band is None or likely / 3 - CUT_OFF <= after[band] <= 3 * likely + CUT_OFF


def test_most_months_deviate_by_one_person_or_not_at_all():
    """So the band stays worth reading: five out of six."""
    assert sum(chance(deviation) for deviation in (-1, 0, 1)) == Fraction(5, 6)
    assert 1 - sum(chance(deviation) for deviation in range(-FAR, FAR + 1)) < CUT_OFF


# Education that falls behind

LOWER = {"jgz": Share.HALF, "wijkteam": Share.ALMOST_ALL, "onderwijs": Share.FEW}
EQUAL = {"jgz": Share.HALF, "wijkteam": Share.ALMOST_ALL, "onderwijs": Share.HALF}


@pytest.mark.parametrize(
    ("months", "told"),
    [
        (({}, LOWER, LOWER), True),
        ((EQUAL, LOWER, LOWER), True),
        ((LOWER, LOWER, LOWER), False),
        ((EQUAL, EQUAL, LOWER), False),
        ((LOWER, EQUAL, LOWER), False),
        (({}, {}, LOWER), False),
        (({}, LOWER, {"onderwijs": Share.FEW}), False),
        (({}, LOWER, {"onderwijs": Share.FEW, "jgz": None}), False),
        (({}, LOWER, {"onderwijs": None, "jgz": Share.HALF}), False),
    ],
)
def test_two_months_in_a_row_below_every_other_sector_are_told_once(months, told):
    """Not one month, not beside an equal one, not without others to compare with, not a third time."""
    assert education_falls_behind(*months) is told
