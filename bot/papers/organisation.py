"""What only the organisation knows; what it did not tell stands in the papers as a blank that cannot be overlooked."""

from __future__ import annotations

import re
from dataclasses import dataclass, fields
from typing import Final

BLANK: Final = re.compile(r"\[vul in: [^\]]+\]")
"""How every open place looks, in each paper."""
_MARKDOWN: Final = re.compile(r"([\\`*_\[\]<>|#])")


def blank(what: str) -> str:
    """A marked open place."""
    return f"[vul in: {what}]"


def literal(text: str) -> str:
    """Text of others, so that nothing in it becomes markup, a link or a new line."""
    return _MARKDOWN.sub(r"\\\1", " ".join(text.split()))


@dataclass(frozen=True, slots=True, kw_only=True)
class Organisation:
    """The facts that no program can know, as given on the command line; '' is not given."""

    name: str = ""
    contact: str = ""
    officer: str = ""
    host: str = ""
    ground: str = ""
    council: str = ""

    def facts(self) -> dict[str, str]:
        """Every field under its Dutch name in the templates, or its blank."""
        told = {field.name: literal(getattr(self, field.name)) for field in fields(self)}
        return {dutch: told[name] or blank(what) for name, (dutch, what) in _DUTCH.items()}


_DUTCH: Final = {
    "name": ("organisatie", "naam van de verantwoordelijke organisatie"),
    "contact": ("contact", "mailadres of telefoonnummer voor vragen"),
    "officer": ("functionaris", "naam en mailadres van de functionaris gegevensbescherming"),
    "host": ("hosting", "wie de server beheert, en in welk land"),
    "ground": ("grondslag", "grondslag, nagegaan door je jurist"),
    "council": ("medezeggenschap", "naam van de ondernemingsraad of medezeggenschapsraad"),
}
"""Field → the name in the templates, and what the blank asks for."""
