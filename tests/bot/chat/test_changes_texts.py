"""Every kind of change has a sentence, every place that writes one down gives the words it needs."""

from __future__ import annotations

import ast
from datetime import UTC, datetime
from pathlib import Path
from string import Formatter

import pytest

from bot import usecases
from bot.chat.texts.changes_nl import CHANGES, CODES, NO_SENTENCE, logbook, notice, sentence
from bot.sandbox.entities import parse_html
from bot.usecases.changes import Logged, LogPage, NoticeMessage
from tests.support.house import AMSTERDAM, ANNE, COORDINATOR, HOUR, LEAD, STRANGER

OPENERS = {"note_change", "note_people", "tell_person", "_changed", "note_and_tell"}
GIVEN_BY_NOTE_PEOPLE = {"members", "leads"}
FIXED = {"work", "deps", "area_id", "team_id", "team", "person_id", "kind"}


def words_of(template):
    """The words a template needs."""
    return {name for _, name, _, _ in Formatter().parse(template) if name}


def written_down():
    """Every call that writes a change down: file, kinds, names of the words it gives."""
    for path in sorted(Path(usecases.__path__[0]).glob("*.py")):
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in OPENERS:
                kind = next((each.value for each in node.keywords if each.arg == "kind"), None)
                words = {each.arg for each in node.keywords if each.arg} - FIXED
                if node.func.id == "note_people":
                    words |= GIVEN_BY_NOTE_PEOPLE
                yield f"{path.name}:{node.lineno}", kind, words, any(each.arg is None for each in node.keywords)


def kinds_in(kind):
    """The kinds an expression can be: a text, a choice of two, or a text with a role in it; None when passed on."""
    if isinstance(kind, ast.Constant):
        return {kind.value}
    if isinstance(kind, ast.IfExp):
        return kinds_in(kind.body) | kinds_in(kind.orelse)
    if isinstance(kind, ast.JoinedStr):
        return {
            "".join(part.value if isinstance(part, ast.Constant) else role for part in kind.values)
            for role in ("member", "lead")
        }
    return None


@pytest.mark.parametrize(
    ("where", "kind", "words", "more"), [pytest.param(*each, id=each[0]) for each in written_down()]
)
def test_what_is_written_down_can_be_told(where, kind, words, more):
    """A kind without a sentence, or without a word its sentence begins with, is seen here and not by a coordinator."""
    kinds = kinds_in(kind)
    if kinds is None:
        # Handed on: whoever calls says the kind, and those calls are looked at themselves.
        assert isinstance(kind, ast.Name), "a kind must be readable where it is written down"
        assert kind.id == "kind"
        return
    for each in kinds:
        assert each in CHANGES
        assert more or words_of(CHANGES[each].split(" | ")[0]) <= words


def test_the_calls_are_really_found():
    """Otherwise the test above proves nothing."""
    assert len(list(written_down())) >= 5


@pytest.mark.parametrize("kind", CHANGES)
def test_every_sentence_is_whole_with_and_without_its_later_words(kind):
    """No hole, no brace, and it ends as a sentence."""
    parts = CHANGES[kind].split(" | ")
    first, every = words_of(parts[0]), words_of(CHANGES[kind])
    for names in (first, every):
        text = sentence(kind, dict.fromkeys(names, "woord"), zone=AMSTERDAM)
        assert text.endswith((".", "?"))
        assert not set("{}|") & set(text)
        parse_html(text)
        assert all(len(each.split()) <= 20 for each in text.split(". "))


def test_days_moments_choices_and_numbers_become_dutch():
    """By the name of the word."""
    words = {"rhythm": "normal", "at": "2026-11-30T08:00:00+00:00"}
    assert sentence("rhythm", words, zone=AMSTERDAM) == (
        "De coördinator koos een ritme: om de week. De volgende vraag komt op maandag 30 november om 09:00 uur."
    )
    anchored = {"rhythm": "FREQ=MONTHLY;INTERVAL=1;BYDAY=3TU", "before": "1"}
    assert sentence("rhythm", anchored, zone=AMSTERDAM) == (
        "De coördinator koos een ritme: de werkdag vóór jullie overleg (elke maand op de derde dinsdag)."
    )
    eased = {"to": "FREQ=WEEKLY;INTERVAL=2;BYDAY=TH", "before": "3", "why": "fewer"}
    assert "3 werkdagen vóór jullie overleg (om de week op donderdag)" in sentence("eased", eased, zone=AMSTERDAM)
    assert sentence("paused", {}, zone=AMSTERDAM) == "De coördinator zette het ritme op pauze."
    assert sentence("paused", {"until": "2026-12-01"}, zone=AMSTERDAM).endswith("op dinsdag 1 december.")
    assert sentence("member_joined", {"members": "1"}, zone=AMSTERDAM).endswith("nu 1 lid.")
    assert sentence("member_joined", {"members": "12"}, zone=AMSTERDAM).endswith("nu 12 leden.")
    assert sentence("rhythm", {"rhythm": "de dag voor ons overleg"}, zone=AMSTERDAM).endswith("voor ons overleg.")
    assert all(set(codes) for codes in CODES.values())


def test_an_unknown_kind_and_a_nasty_name_do_no_harm():
    """A row of another version is told in general; what a team calls itself is text."""
    assert sentence("from the future", {"x": "y"}, zone=AMSTERDAM) == NO_SENTENCE
    assert sentence("topic_first", {}, zone=AMSTERDAM) == NO_SENTENCE
    nasty = "<b>Jan</b> & @evert t.me/x"
    for text in (
        sentence("merged_into", {"other": nasty}, zone=AMSTERDAM),
        notice(NoticeMessage("silence", {}, nasty), zone=AMSTERDAM),
        logbook(
            LogPage((Logged(datetime(2026, 11, 3, tzinfo=UTC), "silence", {}, nasty),), 0, more=False), zone=AMSTERDAM
        ),
    ):
        shown, entities = parse_html(text)
        assert "<b>Jan</b>" in shown.replace("\u2060", "")
        assert {each.type for each in entities} <= {"bold", "italic"}


def test_what_changed_on_one_day_stands_under_one_heading():
    """A day and a team are named once; the next day or another team has a heading of its own."""
    moments = [(3, "Noord"), (3, "Noord"), (3, "Zuid"), (2, "Zuid")]
    changes = tuple(Logged(datetime(2026, 11, day, 12, tzinfo=UTC), "silence", {}, where) for day, where in moments)
    shown, _ = parse_html(logbook(LogPage(changes, 0, more=False), zone=AMSTERDAM))
    days = [line.replace("\u2060", "") for line in shown.splitlines() if " · " in line]
    assert days == ["dinsdag 3 november · Noord", "dinsdag 3 november · Zuid", "maandag 2 november · Zuid"]
    assert shown.count("• ") == len(moments)


async def test_everybody_known_reads_the_log_and_turns_its_pages(phone):
    """/logboek, older and back; a stranger hears who the bot is."""
    for number in range(9):
        phone.house.clock.pass_(HOUR)  # changes of one moment have no order
        phone.house.invite(2000 + number)
    for chat in (ANNE, LEAD, COORDINATOR):
        await phone.send(chat, "/logboek")
        assert "Er kwam iemand bij." in phone.last(chat).text
        first = phone.last(chat).text
        await phone.tap_label(chat, "Ouder")
        assert phone.last(chat).text != first
        await phone.tap_label(chat, "‹ Terug")
        assert phone.last(chat).text == first
    await phone.send(STRANGER, "/logboek")
    assert "uitnodiging" in phone.last(STRANGER).text


async def test_a_coordinator_finds_the_log_in_the_menus_of_team_and_area(phone):
    """Two taps from the team, two from the area."""
    await phone.send(COORDINATOR, "/beheer")
    for way in (("Het gebied", "Logboek"), ("Samen in Noord", "Mensen", "Logboek")):
        for label in way:
            await phone.tap_label(COORDINATOR, label)
        assert "Er kwam" in phone.last(COORDINATOR).text
        while "Samen in Noord" not in phone.last(COORDINATOR).buttons:
            await phone.tap_label(COORDINATOR, "‹ Terug")


async def test_a_notice_is_sent_as_its_sentence(phone):
    """Through the outbox, without buttons."""
    from bot.chat.outbox import Outbox
    from bot.chat.pace import Pace
    from bot.usecases.changes import note_change, tell_change

    house = phone.house
    with house.storage.begin() as work:
        change_id = note_change(work, house.deps, area_id=house.area_id, team_id=house.team_id, kind="silence")
        tell_change(work, house.deps, change_id=change_id, person_ids=[work.people.by_chat(LEAD).id])
        work.commit()
    assert await Outbox(phone.desk, pace=Pace(1000)).drain() == 1
    assert "Drie rondes gaven geen overzicht" in phone.last(LEAD).text
    assert "Samen in Noord" in phone.last(LEAD).text
