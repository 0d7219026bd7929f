"""Every shipped dialogue, word for word, as each audience meets it on each branch.

A change of content or of the engine shows here as a readable difference. When it is meant:
``pytest tests/transcripts --update-transcripts``, read what changed, and commit it along.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from dialogues.conversation.definition import Audience, Branch
from tests.support.shipped import shipped
from tests.transcripts.script import branches, transcript

HERE = Path(__file__).parent
LIBRARY = shipped()
ALL = [
    (definition.id, audience, branch)
    for definition in LIBRARY.definitions.values()
    for audience in definition.steps
    for branch in branches(definition, audience)
]


def _file(dialogue: str, audience: Audience, branch: Branch | None) -> Path:
    return HERE / f"{dialogue}.{audience}.{branch or 'plain'}.txt"


@pytest.mark.parametrize(("dialogue", "audience", "branch"), ALL)
def test_the_dialogue_reads_as_it_was_approved(
    dialogue: str, audience: Audience, branch: Branch | None, *, updating: bool
) -> None:
    """Taps, screens and answers are exactly those of the transcript that was read and committed."""
    file = _file(dialogue, audience, branch)
    played = transcript(LIBRARY.get(dialogue), audience=audience, branch=branch)
    if updating:
        file.write_text(played, encoding="utf-8")
    assert file.exists(), "no transcript yet: pytest tests/transcripts --update-transcripts, and read it"
    assert played == file.read_text(encoding="utf-8")


def test_no_transcript_is_left_of_what_is_no_longer_shipped(*, updating: bool) -> None:
    """Each file belongs to a dialogue, an audience and a branch that exist."""
    expected = {_file(*each) for each in ALL}
    left_over = set(HERE.glob("*.txt")) - expected
    if updating:
        for file in left_over:
            file.unlink()
        left_over = set()
    assert not left_over
