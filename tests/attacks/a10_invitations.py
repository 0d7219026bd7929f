"""A10: a million guessed links, and links that are used again, too late, by somebody else or by too many."""

from __future__ import annotations

import asyncio
import base64
import random
import statistics
import string
import time
from contextlib import suppress
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Final

from bot.chat.callback_data import InvitationTap, encode
from bot.chat.texts import chat_nl as texts
from bot.usecases.errors import InvitationInvalid, Refusal
from bot.usecases.invite import LONGEST_LIST, USES, VALID_FOR, invite_coordinator, invite_each
from bot.usecases.join_team import look_at_invitation
from bot.usecases.open_invitations import revoke_all
from tests.attacks.outcome import Outcome
from tests.support.house import COORDINATOR, House, open_house
from tests.support.telegram import phone_for

SIGNS: Final = string.ascii_letters + string.digits + "-_"
LIVE: Final = 200
SAME_SECONDS: Final = 0.005
"""Most that the median times of two refusals may differ."""
FIRST: Final = 50_000
"""Chats of the attackers count up from here."""


@dataclass(frozen=True, slots=True)
class Size:
    guesses: int
    asked: int
    """Guesses that go through the use case too."""
    timed: int
    """Times each refusal is timed; 0: no clock is looked at."""


LONG, SHORT = Size(1_000_000, 3_000, 400), Size(20_000, 60, 0)


def run(size: Size, *, seed: int, folder: Path) -> Outcome:
    """Guess, use again, come late, hand on, and look for the links themselves on the disk."""
    house = open_house(folder, new=True).furnish()
    chance = random.Random(seed)
    live = [each.token for _ in range(LIVE // LONGEST_LIST) for each in personal(house, LONGEST_LIST)]
    bits = min(8 * len(base64.urlsafe_b64decode(token)) for token in live)
    kept = {row[0] for row in house.rows("SELECT token_hash FROM invitation")}
    hits = guessed(chance, kept, size.guesses, length=len(live[0]))
    hits += sum(joins(house, FIRST + each, token_like(chance, 32)) for each in range(size.asked))
    control = guessed(chance, {hashed(token_like(chance, 3)) for _ in live}, size.guesses, length=3)
    outcome = Outcome("")
    found = used_again(house, outcome)
    on_disk = sum(token.encode() in path.read_bytes() for path in files(folder) for token in live)
    shapes = {(len(each), set(each) <= set(SIGNS)) for each in (house.token(), house.token(kind="lead"), live[0])}
    differences = asyncio.run(refusals(house, outcome, size.timed))
    asyncio.run(kept_out(house, outcome))
    outcome.figure = (
        f"{bits} bits. {size.guesses + size.asked} gokken tegen {len(live)} geldige links: {hits} raak (tegenproef met "
        f"korte links: {control} raak). {found}. {on_disk} links leesbaar op schijf. Onbekend, verlopen, ingetrokken "
        f"en opgebruikt: zelfde antwoord{differences}. Na 10 verkeerde links een uur dicht"
    )
    outcome.must(bits >= 128, f"maar {bits} bits")
    outcome.must(len(set(live)) == len(live), "twee gelijke links")
    outcome.must(hits == 0, f"{hits} keer raak")
    outcome.must(control > 0, "de tegenproef met korte links is niet geraden")
    outcome.must(on_disk == 0, f"{on_disk} links leesbaar op schijf")
    outcome.must(set(map(hashed, live)) <= kept, "niet elke link is als afdruk bewaard")
    outcome.must(len(shapes) == 1, "aan de link is te zien voor welke rol hij is")
    outcome.must(VALID_FOR.days <= 14, f"een link werkt {VALID_FOR.days} dagen")
    house.storage.engine.dispose()
    return outcome


def personal(house: House, number: int) -> list:
    """So many links for one member each."""
    return list(invite_each(house.deps, chat_id=COORDINATOR, team_id=house.team_id, number=number, days=14))


def hashed(token: str) -> str:
    return sha256(token.encode()).hexdigest()


def token_like(chance: random.Random, length: int) -> str:
    """Something of the shape of a link's token."""
    return "".join(chance.choices(SIGNS, k=length))


def guessed(chance: random.Random, kept: set[str], number: int, *, length: int) -> int:
    """How many of so many guesses fit a kept print: what the product asks of its table, without the table."""
    return sum(hashed(token_like(chance, length)) in kept for _ in range(number))


def joins(house: House, chat_id: int, token: str) -> bool:
    """Whether somebody gets in with this."""
    with suppress(Refusal):
        house.join(chat_id, token)
        return True
    return False


def files(folder: Path) -> list[Path]:
    return [path for path in folder.rglob("*") if path.is_file()]


def used_again(house: House, outcome: Outcome) -> str:
    """Links once more, by others, by too many, and too late; what was found, in Dutch."""
    once = personal(house, 1)[0].token
    first = house.join(FIRST, once)
    outcome.must(house.join(FIRST, once) == first, "dezelfde link gaf iemand een tweede plek")
    second = joins(house, FIRST + 1, once)
    outcome.must(not second, "een tweede account kwam binnen met een gebruikte link")
    let_in = {}
    for at, kind in enumerate(USES):
        token = (
            invite_coordinator(house.deps, area_name="Noord", municipality="Noordstad").token
            if kind == "coordinator"
            else house.token(kind=kind)
        )
        let_in[kind] = sum(joins(house, FIRST + 100 * (at + 2) + each, token) for each in range(USES[kind] + 5))
    outcome.must(let_in == USES, f"doorgestuurde links lieten binnen: {let_in}")
    late = [each.token for each in personal(house, 20)]
    before, house.clock.moment = house.clock.moment, house.clock.moment + VALID_FOR
    expired = sum(joins(house, FIRST + 900 + at, token) for at, token in enumerate(late))
    house.clock.moment = before
    outcome.must(expired == 0, f"{expired} verlopen links lieten iemand binnen")
    return f"Tweede account op een gebruikte link: {int(second)}. Verlopen links: {expired} van {len(late)} binnen"


async def refusals(house: House, outcome: Outcome, timed: int) -> str:
    """Unknown, expired, withdrawn and used up: the same words, and about as fast; the difference in Dutch."""
    used = personal(house, 1)[0].token
    house.join(FIRST + 5000, used)
    withdrawn = personal(house, 1)[0].token
    revoke_all(house.deps, chat_id=COORDINATOR, team_id=house.team_id)
    expired = personal(house, 1)[0].token
    before, house.clock.moment = house.clock.moment, house.clock.moment + VALID_FOR
    kinds = {"onbekend": "Z" * 32, "verlopen": expired, "ingetrokken": withdrawn, "opgebruikt": used}
    said = set()
    async with phone_for(house) as phone:
        for at, token in enumerate(kinds.values()):
            chat = FIRST + 6000 + at
            await phone.send(chat, f"/start {token}")
            await phone.tap(chat, encode(InvitationTap("yes", token)))
            said |= {phone.last(chat).text, phone.telegram.remarks()[-1]}
    outcome.must(said == {texts.INVITATION_INVALID}, f"verschillende antwoorden: {len(said)}")
    spent: dict[str, list[float]] = {kind: [] for kind in kinds}
    for _ in range(timed):
        for kind, token in kinds.items():
            begun = time.perf_counter()
            with suppress(InvitationInvalid):
                look_at_invitation(house.deps, chat_id=FIRST + 7000, token=token)
            spent[kind].append(time.perf_counter() - begun)
    house.clock.moment = before
    if not timed:
        return ""
    medians = [statistics.median(each) for each in spent.values()]
    difference = max(medians) - min(medians)
    outcome.must(difference < SAME_SECONDS, f"{difference * 1000:.1f} ms verschil")
    return f", {difference * 1000:.2f} ms verschil in mediaan".replace(".", ",")


async def kept_out(house: House, outcome: Outcome) -> None:
    """After ten wrong links one that works is not looked at either, and nothing on the disk tells who guessed."""
    guesser, other = FIRST + 8000, FIRST + 8001
    link = personal(house, 1)[0].token
    async with phone_for(house) as phone:
        before = house.everything()
        for _ in range(10):
            await phone.send(guesser, f"/start {'Y' * 32}")
        await phone.send(guesser, f"/start {link}")
        outcome.must(phone.last(guesser).text == texts.TOO_MANY_LINKS, "na tien verkeerde links mag raden door")
        await phone.tap(guesser, encode(InvitationTap("yes", link)))
        outcome.must(house.everything() == before, "van het raden bleef iets op de schijf")
        await phone.tap(other, encode(InvitationTap("yes", link)))
        outcome.must(house.person(other) is not None, "een ander kon niet meer binnen")
