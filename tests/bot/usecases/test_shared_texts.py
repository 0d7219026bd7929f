"""A shared text from the moment it is typed to the maandbeeld a month later, or to nowhere."""

from __future__ import annotations

import json
from dataclasses import replace
from itertools import count

import pytest

from bot.ports import RandomIds
from bot.usecases.answer_step import take_text
from bot.usecases.clear_traces import destroy_finished_keys
from bot.usecases.compose_maandbeeld import PATIENCE, compose_due_maandbeelden
from bot.usecases.errors import NoRoundForText
from bot.usecases.forget_me import forget_me
from bot.usecases.free_topic import start_free_topic
from bot.usecases.pooling import release_texts
from bot.usecases.release_round import release_due
from dialogues.insight.maandbeeld import Maandbeeld
from dialogues.insight.own_words import LEAST_RESPONDENTS, LEAST_WRITERS
from dialogues.insight.phrases_nl import OWN_WORDS_ARE, TOO_FEW_TEXTS
from storage.envelopes import Payload, open_sealed, seal
from storage.pool import open_text
from tests.support.house import ANNE, BRAM, DAY, OUTSIDER
from tests.support.played import played_once
from tests.support.sharing import (
    ALONE,
    EXAMPLE,
    SHARED,
    month_of_texts,
    to_the_open_question,
    type_text,
    write,
    write_aside,
)

TEXTS = ("Bellen hielp ons verder.", "We namen meer tijd voor elkaar.", "Een vaste dag werkt.", "Meer koffie graag.")


class FallingIds(RandomIds):
    """Each id is smaller than the one before: what is ordered by a lot comes out the other way round."""

    def __init__(self):
        self._numbers = count(10**8, -1)

    def new(self):
        return str(next(self._numbers))


@played_once
def team(house):
    """Nine people of whom everything is known, and keys enough."""
    chats = house.members(LEAST_RESPONDENTS + 1)
    house.stock(12)
    return chats


def envelope(house, about, chat=ANNE, *, aside=False):
    """What this person's envelope holds, opened as the opener would; None without one."""
    keys = house.storage.keys
    slot = keys.slot(about.key_id, house.person(chat).id, aside=aside)
    boxes = dict(house.read(lambda work: work.answers.sealed(about.id)))
    return open_sealed(boxes[slot], keys.private(about.key_id)) if slot in boxes else None


def pooled(house):
    """The texts in the team's pool, opened as the opener would."""
    batches = house.read(lambda work: work.pool.of_team(house.team_id))
    private = {batch.key_id: house.storage.keys.private(batch.key_id) for batch in batches}
    opened = (open_text(box, private[batch.key_id]) for batch in batches for box in batch.boxes)
    return sorted(text.words for text in opened if text is not None)


def maandbeeld(house):
    """Go to the next maandbeeld with the opener at work; what it says."""
    schedule = house.read(lambda work: work.schedules.get(house.team_id))
    house.clock.moment = max(house.clock.moment, schedule.maandbeeld_due_at)
    release_due(house.deps)
    found = house.maandbeeld()
    return Maandbeeld.from_json(house.read(lambda work: work.maandbeelden.get(found)).body)


def printed(made):
    return sorted((*made.successes, *made.own_words))


# --- choosing


@pytest.mark.parametrize(("choice", "example"), [(SHARED, False), (EXAMPLE, True)])
def test_a_shared_text_travels_in_the_envelope_of_its_writer(house, team, choice, example):
    """Beside the answers, sealed like them; whether it is a good example is the writer's word, not the branch's."""
    about = house.open_round()
    for score in ("2", "5"):
        write(house, ANNE, about, TEXTS[0], choice=choice, score=score)
        payload = envelope(house, about)
        assert (payload.text, payload.example) == (TEXTS[0], example)
        assert payload.answers["statement"] == (score,)


def test_nothing_is_kept_of_a_text_that_is_not_shared(house, team):
    """For myself, erased, stopped before choosing, and a text that was shared and then taken back."""
    about = house.open_round()
    write(house, ANNE, about, TEXTS[0], choice=ALONE)
    assert envelope(house, about).text == ""
    to_the_open_question(house, ANNE, about)
    house.tap(ANNE, type_text(house, ANNE, TEXTS[0]), "Stop")
    assert envelope(house, about).text == ""
    view = write(house, ANNE, about, TEXTS[0])
    assert envelope(house, about).text == TEXTS[0]
    if not view.ended:
        house.tap(ANNE, house.tap(ANNE, view, "Terug"), "Wissen")
    else:
        write(house, ANNE, about, TEXTS[0], choice=ALONE)
    assert envelope(house, about).text == ""
    assert envelope(house, about).answers["statement"] == ("4",)


def test_a_text_is_cleaned_and_guarded_with_who_is_around(house, team):
    """The guard knows the colleagues by the names they gave in Telegram; the team's own name is nobody's."""
    about = house.open_round()
    house.invite(4711, name="Dieuwertje", team=house.team)
    to_the_open_question(house, ANNE, about)
    warned = type_text(house, ANNE, "Zonder dieuwer\u200btje in Samen in Noord\nlukt het niet.")
    assert warned.screen.quote == "Zonder dieuwertje in Samen in Noord lukt het niet."
    assert "een naam (dieuwertje)" in warned.screen.question
    sure = house.tap(ANNE, warned, "Klopt niet, bewaar")
    assert envelope(house, about).text == ""
    house.tap(ANNE, sure, SHARED)
    assert envelope(house, about).text == warned.screen.quote


def test_a_number_can_only_be_adjusted_or_kept_to_oneself(house, team):
    """No button shares a telephone number; after adjusting the rest can be shared."""
    about = house.open_round()
    to_the_open_question(house, ANNE, about)
    warned = type_text(house, ANNE, "Bel 06-12345678 als je iets weet.")
    labels = [button.label for button in warned.screen.buttons]
    assert labels == [ALONE, "Aanpassen", "Wissen", "Stop"]
    again = house.tap(ANNE, warned, "Aanpassen")
    assert (again.screen.expects_text, again.screen.quote) == (True, "Bel 06-12345678 als je iets weet.")
    house.tap(ANNE, type_text(house, ANNE, "Bel als je iets weet."), SHARED)
    assert envelope(house, about).text == "Bel als je iets weet."


def test_a_text_that_is_too_long_is_refused_and_the_question_waits(house, team):
    """Nothing is kept of it, and a shorter one is still welcome."""
    about = house.open_round()
    view = to_the_open_question(house, ANNE, about)
    refused = take_text(house.deps, chat_id=ANNE, text_message_id=house.message(), text="Bellen. " * 40)
    assert (refused.too_long, refused.screen) == (True, view.screen)
    assert type_text(house, ANNE, "Bellen.").screen.quote == "Bellen."


def test_in_a_team_that_is_too_small_nothing_is_offered(house):
    """Where fewer than eight people are asked no text can ever be shown, so it is said that nothing is kept."""
    house.members(LEAST_RESPONDENTS - 1)
    about = house.open_round()
    view = to_the_open_question(house, ANNE, about)
    assert house.deps.library.labels.text_not_kept in view.screen.below
    assert type_text(house, ANNE, TEXTS[0]).screen.quote == ""
    assert envelope(house, about).text == ""


# --- the pool


def test_a_maandbeeld_later_the_texts_are_there(house, team):
    """Not in the maandbeeld of their own round; in the next one, without a name, and then nowhere else any more."""
    month_of_texts(house, team, TEXTS[:3], element="trust")
    assert pooled(house) == sorted(TEXTS[:3])
    first = maandbeeld(house)
    assert printed(first) == []
    assert OWN_WORDS_ARE not in first.footnotes
    month_of_texts(house, team, ())
    second = maandbeeld(house)
    assert printed(second) == sorted(TEXTS[:3])
    assert OWN_WORDS_ARE in second.footnotes
    assert house.rows("SELECT count(*) FROM text_release") == [(0,)]
    month_of_texts(house, team, ())
    assert not set(printed(maandbeeld(house))) & set(TEXTS)


def test_good_examples_open_the_maandbeeld(house, team):
    """What their writers call a good example stands under "Wat lukte", the others under "In eigen woorden"."""
    about = house.open_round()
    write(house, team[0], about, TEXTS[0], choice=EXAMPLE, score="1")
    write(house, team[1], about, TEXTS[1], score="5")
    write(house, team[2], about, TEXTS[2], score="5")
    for chat in team[3:]:
        house.answer(chat, about.id)
    house.close(about)
    maandbeeld(house)
    month_of_texts(house, team, ())
    made = maandbeeld(house)
    assert made.successes == (TEXTS[0],)
    assert sorted(made.own_words) == sorted(TEXTS[1:3])


def test_at_most_three_are_printed_and_the_rest_is_thrown_away(house, team):
    """Which ones is drawn by lot."""
    month_of_texts(house, team, TEXTS, element="trust")
    maandbeeld(house)
    month_of_texts(house, team, ())
    made = maandbeeld(house)
    assert len(printed(made)) == 3
    assert set(printed(made)) < set(TEXTS)
    assert not set(pooled(house)) & set(TEXTS)


def test_too_few_texts_wait_one_round_and_are_then_thrown_away(house, team):
    """Two texts are never shown; it is said that there were too few, and not how many."""
    month_of_texts(house, team, TEXTS[:2], element="trust")
    maandbeeld(house)
    month_of_texts(house, team, ())
    waiting = maandbeeld(house)
    assert (printed(waiting), TOO_FEW_TEXTS in waiting.footnotes) == ([], False)
    assert pooled(house) == sorted(TEXTS[:2])
    month_of_texts(house, team, ())
    last = maandbeeld(house)
    assert (printed(last), TOO_FEW_TEXTS in last.footnotes) == ([], True)
    assert pooled(house) == []


def test_what_waits_is_shown_beside_a_round_with_three_writers(house, team):
    """Two texts wait; a later round with three writers takes them along, and nobody sees which is from when."""
    month_of_texts(house, team, TEXTS[:1], element="trust")
    maandbeeld(house)
    month_of_texts(house, team, TEXTS[1:4])
    assert printed(maandbeeld(house)) == []
    month_of_texts(house, team, ())
    house.deps = replace(house.deps, ids=FallingIds())
    made = maandbeeld(house)
    assert len(printed(made)) == 3
    assert made.own_words[0] != TEXTS[0], "the order is that of a lot, not that of the rounds"
    assert pooled(house) == []


def test_three_texts_of_two_people_over_two_rounds_are_not_shown(house, team):
    """Writers of two rounds can be the same people: two and one are two, not three."""
    month_of_texts(house, team, TEXTS[:2], element="trust")
    maandbeeld(house)
    month_of_texts(house, team, TEXTS[2:3])
    assert printed(maandbeeld(house)) == []
    month_of_texts(house, team, ())
    last = maandbeeld(house)
    assert (printed(last), TOO_FEW_TEXTS in last.footnotes) == ([], True)


@pytest.mark.parametrize("writers", [LEAST_WRITERS - 1, LEAST_WRITERS])
def test_a_text_in_the_round_and_one_beside_it_are_of_one_writer(house, team, writers):
    """Three texts of two people in one round: one of them wrote twice. With a third writer they are shown."""
    about = house.open_round("trust")
    for chat, text in zip(team[:writers], TEXTS, strict=False):
        write(house, chat, about, text)
    write_aside(house, team[0], TEXTS[3])
    for chat in team[writers:]:
        house.answer(chat, about.id)
    house.close(about)
    assert len(pooled(house)) == writers + 1
    maandbeeld(house)
    month_of_texts(house, team, ())
    assert len(printed(maandbeeld(house))) == (0 if writers < LEAST_WRITERS else 3)


def test_three_who_write_beside_the_round_are_three(house, team):
    """Each of those texts is of somebody else too."""
    about = house.open_round("trust")
    for chat in team:
        house.answer(chat, about.id)
    for chat, text in zip(team[:3], TEXTS, strict=False):
        write_aside(house, chat, text)
    house.close(about)
    maandbeeld(house)
    month_of_texts(house, team, ())
    assert printed(maandbeeld(house)) == sorted(TEXTS[:3])


def test_below_eight_answers_no_text_is_kept(house, team):
    """Seven of nine answer, three with a text: the pool gets the same number of boxes, all of them empty."""
    about = month_of_texts(house, team[: LEAST_RESPONDENTS - 1], TEXTS[:3], element="trust")
    assert house.round(about.id).state == "published"
    assert pooled(house) == []
    assert house.rows("SELECT count(*) FROM text_pool") == [(2 * len(team),)]


def test_the_number_of_boxes_tells_nothing(house, team):
    """No text, three texts or too few answers: as many rows, for each person asked the same."""
    month_of_texts(house, team, TEXTS[:3], element="trust")
    month_of_texts(house, team, ())
    month_of_texts(house, team[:5], ())
    assert house.rows("SELECT number, count(*) FROM text_pool GROUP BY number") == [
        (number, 2 * len(team)) for number in (1, 2, 3)
    ]


def test_a_thin_round_takes_its_texts_along(house, team):
    """Four answer, then the others: the texts of both are in one batch, the newest of who wrote twice."""
    thin = house.open_round()
    for chat, text in zip(team[:4], ("Oud en vervangen.", *TEXTS[1:4]), strict=True):
        write(house, chat, thin, text)
    house.close(thin)
    assert pooled(house) == []
    again = house.next_round()
    write(house, team[0], again, TEXTS[0])
    for chat in team[4:]:
        house.answer(chat, again.id)
    house.close(again)
    assert pooled(house) == sorted(TEXTS)


def test_the_keys_of_a_batch_live_and_go_with_it(house, team):
    """While texts wait the key is kept; it is gone when they are printed or thrown away."""
    month_of_texts(house, team, TEXTS[:3], element="trust")
    (key_id,) = house.read(lambda work: work.pool.key_ids())
    destroy_finished_keys(house.deps)
    assert key_id in house.storage.keys.known()
    maandbeeld(house)
    month_of_texts(house, team, ())
    maandbeeld(house)
    assert key_id not in house.storage.keys.known()


def test_a_batch_without_its_key_is_lost_and_holds_up_nothing(house, team):
    """Loss over leak: the maandbeeld comes all the same."""
    month_of_texts(house, team, TEXTS[:3], element="trust")
    (key_id,) = house.read(lambda work: work.pool.key_ids())
    house.storage.keys.destroy(key_id)
    maandbeeld(house)
    month_of_texts(house, team, ())
    assert printed(maandbeeld(house)) == []


def test_a_maandbeeld_waits_for_the_opener_and_not_for_ever(house, team):
    """The process that composes cannot open the pool: it waits a day for the one that can, and then goes without."""
    month_of_texts(house, team, TEXTS[:3], element="trust")
    maandbeeld(house)
    month_of_texts(house, team, ())
    due = house.read(lambda work: work.schedules.get(house.team_id)).maandbeeld_due_at
    house.clock.moment = due
    assert compose_due_maandbeelden(house.deps) == 0
    assert release_texts(house.deps) == 1
    assert release_texts(house.deps) == 0
    assert compose_due_maandbeelden(house.deps) == 1
    month_of_texts(house, team, ())
    house.clock.moment = house.read(lambda work: work.schedules.get(house.team_id)).maandbeeld_due_at + PATIENCE
    assert compose_due_maandbeelden(house.deps) == 1


def test_a_crash_between_opener_and_maandbeeld_loses_nothing(house, team):
    """What was taken out of the pool waits in its row; running everything again prints it once."""
    month_of_texts(house, team, TEXTS[:3], element="trust")
    maandbeeld(house)
    month_of_texts(house, team, ())
    house.clock.moment = house.read(lambda work: work.schedules.get(house.team_id)).maandbeeld_due_at
    release_texts(house.deps)
    ((body,),) = house.rows("SELECT body FROM text_release")
    assert sorted(json.loads(body)["others"]) == sorted(TEXTS[:3])
    release_due(house.deps)
    assert printed(Maandbeeld.from_json(house.read(lambda work: work.maandbeelden.get(house.maandbeeld())).body)) == (
        sorted(TEXTS[:3])
    )


def test_a_month_without_a_maandbeeld_costs_no_chance(house, team):
    """Nothing is taken out of the pool when no maandbeeld is coming."""
    month_of_texts(house, team, TEXTS[:3], element="trust")
    maandbeeld(house)
    house.clock.moment = house.read(lambda work: work.schedules.get(house.team_id)).maandbeeld_due_at
    release_due(house.deps)
    compose_due_maandbeelden(house.deps)
    assert pooled(house) == sorted(TEXTS[:3])
    month_of_texts(house, team, ())
    assert printed(maandbeeld(house)) == sorted(TEXTS[:3])


# --- leaving


def test_leaving_takes_the_text_along(house, team):
    """/stop before the close: neither the answer nor the text of that person is ever seen."""
    about = house.open_round()
    for chat, text in zip(team, TEXTS[:3], strict=False):
        write(house, chat, about, text)
    write_aside(house, team[0], "Iets heel anders.")
    for chat in team[3:]:
        house.answer(chat, about.id)
    forget_me(house.deps, chat_id=team[0])
    house.close(about)
    assert pooled(house) == sorted(TEXTS[1:3])


# --- the free topic


def test_a_free_topic_goes_to_the_same_pool(house, team):
    """Beside the round, in a second envelope of the same person; it counts as no answer to the round."""
    about = house.open_round()
    for chat, text in zip(team, TEXTS[:2], strict=False):
        write(house, chat, about, text)
    house.start(ANNE, about.id)
    view = write_aside(house, team[8], TEXTS[2])
    assert (view.ended, view.aside, view.answered) == (True, True, True)
    assert envelope(house, about, team[8], aside=True).text == TEXTS[2]
    assert envelope(house, about, team[8]) is None
    for chat in team[2:8]:
        house.answer(chat, about.id)
    house.close(about)
    assert pooled(house) == sorted(TEXTS[:3])


def test_a_free_topic_does_not_help_a_round_over_its_threshold(house, team):
    """Four answers and five free topics are four answers."""
    about = house.open_round()
    for chat in team[:4]:
        house.answer(chat, about.id)
    for chat in team[4:]:
        write_aside(house, chat, TEXTS[0])
    assert house.close(about) == "thin"


def test_nothing_in_a_second_envelope_is_ever_counted(house, team):
    """Also when it would hold an answer to the very question of the round: one person, one answer."""
    about = house.open_round()
    for chat in team[:4]:
        house.answer(chat, about.id)
        slot = house.storage.keys.slot(about.key_id, house.person(chat).id, aside=True)
        twice = Payload(
            dialogue="trust", version=1, audience="practice", sector="jgz", answers={"statement": ("5",)}, aside=True
        )
        with house.storage.begin() as work:
            work.answers.put(about.id, slot=slot, sealed=seal(twice, public_key=about.public_key))
            work.commit()
    assert house.close(about) == "thin"


def test_both_dialogues_run_side_by_side(house, team):
    """A text goes to the newest message that waits for one, a tap to the dialogue of its own message."""
    about = house.open_round()
    own = to_the_open_question(house, ANNE, about)
    free = start_free_topic(house.deps, chat_id=ANNE, message_id=house.message())
    assert own.message_id < free.message_id
    assert type_text(house, ANNE, TEXTS[0]).message_id == free.message_id
    assert type_text(house, ANNE, TEXTS[1]).message_id == own.message_id


def test_beginning_a_free_topic_again_takes_the_earlier_one_back(house, team):
    """The envelope stays, so that nobody can see it; there is nothing in it."""
    about = house.open_round()
    write_aside(house, ANNE, TEXTS[0])
    start_free_topic(house.deps, chat_id=ANNE, message_id=house.message())
    assert envelope(house, about, aside=True).text == ""


def test_without_an_open_round_nothing_can_be_shared(house, team):
    """Outside a round a text would lie beside the moment it was written: it is refused before anything is typed."""
    with pytest.raises(NoRoundForText):
        start_free_topic(house.deps, chat_id=OUTSIDER, message_id=1)
    about = house.open_round()
    house.close(about)
    house.clock.pass_(30 * DAY)
    with pytest.raises(NoRoundForText):
        start_free_topic(house.deps, chat_id=BRAM, message_id=1)
