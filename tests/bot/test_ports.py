"""Names for new things are random, short enough for a button, and safe on a command line."""

from __future__ import annotations

import secrets

from bot.ports import RandomIds


def test_an_id_never_looks_like_an_option(monkeypatch):
    """One in sixty-four random texts begins with a dash; such a one is made again."""
    made = iter(["-looks-like-an-option", "fine"])
    monkeypatch.setattr(secrets, "token_urlsafe", lambda _size: next(made))
    assert RandomIds().new() == "fine"


def test_ids_and_tokens_are_long_enough_and_differ():
    """22 characters carry 128 bits, 32 carry 192; none comes twice."""
    ids = {RandomIds().new() for _ in range(200)}
    tokens = {RandomIds().token() for _ in range(200)}
    assert {len(each) for each in ids} == {22}
    assert {len(each) for each in tokens} == {32}
    assert len(ids) == len(tokens) == 200
