"""The measurement of taps in its smallest form: a Telegram with people, and the product that answers them."""

from __future__ import annotations

import json
import random

import pytest

from bench.figures import Figure, table_of
from bench.phones import Phone, Taps, choose
from bench.processes import product, telegram
from bench.taps import Size, make_town

pytestmark = pytest.mark.thorough


@pytest.mark.journey
def test_the_product_answers_every_tap_of_a_small_town(tmp_path):
    """The bot starts on a prepared town, people tap through a real dialogue, and every one is answered."""
    people = make_town(tmp_path, Size(teams=1, members=6))
    with telegram() as at, product(tmp_path, at) as process:
        seen = at.load(people=people, per_second=12.0, warm_up=0.0, seconds=1.0, pid=process.pid)
    assert len(people) == 6
    assert seen.unanswered == 0
    assert len(seen.waited) > 6
    assert 0 < seen.quantile(0.5) <= seen.quantile(0.99)


def test_a_figure_is_good_on_the_right_side_of_its_mark():
    """A figure that must be high fails below its mark, one that must be low fails above it, and the table says so."""
    low = Figure(what="p99", measured=12.0, unit="ms", mark=10.0)
    high = Figure(what="tikken", measured=12.0, unit="/s", mark=10.0, at_least=True)
    assert (low.good, high.good, high.ratio) == (False, True, 1.2)
    assert low.row() == ("p99", "12.0 ms", "≤ 10.0 ms", "1.20 ×", "NEE")
    assert table_of([low, high]).row_count == 2


def test_a_person_taps_again_only_after_answer_and_change():
    """A reply is the spinner that stops and the message that changes; one of the two is not enough."""
    pushed: list[str] = []
    people = Taps([Phone(7, ["p1.round.go"])], pushed.append)
    people._due(0.0)
    update = json.loads("{" + pushed[0])["callback_query"]
    assert (update["data"], update["from"]["id"], people.waiting) == ("p1.round.go", 7, 1)
    people.take("answerCallbackQuery", {"callback_query_id": update["id"]})
    assert people.waiting == 1
    markup = json.dumps({"inline_keyboard": [[{"text": "1", "callback_data": "d1.round.2.0.0"}]]})
    people.take("editMessageText", {"chat_id": "7", "message_id": "1", "text": "Vraag", "reply_markup": markup})
    assert people.waiting == 0
    people._due(0.0)
    assert json.loads("{" + pushed[1])["callback_query"]["data"] == "d1.round.2.0.0"


def test_people_bring_a_dialogue_on():
    """Ready goes before an answer, an answer before skipping, and navigation is never tapped."""
    chance = random.Random(1)  # noqa: S311
    assert choose(["d1.r.1.back.0", "d1.r.1.3.0", "d1.r.1.skip.0"], chance) == "d1.r.1.3.0"
    assert choose(["d1.r.1.3.0", "d1.r.1.done.0"], chance) == "d1.r.1.done.0"
    assert choose(["d1.r.1.back.0", "d1.r.1.skip.0"], chance) == "d1.r.1.skip.0"
    assert choose(["p1.r.go", "p1.r.later"], chance) == "p1.r.go"
