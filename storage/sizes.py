"""How many bytes what is sealed or locked takes: one size for all of a kind, so that size tells nothing."""

from __future__ import annotations

SEALED_SIZE = 2096
"""Bytes of one sealed envelope: one size for everybody, whatever was answered."""
LOCKED_SIZE = 4136
"""Bytes of one locked session: one size for everybody, however far they are."""
SLIP_SIZE = 4144
"""Bytes of one sealed slip about participation: one size for every round, however big its team."""
POOLED_SIZE = 1248
"""Bytes of one sealed text in the pool, and of every empty box beside it."""
SLOT_SIZE = 32
"""Bytes of a slot, the name of one person's envelope in one round."""
