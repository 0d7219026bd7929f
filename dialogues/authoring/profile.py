"""The context profile of a team: what a coordinator tells once, so that questions fit (content-brief §8).

It chooses variants of questions and never compares or judges: no form of organising is the best (DSS §5).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from types import MappingProxyType
from typing import Final

PROFILE: Final[Mapping[str, Mapping[str, tuple[str, ...]]]] = MappingProxyType(
    {
        "size": {"small": ("size:small",), "middle": ("size:middle",), "large": ("size:large",)},
        "team": {
            "youth": ("team:youth",),
            "all": ("team:0-100",),
            "none": ("team:none",),
            "transition": ("team:transition",),
        },
        "jgz": {
            "one": ("jgz:in_team", "jgz:one_organisation"),
            "in": ("jgz:in_team",),
            "out": ("jgz:not_in_team",),
        },
        "split": {"yes": ("jgz:split",), "no": ()},
        "housing": {"together": ("housing:together",), "partly": ("housing:partly",), "apart": ("housing:apart",)},
        "phase": {"new": ("phase:new",), "building": ("phase:building",), "long": ("phase:long",)},
        "change": {"yes": ("change:yes",), "no": ()},
        "turnover": {"yes": ("turnover:high",), "no": ()},
        "contact": {"yes": (), "no": ("contact:none",)},
        "talked": {"yes": (), "no": ("looking_back:none",)},
    }
)
"""Question → answer → the facts that follow from it."""
CONTACTS: Final[Mapping[str, str]] = MappingProxyType(
    {"escalation_contact": "je leidinggevende", "privacy_contact": "iemand in je eigen organisatie"}
)
"""Question that is answered with a typed role → the words as long as nobody did (DSS §3.6, §3.9)."""


def contact_in(profile: Mapping[str, str], question: str) -> str:
    """Whom people of this team can go to, as it stands in a sentence."""
    return profile.get(question, CONTACTS[question])


def facts_of(profile: Mapping[str, str]) -> frozenset[str]:
    """The facts a profile gives; questions and answers that are not (any more) known give none."""
    found: Iterable[tuple[str, ...]] = (
        PROFILE.get(question, {}).get(answer, ()) for question, answer in profile.items()
    )
    return frozenset(fact for facts in found for fact in facts)
