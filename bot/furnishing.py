"""The bot in the sandbox, attached to it over HTTP, with an area, a team and a rhythm to play with."""

from __future__ import annotations

import asyncio
import tempfile
from pathlib import Path
from typing import Final

import httpx

from bot.compose import make_deps
from bot.house import House
from bot.logs import set_up_logs
from bot.playground import COLLEAGUES, COORDINATOR, COUNSELOR, LEAD, NURSE, TEAM_WORKER, Say
from bot.sandbox import DEFAULT_TOKEN
from bot.settings import load_settings
from bot.usecases.deps import Deps
from bot.usecases.describe_member import describe_member
from bot.usecases.invite import invite_coordinator, invite_to_team
from bot.usecases.join_team import accept_invitation
from bot.usecases.make_team import make_team
from bot.usecases.release_round import fill_stock
from bot.usecases.set_schedule import set_rhythm
from bot.usecases.set_topics import put_first
from bot.whose_clock import sandbox_clock
from dialogues.rhythm.recurrence import Rhythm

BETWEEN_SESSIONS: Final = 12 * 60 + 30
"""Minutes after midnight; neither in the consultation hours of the morning nor in those of the afternoon."""
_READY_MADE: Final = (
    (NURSE, {"sector": "jgz", "function": "youth_nurse", "tenure": "long"}),
    (TEAM_WORKER, {"sector": "wijkteam", "function": "team_worker", "tenure": "middle"}),
)


async def with_bot(url: str, stopping: asyncio.Event, say: Say) -> None:
    """Run the bot at the sandbox of this address, on a new database that goes with it."""
    with tempfile.TemporaryDirectory(prefix="even-stilstaan-") as folder:
        settings = load_settings(
            telegram_bot_token=DEFAULT_TOKEN,
            telegram_api_url=url,
            database_url=f"sqlite:///{Path(folder) / 'data' / 'proeftuin.db'}",
            key_dir=Path(folder) / "keys",
            dialogues_dir=None,
            webhook_url=None,
        )
        set_up_logs(level="WARNING", form="console")
        following = await sandbox_clock(url)
        deps = make_deps(settings, clock=following)
        running = asyncio.create_task(House(deps, settings, following=following).run(stopping))
        links = await asyncio.to_thread(furnish, deps)
        await _hand_out(url, links)
        say(f"Open {url} in je browser. Stoppen: Ctrl+C.")
        await running
        if following is not None:
            await following.close()


def furnish(deps: Deps) -> dict[int, str]:
    """Make the example area with its team and rhythm; returns which phones hold which invitation.

    Coordinator, lead and two professionals are in already. The third professional and the six colleagues get an
    invitation on their phone; the colleagues open theirs by themselves.
    """
    fill_stock(deps)
    coordinator = invite_coordinator(deps, area_name="Voorbeeldstad", municipality="Voorbeeldstad")
    joined = accept_invitation(deps, chat_id=COORDINATOR.id, name=COORDINATOR.name, token=coordinator.token)
    team = make_team(
        deps, chat_id=COORDINATOR.id, area_id=joined.area.id, name="Samen in Noord", team_label="het buurtteam"
    )
    lead = invite_to_team(deps, chat_id=COORDINATOR.id, team_id=team.id, kind="lead")
    accept_invitation(deps, chat_id=LEAD.id, name=LEAD.name, token=lead.token)
    members = invite_to_team(deps, chat_id=COORDINATOR.id, team_id=team.id, kind="member")
    for user, facts in _READY_MADE:
        membership = accept_invitation(deps, chat_id=user.id, name=user.name, token=members.token)
        for field, value in facts.items():
            describe_member(deps, chat_id=user.id, membership_id=membership.membership_id, field=field, value=value)
    put_first(deps, chat_id=COORDINATOR.id, team_id=team.id, element="trust")
    set_rhythm(
        deps,
        chat_id=COORDINATOR.id,
        team_id=team.id,
        rhythm=str(Rhythm.NORMAL),
        weekday="tuesday",
        minute=BETWEEN_SESSIONS,
    )
    return {user.id: members.token for user in (COUNSELOR, *COLLEAGUES)}


async def _hand_out(url: str, links: dict[int, str]) -> None:
    """Let everybody who is in say hello, and put the invitations on the other phones."""
    async with httpx.AsyncClient(base_url=url) as phones:
        for user in (COORDINATOR, LEAD, NURSE, TEAM_WORKER):
            (await phones.post(f"/phones/{user.id}/send", json={"text": "/start"})).raise_for_status()
        for user in (COUNSELOR, *COLLEAGUES):
            (await phones.post(f"/phones/{user.id}/link", json={"payload": links[user.id]})).raise_for_status()
