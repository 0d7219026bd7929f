"""A moment of one's own while no question is open: something that fits is offered, and nothing of it is kept."""

from __future__ import annotations

import contextlib
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.chat.callback_data import AsideTap, encode
from bot.usecases.asides import FREETOPIC, MOST_MARKS, NEWCOMER, edition_of, playable
from bot.usecases.errors import ContentChanged, NotAllowed, Refusal
from bot.usecases.fill_form import current_form, open_form
from bot.usecases.forget_me import forget_me
from bot.usecases.housekeeping import tidy
from bot.usecases.offer_aside import AsideOffer, NotTold, offer_aside
from bot.usecases.play_aside import play_aside, take_aside_text
from dialogues.conversation.definition import Audience, MultiChoice
from dialogues.conversation.paths import mark_of
from tests.support.chance import examples
from tests.support.house import (
    ANNE,
    BRAM,
    COORDINATOR,
    DAY,
    LEAD,
    OTHER_COORDINATOR,
    OUTSIDER,
    STRANGER,
)


def offer(house, chat_id):
    found = offer_aside(house.deps, chat_id=chat_id)
    assert isinstance(found, AsideOffer)
    return found


def play(house, chat_id, path="", *, dialogue="trust", edition=""):
    return play_aside(
        house.deps,
        chat_id=chat_id,
        membership_id=house.memberships[chat_id],
        dialogue=dialogue,
        edition=edition or edition_of(house.deps, dialogue),
        path=path,
    )


def tap(house, chat_id, view, starts):
    """Tap the button whose label begins like this."""
    tapped = next(each.tap for each in view.screen.buttons if each.label.removeprefix("✓ ").startswith(starts))
    return play(house, chat_id, view.path + mark_of(tapped), dialogue=view.dialogue, edition=view.edition)


# What is offered


def test_the_element_that_comes_next_is_offered(house):
    """The one whose turn it is in the team, also before there is a rhythm."""
    assert offer(house, ANNE).dialogue == "trust"
    house.rhythm("roles")
    found = offer(house, ANNE)
    assert (found.dialogue, found.title, found.team) == ("roles", house.deps.library.get("roles").title, "")
    assert found.free
    assert "{" not in found.summary


def test_what_the_team_has_just_been_asked_is_not_offered_again(house):
    """After the round on trust the next of the circle."""
    about = house.open_round("trust")
    house.answer(ANNE, about.id)
    assert offer(house, ANNE).dialogue == "roles"


def test_who_is_in_more_teams_is_offered_the_one_whose_turn_is_first(house):
    """And told which team it is about."""
    house.invite(ANNE, team=house.other_team, by=OTHER_COORDINATOR)
    here = house.memberships[ANNE]
    house.describe(ANNE, sector="jgz", function="youth_nurse", tenure="long")
    house.rhythm("roles", team=house.other_team)
    found = offer(house, ANNE)
    assert (found.membership_id, found.dialogue, found.team) == (here, "roles", "Zuid")


def test_who_has_not_told_where_they_work_is_asked_that_first(house):
    """No question can fit before that."""
    house.invite(4711)
    assert offer_aside(house.deps, chat_id=4711) == NotTold(house.memberships[4711])
    house.describe(4711, sector="jgz")
    assert offer(house, 4711).dialogue == "trust"


def test_who_leads_reflects_in_the_words_for_leading(house):
    """A lead gives no answers in the team, and nothing is kept of this."""
    found = offer(house, LEAD)
    assert found.membership_id == house.memberships[LEAD]
    asked = play(house, LEAD).screen.question
    assert "leidinggevenden van de partners" in asked


def test_the_strategic_layer_gets_its_own_words(house):
    """A member in policy is not asked in rounds yet, but may reflect."""
    house.invite(4711)
    house.describe(4711, sector="gemeente", function="municipal_policy", tenure="long")
    assert offer(house, 4711).dialogue == "trust"
    assert "leidinggevenden van de partners" in play(house, 4711).screen.question


def test_who_is_in_no_team_has_nothing_to_reflect_on(house):
    """A coordinator is told what they can do instead; a stranger is refused."""
    assert offer_aside(house.deps, chat_id=COORDINATOR) is None
    with pytest.raises(NotAllowed):
        offer_aside(house.deps, chat_id=STRANGER)


def test_an_element_that_does_not_fit_its_buttons_is_passed_over(house):
    """Content of one's own with a very long list: the next element is offered, and in the end the free topic."""
    library = house.deps.library
    trust = library.get("trust")
    themes = trust.step(Audience.PRACTICE, "themes")
    assert isinstance(themes, MultiChoice)
    wide = replace(themes, most=20)
    steps = {audience: tuple(wide if each is themes or each.id == "themes" else each for each in steps)
             for audience, steps in trust.steps.items()}  # fmt: skip
    changed = {**library.definitions, "trust": replace(trust, steps=steps)}
    house.deps = replace(house.deps, library=replace(library, definitions=changed))
    assert not playable(house.deps, "trust", Audience.PRACTICE)
    assert offer(house, ANNE).dialogue == "roles"
    only = {"freetopic": library.get("freetopic")}
    house.deps = replace(house.deps, library=replace(library, definitions=only))
    found = offer(house, ANNE)
    assert (found.dialogue, found.free) == (FREETOPIC, False)


@pytest.mark.parametrize("audience", Audience)
def test_every_shipped_dialogue_of_this_kind_fits(house, audience):
    """All elements, for both layers, and the two blocks; no other block is played this way."""
    elements = {each.id for each in house.deps.library.definitions.values() if each.is_element}
    fits = {each for each in house.deps.library.definitions if playable(house.deps, each, audience)}
    assert fits == elements | {NEWCOMER, FREETOPIC}


def test_the_longest_ids_and_the_longest_path_fit_a_button():
    """22 characters for a membership, 20 for a dialogue, an edition, and as many marks as may be: 64 bytes at most."""
    assert len(encode(AsideTap("m" * 22, "d" * 20, "0123", "a" * MOST_MARKS)).encode()) <= 64


# Playing it


def test_the_shortest_way_ends_with_a_thought_and_nothing_is_kept(house):
    """Statement, themes, last words; in between and afterwards no row is another."""
    before = house.everything()
    view = play(house, ANNE)
    for label in ("4 ·", "Elkaar kennen", "Serieus genomen", "Klaar"):
        view = tap(house, ANNE, view, label)
        assert house.everything() == before
    assert view.ended
    assert "Vertrouwen komt zelden uit een afspraak" in view.screen.question
    assert "niets van bewaard" in view.screen.question
    assert "telt mee" not in view.screen.question


def test_the_same_tap_twice_shows_the_same_screen(house):
    """A button says where it leads, so a double tap and an old screen do no harm."""
    first = tap(house, ANNE, play(house, ANNE), "4 ·")
    once = tap(house, ANNE, first, "Elkaar kennen")
    assert tap(house, ANNE, first, "Elkaar kennen") == once
    tap(house, ANNE, once, "Klaar")
    assert tap(house, ANNE, first, "Elkaar kennen") == once


def test_a_fourth_theme_is_told_kindly(house):
    """At most three; the three stay."""
    view = play(house, ANNE, "3012")
    full = tap(house, ANNE, view, "Elkaar iets")
    assert full.screen.notice
    assert full.path == view.path


def test_back_and_stop_work_as_in_every_dialogue(house):
    """Back is the question before; stopping says that nothing was kept or passed on."""
    view = tap(house, ANNE, play(house, ANNE), "4 ·")
    back = tap(house, ANNE, view, "Terug")
    assert (back.path, back.screen.question) == ("", play(house, ANNE).screen.question)
    stopped = tap(house, ANNE, view, "Stop")
    assert stopped.ended
    assert "niets bewaard" in stopped.screen.question


def test_changed_content_is_said_and_beginning_again_works(house):
    """The edition on an old button is another; an empty path begins whatever the edition."""
    with pytest.raises(ContentChanged):
        play(house, ANNE, "3", edition="zzzz")
    assert play(house, ANNE, "", edition="zzzz").screen.buttons


def test_a_change_of_what_is_known_is_no_error(house):
    """The questions for the JGZ are not those for a wijkteam: a path of before shows what fits now, or is refused."""
    house.invite(4711)
    house.describe(4711, sector="overig", function="preschool_worker", tenure="short")
    view = play(house, 4711, "000", dialogue=NEWCOMER)
    assert "verteld" in view.screen.question
    house.describe(4711, sector="jgz", function="youth_nurse")
    assert play(house, 4711, "000", dialogue=NEWCOMER).screen.expects_text


def test_somebody_elses_button_is_refused(house):
    """A membership of another, of another team, or one that has ended."""
    for chat in (BRAM, LEAD, OUTSIDER, COORDINATOR, STRANGER):
        with pytest.raises(NotAllowed):
            play_aside(house.deps, chat_id=chat, membership_id=house.memberships[ANNE], dialogue="trust")
    with house.storage.begin() as work:
        work.people.end_membership(house.memberships[ANNE], house.deps.today())
        work.commit()
    with pytest.raises(NotAllowed):
        play(house, ANNE)


@pytest.mark.parametrize("dialogue", ["handover", "start", "closing", "actioncheck", "still_standing", "nonsense", ""])
def test_only_what_belongs_to_no_round_is_played_this_way(house, dialogue):
    """A forged button with another dialogue on it."""
    with pytest.raises(NotAllowed):
        play_aside(house.deps, chat_id=ANNE, membership_id=house.memberships[ANNE], dialogue=dialogue)


@settings(max_examples=examples(40), deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    path=st.text(st.sampled_from("0123456789abczAZ-,+<!é "), max_size=15),
    dialogue=st.sampled_from(["trust", "client", NEWCOMER, FREETOPIC, "nowhere"]),
    right=st.booleans(),
)
def test_a_tampered_path_does_no_harm(house, path, dialogue, right):
    """Whatever it is: a screen or a refusal, and no row changes but the mark that a text may come."""
    before = house.everything()
    edition = edition_of(house.deps, dialogue) if right and dialogue != "nowhere" else "0000"
    with contextlib.suppress(Refusal):
        play_aside(
            house.deps,
            chat_id=ANNE,
            membership_id=house.memberships[ANNE],
            dialogue=dialogue,
            edition=edition,
            path=path,
        )
    after = house.everything()
    assert {table for table in after if after[table] != before[table]} <= {"form"}
    assert all(row[3] == "{}" for row in after["form"])


# The open question


def test_at_an_open_question_a_text_is_expected_and_nothing_else_is_known(house):
    """The mark comes with the question and goes with the next tap; it holds no answer, no dialogue and no team."""
    assert not take_aside_text(house.deps, chat_id=ANNE)
    view = play(house, ANNE, "000", dialogue=NEWCOMER)
    assert view.screen.expects_text
    person = house.person(ANNE)
    assert house.rows("SELECT person_id, kind, data FROM form") == [(person.id, "aside_text", "{}")]
    assert take_aside_text(house.deps, chat_id=ANNE)
    assert not take_aside_text(house.deps, chat_id=BRAM)
    assert tap(house, ANNE, view, "Verder").ended
    assert house.rows("SELECT * FROM form") == []


def test_a_form_that_is_open_for_something_else_is_left_alone(house):
    """Somebody in the middle of something does not lose it by reflecting."""
    open_form(house.deps, chat_id=ANNE, kind="team_name", data={"area": "x"})
    view = play(house, ANNE, dialogue=FREETOPIC)
    tap(house, ANNE, view, "Verder")
    assert current_form(house.deps, chat_id=ANNE).kind == "team_name"


def test_a_free_topic_says_that_nothing_is_kept(house):
    """One open question; no question about sharing, for nothing is kept to share."""
    view = play(house, ANNE, dialogue=FREETOPIC)
    assert "Ik bewaar het niet" in view.screen.below
    assert "Tik daarna op Verder" in view.screen.below
    last = tap(house, ANNE, view, "Verder")
    assert last.ended
    assert "niets van bewaard" in last.screen.question


def test_erasing_takes_the_mark_along(house):
    """/stop at the open question."""
    play(house, ANNE, "000", dialogue=NEWCOMER)
    forget_me(house.deps, chat_id=ANNE)
    assert house.rows("SELECT * FROM form") == []


def test_the_mark_is_forgotten_after_a_day(house):
    """As every form."""
    play(house, ANNE, "000", dialogue=NEWCOMER)
    house.clock.pass_(DAY)
    tidy(house.deps)
    assert house.rows("SELECT * FROM form") == []
