"""The two questions of the profile that are typed, over a fake Telegram."""

from __future__ import annotations

from bot.chat.texts import beheer_nl as texts
from bot.chat.texts.chat_nl import NO_TEXT_NOW
from tests.support.house import COORDINATOR, open_house
from tests.support.telegram import phone_for


async def test_a_role_is_typed_over_a_restart_and_can_be_skipped_or_taken_away(house, phone):
    """A name is asked again; after the role comes the next question, and who skips that is asked nothing any more."""
    house.rhythm()
    asked = f"b1.profile.{house.team_id}.escalation_contact"
    await phone.tap(COORDINATOR, asked)
    assert [*phone.last(COORDINATOR).buttons] == [texts.SKIP, "‹ Terug"]
    assert "11 van 12" in phone.last(COORDINATOR).text
    assert "Nu noem ik: je leidinggevende." in phone.last(COORDINATOR).text
    await phone.send(COORDINATOR, "Karin Bakker")
    assert phone.last(COORDINATOR).text == texts.ROLE_UNUSABLE
    house.close_up()
    async with phone_for(open_house(house.folder)) as later:
        await later.send(COORDINATOR, "De teamleider <b>")
        assert texts.contact_set("de teamleider <b>") in later.last(COORDINATOR).text
        assert "12 van 12" in later.last(COORDINATOR).text
        await later.tap_label(COORDINATOR, texts.SKIP)
        await later.send(COORDINATOR, "de directeur")
        assert later.last(COORDINATOR).text == NO_TEXT_NOW
        await later.tap(COORDINATOR, asked)
        await later.tap_label(COORDINATOR, texts.NO_CONTACT)
        assert texts.contact_set("je leidinggevende") in later.last(COORDINATOR).text
        await later.send(COORDINATOR, "de aandachtsfunctionaris")
        said = f"{texts.contact_set('de aandachtsfunctionaris')}\n\n{texts.PROFILE_DONE} De volgende vraag"
        assert later.last(COORDINATOR).text.startswith(said)
