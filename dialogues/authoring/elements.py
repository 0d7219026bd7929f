"""The ids a dialogue may link to: every element of the report, and what stands around them."""

from __future__ import annotations

from typing import Final

ELEMENTS: Final = (
    "conditions",
    "vision",
    "trust",
    "roles",
    "leadership",
    "structures",
    "communication",
    "infosharing",
    "involvement",
    "skills",
    "process",
    "effect",
    "municipality",
    "size",
    "oneteam",
    "housing",
    "client",
)
"""The twelve elements of the literature, four that came up beside them, and the view of the family."""

LINKABLE: Final = frozenset({*ELEMENTS, "start", "closing"})
"""A link may name these even while their file has yet to be written."""
