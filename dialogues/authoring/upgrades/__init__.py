"""Content of an earlier format is read as if it was written in the newest one; one file per step up."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from types import MappingProxyType
from typing import Any, Final, TypeAlias

from dialogues.authoring.tree import Tree
from dialogues.authoring.upgrades.to_format_2 import to_format_2
from dialogues.authoring.upgrades.to_format_3 import to_format_3

Upgrade: TypeAlias = Callable[[dict[str, Any]], dict[str, Any]]
"""Takes the content of a whole file in one format, and gives it in the next."""

UPGRADES: Final[Mapping[int, Upgrade]] = MappingProxyType({1: to_format_2, 2: to_format_3})
"""By the format an upgrade starts from."""
NEWEST: Final = max(UPGRADES) + 1


def upgraded(tree: Tree) -> Tree:
    """The tree in the newest format; one of an unknown format is left as it is, for the author to be told."""
    value = tree.value
    while isinstance(value, dict) and type(value.get("format")) is int and value["format"] in UPGRADES:
        value = {**UPGRADES[value["format"]](value), "format": value["format"] + 1}
    return replace(tree, value=value)
