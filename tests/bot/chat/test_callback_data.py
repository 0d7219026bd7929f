"""What a button carries: read back exactly, at most 64 bytes, and nothing that could break the reader."""

from __future__ import annotations

from dataclasses import fields

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.chat.callback_data import KINDS, LIMIT, DialogueTap, ManageTap, PromptTap, decode, encode

word = st.text(st.characters(codec="utf-8", exclude_characters="."), max_size=12)
number = st.integers(min_value=0, max_value=10**9)


@st.composite
def references(draw):
    """A button of any kind, of which the data fits."""
    kind = draw(st.sampled_from(KINDS))
    values = {each.name: draw(number if each.type == "int" else word) for each in fields(kind)}
    return kind(**values)


@given(references())
def test_what_is_encoded_is_read_back_exactly(reference):
    """Or it is refused when it is made, never when it is tapped."""
    try:
        data = encode(reference)
    except ValueError:
        assert sum(len(str(getattr(reference, each.name)).encode()) for each in fields(reference)) > LIMIT // 2
        return
    assert len(data.encode()) <= LIMIT
    assert decode(data) == reference


@given(st.text() | st.text(st.sampled_from("dpjambvx1.0²٣-é"), max_size=20))
def test_any_text_is_a_button_or_none(data):
    """Never an error; and what is recognised is what this version would have written."""
    reference = decode(data)
    if reference is not None:
        assert encode(reference) == data


@pytest.mark.parametrize(
    "data",
    [
        "",
        ".",
        "d",
        "d1",
        "d1.r.1.0",
        "d1.r.1.0.0.0",
        "d0.r.1.0.0",
        "d2.r.1.0.0",
        "d1.r.x.0.0",
        "d1.r.-1.0.0",
        "d1.r.01.0.0",
    ],
)
def test_old_forged_and_broken_data_is_none(data):
    """Another version, too few or too many fields, and numbers written in another way."""
    assert decode(data) is None


@pytest.mark.parametrize(
    "reference", [DialogueTap("x" * 60, 1, "0", 0), PromptTap("a.b", "go"), ManageTap("é" * 31, "", "")]
)
def test_data_that_does_not_fit_is_refused_when_it_is_made(reference):
    """Too long in bytes, or with the sign that parts the fields."""
    with pytest.raises(ValueError, match="knopgegevens"):
        encode(reference)


def test_every_kind_has_a_letter_of_its_own():
    """A new kind without one would be read as another."""
    assert len({kind.letter for kind in KINDS}) == len(KINDS)
