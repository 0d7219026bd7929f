"""From what pydantic finds wrong to what an author should do about it, in Dutch."""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches
from typing import Any, Final

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from dialogues.authoring.markers import Path, find
from dialogues.authoring.tree import Tree
from dialogues.errors import Mistake

_MISSING: Final = {
    "practice": "schrijf ook de tekst voor de uitvoering, onder 'practice:'",
    "strategic": "schrijf ook de tekst voor leiding en beleid, onder 'strategic:'",
    "check_question": "schrijf de vraag die later nagaat of de stap gelukt is, onder 'check_question:'",
    "reminder": "kies welke namenherinnering hierbij hoort: 'reminder: short' of 'reminder: long'",
    "storage": "zeg wat er bewaard mag worden: 'storage: envelope', 'nothing' of 'signed'",
    "kind": "zeg wat voor stap dit is: 'kind: choice', 'multi', 'open' of 'closing'",
}
_EXPECTED: Final = {
    "string_type": ("hier hoort tekst", "zet de tekst tussen aanhalingstekens"),
    "string_too_long": ("dit is te lang", "houd het op hooguit 40 tekens"),
    "int_type": ("hier hoort een heel getal", "schrijf een getal zonder aanhalingstekens"),
    "greater_than_equal": ("dit getal is te klein", "schrijf een hoger getal"),
    "list_type": ("hier hoort een lijst", "begin elke regel met een streepje"),
    "too_short": ("deze lijst is leeg", "schrijf er minstens één regel bij"),
    "too_long": ("deze lijst is te lang", "maak er twee dialogen van"),
    "dict_type": ("hier horen sleutels met een waarde", "schrijf 'sleutel: waarde', ingesprongen onder deze regel"),
    "model_type": ("hier horen sleutels met een waarde", "schrijf 'sleutel: waarde', ingesprongen onder deze regel"),
    "union_tag_not_found": ("'kind' ontbreekt", _MISSING["kind"]),
    "union_tag_invalid": ("dit soort stap bestaat niet", _MISSING["kind"]),
}
_EXPECTED["model_attributes_type"] = _EXPECTED["model_type"]


def meant(given: str, known: Iterable[str]) -> str:
    """A remedy for a word that is not in the list: the word that was meant, or the list."""
    choices = sorted(known)
    close = get_close_matches(given, choices, n=1)
    return f"bedoel je '{close[0]}'?" if close else f"kies uit: {', '.join(choices)}"


def explain(tree: Tree, model: type[BaseModel], error: ValidationError) -> list[Mistake]:
    """Every error of one file as a mistake with its place."""
    models = {found.path: found.kind for found in find(model, tree.value) if issubclass(found.kind, BaseModel)}
    return [_explained(tree, models, details) for details in error.errors()]


def _explained(tree: Tree, models: dict[Path, Any], details: ErrorDetails) -> Mistake:
    place, last, what = tree.known(details["loc"]), details["loc"][-1] if details["loc"] else "", details["type"]
    if what == "missing":
        remedy = _MISSING.get(str(last), f"schrijf hier een regel '{last}: …' bij")
        return tree.mistake((*place, last), f"'{last}' ontbreekt", remedy)
    if what == "extra_forbidden":
        known = getattr(models.get(place[:-1]), "model_fields", ())
        return tree.mistake(place, f"'{last}' is hier geen bekende sleutel", meant(str(last), known))
    if what in {"enum", "literal_error"}:
        choices = [choice.strip("'") for choice in str(details["ctx"]["expected"]).replace(" or ", ", ").split(", ")]
        return tree.mistake(place, f"{details['input']!r} kan hier niet", meant(str(details["input"]), choices))
    if what == "string_pattern_mismatch":
        if not str(details["input"]).strip():
            return tree.mistake(place, "deze tekst is leeg", "schrijf de tekst, of haal de regel weg")
        remedy = "gebruik kleine letters, cijfers, punten en streepjes onderaan (_)"
        return tree.mistake(place, f"{details['input']!r} kan geen id of waarde zijn", remedy)
    problem, remedy = _EXPECTED.get(what, ("deze waarde past hier niet", details["msg"]))
    return tree.mistake(place, problem, remedy)
