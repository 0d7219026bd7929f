"""Every table of whole answers: what several questions of one dialogue leave possible together."""

from __future__ import annotations

import json
from math import comb

import pytest

from dialogues.insight.forms import audit_form
from dialogues.insight.whole_answers import ELSE, NOTHING, every_whole, search_whole
from tests.support.shipped import shipped

CHECK, CLOSING = (shipped().get(name) for name in ("actioncheck", "closing"))
HAPPENS = every_whole({"happens": [("not_yet",), ("mostly",)], "helps": [NOTHING]})
OTHERS = ("roles", "skills", "size", "housing", "process")


def test_every_table_is_published_once():
    """All ways in which five people can give one of two answers, and what can be published of them."""
    found = search_whole(CHECK, HAPPENS, respondents=5)
    assert found.tables == comb(6, 5)
    words = {json.loads(shown)["happens"]["band"] for shown in found.examples.values()}
    assert words == {"low", "high"}


def test_a_part_of_an_answer_that_is_certain_is_found():
    """Everybody sees it happen, whatever they think of helping: that the form tells, and that it is told."""
    wholes = every_whole({"happens": [("not_yet",), ("mostly",)], "helps": [NOTHING, ("yes",)]})
    found = search_whole(CHECK, wholes, respondents=5, unpublished="all")

    def all_of_them(shown):
        return all(whole["happens"] == ["mostly"] for whole in json.loads(shown)["all"]["table"])

    assert audit_form(found, all_of_them) > 0
    assert audit_form(found, lambda _: "er was iets") == 0


def test_one_choice_out_of_several_that_is_certain_is_found():
    """All chose trust, and differ in what else."""
    wholes = every_whole({"top3": [("trust", ELSE, ELSE), ("trust", "vision", ELSE), (ELSE, ELSE, ELSE)]})
    found = search_whole(CLOSING, wholes, respondents=5, others=OTHERS * 2, unpublished="all")

    def all_of_them(shown):
        return all("trust" in whole["top3"] for whole in json.loads(shown)["all"]["table"])

    assert audit_form(found, all_of_them) > 0


def test_what_nobody_could_give_otherwise_is_not_told():
    """A question that everybody skips says nothing of anybody."""
    assert audit_form(search_whole(CHECK, HAPPENS[:1], respondents=5), str) == 0


@pytest.mark.parametrize("respondents", [5, 6])
def test_what_has_no_name_is_never_listed(respondents):
    """Other choices are taken in turn, so that no three people mean the same."""
    wholes = every_whole({"top3": [("trust", ELSE, ELSE), (ELSE, ELSE, ELSE)]})
    offered = [
        option.value for option in CLOSING.steps["practice"][0].options if option.value not in {"trust", "other"}
    ]
    found = search_whole(CLOSING, wholes, respondents=respondents, others=offered)
    listed = {item["value"] for shown in found.examples.values() for item in json.loads(shown)["top3"]["items"]}
    assert listed == {"trust"}


def test_too_few_others_are_refused():
    """One of them would come up three times, and so be listed: that is another answer than one of many."""
    wholes = every_whole({"top3": [(ELSE, ELSE, ELSE)], "stronger": [NOTHING]})
    with pytest.raises(ValueError, match="5 others are too few for 5"):
        search_whole(CLOSING, wholes, respondents=5, others=OTHERS)
    assert search_whole(CLOSING, wholes, respondents=5, others=(*OTHERS, "effect", "vision", "trust")).tables == 1
