"""A lead writes a step down by tapping: six buttons at most, a way back, and own words that leave the chat."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.chat.callback_data import MaandbeeldTap, StepTap, encode
from bot.chat.outbox import Outbox
from bot.chat.texts import step_nl as texts
from bot.usecases.ask_to_decide import ask_leads_to_decide
from dialogues.insight import TeamFacts, compose
from dialogues.insight.maandbeeld import ElementView, Step
from tests.support.house import ANNE, DAY, LEAD

MOST_BUTTONS = 6


@pytest.fixture
def maandbeeld_id(house):
    """A maandbeeld with five steps."""
    steps = tuple(Step(f"s{number}", f"Stap {number}", "Uitleg.", wanted=number == 1) for number in range(5))
    element = ElementView(id="trust", title="Vertrouwen", when="", steps=steps)
    page = replace(compose(TeamFacts(team="Samen in Noord", month="oktober 2026"), ()), elements=(element,))
    with house.storage.begin() as work:
        work.maandbeelden.add(
            "m1", team_id=house.team_id, month="2026-10", body=page.to_json(), composed_at=house.clock.now()
        )
        work.commit()
    return "m1"


@pytest.fixture
async def menu(phone, maandbeeld_id):
    await phone.tap(LEAD, encode(MaandbeeldTap(maandbeeld_id, "step")))
    return phone


async def taps(phone, *labels):
    for label in labels:
        await phone.tap_label(LEAD, label)
        assert len(phone.last(LEAD).buttons) <= MOST_BUTTONS, label
    return phone.last(LEAD)


async def test_a_step_is_agreed_in_three_taps_and_says_when_the_team_reads_it(menu, house):
    """Also one of the second page, and back again on the way."""
    assert "Jullie kiezen, ik niet." in menu.last(LEAD).text
    assert "Stap 1 (veel gekozen)" in menu.last(LEAD).buttons
    await taps(menu, texts.MORE, "‹ Terug", "Stap 0", "‹ Terug", texts.MORE, "Stap 3", "JGZ", "‹ Terug", "School")
    shown = await taps(menu, "Over 8 weken")
    assert "Afgesproken: Stap 3. Trekker: school." in shown.text
    assert "Je team leest het bij de volgende vraag" in shown.text
    assert house.rows("SELECT step, owner, state FROM improvement_action") == [("Stap 3", "onderwijs", "open")]


async def test_own_words_are_read_back_first(menu, house):
    """The text leaves the chat; a name is warned for, and the writer decides by going on."""
    await taps(menu, texts.OWN_WORDS)
    await menu.send(LEAD, "Karin de Boer loopt een dag mee.")
    assert menu.telegram.of("deleteMessage")
    assert "een naam" in menu.last(LEAD).text
    await taps(menu, texts.WRITE_AGAIN)
    await menu.send(LEAD, "Iemand loopt een dag mee.")
    await taps(menu, texts.AGREE, "Samen", "Over 4 weken")
    assert house.rows("SELECT step FROM improvement_action") == [("Iemand loopt een dag mee.",)]


async def test_a_number_in_own_words_goes_no_further(menu):
    """Only typing again."""
    await taps(menu, texts.OWN_WORDS)
    await menu.send(LEAD, "Bel 06-12345678.")
    assert [*menu.last(LEAD).buttons] == [texts.WRITE_AGAIN]
    await menu.send(LEAD, "a" * 121)
    assert "te lang" in menu.last(LEAD).text


async def test_on_the_day_to_look_back_the_same_screen_comes_by_itself(menu, house):
    """What was agreed, what is known, and four buttons that work."""
    house.rhythm()
    await taps(menu, "Stap 0", "Samen", "Over 4 weken")
    house.clock.pass_(28 * DAY)
    ask_leads_to_decide(house.deps)
    await Outbox(menu.desk).drain()
    shown = menu.last(LEAD)
    assert "Afgesproken: Stap 0. Trekker: samen." in shown.text
    assert "Het team is er nog niet naar gevraagd." in shown.text
    assert [*shown.buttons] == [texts.GO_ON, texts.ADJUST, texts.STOP, texts.KEEP]
    assert "Gestopt: Stap 0. Gestopt is ook geleerd." in (await taps(menu, texts.STOP)).text
    assert house.rows("SELECT state FROM improvement_action") == [("stopped",)]


@pytest.mark.parametrize(
    ("decision", "said", "state"),
    [
        (texts.GO_ON, "Jullie gaan door.\n\nAfgesproken: Stap 0.", "open"),
        (texts.STOP, "Gestopt: Stap 0.", "stopped"),
        (texts.KEEP, "Dit houden jullie vast: Stap 0.", "kept"),
    ],
)
async def test_an_open_step_is_decided_on(menu, house, decision, said, state):
    """Go on, stop or keep; stopping is learning too."""
    await taps(menu, "Stap 0", "Samen", "Over 4 weken")
    await menu.tap(LEAD, encode(MaandbeeldTap("m1", "step")))
    assert "Afgesproken: Stap 0. Trekker: samen." in menu.last(LEAD).text
    await taps(menu, texts.ADJUST, "‹ Terug")
    shown = await taps(menu, decision)
    assert said in shown.text
    assert ("Terugkijken" in shown.text) is (state == "open")
    assert house.rows("SELECT state FROM improvement_action") == [(state,)]


@pytest.fixture
async def old_question(menu, house):
    """Under stap 0 are buttons to decide, and the team has gone on to stap 1 since: what the old ones carry."""
    await taps(menu, "Stap 0", "Samen", "Over 4 weken")
    await menu.tap(LEAD, encode(MaandbeeldTap("m1", "step")))
    old = dict(menu.last(LEAD).buttons)
    await taps(menu, texts.ADJUST, "Stap 1 (veel gekozen)", "Samen", "Over 4 weken")
    return old


@pytest.mark.parametrize("label", [texts.GO_ON, texts.ADJUST, texts.STOP, texts.KEEP])
async def test_a_button_under_another_step_changes_nothing_and_shows_the_open_one(menu, house, old_question, label):
    """Another lead chose stap 1 meanwhile; so it is with buttons of before they said which step they are about."""
    before = house.rows("SELECT * FROM improvement_action")
    for data in (old_question[label], encode(StepTap("m1", "stop", ""))):
        await menu.tap(LEAD, data)
        assert menu.last(LEAD).text.startswith(texts.OTHER_STEP)
        assert "Afgesproken: Stap 1." in menu.last(LEAD).text
    assert house.rows("SELECT * FROM improvement_action") == before
    await taps(menu, texts.KEEP)
    await menu.tap(LEAD, old_question[texts.STOP])
    assert menu.last(LEAD).text == texts.ALREADY_DECIDED


@pytest.mark.parametrize("label", [texts.GO_ON, texts.STOP, texts.KEEP])
async def test_a_decision_that_comes_twice_is_confirmed_twice_and_taken_once(menu, house, label):
    """A double tap, or the same tap again after the bot went down between the step and its confirmation."""
    await taps(menu, "Stap 0", "Samen", "Over 4 weken")
    await menu.tap(LEAD, encode(MaandbeeldTap("m1", "step")))
    data = menu.last(LEAD).buttons[label]
    shown, decided = [], []
    for _ in range(2):
        await menu.tap(LEAD, data)
        shown.append(menu.last(LEAD).text)
        decided.append(house.rows("SELECT * FROM improvement_action"))
    assert shown[0] == shown[1]
    assert "Stap 0" in shown[0]
    assert decided[0] == decided[1]


async def test_own_words_that_are_agreed_twice_are_agreed_once(menu, house):
    """The words are gone after the first time, and the second reads the same."""
    await taps(menu, texts.OWN_WORDS)
    await menu.send(LEAD, "Iemand loopt een dag mee.")
    await taps(menu, texts.AGREE, "Samen")
    data = next(each for label, each in menu.last(LEAD).buttons.items() if label.startswith("Over 4"))
    await menu.tap(LEAD, data)
    first = menu.last(LEAD).text
    await menu.tap(LEAD, data)
    assert menu.last(LEAD).text == first
    assert "Afgesproken: Iemand loopt een dag mee." in first
    assert house.rows("SELECT step, state FROM improvement_action") == [("Iemand loopt een dag mee.", "open")]


@pytest.mark.parametrize(
    ("verb", "value"),
    [
        ("menu", ""), ("list", "0"), ("own", ""), ("who", "0"), ("when", "0-samen"), ("set", "0-samen-4"),
        ("go_on", ""), ("change", ""), ("stop", ""), ("keep", ""), ("nonsense", ""),
    ],
)  # fmt: skip
async def test_a_forwarded_button_does_nothing_for_a_member(phone, house, maandbeeld_id, verb, value):
    """Refused before anything is read."""
    before = house.everything()
    await phone.tap(ANNE, encode(StepTap(maandbeeld_id, verb, value)))
    assert house.everything() == before
    assert not any("Stap 0" in call.text for call in phone.telegram.shown(ANNE))


@pytest.mark.parametrize(("verb", "value"), [("set", "0-samen"), ("set", "0-samen-x"), ("when", "0"), ("x", "")])
async def test_what_no_button_says_is_refused_to_the_lead_too(phone, house, maandbeeld_id, verb, value):
    """Kindly, and nothing changes."""
    before = house.everything()
    await phone.tap(LEAD, encode(StepTap(maandbeeld_id, verb, value)))
    assert house.everything() == before
    assert phone.telegram.remarks()[-1]
