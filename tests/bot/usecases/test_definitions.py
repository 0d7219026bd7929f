"""Only dialogues that belong in an envelope can be asked in a round."""

from __future__ import annotations

import pytest

from bot.usecases.definitions import NotForARound, keep_words
from dialogues.conversation.definition import Storage


def test_what_may_not_be_sealed_cannot_become_a_round(house):
    """The dialogues of newcomers and of who leaves are refused; an element is kept and found again."""
    with house.storage.begin() as work:
        for definition in house.deps.library.definitions.values():
            if definition.storage is Storage.ENVELOPE:
                assert work.texts.get(keep_words(work, house.deps, element=definition.id))
            else:
                with pytest.raises(NotForARound):
                    keep_words(work, house.deps, element=definition.id)
    refused = {each.id for each in house.deps.library.definitions.values() if each.storage is not Storage.ENVELOPE}
    assert {"newcomer", "handover"} <= refused
