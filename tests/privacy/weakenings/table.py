"""All weakenings, and the table of them in tests/privacy/README.md."""

from __future__ import annotations

from itertools import groupby
from pathlib import PurePath
from typing import Final

from tests.privacy.weakenings.doors import DOORS
from tests.privacy.weakenings.envelopes import ENVELOPES_AND_KEYS
from tests.privacy.weakenings.publishing import PUBLISHING
from tests.privacy.weakenings.rights import OWN_RIGHTS
from tests.privacy.weakenings.rounds import ROUNDS
from tests.privacy.weakenings.terms import TERMS
from tests.privacy.weakenings.texts import TEXTS
from tests.privacy.weakenings.weakening import ROOT, Weakening

WEAKENINGS: Final[tuple[Weakening, ...]] = (
    *ENVELOPES_AND_KEYS,
    *PUBLISHING,
    *ROUNDS,
    *TEXTS,
    *OWN_RIGHTS,
    *TERMS,
    *DOORS,
)
DOCUMENT: Final = ROOT / "tests" / "privacy" / "README.md"
BEGIN: Final = "<!-- begin -->\n"
END: Final = "<!-- einde -->\n"
_HEAD: Final = "| regel | wat beloofd is | keer gebroken | in | gezien door |\n|---|---|---|---|---|\n"


def rows() -> str:
    """One row per rule of the design, or per right or door: what was promised, where it was broken and who saw it."""
    ordered = sorted(WEAKENINGS, key=_place)
    return _HEAD + "".join(_row(list(group)) for _, group in groupby(ordered, key=lambda each: chapter(each.rule)))


def chapter(rule: str) -> str:
    """The number of the rule in the design, or the word before its colon."""
    word = rule.split(" ", 1)[0]
    return word if word.isdigit() else rule.partition(":")[0]


def with_rows(text: str) -> str:
    """The document with the table as it is now. Raises ValueError when it has no place for one."""
    before, _, rest = text.partition(BEGIN)
    _, found, after = rest.partition(END)
    if not found:
        raise ValueError(f"{DOCUMENT.name} has no place for the table")
    return f"{before}{BEGIN}{rows()}{END}{after}"


def _place(each: Weakening) -> tuple[int, str]:
    word = chapter(each.rule)
    return (int(word), "") if word.isdigit() else (len(WEAKENINGS), word)


def _row(group: list[Weakening]) -> str:
    name = chapter(group[0].rule)
    promises = dict.fromkeys(each.rule.removeprefix(name).lstrip(": ") or name for each in group)
    files = dict.fromkeys(f"`{PurePath(each.file).name}`" for each in group)
    tests = dict.fromkeys(f"`{PurePath(each.test.partition('::')[0]).name}`" for each in group)
    return f"| {name} | {'; '.join(promises)} | {len(group)} | {', '.join(files)} | {', '.join(tests)} |\n"
