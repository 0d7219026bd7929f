"""The sentences of the chat: short, whole and plain; and what people are called cannot become a link or markup."""

from __future__ import annotations

import html
import importlib
import inspect
import json
import pkgutil
import re
from collections import Counter
from datetime import UTC, datetime
from enum import Enum
from types import ModuleType

import pytest
from telegram import InlineKeyboardMarkup

import bot.chat.texts
from bot.chat.callback_data import LIMIT, PromptTap, decode
from bot.chat.keyboards import button, for_screen, rows, stacked, written_for_screen
from bot.chat.texts.chat_nl import PRIVACY, thin, welcome_member
from bot.chat.wording import as_text, html_of
from bot.sandbox.entities import parse_html
from dialogues.conversation.inputs import Tap
from dialogues.conversation.screens import Button, Screen
from tests.support.house import AMSTERDAM, COORDINATOR
from tests.support.shipped import shipped

LONGEST = 25
"""Words in a sentence (content-brief, B1)."""
NASTY = "<b>Jan</b> & \"co\" </i> &amp; <a href='x'>"
TAGS = {"b", "i", "u"}
MODULES = [
    importlib.import_module(f"{bot.chat.texts.__name__}.{each.name}")
    for each in pkgutil.iter_modules(bot.chat.texts.__path__)
]
SAMPLE = {"number": 10, "members": 12, "minute": 510, "floor": 5}


def made(module: ModuleType, *, filling: str = "woord", **known):
    """Every text of a module: the constants, and what its functions make of plain words; with its name."""
    for name, value in vars(module).items():
        if name.startswith("_"):
            continue
        if isinstance(value, str | dict | tuple):
            yield from constants(name, value)
        elif inspect.isfunction(value) and value.__module__ == module.__name__:
            yield from called(name, value, filling, known)


def constants(name, value):
    """The texts in a constant, however deep."""
    if isinstance(value, str) and not isinstance(value, Enum):
        yield name, value
    elif isinstance(value, dict):
        for key, each in value.items():
            yield from constants(f"{name}.{key}", each)
    elif isinstance(value, tuple):
        for place, each in enumerate(value):
            yield from constants(f"{name}.{place}", each)


def called(name, function, filling, known):
    """The function with every combination of its switches; words are filled in, known values are given."""
    parameters = inspect.signature(function).parameters
    if any(
        each not in known and str(p.annotation) not in {"str", "bool", "int", "tuple[str, ...]"}
        for each, p in parameters.items()
    ):
        return
    switches = [each for each, p in parameters.items() if str(p.annotation) == "bool"]
    for number in range(2 ** len(switches)):
        on = {each: bool(number >> place & 1) for place, each in enumerate(switches)}
        given = {
            each: known.get(
                each, on.get(each, SAMPLE.get(each, (filling,) if "tuple" in str(p.annotation) else filling))
            )
            for each, p in parameters.items()
        }
        yield f"{name}{on or ''}", function(**given)


def everything(filling="woord"):
    for module in MODULES:
        yield from told_by(module, filling)


def told_by(module, filling="woord"):
    # Some words are one of a few; which one makes no difference to these tests.
    return made(module, filling=filling, rhythm="normal", region="noord", choice="skip")


def sentences(text):
    plain = html.unescape(re.sub(r"<[^>]+>", "", text))
    lines = [line.strip("•0123456789. ") for line in plain.splitlines()]
    return [part for line in lines for part in re.split(r"(?<=[.?!])\s+", line) if part]


@pytest.mark.parametrize("module", MODULES, ids=lambda module: module.__name__.rpartition(".")[2])
def test_every_sentence_is_short_and_every_tag_is_closed(module):
    """At most 25 words a sentence; HTML that Telegram takes, and no more tags than the three we use."""
    for name, text in told_by(module):
        for sentence in sentences(text):
            assert len(sentence.split()) <= LONGEST, (name, sentence)
        parse_html(text)
        assert set(re.findall(r"</?([a-z]+)", text)) <= TAGS, name
        assert "  " not in text, name
        assert text == text.strip(), name


def test_the_average_sentence_is_shorter_still():
    """Fifteen words or fewer on average."""
    lengths = [len(sentence.split()) for _, text in everything() for sentence in sentences(text)]
    assert sum(lengths) / len(lengths) <= 15


def test_nobody_is_addressed_formally_and_nothing_is_promised_that_is_not_so():
    """Je-vorm, no "100 % anoniem", and not that nobody could ever read it (privacy part 1.17)."""
    for name, text in everything():
        assert not re.search(r"\b[Uu]w?\b", text), name
        assert not re.search(r"\b100 ?%", text), name
        assert "anoniem" not in text.lower(), name
        assert not re.search(r"\bik (kan|kon) (ze|het|je antwoord\w*) (ook )?(niet|nooit)( meer)? lezen", text), name
        assert not re.search(r"[Nn]iemand ziet of (je|jij) meedoet", text), name


def test_who_joins_reads_when_an_answer_is_opened_and_what_nobody_sees():
    """As it is: opened at the overview, and nobody sees whether somebody answers; before yes and in /privacy."""
    said = welcome_member(name="Anne", lead_label="teamleider", team="Noord", rhythm="normal")
    for text in (said, PRIVACY):
        assert "Ik open het pas bij het overzicht." in text
        assert "kan berichten technisch lezen" in text
    assert "Niemand ziet of jij antwoordt." in said


def test_names_are_shown_as_they_are_typed():
    """Markup in a name is text: what Telegram would show holds the name literally, and parses."""
    for name, text in everything(NASTY):
        shown, _ = parse_html(text)
        if "<b>" in shown or "&" in shown:
            assert NASTY.split(maxsplit=1)[0] in shown.replace("\u2060", ""), name
        assert "<a href" not in text, name


@pytest.mark.parametrize("name", ["@evert", "t.me/kwaad", "kwaad.nl", "https://kwaad.nl/x", "/stop"])
def test_a_name_of_somebody_else_is_never_a_link_or_a_mention(name):
    """What a lead calls themselves in Telegram is shown to the coordinator as plain words."""
    shown, entities = parse_html(as_text(name))
    assert entities == ()
    assert shown.replace("\u2060", "") == name
    for found in (r"@\w", r"\w\.\w", r"/\w"):
        assert not re.search(found, shown)


def test_the_day_of_a_moment_is_dutch():
    """The words for a snooze and for a close."""
    from bot.usecases.dutch_dates import day, day_and_time, month

    moment = datetime(2026, 11, 30, 8, 0, tzinfo=UTC)
    assert day_and_time(moment, zone=AMSTERDAM) == "maandag 30 november om 09:00 uur"
    assert day(moment, zone=AMSTERDAM) == "maandag 30 november"
    assert month("2026-03") == "maart 2026"


# Keyboards


def test_answers_stand_under_each_other_and_navigation_in_one_row():
    """One thumb, and whole texts."""
    buttons = (
        Button("1", Tap(1, "0")), Button("2", Tap(1, "1")),
        Button("Terug", Tap(1, "back"), navigates=True), Button("Stop", Tap(1, "stop"), navigates=True),
    )  # fmt: skip
    keyboard = for_screen(Screen(question="?", buttons=buttons), lambda tap: PromptTap("r", tap.choice))
    assert [[each.text for each in row] for row in keyboard.inline_keyboard] == [["1"], ["2"], ["Terug", "Stop"]]
    written = written_for_screen(Screen(question="?", buttons=buttons), lambda tap: PromptTap("r", tap.choice))
    assert json.loads(written) == keyboard.to_dict()
    assert (
        rows([], [button("x", PromptTap("r", "go"))], []).inline_keyboard
        == stacked([button("x", PromptTap("r", "go"))]).inline_keyboard
    )
    assert isinstance(keyboard, InlineKeyboardMarkup)


def test_a_screen_is_escaped_and_in_order():
    """Feedback, progress, question, small print; what a team calls itself is text."""
    screen = Screen(
        opening="<x>", progress="Vraag 1", question="a & b", below="klein", buttons=(Button("1", Tap(1, "0")),)
    )
    assert html_of(screen) == "<i>&lt;x&gt;</i>\n\n<i>Vraag 1</i>\n\n<b>a &amp; b</b>\n\nklein"


def shape(data):
    """What a choice of many small questions has in common with others like it; other buttons are one of a kind."""
    letter, verb, *rest = data.split(".")
    if (letter, verb) != ("b1", "pick"):
        return data
    kind, *said = rest[-1].split("-")
    return (kind, len(said), said[0][:1] if said else "")


async def test_every_button_on_every_menu_fits_and_is_read_back(phone):
    """The coordinator walks through every menu: all data is at most 64 bytes and known to this version."""
    await phone.send(COORDINATOR, "/beheer")
    seen, alike, todo = set(), Counter(), list(phone.last(COORDINATOR).buttons.values())
    while todo:
        data = todo.pop()
        if data in seen:
            continue
        seen.add(data)
        assert len(data.encode()) <= LIMIT
        assert decode(data) is not None
        if data.startswith("v1.") or alike[shape(data)] >= 3:
            continue
        alike[shape(data)] += 1
        await phone.tap(COORDINATOR, data)
        todo += phone.last(COORDINATOR).buttons.values()
    verbs = {data.split(".")[1] for data in seen if data.startswith("b1.")}
    assert verbs >= {"area", "team", "people", "link", "rhythm", "pick", "topics", "try", "as", "play"}
    titles = {each.title for each in shipped().definitions.values() if each.is_element}
    shown = {label for call in phone.telegram.shown(COORDINATOR) for label in call.buttons}
    assert titles <= shown


@pytest.mark.parametrize(
    ("title", "begins"), [("Vertrouwen", "<b>Vertrouwen</b> in "), ("Geldt dat nog?", "De vraag <b>")]
)
def test_a_title_that_is_a_question_stays_readable_in_a_sentence(title: str, begins: str) -> None:
    """Whether it is the name of a topic or a whole question."""
    assert thin(title=title, team="Samen in Noord", waiting=False).startswith(begins)
