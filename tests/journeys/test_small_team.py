"""A team of four: never enough answers to stay unknown, so the bot says so and shows nothing."""

from __future__ import annotations

import pytest

from bot.usecases.deps import Deps
from tests.journeys.arranging import company, envelopes, round_about
from tests.journeys.stories import answers_trust
from tests.support.phones import Sandbox

pytestmark = pytest.mark.journey

ONCE_MORE = (
    "er waren te weinig antwoorden voor een veilig overzicht. We vragen het nog één keer. "
    "Lukt het dan ook niet, dan gooi ik ze weg."
)
THROWN_AWAY = "er waren te weinig antwoorden voor een veilig overzicht. Alles van deze ronde is weggegooid."
ABOUT_TRUST = "Vertrouwen en respect in Samen in Zuid"


def test_a_team_of_four_gets_the_honest_sentence(sandbox: Sandbox, bot: Deps) -> None:
    """First one more chance, then everything destroyed; everybody reads the same, the lead nothing more."""
    team = company(bot, sandbox, members=4)
    everybody = (team.lead, *team.members)
    silent, *others = team.members

    sandbox.becomes("2027-02-02 08:31")
    for member in others:
        answers_trust(member, "1 · Helemaal niet")
    first = round_about(bot, team.team)

    sandbox.becomes("2027-02-16 17:01")
    texts = {person.sees(ABOUT_TRUST, ONCE_MORE).text for person in everybody}
    assert len(texts) == 1
    assert envelopes(bot, first) == 3

    sandbox.becomes("2027-03-01 08:31")
    told = team.lead.sees("Maandbeeld februari 2027", "We vragen het nog één keer.")
    assert "herkend" not in told.text

    sandbox.becomes("2027-03-02 08:31")
    for member in team.members:
        member.sees("Twee minuten voor een korte vraag?", "Vertrouwen en respect")
    answers_trust(silent, "2 · Weinig")
    answers_trust(others[0], "5 · Helemaal")
    second = round_about(bot, team.team)
    assert (second.predecessor_id, envelopes(bot, second)) == (first.id, 2)

    sandbox.becomes("2027-03-16 17:01")
    texts = {person.sees(ABOUT_TRUST, THROWN_AWAY, "Niemand heeft het gezien.").text for person in everybody}
    assert len(texts) == 1
    assert envelopes(bot, first) == envelopes(bot, second) == 0
    assert not {first.key_id, second.key_id} & bot.storage.keys.known()
