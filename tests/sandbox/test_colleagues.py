"""Simulated colleagues: which button they choose, and that they tap by themselves."""

from __future__ import annotations

import random
from collections import Counter
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st
from telegram import InlineKeyboardButton, InlineKeyboardMarkup

from bot.sandbox.model import Button, SandboxUser, Temperament
from bot.sandbox.temperaments import NEVER, WEIGHTS, choose

if TYPE_CHECKING:
    from collections.abc import Iterable

    from telegram import Update

    from tests.sandbox.conftest import Sandbox

DILAN = 2001
SCALE = ("1 · Helemaal niet", "2 · Weinig", "3 · Wisselend", "4 · Grotendeels", "5 · Helemaal", "Geen zicht op", "Stop")
PROMPT = ("Start", "Later vandaag", "Na mijn spreekuur of les", "Volgende week")
THEMES = ("Terugkoppeling", "Korte lijnen", "Vaste contactpersoon")


def pick(
    labels: Iterable[str],
    *,
    temperament: Temperament = "mixed",
    wishes: tuple[str, ...] = (),
    seed: int = 0,
    taps_here: int = 0,
    put_off: bool = False,
) -> str | None:
    user = SandboxUser(1, "Dilan", auto=True, temperament=temperament, wishes=wishes)
    keyboard = tuple((Button(label, data=label),) for label in labels)
    chance = random.Random(seed)  # noqa: S311 - repeatable
    button = choose(user, keyboard, chance=chance, taps_here=taps_here, put_off=put_off)
    return button.text if button else None


@pytest.fixture
def cast() -> tuple[SandboxUser, ...]:
    return (SandboxUser(DILAN, "Dilan", auto=True, temperament="positive", wishes=("JGZ",), link="welkom"),)


def test_everybody_joins_and_finds_their_own_sector() -> None:
    """Joining always wins; a wish wins from chance, on the next page too."""
    assert {pick(("Liever niet", "Ik doe mee"), seed=seed) for seed in range(20)} == {"Ik doe mee"}
    sectors = ("Onderwijs", "JGZ", "Gemeente", "Meer", "Terug")
    assert {pick(sectors, wishes=("jgz",), seed=seed) for seed in range(20)} == {"JGZ"}
    assert pick(sectors, wishes=("Ergens anders",)) == "Meer"


def test_temperaments_answer_differently() -> None:
    """Over 300 questions each character has its own answers, inside the scale."""
    found = {}
    for temperament in WEIGHTS:
        answers = Counter(pick(SCALE, temperament=temperament, seed=seed) for seed in range(300))
        assert set(answers) <= set(SCALE[:6])
        found[temperament] = answers
    high = SCALE[3:5]
    assert sum(found["positive"][label] for label in high) > 150 > sum(found["critical"][label] for label in high)
    assert found["unaware"]["Geen zicht op"] > 100 > found["mixed"]["Geen zicht op"]


def test_only_busy_people_put_a_prompt_off() -> None:
    """Others start at once; the busy one ignores or postpones some, but never twice running."""
    assert {pick(PROMPT, seed=seed) for seed in range(50)} == {"Start"}
    assert {pick(PROMPT, temperament="busy", seed=seed) for seed in range(50)} == {None, "Later vandaag", "Start"}
    assert {pick(PROMPT, temperament="busy", seed=seed, put_off=True) for seed in range(50)} == {"Start"}


def test_several_choices_end_with_klaar() -> None:
    """At least one theme first, an unchosen one each time, and Klaar after three at the latest."""
    assert {pick((*THEMES, "Klaar", "Stop"), seed=seed) for seed in range(50)} == set(THEMES)
    marked = ("✓ Terugkoppeling", *THEMES[1:], "Klaar", "Stop")
    assert {pick(marked, seed=seed) for seed in range(50)} == {*THEMES[1:], "Klaar"}
    assert {pick((*THEMES, "Klaar"), seed=seed, taps_here=3) for seed in range(50)} == {"Klaar"}


def test_an_ordered_choice_is_no_scale() -> None:
    """What was chosen gets a number before it; the next one is chosen from the rest, and then it is ready."""
    rest = ["Rollen", "Leiderschap", "Informatie delen"]
    for temperament in WEIGHTS:
        for chosen in (["1 · Vertrouwen"], ["1 · Vertrouwen", "2 · Visie"]):
            assert pick([*chosen, *rest, "Stop"], temperament=temperament) in rest
        three = ["1 · Vertrouwen", "2 · Visie", "3 · Effect"]
        assert pick([*three, *rest, "Klaar", "Stop"], temperament=temperament, taps_here=3) == "Klaar"


def test_open_questions_are_skipped() -> None:
    """Where only skipping, going back and stopping are on offer, they skip."""
    assert {pick(("Sla over", "Terug", "Stop"), seed=seed) for seed in range(20)} == {"Sla over"}
    assert pick(("Terug", "Stop")) is None


@given(st.lists(st.sampled_from((*SCALE, *PROMPT, *THEMES, "Klaar", "Sla over", "Terug", "Antwoord veranderen"))))
def test_nobody_ever_stops_or_goes_back(labels: list[str]) -> None:
    """Whatever is on offer, nobody taps Stop, Terug or the like, except a busy person who postpones."""
    chosen = pick(labels)
    assert chosen is None or not NEVER.match(chosen)


async def answer(sandbox: Sandbox, update: Update) -> None:
    """A bot with one question, a choice of themes and a thank-you."""
    if update.message is not None:
        keyboard = InlineKeyboardMarkup([[InlineKeyboardButton(label, callback_data=label)] for label in SCALE])
        await update.message.reply_text("Herken je dit?", reply_markup=keyboard)
        return
    query = update.callback_query
    assert query is not None
    if query.data in SCALE:
        labels = (*THEMES, "Klaar")
        keyboard = InlineKeyboardMarkup([[InlineKeyboardButton(label, callback_data=label)] for label in labels])
        await query.edit_message_text("Waar zit het in?", reply_markup=keyboard)
    else:
        await query.edit_message_text(f"Dank je. {query.data}")


async def test_a_colleague_walks_through_a_dialogue(sandbox: Sandbox) -> None:
    """From an offered invitation to the thank-you without anybody's help, following edits of one message."""
    texts = []
    offset = None
    for _ in range(3):
        (update,) = await sandbox.bot.get_updates(offset=offset, timeout=10)
        offset = update.update_id + 1
        texts.append(update.message.text if update.message else update.callback_query.data)
        await answer(sandbox, update)
    assert texts[0] == "/start welkom"
    assert texts[1] in SCALE
    assert texts[2] in THEMES
    (message,) = [one for one in await sandbox.shown(DILAN) if one["from_bot"]]
    assert message["text"] == f"Dank je. {texts[2]}"


async def test_somebody_who_is_about_to_tap_keeps_the_sandbox_unsettled(sandbox: Sandbox) -> None:
    """From the moment a question is posted until the tap is queued, and then by the queued tap."""
    (update,) = await sandbox.bot.get_updates(timeout=10)
    await sandbox.confirm(update.update_id)
    unsettled = []
    sandbox.state.changes.listeners.append(
        lambda change: (
            unsettled.append(bool(sandbox.state.busy or sandbox.state.updates.pending))
            if change.kind in {"message", "update"}
            else None
        )
    )
    await answer(sandbox, update)
    await sandbox.until(lambda: bool(sandbox.state.updates.pending))
    assert unsettled == [True, True]


async def test_a_question_that_does_not_change_is_answered_once(sandbox: Sandbox) -> None:
    """A bot that only shows a toast, or writes something else below, is not tapped to death."""
    (update,) = await sandbox.bot.get_updates(timeout=10)
    await answer(sandbox, update)
    (tap,) = await sandbox.bot.get_updates(offset=update.update_id + 1, timeout=10)
    assert tap.callback_query is not None
    await tap.callback_query.answer("Even geduld.")
    await sandbox.bot.send_message(DILAN, "Er komt straks meer.")
    await sandbox.until(lambda: not sandbox.state.busy)
    assert await sandbox.bot.get_updates(offset=tap.update_id + 1, timeout=0) == ()
