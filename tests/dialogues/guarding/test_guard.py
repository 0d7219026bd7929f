"""The guard on typed texts: what it finds, what it leaves alone, and how that was measured."""

from __future__ import annotations

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from dialogues.guarding.cleaning import LONGEST_TEXT, clean, inert
from dialogues.guarding.findings import NEVER_SHARED, Kind
from dialogues.guarding.guard import MOST_TOLD, guard, may_be_waved_away
from dialogues.guarding.measuring import SENTENCES, measure
from tests.support.chance import examples

PEOPLE = ("Fatima El Amrani", "Noor", "Roos", "Bart-Jan Kok")
PLACES = ("Samen in Noord", "het buurtteam", "Voorbeeldstad")


def kinds(text: str) -> set[str]:
    return {each.kind for each in guard(clean(text), people=PEOPLE, places=PLACES)}


def test_it_is_measured_on_enough_sentences_of_both_sorts() -> None:
    """At least 120 invented sentences, about half of them clean and full of words of the work; no sentence twice."""
    content = yaml.safe_load(SENTENCES.read_text(encoding="utf-8"))
    found = [each["text"] for each in content["found"]]
    every = [*content["clean"], *found]
    assert len(every) >= 120
    assert len(set(every)) == len(every)
    assert 0.4 < len(found) / len(every) < 0.6
    assert all(len(text) <= LONGEST_TEXT for text in every)
    assert {kind for each in content["found"] for kind in each["kinds"]} == set(Kind)


def test_it_finds_most_and_warns_for_nothing_seldom() -> None:
    """The figures, printed with -s and quoted in docs/privacy.md; these marks are only there to see them worsen."""
    result = measure()
    print(f"\ngevonden {result.found}, voor niets {result.false_alarms}", *result.by_kind.items(), sep="\n")  # noqa: T201
    print("gemist:", *result.missed, "voor niets:", *result.alarmed, sep="\n  ")  # noqa: T201
    assert result.found.percent >= 85
    assert result.false_alarms.percent <= 15
    for kind in (Kind.BSN, Kind.IBAN, Kind.EMAIL, Kind.LINK, Kind.POSTCODE):
        assert result.by_kind[kind].percent == 100


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Fatima hielp ons.", Kind.NAME),
        ("Volgens roosmarijn niet, volgens Roos wel.", Kind.NAME),
        ("bart-jan zei niets.", Kind.NAME),
        ("De familie Jansens kreeg hulp.", Kind.NAME),
        ("Het nummer 111222333 klopt.", Kind.BSN),
        ("NL91 ABNA 0417 1643 00 en verder niets", Kind.IBAN),
        ("Bel 06 12345678.", Kind.PHONE),
        ("Mail a.b@c.nl.", Kind.EMAIL),
        ("Kijk op https://voorbeeld.nl/x", Kind.LINK),
        ("Vraag het aan @noor_van_hier", Kind.LINK),
        ("Geboren op 3-4-2015.", Kind.BIRTH_DATE),
        ("In de Dorpsstraat 3.", Kind.ADDRESS),
        ("Rond 1234 AB.", Kind.POSTCODE),
        ("Op OBS De Linde.", Kind.SCHOOL),
    ],
)
def test_every_kind_is_found(text: str, kind: Kind) -> None:
    """One of each, also in other spellings."""
    assert kind in kinds(text)


@pytest.mark.parametrize(
    "text",
    [
        "Samen in Noord en het buurtteam in Voorbeeldstad.",
        "Het nummer 123456789 is geen burgerservicenummer.",
        "De roos bloeit, en noord is ook een richting.",
        "Op 12 november om 14.30 uur zaten we met 8 mensen.",
        "JGZ, CJG, IB'er en Jeugdgezondheidszorg.",
        "NL00ABNA0417164300 heeft verkeerde cijfers.",
    ],
)
def test_words_of_the_work_are_left_alone(text: str) -> None:
    """Names of teams and places that the caller knows, figures without meaning, days and months."""
    assert kinds(text) == set()


def test_many_findings_do_not_crowd_out_the_one_that_counts() -> None:
    """Forty names and one telephone number: ten places are told, and the number is among them."""
    found = guard(clean("Fatima Roos Noor " * 14 + "06-12345678"), people=PEOPLE, places=PLACES)
    assert len(found) == MOST_TOLD
    assert Kind.PHONE in {each.kind for each in found}


def test_numbers_and_dates_are_never_waved_away() -> None:
    """One of these is enough, whatever stands beside it."""
    for kind in Kind:
        assert may_be_waved_away({kind}) == (kind not in NEVER_SHARED)
        assert may_be_waved_away({kind, Kind.NAME}) == (kind not in NEVER_SHARED)
    assert {Kind.BSN, Kind.IBAN, Kind.PHONE, Kind.EMAIL, Kind.LINK, Kind.BIRTH_DATE} <= NEVER_SHARED


@given(st.text(max_size=LONGEST_TEXT))
@settings(max_examples=examples(150), deadline=None)
def test_any_text_is_looked_at_without_trouble(text: str) -> None:
    """Findings lie inside the text, in order and apart; cleaning is done after once."""
    words = clean(text)
    assert clean(words) == words
    found = guard(words, people=PEOPLE, places=PLACES)
    ends = [0, *(each.end for each in found)]
    assert all(before <= each.start < each.end for before, each in zip(ends, found, strict=False))
    assert ends[-1] <= len(words)


@pytest.mark.parametrize("sign", ["\u200b", "\u200d", "\u2060", "\ufeff", "\u202e", "\u2066", "\u00ad", "\x00", "\x1b"])
def test_what_nobody_sees_is_taken_out(sign: str) -> None:
    """Zero width, direction and control: a number cannot be hidden from the guard with them either."""
    assert clean(f"Bel{sign} 0612{sign}345678") == "Bel 0612345678"
    assert Kind.PHONE in kinds(f"Bel 0612{sign}345678")


def test_lines_become_spaces_and_letters_keep_two_marks() -> None:
    """One line of text; no tower of accents over the line above."""
    assert clean("  Eén\n\ntwee\u2028drie  ") == "Eén twee drie"
    assert len(clean("e" + "\u0300" * 40)) <= 3


@pytest.mark.parametrize("text", ["@anne_x", "t.me/x", "x.nl", "https://x.nl", "/stop", "#tag", "$EUR", "a@b.nl"])
def test_an_inert_text_looks_the_same(text: str) -> None:
    """Only what nobody sees is put in."""
    assert inert(text).replace("\u2060", "") == text
    assert inert(text) != text
