"""Rounds of a whole area: who is asked, what is published of it and to whom, and that no answer is in two releases."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

import pytest

from bot.usecases.access import coordinated_team
from bot.usecases.arrange_area_rounds import arrange_area_rounds
from bot.usecases.asked import members_asked
from bot.usecases.compose_maandbeeld import compose_due_maandbeelden
from bot.usecases.due_message import PromptMessage
from bot.usecases.errors import NoRoundForText, NotAllowed, RoleConflict
from bot.usecases.free_topic import start_free_topic
from bot.usecases.invite import invite_coordinator
from bot.usecases.make_team import make_team
from bot.usecases.open_due_rounds import open_due_rounds
from bot.usecases.pause_schedule import stop
from bot.usecases.release_round import release_due
from bot.usecases.see_area_overview import see_area_overview, see_two_worlds
from bot.usecases.see_topics import see_topics
from bot.usecases.set_topics import bring_back, put_first
from bot.usecases.snooze import snooze
from bot.usecases.start_dialogue import unanswered_round
from bot.usecases.topics import askable
from dialogues.conversation.definition import Audience
from dialogues.insight.maandbeeld import Maandbeeld
from dialogues.insight.two_worlds import Sides
from dialogues.rhythm.snooze import Snooze
from storage.teams import Team
from tests.support.house import COORDINATOR, DAY, LEAD, House, copied

SECTORS = ("jgz", "wijkteam", "onderwijs")
BOSS = 7000
"""Chats of the strategic layer count up from here."""


@dataclass
class Area:
    """A house whose area has three teams of seven, each with a rhythm, and five people of the strategic layer."""

    house: House
    teams: list[Team] = field(default_factory=list)
    people: dict[str, list[int]] = field(default_factory=dict)
    """Team id → chats of its practice members; of each sector there are some in every team."""
    strategic: list[int] = field(default_factory=list)

    @property
    def everybody(self) -> list[int]:
        return [chat for chats in self.people.values() for chat in chats]

    def group(self, scope="area") -> Team | None:
        return self.house.read(lambda work: work.teams.group(self.house.area_id, scope))

    def arrange(self) -> int:
        return arrange_area_rounds(self.house.deps)

    def open(self, scope="area"):
        """Go to the moment the group's round is due, past what the teams are asked before, and open it."""
        house, group = self.house, self.group(scope)
        due = house.read(lambda work: work.schedules.get(group.id)).next_due_at
        house.clock.moment = max(house.clock.moment, due)
        open_due_rounds(house.deps)
        release_due(house.deps)
        return house.read(lambda work: work.rounds.latest(group.id))

    def close(self, about) -> str:
        self.house.clock.moment = max(self.house.clock.moment, about.closes_at)
        release_due(self.house.deps)
        return self.house.round(about.id).state

    def published(self, about):
        return self.house.read(lambda work: work.publications.get(about.id))

    def overview(self, *, strategic=False):
        """Go to the moment of the next overview and look at it as the coordinator."""
        group = self.group("strategic" if strategic else "area")
        due = self.house.read(lambda work: work.schedules.get(group.id)).maandbeeld_due_at
        self.house.clock.moment = max(self.house.clock.moment, due)
        compose_due_maandbeelden(self.house.deps)
        return see_area_overview(
            self.house.deps, chat_id=COORDINATOR, area_id=self.house.area_id, strategic=strategic
        ).newest


@pytest.fixture(scope="module")
def model_area(model_house, tmp_path_factory):
    """Three teams, to copy."""
    house = copied(model_house, tmp_path_factory.mktemp("area"))
    house.stock(20)
    made = [
        make_team(house.deps, chat_id=COORDINATOR, area_id=house.area_id, name=name, team_label="het buurtteam")
        for name in ("Oost", "West")
    ]
    area = Area(house, [house.team, *made])
    for number, team in enumerate(area.teams):
        house.rhythm("trust", team=team)
        chats = [2000 + 100 * number + place for place in range(7)]
        area.people[team.id] = [
            house.member(chat, sector=SECTORS[place % 3], team=team) for place, chat in enumerate(chats)
        ]
    with house.storage.begin() as work:  # the standing cast only fills the first team
        for chat in (201, 202):
            work.people.end_membership(house.memberships[chat], house.deps.today())
        work.commit()
    area.strategic = [
        house.member(BOSS + place, sector="jgz", function="jgz_policy", team=area.teams[place % 3])
        for place in range(5)
    ]
    house.storage.checkpoint()
    house.storage.engine.dispose()
    return area


@pytest.fixture
def area(model_area, tmp_path):
    house = copied(model_area.house, tmp_path)
    yield Area(house, model_area.teams, model_area.people, model_area.strategic)
    house.storage.engine.dispose()


# The whole area


def test_an_area_of_three_teams_gets_rounds_of_its_own_once(area):
    """Both groups begin, with the coordinator told and everybody able to read it; arranging again changes nothing."""
    assert area.arrange() == 2
    assert area.arrange() == 0
    kinds = {each.kind for each in area.house.read(lambda work: work.changes.of_area(area.house.area_id, limit=500))}
    assert {"area_rounds_begin", "strategic_rounds_begin"} <= kinds


@pytest.mark.parametrize("why", ["a stopped team", "too few people"])
def test_a_smaller_area_asks_its_teams_one_by_one(area, why):
    """Two teams that are asked things are too few, and so are three of three people: the family stays theirs."""
    house = area.house
    if why == "a stopped team":
        stop(house.deps, chat_id=COORDINATOR, team_id=area.teams[2].id, reason="busy")
    else:
        with house.storage.begin() as work:
            for chat in (chat for chats in area.people.values() for chat in chats[3:]):
                work.people.end_membership(house.memberships[chat], house.deps.today())
            work.commit()
    area.arrange()
    assert area.group() is None
    assert "client" in house.read(lambda work: askable(work, house.deps, area.teams[0]))


def test_an_area_that_became_smaller_asks_nobody_together(area):
    """Of the three teams one was stopped meanwhile: the family is a question of the other two by themselves again."""
    area.arrange()
    stop(area.house.deps, chat_id=COORDINATOR, team_id=area.teams[2].id, reason="busy")
    for number in range(4100, 4110):
        area.house.member(number, sector="jgz", team=area.teams[number % 2])
    area.open()
    assert area.house.read(lambda work: work.rounds.of_team(area.group().id)) == ()
    assert "client" in area.house.read(lambda work: askable(work, area.house.deps, area.teams[0]))


def test_everybody_is_asked_once_and_no_team_asks_the_same_again(area):
    """The roster is everybody of the practice layer; no team's circle has the family in it while the area asks it."""
    area.arrange()
    about = area.open()
    asked = {entry.person_id for entry in area.house.read(lambda work: work.rounds.roster(about.id))}
    assert asked == {area.house.person(chat).id for chat in area.everybody}
    assert (about.element, about.rule, about.split, about.floor) == ("client", "words", "sector", 10)
    assert area.group().rule == "words"
    for team in area.teams:
        assert "client" not in area.house.read(lambda work, team=team: askable(work, area.house.deps, team))


def test_a_coordinator_cannot_put_forward_what_the_area_asks(area):
    """It would wait in silence for a round that never comes; what waits already can be taken back."""
    here = {"chat_id": COORDINATOR, "team_id": area.teams[0].id}
    put_first(area.house.deps, **here, element="client")
    area.arrange()
    area.open()
    assert "client" not in see_topics(area.house.deps, **here).can_come
    with pytest.raises(NotAllowed):
        put_first(area.house.deps, **here, element="client")
    assert bring_back(area.house.deps, **here, element="client").first == ()


def test_the_prompt_and_the_dialogue_say_that_it_is_for_the_whole_area(area):
    """Who reads it stands in both; it is one prompt, at most one a day, and it can be put off as always."""
    area.arrange()
    about = area.open()
    house, chat = area.house, area.everybody[0]
    seen = []
    while not seen:  # a prompt of the own team may have taken this day
        seen = [each for each in house.send() if getattr(each.message, "round_id", "") == about.id]
        house.clock.pass_(DAY)
    message = seen[0].message
    assert isinstance(message, PromptMessage)
    assert message.opening.startswith("Deze vraag gaat over heel Noord. Alleen het gebied krijgt een overzicht.")
    assert (message.members, message.lead_label) == (21, "coördinatoren van het gebied")
    assert house.start(chat, about.id).screen.opening == message.opening
    assert snooze(house.deps, chat_id=chat, round_id=about.id, message_id=1, choice=Snooze.NEXT_WEEK) < about.closes_at


def test_words_of_the_area_and_of_big_sectors_only(area):
    """Nine answers of a sector are not shown, and nothing of any team; below ten answers there is nothing at all."""
    area.arrange()
    about = area.open()
    for place, chat in enumerate(area.everybody):
        area.house.answer(chat, about.id, "5" if place % 7 % 3 else "1")
    assert area.close(about) == "published"
    cell = area.published(about).cells["statement"]
    assert (cell["band"], cell["sectors"], cell["counts"]) == ("high", {}, None)
    made = area.overview()
    assert made.title.startswith("Overzicht van het gebied")
    assert [line.who for line in made.elements[0].scales[0].lines] == ["Hele gebied"]
    assert not any(team.name in made.to_json() for team in area.teams)


def test_nine_answers_are_too_few_for_an_area(area):
    """The next round comes in a quarter, too late for a second chance; everybody who was asked hears the same."""
    area.arrange()
    about = area.open()
    for chat in area.everybody[:9]:
        area.house.answer(chat, about.id)
    assert area.close(about) == "destroyed"
    told = {row.person_id for row in area.house.deliveries("destroyed", about.id)}
    assert told == {area.house.person(chat).id for chat in area.everybody}


def test_a_sector_of_ten_is_shown(area):
    """Ten nurses of three teams answered, and ten others: both can be shown."""
    house = area.house
    for team in area.teams:
        for chat in range(1):
            house.member(4000 + 10 * area.teams.index(team) + chat, sector="jgz", team=team)
    area.arrange()
    about = area.open()
    sectors = {entry.person_id: entry.sector for entry in house.read(lambda work: work.rounds.roster(about.id))}
    for chat in [*area.everybody, 4000, 4010, 4020]:
        house.answer(chat, about.id, "5" if sectors[house.person(chat).id] == "jgz" else "1")
    area.close(about)
    cell = area.published(about).cells["statement"]
    assert cell["sectors"] == {"jgz": "high"}


def test_an_answer_is_in_one_release_only(area):
    """What was answered for the area is in no publication of a team, and leaves no slip about participation."""
    area.arrange()
    about = area.open()
    house = area.house
    before = house.rows("SELECT count(*) FROM tally_slip")
    for chat in area.everybody:
        house.answer(chat, about.id)
    area.close(about)
    for team in area.teams:
        of_team = house.read(lambda work, team=team: work.publications.of_team(team.id))
        assert about.id not in {each.round_id for each in of_team}
        assert not [each for each in of_team if each.element == "client"]
    published = [each for each in area.teams if house.read(lambda work, t=each: work.publications.of_team(t.id))]
    slips = house.rows("SELECT count(*) FROM tally_slip")[0][0] - before[0][0]
    assert slips <= len(published)
    assert house.rows("SELECT count(*) FROM envelope WHERE round_id = ?", about.id) == [(0,)]


def test_nothing_typed_is_shared_in_it(area):
    """A text is shared with one's own team, and this round has none: it is not offered, and nothing is kept."""
    area.arrange()
    about = area.open()
    house, chat = area.house, area.everybody[0]
    with house.storage.begin() as work:
        for each in work.rounds.open_for(house.person(chat).id):
            if each.id != about.id:
                work.rounds.set_state(each.id, state="destroyed", expected="open")
        work.commit()
    with pytest.raises(NoRoundForText):
        start_free_topic(house.deps, chat_id=chat, message_id=1)
    assert unanswered_round(house.deps, chat_id=chat) == about.id


def test_a_group_is_no_team_for_anybody(area):
    """It is in no list, and a button made with its id opens nothing: nobody can be invited into it."""
    area.arrange()
    group = area.group()
    with area.house.storage.begin() as work:
        assert group.id not in {each.id for each in work.teams.in_area(area.house.area_id)}
        with pytest.raises(NotAllowed):
            coordinated_team(work, chat_id=COORDINATOR, team_id=group.id)


def test_who_answers_in_it_cannot_become_its_reader(area):
    """Not a coordinator while the round runs."""
    area.arrange()
    area.open()
    chat = area.everybody[0]
    with area.house.storage.begin() as work:
        work.people.end_membership(area.house.memberships[chat], area.house.deps.today())
        work.commit()
    token = invite_coordinator(area.house.deps, area_name="Noord", municipality="Noordstad").token
    with pytest.raises(RoleConflict):
        area.house.join(chat, token)


# Leading and policy


def test_the_strategic_layer_is_asked_in_its_own_words_and_only_there(area):
    """In no team's round, and in the area's own: with the strategic statement, as one group, from five answers."""
    area.arrange()
    about = area.open("strategic")
    house = area.house
    asked = {entry.person_id for entry in house.read(lambda work: work.rounds.roster(about.id))}
    assert asked == {house.person(chat).id for chat in area.strategic}
    for chat in area.strategic:
        rounds = house.read(lambda work, chat=chat: work.rounds.open_for(house.person(chat).id))
        assert [each.id for each in rounds] == [about.id]
    view = house.start(area.strategic[0], about.id)
    definition = house.deps.library.get(about.element)
    own = [phrase.text for phrase in definition.step(Audience.STRATEGIC, "statement").phrases]
    assert view.screen.opening.startswith("Deze vraag is voor leiding en beleid in heel Noord.")
    assert any(text.split("“")[1].split("{")[0] in view.screen.question for text in own)
    for chat in area.strategic:
        house.answer(chat, about.id, "2")
    assert area.close(about) == "published"
    assert area.published(about).cells["statement"]["sectors"] == {}
    made = area.overview(strategic=True)
    assert made.title.startswith("Leiding en beleid")
    assert [line.who for line in made.elements[0].scales[0].lines] == ["Leiding en beleid"]


def test_four_of_them_show_nothing(area):
    """The floor of five holds for them as for everybody."""
    area.arrange()
    about = area.open("strategic")
    for chat in area.strategic[:4]:
        area.house.answer(chat, about.id)
    assert area.close(about) == "thin"


def test_who_leads_a_team_is_not_asked_with_them(area):
    """A lead may read what they said as a conversation question; so a lead who is a policy officer too is left out."""
    house = area.house
    house.invite(BOSS, kind="lead", team=area.teams[1])
    area.arrange()
    assert area.group("strategic") is None
    house.member(BOSS + 50, sector="jgz", function="jgz_policy", team=area.teams[0])
    area.arrange()
    group = area.group("strategic")
    asked = house.read(lambda work: members_asked(work, house.deps, group))
    assert house.person(BOSS).id not in {person.id for person, _ in asked}
    assert LEAD not in {person.chat_id for person, _ in asked}


def test_a_team_reads_the_strategic_layer_beside_its_own_words(area):
    """Different words about one element become the conversation question of the team, with where they come from."""
    area.arrange()
    house = area.house
    about = area.open("strategic")
    assert about.element == "trust"
    for chat in area.strategic:
        house.answer(chat, about.id, "1")
    area.close(about)
    team = house.read(lambda work: work.rounds.latest(area.teams[0].id, element="trust"))
    assert team.state == "thin"  # it closed unanswered meanwhile: this is its second chance
    house.stock(5)
    team = house.next_round()
    assert team.element == "trust"
    for chat in area.people[area.teams[0].id]:
        house.answer(chat, team.id, "5")
    assert house.close(team) == "published"
    made_id = house.maandbeeld()
    made = Maandbeeld.from_json(house.read(lambda work: work.maandbeelden.get(made_id)).body)
    assert any("leiding en beleid" in ground for ground in made.question.grounds)


def asked_about_the_family(area):
    """Both groups are asked about the family, and leaders see less of it than practice."""
    house = area.house
    area.arrange()
    group = area.group("strategic")
    with house.storage.begin() as work:
        work.schedules.put(replace(work.schedules.get(group.id), first=("client",)))
        work.commit()
    about = area.open("strategic")
    for chat in area.strategic:
        house.answer(chat, about.id, "1")
    area.close(about)
    house.stock(20)
    about = area.open()
    for chat in area.everybody:
        house.answer(chat, about.id, "5")
    area.close(about)


def test_practice_and_leaders_stand_beside_each_other_as_a_question(area):
    """From the area's own rounds only: no name of a team is in it, and it does not say who is right."""
    asked_about_the_family(area)
    page = see_two_worlds(area.house.deps, chat_id=COORDINATOR, area_id=area.house.area_id)
    assert [[line.who for line in element.scales[0].lines] for element in page.elements] == [
        ["Hele gebied"], ["Leiding en beleid"],
    ]  # fmt: skip
    assert (page.question.title, page.question.text) == ("Twee werelden", "Wat ziet de een dat de ander niet ziet?")
    assert page.question.grounds == ("Hele gebied: herkend", "Leiding en beleid: weinig herkend")
    assert not any(team.name in page.to_json() for team in area.teams)
    made = area.overview()
    assert made.question.pattern == "two_worlds"
    assert any("leiding en beleid" in ground for ground in made.question.grounds)


def test_what_is_older_than_half_a_year_is_not_laid_beside(area):
    """Then it is said what is missing."""
    asked_about_the_family(area)
    area.house.clock.pass_(190 * DAY)
    found = see_two_worlds(area.house.deps, chat_id=COORDINATOR, area_id=area.house.area_id)
    assert found == Sides(practice=False, strategic=False)
