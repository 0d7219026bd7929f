"""From a link to a member: the welcome, the yes or no, and the four questions about who you are."""

from __future__ import annotations

import asyncio

from telegram import InlineKeyboardMarkup

from bot.chat.callback_data import AccountTap, InvitationTap
from bot.chat.commands import set_commands
from bot.chat.desk import Desk
from bot.chat.dialogue import go_on_where_it_stood, show
from bot.chat.keyboards import NOTHING, button, rows, stacked
from bot.chat.texts import chat_nl as texts
from bot.chat.texts.own_times_nl import paused
from bot.usecases.access import Roles, roles
from bot.usecases.describe_member import FIELDS, Asked, ask_again, describe_member, next_question
from bot.usecases.errors import Refusal
from bot.usecases.join_team import Welcome, accept_invitation, look_at_invitation
from bot.usecases.send_due import reachable_again
from bot.usecases.set_own_quiet import own_times
from bot.usecases.start_dialogue import start_dialogue
from dialogues.conversation.definition import Sector
from dialogues.conversation.presenting import fill


async def on_start(desk: Desk, *, chat_id: int, name: str, token: str) -> None:
    """/start, with an invitation or without."""
    await desk.bridge.run(reachable_again, chat_id=chat_id)
    if not token:
        own = await desk.bridge.run(roles, chat_id=chat_id)
        half_told = next((each for each in own.member_of if not each.tenure), None)
        if half_told is not None:
            await ask_what_is_not_told(desk, chat_id=chat_id, membership_id=half_told.id)
            return
        await desk.messenger.send(chat_id, await _hello(desk, own, name))
        await go_on_where_it_stood(desk, chat_id=chat_id)
        return
    welcome = await desk.guesses.count(
        chat_id, lambda: desk.bridge.run(look_at_invitation, chat_id=chat_id, token=token), now=desk.bridge.now
    )
    if welcome.already:
        await ask_what_is_not_told(desk, chat_id=chat_id, membership_id=welcome.membership_id)
        return
    choice = rows(
        [button(texts.JOIN, InvitationTap("yes", token))], [button(texts.DECLINE, InvitationTap("no", token))]
    )
    await desk.messenger.send(chat_id, _welcome_text(welcome, name), choice)


async def _hello(desk: Desk, own: Roles, name: str) -> str:
    if own.person is None:
        return texts.STRANGER
    hello = texts.welcome_back(name)
    if own.coordinates:
        hello = texts.welcome_back_coordinator(name)
    elif own.leads:
        hello = texts.welcome_back_lead(name)
    times = await desk.bridge.run(own_times, chat_id=own.person.chat_id)
    if times.away_until is None:
        return hello
    return f"{hello}\n\n{paused(times.away_until, zone=desk.zone)} Eerder terug? Kies /hervat."


async def ask_what_is_not_told(desk: Desk, *, chat_id: int, membership_id: str) -> None:
    """Somebody who is in already comes back: ask what was not told yet, for only then a round can ask them anything."""
    if membership_id:
        try:
            asked = await desk.bridge.run(next_question, chat_id=chat_id, membership_id=membership_id)
        except Refusal:
            asked = None
        if asked is not None and asked.field:
            question, keyboard = _question(desk, asked)
            await desk.messenger.send(chat_id, question, keyboard)
            return
    await desk.messenger.send(chat_id, texts.ALREADY_IN)


def _welcome_text(welcome: Welcome, name: str) -> str:
    if welcome.kind == "coordinator" or welcome.team is None:
        return texts.welcome_coordinator(name=name, area=welcome.area.name)
    if welcome.kind == "lead":
        return texts.welcome_lead(name=name, team=welcome.team.name)
    return texts.welcome_member(
        name=name, lead_label=welcome.team.lead_label, team=welcome.team.name, rhythm=welcome.rhythm
    )


async def on_invitation_tap(
    desk: Desk, *, chat_id: int, message_id: int, callback_id: str, name: str, tapped: InvitationTap
) -> None:
    """Yes or no. A no is not even written down."""
    if tapped.verb != "yes":
        await asyncio.gather(
            desk.messenger.answer(callback_id), desk.messenger.edit(chat_id, message_id, texts.DECLINED, NOTHING)
        )
        return
    joined = await desk.guesses.count(
        chat_id,
        lambda: desk.bridge.commit(accept_invitation, chat_id=chat_id, name=name, token=tapped.token),
        now=desk.bridge.now,
    )
    await desk.messenger.answer(callback_id)
    await set_commands(desk, chat_id=chat_id)
    if joined.kind == "member":
        asked = await desk.bridge.run(next_question, chat_id=chat_id, membership_id=joined.membership_id)
        await _ask(desk, chat_id=chat_id, message_id=message_id, asked=asked)
        return
    text = texts.JOINED_LEAD if joined.kind == "lead" else texts.JOINED_COORDINATOR
    await desk.messenger.edit(chat_id, message_id, text, NOTHING)


async def on_account_tap(desk: Desk, *, chat_id: int, message_id: int, callback_id: str, tapped: AccountTap) -> None:
    """One fact about a new member, or a question asked again."""
    if tapped.value:
        asked = await desk.bridge.commit(
            describe_member,
            chat_id=chat_id,
            membership_id=tapped.membership_id,
            field=tapped.field,
            value=tapped.value,
        )
    else:
        asked = await desk.bridge.run(
            ask_again, chat_id=chat_id, membership_id=tapped.membership_id, field=tapped.field
        )
    await desk.messenger.answer(callback_id)
    await _ask(desk, chat_id=chat_id, message_id=message_id, asked=asked)


async def _ask(desk: Desk, *, chat_id: int, message_id: int, asked: Asked) -> None:
    if asked.field:
        question, keyboard = _question(desk, asked)
        await desk.messenger.edit(chat_id, message_id, question, keyboard)
        return
    strategic = asked.membership.audience == "strategic"
    if not asked.start_round:
        text = texts.DESCRIBED_STRATEGIC if strategic else texts.DESCRIBED
        await desk.messenger.edit(chat_id, message_id, text, NOTHING)
        return
    try:
        view = await desk.bridge.run(start_dialogue, chat_id=chat_id, round_id=asked.start_round, message_id=message_id)
    except Refusal:
        await desk.messenger.edit(chat_id, message_id, texts.DESCRIBED, NOTHING)
        return
    readers = texts.who_reads(members=asked.members, lead_label=asked.lead_label)
    await show(desk, chat_id=chat_id, view=view, above=f"{texts.DESCRIBED} {readers}")


def _question(desk: Desk, asked: Asked) -> tuple[str, InlineKeyboardMarkup]:
    membership = asked.membership
    functions = desk.library.functions
    words = {"wijkteam": asked.team_label}
    if asked.field == "sector":
        text = texts.ASK_SECTOR
        choices = {str(sector): fill(label, words) for sector, label in functions.sectors.items()}
    elif asked.field == "function":
        text = texts.ASK_FUNCTION
        choices = {each.code: fill(each.label, words) for each in functions.of(Sector(membership.sector or ""))}
    elif asked.field == "audience":
        text, choices = texts.ASK_AUDIENCE, texts.AUDIENCES
    else:
        text, choices = texts.ASK_TENURE, texts.TENURES
    buttons = [
        button(label[:1].upper() + label[1:], AccountTap(membership.id, asked.field, value))
        for value, label in choices.items()
    ]
    earlier = FIELDS[: FIELDS.index(asked.field)]
    if earlier:
        buttons.append(button(texts.BACK, AccountTap(membership.id, earlier[-1], "")))
    return text, stacked(buttons)
