"""Content files as read: their tree, the shape they should have, and the spec when they have it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Final, TypeAlias

from pydantic import ValidationError

from dialogues.authoring.explaining import explain
from dialogues.authoring.markers import Found, find
from dialogues.authoring.shared_spec import FunctionsSpec, PhrasesSpec
from dialogues.authoring.spec import BlockSpec, ElementSpec
from dialogues.authoring.tree import Tree, read_tree
from dialogues.authoring.upgrades import upgraded
from dialogues.errors import Mistake

PHRASES: Final = "phrases.yaml"
FUNCTIONS: Final = "functions.yaml"
AnySpec: TypeAlias = ElementSpec | BlockSpec | PhrasesSpec | FunctionsSpec

_SHARED: Final[dict[str, type[AnySpec]]] = {PHRASES: PhrasesSpec, FUNCTIONS: FunctionsSpec}


@dataclass(frozen=True)
class ContentFile:
    """One YAML file of content."""

    folder: Path
    name: str
    text: str
    """The file as it was written, so that it can be read again later."""
    tree: Tree
    model: type[AnySpec]
    spec: AnySpec | None
    """The file as typed data; None when its shape is wrong somewhere."""

    def texts(self, kind: type) -> Iterator[Found]:
        """Every text of this kind, also in a file that has mistakes elsewhere."""
        return (found for found in self._found if issubclass(found.kind, kind))

    @cached_property
    def _found(self) -> tuple[Found, ...]:
        """Looked up once, for there is a check for nearly every kind."""
        return tuple(find(self.model, self.tree.value))


def read_folder(folder: Path) -> tuple[list[ContentFile], list[Mistake]]:
    """Read all ``*.yaml`` of a folder, in order of name, with what is wrong with their shape."""
    if not folder.is_dir():
        return [], [Mistake(str(folder), 0, "", "deze map bestaat niet", "kijk of het pad klopt")]
    files: list[ContentFile] = []
    mistakes: list[Mistake] = []
    for path in sorted(folder.glob("*.yaml")):
        file, wrong = _read_file(path)
        mistakes += wrong
        files += [file] if file else []
    return files, mistakes


def _read_file(path: Path) -> tuple[ContentFile | None, list[Mistake]]:
    name = str(Path(path.parent.name) / path.name)
    try:
        text = path.read_text(encoding="utf-8")
    except UnicodeDecodeError as error:
        line = error.object[: error.start].count(b"\n") + 1
        return None, [Mistake(name, line, "", "dit bestand is geen UTF-8", "bewaar het opnieuw als UTF-8")]
    except OSError as error:
        return None, [Mistake(name, 0, "", f"niet te lezen ({error.strerror})", "kijk naar de rechten van het bestand")]
    return read_text(path, text)


def read_text(path: Path, text: str) -> tuple[ContentFile | None, list[Mistake]]:
    """Read the text of one file, wherever it was kept; mistakes name the file and its folder."""
    tree, mistakes = read_tree(str(Path(path.parent.name) / path.name), text)
    if tree is None:
        return None, mistakes
    tree = upgraded(tree)
    model = _model(path.name, tree)
    spec: AnySpec | None = None
    try:
        spec = model.model_validate(tree.value)
    except ValidationError as error:
        mistakes += explain(tree, model, error)
    return ContentFile(path.parent, path.name, text, tree, model, spec), mistakes


def _model(name: str, tree: Tree) -> type[AnySpec]:
    if name in _SHARED:
        return _SHARED[name]
    return BlockSpec if isinstance(tree.value, dict) and "steps" in tree.value else ElementSpec


def dialogue_id(file: ContentFile) -> str | None:
    """The id a file gives itself, when it is a dialogue and has one."""
    value = file.tree.value
    if file.name in _SHARED or not isinstance(value, dict) or not isinstance(value.get("id"), str):
        return None
    return str(value["id"])
