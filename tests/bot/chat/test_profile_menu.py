"""The two questions of the profile that are typed, over a fake Telegram."""

from __future__ import annotations

from bot.chat.texts import beheer_nl as texts
from bot.chat.texts.chat_nl import BACK, NO_TEXT_NOW
from tests.support.house import COORDINATOR, open_house
from tests.support.telegram import phone_for


async def test_a_role_is_typed_over_a_restart_and_kept_after_a_yes(house, phone):
    """A name is asked again, and a text that comes twice shows the sentence twice; then comes the next question."""
    house.rhythm()
    asked = f"b1.profile.{house.team_id}.escalation_contact"
    await phone.tap(COORDINATOR, asked)
    assert [*phone.last(COORDINATOR).buttons] == [texts.TYPE_ROLE, texts.SKIP, BACK]
    assert "11 van 12" in phone.last(COORDINATOR).text
    assert "Nu noem ik: je leidinggevende." in phone.last(COORDINATOR).text
    await phone.send(COORDINATOR, "Bedankt!")  # looking at the question asks for nothing
    assert phone.last(COORDINATOR).text == NO_TEXT_NOW
    await phone.tap(COORDINATOR, asked)
    await phone.tap_label(COORDINATOR, texts.TYPE_ROLE)
    await phone.send(COORDINATOR, "Karin Bakker")
    assert phone.last(COORDINATOR).text == texts.ROLE_UNUSABLE
    house.close_up()
    async with phone_for(open_house(house.folder)) as later:
        for typed in ("De teamleider <b>", "De teamleider <b>", "Bedankt!"):
            await later.send(COORDINATOR, typed)
            assert "‘Dan kun je terecht bij de teamleider &lt;b&gt;.’" in later.last(COORDINATOR).text
            assert [*later.last(COORDINATOR).buttons] == [texts.ROLE_YES, texts.ROLE_OTHER, BACK]
        assert contacts(later.house, house.team_id) == {}
        await later.tap_label(COORDINATOR, texts.ROLE_YES)
        assert contacts(later.house, house.team_id) == {"escalation_contact": "de teamleider <b>"}
        assert "Ik noem nu: de teamleider &lt;b&gt;." in later.last(COORDINATOR).text
        assert "12 van 12" in later.last(COORDINATOR).text
        await later.send(COORDINATOR, "De teamleider <b>")
        assert later.last(COORDINATOR).text == NO_TEXT_NOW
        await later.tap(COORDINATOR, asked)
        await later.tap_label(COORDINATOR, texts.NO_CONTACT)
        assert texts.contact_set("je leidinggevende") in later.last(COORDINATOR).text
        await later.tap_label(COORDINATOR, texts.TYPE_ROLE)
        await later.send(COORDINATOR, "de directeur")
        await later.tap_label(COORDINATOR, texts.ROLE_OTHER)
        await later.send(COORDINATOR, "de aandachtsfunctionaris")
        await later.tap_label(COORDINATOR, texts.ROLE_YES)
        said = f"{texts.contact_set('de aandachtsfunctionaris')}\n\n{texts.PROFILE_DONE} De volgende vraag"
        assert later.last(COORDINATOR).text.startswith(said)


async def test_a_role_that_was_not_confirmed_is_forgotten(house, phone):
    """Another tap leaves it, and an old yes then keeps nothing."""
    await phone.tap(COORDINATOR, f"b1.profile.{house.team_id}.privacy_contact-type")
    await phone.send(COORDINATOR, "de teamleider")
    yes = phone.last(COORDINATOR).buttons[texts.ROLE_YES]
    await phone.tap_label(COORDINATOR, BACK)
    await phone.tap(COORDINATOR, yes)
    assert "Nu noem ik: iemand in je eigen organisatie." in phone.last(COORDINATOR).text
    assert contacts(house, house.team_id) == {}


def contacts(house, team_id):
    """The roles in the profile of the team."""
    return dict(house.read(lambda work: work.teams.get(team_id)).profile)
