"""load_library(): from folders of YAML files to a checked library, or every mistake at once."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TypeVar

from dialogues.authoring.assembling import assemble, assemble_labels
from dialogues.authoring.library import Function, Functions, Library
from dialogues.authoring.reading import FUNCTIONS, PHRASES, ContentFile, read_folder
from dialogues.authoring.shared_spec import FunctionsSpec, PhrasesSpec
from dialogues.authoring.sources import written_down
from dialogues.authoring.spec import BlockSpec, ElementSpec
from dialogues.conversation.definition import Audience, Definition
from dialogues.errors import ContentErrors, Mistake

__all__ = ["Function", "Functions", "Library", "load_library", "shipped_folder"]

Spec = TypeVar("Spec")


def shipped_folder() -> Path:
    """The folder with the dialogues that come with the product."""
    return Path(__file__).parent.parent / "content"


def load_library(*folders: Path, checking: bool = True) -> Library:
    """Load and check all content; a dialogue in a later folder replaces the one with its id in an earlier one.

    The same goes for ``phrases.yaml`` and ``functions.yaml`` as a whole. Without folders the shipped content is
    loaded. Raises ContentErrors with every mistake of every file. Without ``checking`` only what keeps a file from
    being read is a mistake: for the shipped content alone, which was checked when this version was made.
    """
    files: list[ContentFile] = []
    mistakes: list[Mistake] = []
    for folder in folders or (shipped_folder(),):
        read, wrong = read_folder(folder)
        files += read
        mistakes += wrong
    shared = _last(files, PhrasesSpec)
    functions = _last(files, FunctionsSpec)
    mistakes += [_absent(name) for name in (PHRASES, FUNCTIONS) if not any(file.name == name for file in files)]
    if checking:
        mistakes += _checked(tuple(files), shared)
    if mistakes or shared is None or functions is None:
        raise ContentErrors(tuple(sorted(set(mistakes))))
    return _library(files, shared, functions)


def _checked(files: tuple[ContentFile, ...], shared: PhrasesSpec | None) -> list[Mistake]:
    from dialogues.authoring.checks import CHECKS  # two dozen files, which a start without own content does not need
    from dialogues.authoring.checks.shelf import fill_shelf

    shelf = fill_shelf(files, shared)
    return [mistake for check in CHECKS for mistake in check(shelf)]


def _absent(name: str) -> Mistake:
    return Mistake(name, 0, "", f"er is geen {name}", f"zet {name} in een van de mappen met dialogen")


def _last(files: Sequence[ContentFile], kind: type[Spec]) -> Spec | None:
    return next((file.spec for file in reversed(files) if isinstance(file.spec, kind)), None)


def _library(files: Sequence[ContentFile], shared: PhrasesSpec, functions: FunctionsSpec) -> Library:
    written = {file.spec.id: (file, file.spec) for file in files if isinstance(file.spec, ElementSpec | BlockSpec)}
    definitions = [assemble(spec, shared) for _, spec in written.values()]
    phrases = next(file.text for file in reversed(files) if file.name == PHRASES)
    return Library(
        definitions={definition.id: definition for definition in sorted(definitions, key=_in_order)},
        labels=assemble_labels(shared.labels),
        functions=_functions(functions),
        phrases={str(name): str(text) for name, text in shared.sentences.items()},
        sources={own: written_down(file, phrases) for own, (file, _) in written.items()},
    )


def _in_order(definition: Definition) -> tuple[bool, int, str]:
    """Elements by their number; what has no plain number comes after them, by id."""
    number = definition.number
    return (not number.isdecimal(), int(number) if number.isdecimal() else 0, definition.id)


def _functions(spec: FunctionsSpec) -> Functions:
    return Functions(
        sectors={sector.code: sector.label for sector in spec.sectors},
        listed=tuple(
            Function(
                code=function.code,
                label=function.label,
                sectors=tuple(function.sectors),
                audiences=tuple(Audience) if function.audience == "both" else (Audience(function.audience),),
            )
            for function in spec.functions
        ),
    )
