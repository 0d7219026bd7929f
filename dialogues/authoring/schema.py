"""The format as a JSON Schema, for editors that offer keys and underline slips while somebody writes."""

from __future__ import annotations

from typing import Any, Final

from pydantic import TypeAdapter

from dialogues.authoring.shared_spec import FunctionsSpec, PhrasesSpec
from dialogues.authoring.spec import BlockSpec, ElementSpec

DIALECT: Final = "https://json-schema.org/draft/2020-12/schema"


def json_schema() -> dict[str, Any]:
    """One schema for every content file: an element, a dialogue with steps of its own, phrases or functions.

    It knows the shape of a file, not what the checks know: a file that fits it may still have a sentence that is too
    long.
    """
    known: TypeAdapter[Any] = TypeAdapter(ElementSpec | BlockSpec | PhrasesSpec | FunctionsSpec)
    return {"$schema": DIALECT, "title": "Een bestand met dialogen of gedeelde woorden", **known.json_schema()}
