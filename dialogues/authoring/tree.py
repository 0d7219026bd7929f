"""From YAML text to a plain tree that knows the line of each of its parts."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from yaml import CSafeLoader, MappingNode, MarkedYAMLError, Node, ScalarNode, SequenceNode

from dialogues.authoring.markers import Path
from dialogues.errors import Mistake

_DEEPEST: Final = 20
"""Content is at most eight levels deep; more is a slip, and would exhaust the stack."""
_MOST_PARTS: Final = 20_000
"""A long dialogue has some three hundred parts; references to references can grow without end."""
_WHOLE_NUMBER: Final = re.compile(r"[-+]?[0-9]{1,15}\Z")
_CONTROL: Final = re.compile(r"[\x00-\x08\x0b-\x1f]")
_UNSEEN_ENDS: Final = re.compile("[\x85\u2028\u2029]")
"""Pasted from a word processor; the parser ends a line there, and hardly any editor does."""
_ANCHOR: Final = re.compile(r"&[\w-]+")
_TAG: Final = "tag:yaml.org,2002:"


class _Reader(CSafeLoader):
    """The parser in C, which takes a twentieth of the time, with the plain kinds of YAML 1.2: there `yes` is a text."""

    yaml_implicit_resolvers: dict[str, Any] = {}  # noqa: RUF012 - the base declares it so


_Reader.add_implicit_resolver(f"{_TAG}null", re.compile(r"(~|null|Null|NULL|)\Z"), ["~", "n", "N", ""])
_Reader.add_implicit_resolver(f"{_TAG}bool", re.compile(r"(true|True|TRUE|false|False|FALSE)\Z"), list("tTfF"))
_Reader.add_implicit_resolver(f"{_TAG}int", _WHOLE_NUMBER, list("-+0123456789"))


@dataclass(frozen=True, slots=True)
class Tree:
    """A file's content: texts, whole numbers, yes/no, nothing, lists and mappings."""

    file: str
    value: Any
    lines: Mapping[Path, int]
    """The 1-based line of each part; of a key, where a part has one."""

    def known(self, path: Path) -> Path:
        """As much of the path as the file has; parts the file does not have are left out."""
        found: Path = ()
        for part in path:
            if (*found, part) in self.lines:
                found = (*found, part)
        return found

    def mistake(self, path: Path, problem: str, remedy: str) -> Mistake:
        """A mistake at this place, or at the nearest place above it that the file has."""
        return Mistake(self.file, self.lines.get(self.known(path), 0), spoken(path), problem, remedy)


def spoken(path: Path) -> str:
    """The path as an author counts: ``themes[2].label`` is the label of the second theme."""
    parts = "".join(f"[{part + 1}]" if isinstance(part, int) else f".{part}" for part in path)
    return parts.removeprefix(".")


def read_tree(file: str, text: str) -> tuple[Tree | None, list[Mistake]]:
    """Read one YAML text. Gives no tree when the text is no YAML at all; never raises."""
    text = _UNSEEN_ENDS.sub(" ", text)
    try:
        root = _Reader(text).get_single_node()
    except MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line = min(mark.line + 1, len(text.splitlines())) if mark else 0  # an end that is missing is after the last
        if mark and error.context_mark and error.problem == "second occurrence":
            anchor = _ANCHOR.search(text, mark.index)
            return None, [_twice(file, line, anchor[0] if anchor else "&", error.context_mark.line + 1)]
        return None, [_unreadable(file, line, str(error.problem or error.context or "onleesbaar"))]
    except Exception as error:  # noqa: BLE001 - whatever an author's file does to the parser, it is a message to the author
        return None, [_unreadable(file, 0, type(error).__name__)]
    if root is None:
        return None, [Mistake(file, 0, "", "het bestand is leeg", "vul het, of haal het weg")]
    growing = _Growing(file)
    value = growing.plain(root, ())
    return Tree(file, value, growing.lines), growing.mistakes


def _unreadable(file: str, line: int, why: str) -> Mistake:
    remedy = "kijk naar inspringen, dubbele punten en aanhalingstekens op deze regel en de regel erboven"
    return Mistake(file, line, "", f"dit is geen geldige YAML ({why})", remedy)


def _twice(file: str, line: int, anchor: str, before: int) -> Mistake:
    """YAML lets the later one count from there on; the parser refuses, and hardly an author means it."""
    where = "op deze regel" if before == line else f"ook op regel {before}"
    return Mistake(file, line, "", f"{anchor} staat er twee keer, {where}", "geef een van de twee een andere naam")


@dataclass(slots=True)
class _Growing:
    """A tree while it is read, with the mistakes met on the way."""

    file: str
    lines: dict[Path, int] = field(default_factory=dict)
    mistakes: list[Mistake] = field(default_factory=list)
    full: bool = False

    def plain(self, node: Node, path: Path) -> Any:
        line = self.lines.setdefault(path, node.start_mark.line + 1)
        if len(path) > _DEEPEST:
            return self._wrong(line, path, "dit zit te diep", "haal een paar lagen weg")
        if len(self.lines) > _MOST_PARTS:
            return self._too_many(line)
        if isinstance(node, ScalarNode):
            return self._scalar(node, line, path)
        if isinstance(node, SequenceNode):
            return [self.plain(item, (*path, place)) for place, item in enumerate(node.value)]
        if isinstance(node, MappingNode):
            return self._mapping(node, path)
        return self._wrong(line, path, "dit soort YAML past hier niet", "gebruik tekst, lijsten en sleutels")

    def _mapping(self, node: MappingNode, path: Path) -> dict[str, Any]:
        plain: dict[str, Any] = {}
        for key, value in node.value:
            line = key.start_mark.line + 1
            if not isinstance(key, ScalarNode) or _broken(key.value):
                self._wrong(line, path, "een sleutel moet gewone tekst zijn", "schrijf 'sleutel: waarde'")
                continue
            name = str(key.value)
            if name in plain:
                self._wrong(line, (*path, name), f"'{name}' staat hier twee keer", "haal er één weg")
                continue
            self.lines[*path, name] = line
            plain[name] = self.plain(value, (*path, name))
        return plain

    def _scalar(self, node: ScalarNode, line: int, path: Path) -> str | int | bool | None:
        text, tag = str(node.value), str(node.tag)
        if tag == f"{_TAG}null" and not node.style:
            return None
        if tag == f"{_TAG}bool":
            return text.lower() in {"true", "yes", "on", "y"}
        if tag == f"{_TAG}int" and _WHOLE_NUMBER.match(text):
            return int(text)
        if _broken(text):
            self._wrong(line, path, "hier staat een teken dat geen tekst is", "typ deze tekst opnieuw")
            return None
        return text

    def _too_many(self, line: int) -> None:
        if not self.full:
            self._wrong(line, (), "dit bestand is te groot", "gebruik minder verwijzingen met *")
        self.full = True

    def _wrong(self, line: int, path: Path, problem: str, remedy: str) -> None:
        self.mistakes.append(Mistake(self.file, line, spoken(path), problem, remedy))


def _broken(text: str) -> bool:
    """A control character: unprintable, and refused by every database."""
    return _CONTROL.search(text) is not None
