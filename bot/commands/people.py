"""The commands `invite` and `erase`: the first coordinator of an area in, and anybody out."""

from __future__ import annotations

import asyncio
from typing import Final

import typer

from bot.chat.texts.naming_nl import NAME_UNUSABLE
from bot.compose import make_deps
from bot.offline import settings_of_the_bot
from bot.terminal import err, out
from bot.usecases.clear_traces import cleared_now
from bot.usecases.deps import Deps
from bot.usecases.forget_me import forget_me
from bot.usecases.invite import invite_coordinator
from bot.usecases.naming import NameUnusable
from bot.whose_clock import sandbox_time

LONGEST_CHAT_NUMBER: Final = 18
"""Digits; people's chats in Telegram have fewer."""


def invite(role: str, *, area: str, municipality: str, username: str) -> None:
    """Print a link, and nothing else to the output; ends with 2 for another role, with 1 for an unusable name."""
    if role != "coordinator":
        err.print(f"Onbekende rol '{role}'. Vanaf de opdrachtregel kan alleen: coordinator.")
        raise typer.Exit(2)
    settings = settings_of_the_bot()
    deps = make_deps(settings, clock=asyncio.run(sandbox_time(settings)))
    try:
        invited = invite_coordinator(deps, area_name=area, municipality=municipality or area)
    except NameUnusable as error:
        err.print(NAME_UNUSABLE)
        raise typer.Exit(1) from error
    out.print(f"https://t.me/{username}?start={invited.token}", soft_wrap=True)
    if invited.made_area:
        err.print(f"Het gebied '{invited.area_name}' is nieuw.", markup=False)
    else:
        err.print(
            f"Het gebied '{invited.area_name}' was er al. Wie deze link gebruikt, beheert ook de teams die er zijn.",
            markup=False,
        )
    err.print(f"Geldig tot {invited.expires_at:%d-%m-%Y}, voor één persoon. De link wordt maar één keer getoond.")


def erase(person: str) -> None:
    """Erase whoever has this chat number or id; ends with 1 when nobody has."""
    deps = make_deps(settings_of_the_bot())
    erased = forget_me(deps, chat_id=_chat_of(deps, person), by_administrator=True)
    if erased:
        out.print("Gewist. Overzichten die er al waren, blijven: daar staat niemand in.")
    else:
        err.print("Deze persoon ken ik niet; er is niets gewist.")
    if not cleared_now(deps):  # also when an earlier command was cut short before it came to this
        err.print(
            "De database was te druk om ook de sporen in haar bestanden meteen weg te halen. "
            "Start de bot opnieuw: dat is het eerste wat hij dan doet."
        )
    if not erased:
        raise typer.Exit(1)


def _chat_of(deps: Deps, person: str) -> int:
    with deps.storage.begin() as work:
        found = work.people.get(person)
    if found is not None:
        return found.chat_id
    return int(person) if person.isdecimal() and len(person) <= LONGEST_CHAT_NUMBER else 0
