"""Where and when somebody can be found: streets, schools and dates of birth."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from dialogues.guarding.findings import Finding, Kind

_MONTHS: Final = (
    r"(?:jan(?:uari)?|feb(?:ruari)?|mrt|maart|apr(?:il)?|mei|juni?|juli?|aug(?:ustus)?|sept?(?:ember)?"
    r"|okt(?:ober)?|nov(?:ember)?|dec(?:ember)?)\.?"
)
_DAY: Final = r"(?:0?[1-9]|[12]\d|3[01])"
_BIRTH: Final = r"(?:geboren|geb\.|geboortedatum|jarig|verjaardag)"
_DATES: Final = (
    re.compile(r"(?<!\d)(?:0?[1-9]|[12]\d|3[01])([-/.])(?:0?[1-9]|1[0-2])\1(?:19|20)?\d{2}(?!\d)"),
    re.compile(r"(?<!\d)(?:19|20)\d{2}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])(?!\d)"),
    re.compile(rf"(?<!\d){_DAY}(?:e|de|ste)? {_MONTHS} (?:(?:19|20)\d{{2}}|'\d{{2}})(?!\d)", re.IGNORECASE),
    re.compile(rf"\b{_BIRTH}\b\D{{0,20}}\d{{1,2}}(?: {_MONTHS}|[-/]\d+)", re.IGNORECASE),
    re.compile(rf"(?<!\d)\d{{1,2}} {_MONTHS} (?:is \w+ )?(?:geboren|jarig)\b", re.IGNORECASE),
)
_NAME_OF_PLACE: Final = r"(?:(?:[A-Z][\w'’.-]*|van|de|den|der|het|ter|ten) ){0,4}"
_STREETS: Final = (
    re.compile(
        rf"{_NAME_OF_PLACE}\b[A-Za-z][\w'’-]*(?:straat|laan|weg|plein|pad|dreef|singel|gracht|kade|hof|steeg|dijk|park"
        r"|plantsoen|burg|hage|horst|oord|veld|markt|wal|ring|baan) \d{1,4} ?[a-z]?\b"
        r"(?! (?:uur|weken|keer|jaar|kinderen))"
    ),
    re.compile(r"\b[A-Z][\w'’-]+(?:straat|laan|plein|dreef|singel|gracht|kade|steeg|plantsoen)\b"),
    re.compile(r"\b(?:Laan|Plein|Weg|Straat|Hof|Park|Singel) van (?:[a-z]+ )*[A-Z][\w'’-]+(?: \d{1,4} ?[a-z]?\b)?"),
    re.compile(r"\b(?:straat|laan|plein|weg) \d{1,4} ?[a-z]?\b", re.IGNORECASE),
)
_KIND_OF_SCHOOL: Final = (
    r"(?:(?:basis|voor|dalton|montessori|jenaplan|vrije|praktijk)?school|obs|cbs|rkbs|pcbs|ibs|kbs|sbo|kc|ikc|vmbo"
    r"|college|lyceum|gymnasium|kinderdagverblijf|kdv|peuterspeelzaal|bso|kindcentrum|peuteropvang|scholengemeenschap)"
)
_SCHOOLS: Final = (
    re.compile(rf"\b(?i:{_KIND_OF_SCHOOL}) (?:(?:de|het|'t|De|Het|’t) )?(?!De |Het )[A-Z][\w'’-]+"),
    re.compile(rf"\b(?i:{_KIND_OF_SCHOOL}) (?:De|Het) [A-Z][\w'’-]+"),
    re.compile(r"\b(?:[A-Z][\w'’-]+ )*[A-Z][\w'’-]*(?:school|college|lyceum)\b"),
    re.compile(r"\b[A-Z][\w'’-]+ (?:College|Lyceum|Gymnasium)\b"),
    re.compile(r"\b(?i:juf|meester|leerkracht|leerling|directeur|ib'er) (?:van|op) (?:de|het|'t) [A-Z][a-z][\w'’-]+"),
)
_NO_SCHOOL_OF_ITS_OWN: Final = frozenset(
    {
        "school", "basisschool", "voorschool", "muziekschool", "weekendschool", "zomerschool", "hogeschool",
        "praktijkschool", "vakschool", "college",
    }
)  # fmt: skip


def places(text: str) -> Iterator[Finding]:
    """Every street, school and date in a text that may point at one person or family."""
    for kind, patterns in ((Kind.BIRTH_DATE, _DATES), (Kind.ADDRESS, _STREETS), (Kind.SCHOOL, _SCHOOLS)):
        for pattern in patterns:
            for found in pattern.finditer(text):
                if kind is not Kind.SCHOOL or found[0].lower() not in _NO_SCHOOL_OF_ITS_OWN:
                    yield Finding(found.start(), found.end(), kind)
