"""A lead reacts by tapping and typing: six buttons at most, a way back, and the typed text leaves the chat."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.chat.callback_data import MaandbeeldTap, SignalTap, encode
from bot.chat.texts import response_nl as texts
from bot.render.message import MESSAGE_LIMIT, length
from dialogues.insight import TeamFacts, compose
from dialogues.insight.maandbeeld import ElementView, Mention, Mentions
from storage.responses import Response
from tests.support.house import ANNE, LEAD

MOST_BUTTONS = 6
WHY = "Er is nu geen ruimte. In mei kijken we opnieuw."


@pytest.fixture
def maandbeeld_id(house):
    """A maandbeeld of two topics, the first with five themes."""
    themes = Mentions("Waar zit het in?", tuple(Mention(f"thema {number}") for number in range(5)))
    elements = (
        ElementView(id="trust", title="Vertrouwen", when="", mentions=(themes,)),
        ElementView(id="roles", title="Rollen", when=""),
    )
    page = replace(compose(TeamFacts(team="Samen in Noord", month="oktober 2026"), ()), elements=elements)
    with house.storage.begin() as work:
        work.maandbeelden.add(
            "m1", team_id=house.team_id, month="2026-10", body=page.to_json(), composed_at=house.clock.now()
        )
        work.commit()
    return "m1"


@pytest.fixture
async def menu(phone, maandbeeld_id):
    """The list of what can be reacted to."""
    await phone.tap(LEAD, encode(MaandbeeldTap(maandbeeld_id, "react")))
    return phone


async def taps(phone, *labels):
    for label in labels:
        await phone.tap_label(LEAD, label)
        assert len(phone.last(LEAD).buttons) <= MOST_BUTTONS, label
    return phone.last(LEAD)


async def test_no_with_a_reason_survives_a_restart_and_says_what_comes_next(menu, house):
    """The list, the topic, the answer, the typed reason; then the list again, with what was said."""
    assert "nooit op een persoon" in menu.last(LEAD).text
    assert "Nog geen reactie op: Vertrouwen en Rollen." in menu.last(LEAD).text
    shown = await taps(menu, "Vertrouwen", "Doen we niet")
    assert [*shown.buttons] == ["‹ Terug"]
    await menu.send(LEAD, WHY)
    said = menu.last(LEAD).text
    assert "Opgeslagen." in said
    assert f"doen we niet. Waarom: “{WHY[:-1]}" in said
    assert "Nog geen reactie op: Rollen." in said
    assert "tot het volgende maandbeeld" in said
    assert menu.telegram.of("deleteMessage")
    shown = await taps(menu, "✓ Vertrouwen")
    assert "Nu staat er: doen we niet." in shown.text


async def test_yes_and_later_may_go_without_a_reason(menu, house):
    """One tap more; and a theme on the second page is answered like a topic."""
    await taps(menu, "Vertrouwen (thema 0)", "Later", texts.WITHOUT_WHY, texts.MORE, "Vertrouwen (thema 4)", "Doen we")
    await taps(menu, texts.WITHOUT_WHY)
    assert house.rows("SELECT place, answer FROM response ORDER BY place") == [(1, "later"), (5, "yes")]
    shown = await taps(menu, texts.READY)
    assert "Dank je." in shown.text
    assert not shown.buttons


async def test_a_name_waits_for_the_writer(menu, house):
    """Adjust asks again; "klopt niet" saves it as it is."""
    await taps(menu, "Vertrouwen", "Later")
    await menu.send(LEAD, "Karin de Boer is ziek.")
    assert "een naam" in menu.last(LEAD).text
    await taps(menu, texts.ADJUST)
    await menu.send(LEAD, "Karin de Boer is er weer.")
    await taps(menu, texts.NOT_SO)
    assert house.rows("SELECT why FROM response") == [("Karin de Boer is er weer.",)]


async def test_a_number_and_a_long_text_are_not_kept(menu, house):
    """Each is asked again, and nothing is saved."""
    await taps(menu, "Vertrouwen", "Later")
    await menu.send(LEAD, "Bel 06-12345678.")
    assert texts.NOT_SO not in menu.last(LEAD).buttons
    await menu.send(LEAD, "a" * 281)
    assert "te lang" in menu.last(LEAD).text
    await menu.send(LEAD, WHY)
    assert house.rows("SELECT why FROM response") == [(WHY,)]


@pytest.mark.parametrize("verb", ["list", "one", "yes", "no", "later", "bare-yes", "ready", "keep", "nonsense"])
async def test_a_forwarded_button_does_nothing_for_a_member(phone, house, maandbeeld_id, verb):
    """Refused before and after; also what no button of ours says."""
    before = house.everything()
    await phone.tap(ANNE, encode(SignalTap(maandbeeld_id, verb, 0)))
    assert house.everything() == before
    assert not any("Reageer op" in call.text for call in phone.telegram.shown(ANNE))


async def test_a_reason_that_comes_again_is_answered_as_saved(menu, house):
    """The same update after a kill, and a second tap on "klopt niet": what stands is shown, and nothing changes."""
    await taps(menu, "Vertrouwen", "Doen we niet")
    for _ in range(2):
        await menu.send(LEAD, WHY)
        assert "Opgeslagen." in menu.last(LEAD).text
    await taps(menu, "Vertrouwen (thema 0)", "Later")
    await menu.send(LEAD, "Karin de Boer is ziek.")
    keep = menu.last(LEAD).buttons[texts.NOT_SO]
    for _ in range(2):
        await menu.tap(LEAD, keep)
        assert "Vertrouwen (thema 0)\n→ later. Waarom: “Karin" in menu.last(LEAD).text
    assert house.rows("SELECT why FROM response ORDER BY place") == [(WHY,), ("Karin de Boer is ziek.",)]


async def test_a_second_tap_on_an_old_button_forgets_nothing_that_is_being_typed(menu, house):
    """Saved by the first tap, and typed again since: the second one only shows what stands."""
    await taps(menu, "Vertrouwen", "Later")
    await menu.send(LEAD, "Karin de Boer is ziek.")
    keep = menu.last(LEAD).buttons[texts.NOT_SO]
    await menu.tap(LEAD, keep)
    await taps(menu, "✓ Vertrouwen", "Later")
    await menu.tap(LEAD, keep)
    await menu.send(LEAD, WHY)
    assert house.rows("SELECT why FROM response") == [(WHY,)]


def next_page(house, **changes):
    """The next maandbeeld."""
    page = replace(compose(TeamFacts(team="Samen in Noord", month="november 2026"), ()), **changes)
    with house.storage.begin() as work:
        work.maandbeelden.add(
            "m2", team_id=house.team_id, month="2026-11", body=page.to_json(), composed_at=house.clock.now()
        )
        work.commit()


async def test_after_the_next_maandbeeld_the_old_buttons_say_so(menu, house):
    """Kindly, and without a change; also to who was typing why."""
    await taps(menu, "Vertrouwen")
    old = menu.last(LEAD).buttons["Doen we"]
    await taps(menu, "Doen we niet")
    next_page(house)
    await menu.send(LEAD, WHY)
    assert "nieuwer maandbeeld" in menu.last(LEAD).text
    await menu.tap(LEAD, old)
    assert "nieuwer maandbeeld" in menu.telegram.remarks()[-1]
    assert house.rows("SELECT * FROM response") == []


async def test_what_is_open_of_the_previous_time_stands_on_top_with_its_month(menu, house):
    """From the old buttons and the new ones alike; what was answered in time or is shown again is not there."""
    element = ElementView(id="vision", title="Visie", when="")
    next_page(house, elements=(element,), unanswered="Nog geen reactie op: Rollen.")
    for page_id in ("m1", "m2"):
        await menu.tap(LEAD, encode(SignalTap(page_id, "list", 0)))
        shown = menu.last(LEAD)
        assert [*shown.buttons] == ["Rollen (uit oktober 2026)", "Visie", texts.READY]
        assert "Nog geen reactie op: Rollen (uit oktober 2026) en Visie." in shown.text
    await taps(menu, "Rollen (uit oktober 2026)", "Later", texts.WITHOUT_WHY)
    shown = await taps(menu, "✓ Rollen (uit oktober 2026)", "‹ Terug")
    assert "Rollen (uit oktober 2026)\n→ later." in shown.text
    assert "Nog geen reactie op: Visie." in shown.text
    await menu.send(LEAD, "/kring")
    assert "Nog geen reactie op: Visie." in menu.last(LEAD).text
    assert house.rows("SELECT maandbeeld_id, answer FROM response") == [("m1", "later")]


@pytest.mark.parametrize(
    ("why", "title", "cut"), [("", 40, False), ("é" * 280, 40, True), ("<" * 280, 40, True), ("é" * 280, 250, True)]
)
async def test_the_overview_fits_a_message_however_much_was_said(phone, house, why, title, cut):
    """Twenty reactions: reasons are cut or go, then the last reactions; what is open and who reads it always stand."""
    elements = tuple(ElementView(id=f"e{each}", title=f"Onderwerp {each} {'o' * title}", when="") for each in range(21))
    next_page(house, elements=elements)
    with house.storage.begin() as work:
        about = {"maandbeeld_id": "m2", "team_id": house.team_id, "answer": "no", "responded_on": house.deps.today()}
        for place, each in enumerate(elements[:20]):
            work.responses.put(Response(place=place, element=each.id, about=each.title, why=why, **about))
        work.commit()
    await phone.tap(LEAD, encode(SignalTap("m2", "list", 0)))
    text = phone.telegram.shown(LEAD)[-1].text
    assert length(texts.saved(text)) <= MESSAGE_LIMIT
    assert ("om je hele reactie te lezen" in text) == cut
    assert ("…”" in text) == (cut and why[0] == "é" and title == 40)
    assert (text.count("→ doen we niet.") == 20) == (title == 40)
    assert "Nog geen reactie op: Onderwerp 20" in text
    assert text.endswith("tot het volgende maandbeeld.")
