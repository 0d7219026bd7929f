"""The text a dialogue was made from, kept beside a round so that the round ends with the words it began with."""

from __future__ import annotations

import json
from pathlib import Path

from dialogues.authoring.assembling import assemble
from dialogues.authoring.reading import PHRASES, ContentFile, read_text
from dialogues.authoring.shared_spec import PhrasesSpec
from dialogues.authoring.spec import BlockSpec, ElementSpec
from dialogues.conversation.definition import Definition
from dialogues.errors import ContentErrors, Mistake


def written_down(file: ContentFile, phrases: str) -> str:
    """A dialogue's file and the shared phrases as one JSON text; the folder it came from is left out."""
    kept = {"file": file.name, "dialogue": file.text, "phrases": phrases}
    return json.dumps(kept, ensure_ascii=False, sort_keys=True)


def definition_from(source: str) -> Definition:
    """The dialogue that ``Library.source_of`` wrote down, also when it was an earlier version of this program.

    The checks for authors are not run again: a stricter check of today may not stop a round of yesterday. Raises
    ContentErrors when the text cannot be read.
    """
    name, _, phrases = _parts(source)
    written = file_of(source).spec
    shared = _read(PHRASES, phrases).spec
    if not isinstance(written, ElementSpec | BlockSpec) or not isinstance(shared, PhrasesSpec):
        raise ContentErrors((_no_dialogue(name),))
    return assemble(written, shared)


def file_of(source: str) -> ContentFile:
    """The file of the dialogue in such a text. Raises ContentErrors when it cannot be read."""
    name, dialogue, _ = _parts(source)
    return _read(name, dialogue)


def _read(name: str, text: str) -> ContentFile:
    file, wrong = read_text(Path(name), text)
    if file is None or wrong:
        raise ContentErrors(tuple(wrong))
    return file


def _parts(source: str) -> tuple[str, str, str]:
    try:
        kept = json.loads(source)
        return str(kept["file"]), str(kept["dialogue"]), str(kept["phrases"])
    except (ValueError, TypeError, KeyError) as error:
        raise ContentErrors((_no_dialogue(""),)) from error


def _no_dialogue(name: str) -> Mistake:
    return Mistake(name, 0, "", "dit is geen bewaarde dialoog", "begin de ronde opnieuw met de tekst van nu")
