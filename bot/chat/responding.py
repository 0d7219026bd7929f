"""A lead reacts to a maandbeeld: a topic, an answer, why; every step asks the database again who this is."""

from __future__ import annotations

import asyncio

from telegram import InlineKeyboardButton, InlineKeyboardMarkup

from bot.chat.callback_data import SignalTap
from bot.chat.desk import Desk, kindly
from bot.chat.keyboards import NOTHING, PAGE, button, choosing, paged, stacked
from bot.chat.texts import response_nl as texts
from bot.chat.texts.chat_nl import BACK
from bot.usecases.ask_for_response import AskForResponse
from bot.usecases.errors import AlreadyEnded, NewerMaandbeeld, NotAllowed, Refusal, TextTooLong
from bot.usecases.respond import Typed, ask_why, keep_why, respond, take_why, typed_again
from bot.usecases.see_reactions import Answerable, Reacting, see_reactions
from dialogues.insight.signals import Answer

View = tuple[str, InlineKeyboardMarkup]


async def start_reacting(desk: Desk, *, chat_id: int, maandbeeld_id: str) -> None:
    """Show what can be reacted to in a message of its own: the maandbeeld stays as it is."""
    reacting = await desk.bridge.run(see_reactions, chat_id=chat_id, maandbeeld_id=maandbeeld_id)
    await desk.messenger.send(chat_id, *_overview(desk, reacting, 0))


def asking_message(message: AskForResponse) -> View:
    """The one question for what is still open."""
    return texts.asking(message), stacked([button(texts.REACT, SignalTap(message.maandbeeld_id, "list", 0))])


async def on_signal_tap(desk: Desk, *, chat_id: int, message_id: int, callback_id: str, tapped: SignalTap) -> None:
    """A step in the menu. Raises NotAllowed or NewerMaandbeeld."""
    text, keyboard = await _step(desk, chat_id, tapped)
    await asyncio.gather(desk.messenger.answer(callback_id), desk.messenger.edit(chat_id, message_id, text, keyboard))


async def on_why_text(desk: Desk, *, chat_id: int, message_id: int, text: str) -> None:
    """A typed reason: out of the chat, and saved or asked about. Raises NotAllowed."""
    try:
        typed = await desk.bridge.commit(take_why, chat_id=chat_id, text=text)
    except TextTooLong:
        shown: View = texts.WHY_TOO_LONG, NOTHING
    except AlreadyEnded:
        shown = texts.WHY_GONE, NOTHING
    except NewerMaandbeeld as refusal:
        shown = kindly(refusal), NOTHING
    else:
        shown = await _after_typing(desk, chat_id, typed)
    finally:
        await desk.messenger.delete(chat_id, message_id)
    await desk.messenger.send(chat_id, *shown)


async def on_why_again(desk: Desk, *, chat_id: int, message_id: int, text: str) -> bool:
    """A typed reason that was saved already, when its update comes again: what stands now; whether it was one."""
    typed = await desk.bridge.run(typed_again, chat_id=chat_id, text=text)
    if typed is None:
        return False
    try:
        shown = await _after_typing(desk, chat_id, typed)
    except Refusal as refusal:
        shown = kindly(refusal), NOTHING
    await desk.messenger.delete(chat_id, message_id)
    await desk.messenger.send(chat_id, *shown)
    return True


async def _step(desk: Desk, chat_id: int, tapped: SignalTap) -> View:
    own = {"chat_id": chat_id, "maandbeeld_id": tapped.maandbeeld_id}
    verb, _, bare = tapped.verb.partition("-")
    if verb == "keep":
        try:
            return await _after_typing(desk, chat_id, await desk.bridge.commit(keep_why, chat_id=chat_id))
        except AlreadyEnded:
            return await _kept_before(desk, chat_id, tapped)
    if verb == "bare":
        await desk.bridge.commit(respond, **own, place=tapped.number, answer=bare)
        return await _saved(desk, chat_id, tapped.maandbeeld_id)
    if verb in set(Answer):
        signal = await desk.bridge.commit(ask_why, **own, place=tapped.number, answer=verb)
        answer = Answer(verb)
        without = [] if answer is Answer.NO else [(texts.WITHOUT_WHY, f"bare-{answer}")]
        choices = [button(label, SignalTap(tapped.maandbeeld_id, each, signal.place)) for label, each in without]
        back = button(BACK, SignalTap(tapped.maandbeeld_id, "one", signal.place))
        return texts.ask_why(signal.title, answer), stacked([*choices, back])
    reacting = await desk.bridge.commit(see_reactions, **own)
    if verb == "one":
        return _one(reacting, tapped)
    if verb == "ready":
        return texts.ready(reacting, zone=desk.zone), NOTHING
    if verb == "list":
        return _overview(desk, reacting, tapped.number)
    raise NotAllowed


async def _kept_before(desk: Desk, chat_id: int, tapped: SignalTap) -> View:
    """Nothing waits: it was kept by an earlier tap, and then what stands is shown, or it is gone."""
    own = {"chat_id": chat_id, "maandbeeld_id": tapped.maandbeeld_id}
    reacting = await desk.bridge.run(see_reactions, **own, typing_goes_on=True)
    found = _found(reacting, tapped)
    if found is not None and found.reaction is not None:
        return _overview(desk, reacting, 0)
    return texts.WHY_GONE, stacked([_back(tapped.maandbeeld_id)])


async def _after_typing(desk: Desk, chat_id: int, typed: Typed) -> View:
    if typed.kept:
        return await _saved(desk, chat_id, typed.maandbeeld_id)
    again = button(texts.ADJUST, SignalTap(typed.maandbeeld_id, typed.answer, typed.place))
    keep = button(texts.NOT_SO, SignalTap(typed.maandbeeld_id, "keep", typed.place))
    choices = [again] if typed.judged.never else [again, keep]
    return texts.warned(typed.judged), stacked([*choices, _back(typed.maandbeeld_id)])


async def _saved(desk: Desk, chat_id: int, maandbeeld_id: str) -> View:
    own = {"chat_id": chat_id, "maandbeeld_id": maandbeeld_id}
    reacting = await desk.bridge.run(see_reactions, **own, typing_goes_on=True)
    text, keyboard = _overview(desk, reacting, 0)
    return texts.saved(text), keyboard


def _overview(desk: Desk, reacting: Reacting, page: int) -> View:
    if not reacting.signals:
        return texts.NOTHING_TO_REACT_TO, NOTHING
    about = reacting.maandbeeld_id
    choices = [
        (texts.label(each), SignalTap(each.maandbeeld_id, "one", each.signal.place)) for each in reacting.signals
    ]
    ready = (texts.READY, SignalTap(about, "ready", 0))
    turned = paged(choices, page, turn=lambda at: SignalTap(about, "list", at), more=texts.MORE, back=ready)
    return texts.overview(reacting, zone=desk.zone), choosing(turned)


def _one(reacting: Reacting, tapped: SignalTap) -> View:
    found = _found(reacting, tapped)
    if found is None:
        raise NewerMaandbeeld if tapped.maandbeeld_id != reacting.maandbeeld_id else NotAllowed
    choices = [
        button(label, SignalTap(found.maandbeeld_id, answer, found.signal.place))
        for answer, label in texts.ANSWERS.items()
    ]
    back = _back(reacting.maandbeeld_id, reacting.signals.index(found) // PAGE)
    return texts.one_signal(found), stacked([*choices, back])


def _found(reacting: Reacting, tapped: SignalTap) -> Answerable | None:
    about = (tapped.maandbeeld_id, tapped.number)
    return next((each for each in reacting.signals if (each.maandbeeld_id, each.signal.place) == about), None)


def _back(maandbeeld_id: str, page: int = 0) -> InlineKeyboardButton:
    return button(BACK, SignalTap(maandbeeld_id, "list", page))
