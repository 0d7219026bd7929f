"""Kinds of text in content files, so that a check can find all texts of one kind wherever they stand."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from types import UnionType
from typing import Annotated, Any, ClassVar, TypeAlias, Union, get_args, get_origin

from pydantic import BaseModel, GetCoreSchemaHandler, GetJsonSchemaHandler
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import CoreSchema, core_schema

from dialogues.authoring.facts import FACTS
from dialogues.authoring.placeholders import KNOWN, PLACEHOLDERS

Path: TypeAlias = tuple[str | int, ...]
"""The way to a value in a file: keys, and 0-based places in lists."""


class Marked(str):
    """Any text with a kind of its own; at least one character that can be seen."""

    __slots__ = ()

    @classmethod
    def __get_pydantic_core_schema__(cls, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        """Take a text of at least one visible character. It becomes plain text: only the model says of what kind."""
        return core_schema.str_schema(strict=True, pattern=r"\S")


class Sentence(Marked):
    """What a person reads; plain Dutch, with placeholders."""

    __slots__ = ()
    placeholders: ClassVar[frozenset[str]] = frozenset(PLACEHOLDERS)


class ButtonText(Sentence):
    """What stands on a button."""

    __slots__ = ()


class ThemeLabel(ButtonText):
    """The name of a theme: a button, and a line in a maandbeeld on a phone."""

    __slots__ = ()


class ProgressText(Sentence):
    """Tells which question this is."""

    __slots__ = ()
    placeholders = frozenset({"position", "total"})


class AtMostText(Sentence):
    """Tells how many answers may be chosen."""

    __slots__ = ()
    placeholders = frozenset({"most"})


class StillToChooseText(Sentence):
    """Tells how many answers are still to be chosen."""

    __slots__ = ()
    placeholders = frozenset({"left"})


class FoundText(Sentence):
    """Tells what the guard found in a text."""

    __slots__ = ()
    placeholders = frozenset({"found"})


class FactName(Marked):
    """A fact in a condition."""

    __slots__ = ()

    @classmethod
    def __get_pydantic_json_schema__(cls, schema: CoreSchema, handler: GetJsonSchemaHandler) -> JsonSchemaValue:
        """Let an editor offer the facts there are; a check tells about any other, with the one that was meant."""
        return {"type": "string", "enum": sorted({*FACTS, *KNOWN})}


class LinkName(Marked):
    """The id of another dialogue."""

    __slots__ = ()


class Code(Marked):
    """An id or an answer's value: goes into envelopes and code, never onto a screen."""

    __slots__ = ()

    @classmethod
    def __get_pydantic_core_schema__(cls, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        """Take small letters, digits, dots and underscores only."""
        return core_schema.str_schema(strict=True, pattern=r"^[a-z0-9][a-z0-9_.]*$", max_length=40)


@dataclass(frozen=True, slots=True)
class Found:
    """A value of a known kind in a file: a marked text, or a mapping that belongs to a model."""

    path: Path
    kind: type
    value: Any


def find(kind: Any, value: Any, path: Path = ()) -> Iterator[Found]:
    """Walk a plain tree along the types it should have; parts that do not fit are passed over.

    That way every text of a file can be checked, also when the file has mistakes elsewhere.
    """
    if isinstance(kind, type) and issubclass(kind, BaseModel):
        yield from _in_model(kind, value, path)
    elif isinstance(kind, type) and issubclass(kind, Marked):
        if isinstance(value, str) and value.strip():
            yield Found(path, kind, kind(value))
    else:
        for member, item, place in _inside(get_origin(kind), get_args(kind), value):
            yield from find(member, item, (*path, *place))


def _in_model(model: type[BaseModel], value: Any, path: Path) -> Iterator[Found]:
    if not isinstance(value, dict):
        return
    yield Found(path, model, value)
    for name, field in model.model_fields.items():
        if name in value:
            yield from find(field.annotation, value[name], (*path, name))


def _inside(origin: Any, arguments: tuple[Any, ...], value: Any) -> Iterator[tuple[Any, Any, Path]]:
    """What a generic type holds: the type of each part, the part, and the step to it."""
    if origin is Annotated:
        yield arguments[0], value, ()
    elif origin in {Union, UnionType}:
        yield from ((member, value, ()) for member in _members(arguments, value))
    elif origin is list and isinstance(value, list):
        yield from ((arguments[0], item, (place,)) for place, item in enumerate(value))
    elif origin is dict and isinstance(value, dict):
        yield from ((arguments[1], item, (key,)) for key, item in value.items())


def _members(arguments: tuple[Any, ...], value: Any) -> tuple[Any, ...]:
    """Of several models that tell themselves apart by ``kind``, only the one that the value names."""
    if not isinstance(value, dict) or "kind" not in value:
        return arguments
    return tuple(member for member in arguments if value["kind"] in _kinds(member))


def _kinds(model: Any) -> tuple[Any, ...]:
    field = getattr(model, "model_fields", {}).get("kind")
    return get_args(field.annotation) if field else ()
