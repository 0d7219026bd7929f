"""The band of a team: noted with every release, and said in words in the maandbeeld."""

from __future__ import annotations

import pytest

from dialogues.insight.maandbeeld import Maandbeeld
from tests.support.area import answered


def band_of(house, about):
    return house.read(lambda work: work.publications.get(about.id)).participation


@pytest.mark.parametrize(("answers", "band"), [(4, "too_few"), (5, "enough"), (7, "enough"), (8, "almost_all")])
def test_a_release_notes_the_band_of_the_team(house, answers, band):
    """Ten people are asked."""
    chats = house.members(10)
    about = house.open_round()
    answered(house, about, chats[:answers])
    house.close(about)
    assert band_of(house, about) == band


def test_a_round_after_a_thin_one_counts_its_own_answers(house):
    """Eight people over two rounds are enough, but two of ten is not almost all; eight new ones are."""
    chats = house.members(10)
    house.stock(6)
    thin = house.open_round()
    answered(house, thin, chats[:4])
    house.close(thin)
    second = house.next_round()
    answered(house, second, chats[4:8])
    assert house.close(second) == "published"
    assert (band_of(house, thin), band_of(house, second)) == ("too_few", "enough")
    thin = house.next_round()
    answered(house, thin, chats[:1])
    house.close(thin)
    second = house.next_round()
    answered(house, second, chats[:8])
    house.close(second)
    assert band_of(house, second) == "almost_all"


def test_a_lost_key_says_nothing_about_people(house):
    """Not that too few took part."""
    about = house.open_round()
    house.storage.keys.destroy(about.key_id)
    house.close(about)
    assert band_of(house, about) == ""


def test_the_maandbeeld_says_it_in_words(house):
    """And nothing of the kind when a round of the month published nothing."""
    house.stock(6)
    chats = house.members(10)
    about = house.open_round()
    answered(house, about, chats[:8])
    house.close(about)
    house.maandbeeld()
    thin = house.next_round()
    house.close(thin)
    house.maandbeeld()
    bodies = [each.body for each in house.read(lambda work: work.maandbeelden.of_team(house.team_id))]
    said = [Maandbeeld.from_json(body).participation for body in bodies]
    assert said == ["Deelname: bijna iedereen deed mee.", "Op het vorige maandbeeld is nog niet gereageerd."]
