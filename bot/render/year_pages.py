"""A school year as A4 pages, set by Typst from the template beside this file."""

from __future__ import annotations

import json
from typing import Any, Final

from bot.render import words_nl
from bot.render.glyphs import showable
from bot.render.typesetting import count_pages, typeset
from dialogues.insight.year import YearOverview

MOST_PAGES: Final = 4
WAYS: Final = (
    {"size": 10.5, "compact": False},
    {"size": 9.5, "compact": False},
    {"size": 9.5, "compact": True},
    {"size": 8.5, "compact": True},
    {"size": 7.5, "compact": True},
)
"""Ways to set the pages, the best first; sizes in points."""


def year_pdf(overview: YearOverview) -> bytes:
    """The overview as tagged A4 pages (PDF/UA-1), four at most where that can be; equal input, equal bytes.

    A full year gets smaller type, and its months after each other in one paragraph; nothing is left out.
    """
    made = b""
    for way in WAYS:
        made = typeset("year.typ", year_data(overview), form="pdf", way=way)
        if count_pages(made) <= MOST_PAGES:
            break
    return made


def year_data(overview: YearOverview) -> dict[str, Any]:
    """What the template reads: the overview and the fixed words, as JSON values; texts stay data, never markup."""
    words = {name.lower(): text for name, text in vars(words_nl).items() if name.isupper()}
    return {"overview": showable(json.loads(overview.to_json())), "words": words}
