"""What a coordinator does: teams, invitations, rhythm, looking at a team, and trying a dialogue."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.usecases.errors import AlreadyEnded, NotAllowed
from bot.usecases.fill_form import close_form, current_form, open_form
from bot.usecases.housekeeping import tidy
from bot.usecases.invite import USES, VALID_FOR, invite_coordinator, invite_to_team
from bot.usecases.make_team import make_team
from bot.usecases.naming import LONGEST_NAME, NameUnusable, clean_name
from bot.usecases.preview_dialogue import resume_preview, start_preview
from bot.usecases.see_team import my_areas, see_team
from bot.usecases.see_topics import see_topics
from bot.usecases.set_schedule import MINUTES, set_rhythm
from bot.usecases.set_topics import put_first
from dialogues.authoring.placeholders import PLACEHOLDERS
from dialogues.conversation.definition import Audience
from dialogues.conversation.inputs import Tap, TypedText
from dialogues.rhythm.cadence import WINDOW_DAYS
from dialogues.rhythm.recurrence import PRESETS, WEEKDAYS
from storage.retention import kept
from tests.support.house import ANNE, BRAM, COORDINATOR, DAY, HOUR, OTHER_COORDINATOR, START, STRANGER
from tests.support.shipped import shipped

# Teams


def test_making_a_team_twice_gives_the_one_that_exists(house):
    """A repeated update, or the same name in other capitals, makes no second team."""
    first = make_team(house.deps, chat_id=COORDINATOR, area_id=house.area_id, name="De Brug", team_label="het team")
    again = make_team(house.deps, chat_id=COORDINATOR, area_id=house.area_id, name=" de  brug ", team_label="x")
    assert again == first
    assert (first.floor, first.rule) == (5, "words")


def test_two_areas_can_have_a_team_of_one_name(house):
    """Names are the area's own."""
    there = make_team(house.deps, chat_id=COORDINATOR, area_id=house.area_id, name="Zuid", team_label="het team")
    assert there != house.other_team


@pytest.mark.parametrize(
    "name",
    ["", "  \n", "x" * (LONGEST_NAME + 1), "\u202e\u200b", "bel @evert", "t.me/iets", "https://x.nl", "kijk op x.nl"],
)
def test_a_name_that_will_not_do_is_refused(house, name):
    """Empty, too long, invisible, or something that Telegram turns into a link or a mention for everybody."""
    before = house.everything()
    with pytest.raises(NameUnusable):
        make_team(house.deps, chat_id=COORDINATOR, area_id=house.area_id, name=name, team_label="het team")
    with pytest.raises(NameUnusable):
        make_team(house.deps, chat_id=COORDINATOR, area_id=house.area_id, name="De Brug", team_label=name)
    assert house.everything() == before


@pytest.mark.parametrize(
    "name", ["Samen in Noord", "St. Jan", "JGZ/wijkteam 0-4", "Team <b>&", "'s-Gravenland", "Jeugd & Gezin"]
)
def test_usual_names_are_taken_as_they_are(name):
    """Points, strokes and signs that people use in names."""
    assert clean_name(name) == name


@given(st.text(max_size=80))
def test_a_cleaned_name_is_one_printable_line(text):
    """Whatever is typed: refused, or one line of 1-40 printable characters without outer or double spaces."""
    try:
        name = clean_name(text)
    except NameUnusable:
        return
    assert 1 <= len(name) <= LONGEST_NAME
    assert name.isprintable()
    assert name == " ".join(name.split()) == clean_name(name)


# Invitations


@pytest.mark.parametrize("kind", ["member", "lead"])
def test_an_invitation_is_capped_and_expires(house, kind):
    """The numbers that the coordinator is told are those that are kept."""
    invited = invite_to_team(house.deps, chat_id=COORDINATOR, team_id=house.team_id, kind=kind)
    assert (invited.max_uses, invited.expires_at, invited.team) == (USES[kind], START + VALID_FOR, house.team)
    stored = house.read(lambda work: work.invitations.of(invited.token))
    assert (stored.max_uses, stored.expires_at, stored.uses) == (invited.max_uses, invited.expires_at, 0)


def test_tokens_are_long_and_differ(house):
    """At least 128 bits: 32 characters of 64 kinds; two invitations never share one."""
    tokens = {house.token() for _ in range(5)}
    assert len(tokens) == 5
    assert all(len(token) == 32 for token in tokens)


@pytest.mark.parametrize("kind", ["coordinator", "admin", ""])
def test_a_coordinator_cannot_invite_into_other_roles(house, kind):
    """Coordinators come in by the administrator only."""
    with pytest.raises(NotAllowed):
        invite_to_team(house.deps, chat_id=COORDINATOR, team_id=house.team_id, kind=kind)


@pytest.mark.parametrize("typed", ["Noord", " NOORD ", "noord\u200b"])
def test_a_second_coordinator_joins_the_same_area(house, typed):
    """The administrator names an area that exists, in any capitals: no second area of that name."""
    invited = invite_coordinator(house.deps, area_name=typed, municipality="Noordstad")
    assert (invited.area_name, invited.made_area) == ("Noord", False)
    assert house.join(STRANGER, invited.token).area.id == house.area_id
    assert house.rows("SELECT count(*) FROM area") == [(2,)]


# Rhythm


@pytest.mark.parametrize("rhythm", list(PRESETS))
@pytest.mark.parametrize("weekday", WEEKDAYS)
def test_every_rhythm_on_offer_gives_a_next_moment(house, rhythm, weekday):
    """On the chosen day and time, in the future, with the window that belongs to the rhythm."""
    for minute in MINUTES:
        chosen = set_rhythm(
            house.deps, chat_id=COORDINATOR, team_id=house.team_id, rhythm=rhythm, weekday=weekday, minute=minute
        )
        local = chosen.next_due_at.astimezone(house.deps.zone)
        assert chosen.next_due_at > house.clock.now()
        assert (WEEKDAYS[local.weekday()], local.hour * 60 + local.minute) == (weekday, minute)
        assert chosen.window_days == WINDOW_DAYS[rhythm]


@pytest.mark.parametrize(
    ("rhythm", "weekday", "minute"), [("daily", "monday", 600), ("normal", "sunday", 600), ("normal", "monday", 3)]
)
def test_what_is_not_on_offer_is_refused(house, rhythm, weekday, minute):
    """A forged button cannot make a rhythm of its own."""
    before = house.everything()
    with pytest.raises(NotAllowed):
        set_rhythm(
            house.deps, chat_id=COORDINATOR, team_id=house.team_id, rhythm=rhythm, weekday=weekday, minute=minute
        )
    assert house.everything() == before


def test_another_rhythm_keeps_topics_and_the_open_round(house):
    """What was announced stays; only what comes after it moves."""
    about = house.open_round("roles")
    before = house.read(lambda work: work.schedules.get(house.team_id))
    after = set_rhythm(
        house.deps, chat_id=COORDINATOR, team_id=house.team_id, rhythm="light", weekday="friday", minute=MINUTES[1]
    )
    assert (after.first, after.aside, after.number) == (before.first, before.aside, before.number)
    assert after.maandbeeld_due_at == before.maandbeeld_due_at
    assert house.round(about.id) == about


def test_a_topic_that_is_put_forward_comes_first(house):
    """The newest wish goes first, the earlier ones after it; wishing twice is wishing once."""
    house.rhythm("vision")
    for element in ("skills", "effect", "effect"):
        put_first(house.deps, chat_id=COORDINATOR, team_id=house.team_id, element=element)
    seen = see_topics(house.deps, chat_id=COORDINATOR, team_id=house.team_id)
    assert seen.first == ("effect", "skills", "vision")
    assert [each.element for each in seen.coming][:3] == ["effect", "skills", "vision"]


@pytest.mark.parametrize("element", ["start", "onbekend", ""])
def test_only_an_element_can_come_first(house, element):
    """Not the start dialogue, and nothing that does not exist."""
    with pytest.raises(NotAllowed):
        put_first(house.deps, chat_id=COORDINATOR, team_id=house.team_id, element=element)


# Looking


def test_a_team_looks_the_same_however_many_answered(house):
    """Nothing the coordinator sees changes when somebody starts, answers or stops."""
    about = house.open_round()
    house.send()
    before = see_team(house.deps, chat_id=COORDINATOR, team_id=house.team_id)
    for chat in (ANNE, BRAM):
        house.start(chat, about.id)
        assert see_team(house.deps, chat_id=COORDINATOR, team_id=house.team_id) == before
        house.answer(chat, about.id)
        assert see_team(house.deps, chat_id=COORDINATOR, team_id=house.team_id) == before


def test_a_team_shows_its_cycle(house):
    """Members, respondents, leads, what is open and what comes next; a thin element comes first."""
    house.member(STRANGER, function="jgz_policy")
    about = house.open_round("roles")
    state = see_team(house.deps, chat_id=COORDINATOR, team_id=house.team_id)
    titles = {each.id: each.title for each in shipped().definitions.values()}
    assert (state.members, state.respondents, state.leads) == (3, 2, ("Naam 102",))
    assert titles["roles"] in {title for _, title in state.open_rounds}
    assert state.next_title == titles["trust"]
    house.close(about)
    state = see_team(house.deps, chat_id=COORDINATOR, team_id=house.team_id)
    assert state.next_title == titles["roles"]
    assert titles["roles"] not in {title for _, title in state.open_rounds}


def test_a_coordinator_sees_the_own_areas_only(house):
    """One area with its team."""
    ((area, teams),) = my_areas(house.deps, chat_id=COORDINATOR)
    assert (area.id, [team.id for team in teams]) == (house.area_id, [house.team_id])


# Trying a dialogue


@pytest.mark.parametrize("audience", list(Audience))
@pytest.mark.parametrize("element", sorted(shipped().definitions))
def test_a_preview_runs_to_its_end_and_counts_nowhere(house, element, audience):
    """Every dialogue for both audiences, by the first fresh button; only the own form changes, and it is dropped."""
    before = house.everything()
    screen = start_preview(
        house.deps, chat_id=COORDINATOR, team_id=house.team_id, element=element, audience=str(audience)
    )
    ended, message = False, 100
    for _ in range(40):
        if ended:
            break
        first = next((each for each in screen.buttons if not each.navigates and each.tap.times == 0), None)
        done = next((button for button in screen.buttons if button.tap.choice == "done"), None)
        message += 1
        step = done or first
        given_input = TypedText(message) if screen.expects_text or step is None else step.tap
        screen, ended, team_id = resume_preview(house.deps, chat_id=COORDINATOR, given=given_input)
        assert team_id == house.team_id
    assert ended
    assert house.everything() == before


def test_a_preview_that_is_over_takes_nothing(house):
    """A button of an ended preview, or without one, is AlreadyEnded."""
    with pytest.raises(AlreadyEnded):
        resume_preview(house.deps, chat_id=COORDINATOR, given=Tap(1, "0"))
    open_form(house.deps, chat_id=COORDINATOR, kind="team_name", data={"area": house.area_id})
    with pytest.raises(AlreadyEnded):
        resume_preview(house.deps, chat_id=COORDINATOR, given=Tap(1, "0"))


@pytest.mark.parametrize(("element", "audience"), [("onbekend", "practice"), ("trust", "everybody"), ("", "")])
def test_a_preview_of_what_does_not_exist_is_refused(house, element, audience):
    """A forged button gets the kind refusal, not an error."""
    with pytest.raises(NotAllowed):
        start_preview(house.deps, chat_id=COORDINATOR, team_id=house.team_id, element=element, audience=audience)


# Forms and housekeeping


def test_there_is_one_form_a_person(house):
    """A later form replaces the earlier; closing twice is closing once; a stranger has none."""
    open_form(house.deps, chat_id=COORDINATOR, kind="team_name", data={"area": "a"})
    open_form(house.deps, chat_id=COORDINATOR, kind="team_label", data={"area": "b"})
    form = current_form(house.deps, chat_id=COORDINATOR)
    assert (form.kind, form.data) == ("team_label", {"area": "b"})
    for _ in range(2):
        close_form(house.deps, chat_id=COORDINATOR)
        assert current_form(house.deps, chat_id=COORDINATOR) is None
    assert current_form(house.deps, chat_id=STRANGER) is None
    close_form(house.deps, chat_id=STRANGER)


def test_a_form_of_an_earlier_day_is_forgotten(house):
    """What somebody left half typed lives for the rest of its day; a preview too, counted from its last tap."""
    house.clock.pass_(HOUR * 14)
    open_form(house.deps, chat_id=COORDINATOR, kind="team_name", data={"area": "a"})
    start_preview(
        house.deps,
        chat_id=OTHER_COORDINATOR,
        team_id=house.other_team.id,
        element="trust",
        audience="practice",
    )
    tidy(house.deps)
    assert house.rows("SELECT count(*) FROM form") == [(2,)]
    house.clock.pass_(HOUR)
    resume_preview(house.deps, chat_id=OTHER_COORDINATOR, given=Tap(1, "0"))
    tidy(house.deps)
    assert house.rows("SELECT kind FROM form") == [("preview",)]
    house.clock.pass_(DAY)
    tidy(house.deps)
    assert house.rows("SELECT count(*) FROM form") == [(0,)]


def test_what_was_sent_long_ago_is_forgotten(house):
    """Outbox rows go thirty days after they were done; what waits stays."""
    about = house.open_round()
    house.send()
    house.clock.moment = about.opens_at + kept("delivery")
    tidy(house.deps)
    assert len(house.deliveries("prompt", about.id)) == 2
    house.clock.pass_(DAY)
    tidy(house.deps)
    assert house.deliveries("prompt", about.id) == ()
    assert len(house.deliveries("reminder", about.id)) == 2


def test_a_preview_fills_what_a_team_does_not_have_yet_with_an_example(house):
    """No agreed step and no earlier top 3: an example stands there, never an empty place or a brace."""
    shown = []
    for element in ("actioncheck", "closing", "still_standing"):
        screen = start_preview(
            house.deps, chat_id=COORDINATOR, team_id=house.team_id, element=element, audience="practice"
        )
        shown.append(screen.question)
    assert PLACEHOLDERS["actie"].sample in shown[0]
    assert PLACEHOLDERS["element"].sample in shown[2]
    assert not [text for text in shown if "{" in text or ": ." in text]
