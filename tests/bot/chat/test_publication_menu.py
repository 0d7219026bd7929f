"""Words or counts in the coordinator's menus: what it means, when it counts, and who reads it."""

from __future__ import annotations

from bot.chat.texts import publication_nl as texts
from bot.sandbox.entities import parse_html
from bot.usecases.choose_publication import Choice, Shown, see_publication
from tests.support.house import COORDINATOR

FROM_NEXT = "Dat geldt vanaf de volgende vraag, op dinsdag 3 november om 08:30 uur."


async def test_the_coordinator_chooses_counts_and_reads_what_comes_next(house, phone):
    """/beheer, the team, profile and overview, words or counts: the explanation, the choice, and what follows."""
    house.rhythm()
    await phone.send(COORDINATOR, "/beheer")
    await phone.tap_label(COORDINATOR, "Samen in Noord")
    await phone.tap_label(COORDINATOR, texts.ABOUT_TEAM_BUTTON)
    await phone.tap_label(COORDINATOR, texts.BUTTON)
    assert "Nu gekozen: woorden, per sector." in phone.last(COORDINATOR).text
    assert [*phone.last(COORDINATOR).buttons] == [*texts.CHOICES.values(), texts.FLOOR_BUTTON, "‹ Terug"]
    await phone.tap_label(COORDINATOR, texts.CHOICES[Shown.COUNTS])
    said = phone.last(COORDINATOR).text
    assert f"Het staat: aantallen, zonder sectoren. {FROM_NEXT}" in said
    assert "Het team leest het vóór die vraag." in said
    assert see_publication(house.deps, chat_id=COORDINATOR, team_id=house.team_id).shown is Shown.COUNTS
    await phone.tap_label(COORDINATOR, "‹ Terug")
    assert "Nu gekozen: aantallen, zonder sectoren." in phone.last(COORDINATOR).text


async def test_the_coordinator_asks_for_more_answers_and_is_asked_whether_that_is_sure(house, phone):
    """What more would mean for this team, one tap to be sure, and then only higher numbers are left."""
    await phone.send(COORDINATOR, "/beheer")
    for label in ("Samen in Noord", texts.ABOUT_TEAM_BUTTON, texts.BUTTON, texts.FLOOR_BUTTON):
        await phone.tap_label(COORDINATOR, label)
    said = phone.last(COORDINATOR).text
    assert "Nu: minstens 5." in said
    assert "In dit team, met 2 mensen, komt er dan een overzicht:\n• vanaf 6: nooit" in said
    await phone.tap_label(COORDINATOR, "Vanaf 8 antwoorden")
    assert "Dit kun je niet terugdraaien." in phone.last(COORDINATOR).text
    assert house.read(lambda work: work.teams.get(house.team_id)).floor == 5
    await phone.tap_label(COORDINATOR, "Ja, zet het op 8")
    nothing_comes = "Er komen nog geen vragen: kies eerst een ritme. Daarna geldt dit."
    assert f"Het staat: een overzicht vanaf 8 antwoorden. {nothing_comes}" in phone.last(COORDINATOR).text
    await phone.tap_label(COORDINATOR, "‹ Terug")
    assert [*phone.last(COORDINATOR).buttons] == ["Vanaf 10 antwoorden", "Vanaf 12 antwoorden", "‹ Terug"]


async def test_a_second_chance_keeps_its_promise_and_the_day_after_it_is_named(house, phone):
    """A rule counts from the first question that is no second chance; a higher floor from the next one already."""
    house.close(house.open_round())
    await phone.tap(COORDINATOR, f"b1.shown.{house.team_id}.sides")
    said = phone.last(COORDINATOR).text
    assert "Eerst komt een vraag met te weinig antwoorden nog een keer. Die houdt wat beloofd was." in said
    assert "Je keuze geldt vanaf de vraag daarna, op dinsdag 1 december om 08:30 uur." in said
    for verb in ("floor", "raise"):  # the question whether that is sure says it too
        await phone.tap(COORDINATOR, f"b1.{verb}.{house.team_id}.8")
        assert "Dat geldt vanaf de volgende vraag, op dinsdag 17 november om 08:30 uur." in phone.last(COORDINATOR).text


async def test_only_a_question_that_can_come_once_more_is_said_to_keep_its_promise_then(house, phone):
    """The start dialogue is open and never comes again; the first question of the rhythm does."""
    again = "Komt die nog een keer, dan ook."
    await phone.tap(COORDINATOR, f"b1.shown.{house.team_id}.sides")
    assert "De vraag die nu open is, houdt wat beloofd was." in phone.last(COORDINATOR).text
    assert again not in phone.last(COORDINATOR).text
    house.open_round()
    await phone.tap(COORDINATOR, f"b1.shown.{house.team_id}.counts")
    assert again in phone.last(COORDINATOR).text


def test_an_open_question_is_said_to_keep_its_promise():
    """Only when there is one; and what counts need is told with that choice alone."""
    open_now, _ = parse_html(texts.beside_choice(Choice(Shown.SIDES, running=True)))
    nothing_open, _ = parse_html(texts.beside_choice(Choice(Shown.COUNTS, running=False)))
    assert "houdt wat beloofd was" in open_now
    assert "houdt wat beloofd was" not in nothing_open
    assert "alleen woorden" in nothing_open
    assert "alleen woorden" not in open_now
