"""No test here is about time: a slow machine may take as long as it needs, and fewer examples keep the folder short."""

from __future__ import annotations

from hypothesis import settings

settings.register_profile("unhurried", deadline=None, max_examples=50)
settings.load_profile("unhurried")
