"""A whole round with answers that can be recognised: no byte of them is on the disk or in a log at any commit."""

from __future__ import annotations

import logging
from dataclasses import replace

import pytest

from bot.usecases.compose_maandbeeld import compose_due_maandbeelden
from bot.usecases.forget_me import forget_me
from bot.usecases.share_maandbeeld import share_maandbeeld
from dialogues.conversation.definition import Choice, MultiChoice
from storage.work import Work
from tests.support.house import ANNE, LEAD
from tests.support.shipped import shipped

MARK = "kanarie"
TYPED = "De vader van Kanariepiet belde zaterdag"


def marked(step):
    """The step with values that occur nowhere else; what people see stays the same."""
    if not isinstance(step, Choice | MultiChoice):
        return step
    options = tuple(replace(option, value=f"{MARK}-{step.id}-{option.value}") for option in step.options)
    return replace(step, options=options)


def marked_library():
    """The shipped dialogues, in which every value of every answer is a canary."""
    whole = shipped()
    definitions = {
        name: replace(
            each, steps={audience: tuple(marked(step) for step in steps) for audience, steps in each.steps.items()}
        )
        for name, each in whole.definitions.items()
    }
    return replace(whole, definitions=definitions)


class Watch:
    """Looks at all bytes of the house's database files after every commit."""

    def __init__(self, house):
        self.house = house
        self.commits = 0
        self.sightings = set()
        self.sealed_sizes = set()
        self.session_sizes = set()
        self.forbidden = {MARK.encode(), TYPED.encode(), b"Kanariepiet", b"zaterdag"}

    def look(self):
        for file in self.house.database.parent.iterdir():
            content = file.read_bytes()
            self.sightings |= {(file.name, each) for each in self.forbidden if each in content}
        self.sealed_sizes |= {size for (size,) in self.house.rows("SELECT length(sealed) FROM envelope")}
        self.session_sizes |= {size for (size,) in self.house.rows("SELECT length(blob) FROM dialogue_session")}


@pytest.fixture
def watched(house, monkeypatch):
    """The house with canary answers, watched at every commit."""
    house.deps = replace(house.deps, library=marked_library())
    watch = Watch(house)
    commit = Work.commit

    def watched_commit(work):
        commit(work)
        watch.commits += 1
        watch.look()

    monkeypatch.setattr(Work, "commit", watched_commit)
    return watch


def run_round(house, chats, scores):
    """Prompts, dialogues of every length with steps back and changed answers, reminders, close."""
    about = house.next_round() if house.read(lambda work: work.schedules.get(house.team_id)) else house.open_round()
    house.send()
    for place, (chat, score) in enumerate(zip(chats, scores, strict=True)):
        view = house.tap(chat, house.start(chat, about.id), score)
        for starts in ("Alle drie", "Ik schat het in", "Elkaar kennen", "Durven", "Klaar")[:place]:
            if any(button.label.startswith(starts) for button in view.screen.buttons):
                view = house.tap(chat, view, starts)
        if place % 2:
            view = house.tap(chat, view, "Terug")
        if place % 3 == 0:
            house.tap(chat, view, "Stop")
            house.answer(chat, about.id, score)
    house.clock.moment = about.remind_at
    house.send()
    return about


def test_no_answer_is_on_the_disk_at_any_commit(house, watched, loud_logs):
    """Six people, a published round, a thin round, its second chance, an erased person, a maandbeeld: no canary."""
    chats = house.members(6)
    house.stock(6)
    first = run_round(house, chats, "445521")
    house.close(first)
    watched.look()
    thin = run_round(house, chats[:4], "1234")
    house.close(thin)
    again = run_round(house, chats[3:], "554")
    forget_me(house.deps, chat_id=ANNE)
    house.close(again)
    house.maandbeeld()
    compose_due_maandbeelden(house.deps)
    record = house.read(lambda work: work.maandbeelden.latest(house.team_id))
    share_maandbeeld(house.deps, chat_id=LEAD, maandbeeld_id=record.id)
    house.send()
    watched.look()
    assert house.round(first.id).state == "published"
    assert house.round(again.id).state == "published"
    assert watched.commits > 100
    assert watched.sightings == set()
    logging.getLogger("asked").warning("the logs are watched")
    assert "the logs are watched" in loud_logs()
    assert MARK not in loud_logs()


def test_the_watch_sees_what_is_there(house, watched):
    """A canary in a row, in the clear, is seen: so seeing nothing means something."""
    house.invite(4710)
    assert watched.sightings == set()
    house.invite(4711, name=f"{MARK} in de rij")
    assert watched.sightings


def test_every_envelope_and_every_session_has_one_size(house, watched):
    """Whoever stopped after one tap and whoever went to the end cannot be told apart, in any snapshot."""
    chats = house.members(6)
    about = run_round(house, chats, "12345G")
    assert house.rows("SELECT count(*) FROM envelope WHERE round_id = ?", about.id) == [(6,)]
    assert len(watched.sealed_sizes) == len(watched.session_sizes) == 1


def test_two_snapshots_tell_no_difference_between_people(house):
    """Every tap rewrites a whole envelope: between two copies an early and a late dialogue change alike."""
    chats = house.members(6)
    about = house.open_round()

    def snapshot():
        return dict(house.rows("SELECT slot, sealed FROM envelope WHERE round_id = ?", about.id))

    short = house.tap(chats[0], house.start(chats[0], about.id), "2 ·")
    long = house.tap(chats[1], house.start(chats[1], about.id), "2 ·")
    for starts in ("Alle drie", "Elkaar kennen"):
        long = house.tap(chats[1], long, starts)
    before = snapshot()
    house.tap(chats[0], short, "Alle drie")
    house.tap(chats[1], long, "Sleutelpersonen")
    after = snapshot()
    assert before.keys() == after.keys()
    assert all(before[slot] != after[slot] for slot in before)
    assert {len(box) for box in (*before.values(), *after.values())} == {2096}
    shared = [sum(a == b for a, b in zip(before[slot], after[slot], strict=True)) for slot in before]
    assert all(count < 60 for count in shared)


async def test_a_typed_text_is_nowhere(house, phone, watched, loud_logs):
    """Typed into the open question, where nothing is asked, and too long: no disk, no log, no echo."""
    about = house.open_round()
    await phone.tap(ANNE, f"p1.{about.id}.go", message_id=7)
    await phone.tap_label(ANNE, "Geen zicht op")
    await phone.send(ANNE, TYPED)
    await phone.send(ANNE, TYPED)
    await phone.send(ANNE, TYPED * 40)
    await phone.send(9999, TYPED)
    watched.look()
    assert watched.sightings == set()
    assert "Kanariepiet" not in loud_logs()
    assert not any("Kanariepiet" in call.text for call in phone.telegram.calls)
    assert len(phone.telegram.of("deleteMessage")) == 4


async def test_nothing_of_a_dialogue_is_in_the_logs(house, phone, loud_logs, monkeypatch):
    """At DEBUG, with a use case that fails on the answer itself: no token, no text, no label, no value."""
    about = house.open_round()
    await phone.tap(ANNE, f"p1.{about.id}.go", message_id=7)

    def fail(*_arguments, **keywords):
        raise ValueError(f"{TYPED} {keywords}")

    monkeypatch.setattr("bot.chat.dialogue.answer_step", fail)
    with pytest.raises(ValueError, match="Kanariepiet"):
        await phone.tap(ANNE, f"d1.{about.id}.1.3.0", message_id=7)
    logging.getLogger("asked").warning("the logs are watched")
    printed = loud_logs()
    assert "the logs are watched" in printed
    for trace in ("Kanariepiet", "123456:abcdefghijklmnopqrst", "Grotendeels", about.id, str(ANNE)):
        assert trace not in printed
