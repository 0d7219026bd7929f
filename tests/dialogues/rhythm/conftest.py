"""No test here is about time: a slow machine may take as long as it needs for an example."""

from __future__ import annotations

from hypothesis import settings

settings.register_profile("unhurried", deadline=None)
settings.load_profile("unhurried")
