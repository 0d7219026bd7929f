"""What comes for a team, as a list and as a file, and the next question to try."""

from __future__ import annotations

from icalendar import Calendar

from bot.chat.texts.days_nl import HAPPENINGS
from bot.usecases.sample_prompt import sample_prompt
from bot.usecases.see_agenda import Happening, agenda_file, see_agenda
from tests.support.house import COORDINATOR


def agenda(house):
    return see_agenda(house.deps, chat_id=COORDINATOR, team_id=house.team_id)


def test_what_is_foretold_happens(house):
    """Openings, closes and the first maandbeeld are the ones that come."""
    house.rhythm("trust")
    coming = agenda(house).appointments
    openings = [each for each in coming if each.what is Happening.OPENS]
    closes = [each for each in coming if each.what is Happening.CLOSES and each.title != "Startdialoog"]
    house.stock(6)
    for opens, shuts in zip(openings, closes, strict=True):
        about = house.next_round()
        assert (about.opens_at, house.deps.library.get(about.element).title) == (opens.at, opens.title)
        assert about.closes_at == shuts.at
    due = next(each.at for each in coming if each.what is Happening.MAANDBEELD)
    assert house.read(lambda work: work.schedules.get(house.team_id)).maandbeeld_due_at == due


def test_nothing_is_planned_without_a_rhythm(house):
    """An empty agenda, not an invented one; round 0 is open from the start."""
    assert [each.what for each in agenda(house).appointments] == [Happening.CLOSES]


def test_the_file_says_the_same_as_the_list(house):
    """Every appointment is one event at its moment; made twice it has the same events."""
    house.rhythm()
    made = [agenda_file(house.deps, chat_id=COORDINATOR, team_id=house.team_id, words=HAPPENINGS) for _ in range(2)]
    assert made[0] == made[1]
    events = list(Calendar.from_ical(made[0]).walk("VEVENT"))
    assert sorted(each.decoded("dtstart") for each in events) == [each.at for each in agenda(house).appointments]
    assert len({str(each["uid"]) for each in events}) == len(events)
    assert all("Samen in Noord" in str(each["summary"]) for each in events)


def test_the_sample_is_the_question_that_comes_next(house):
    """Title, number of people and close as the members will read them."""
    house.rhythm("effect")
    sample = sample_prompt(house.deps, chat_id=COORDINATOR, team_id=house.team_id)
    about = house.next_round()
    assert (sample.element, sample.closes_at, sample.members) == ("effect", about.closes_at, 2)
