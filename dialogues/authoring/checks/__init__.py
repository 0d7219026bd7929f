"""One author-facing check per file; a check looks at all content and gives the mistakes it finds."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Final, TypeAlias

from dialogues.authoring.checks.audiences import check_audiences
from dialogues.authoring.checks.average_sentence import check_average_sentence
from dialogues.authoring.checks.banned_words import check_banned_words
from dialogues.authoring.checks.button_data import check_button_data
from dialogues.authoring.checks.button_texts import check_button_texts
from dialogues.authoring.checks.chosen_numbers import check_chosen_numbers
from dialogues.authoring.checks.closings import check_closings
from dialogues.authoring.checks.counted_bands import check_counted_bands
from dialogues.authoring.checks.dead_ends import check_dead_ends
from dialogues.authoring.checks.double_ids import check_double_ids
from dialogues.authoring.checks.examples import check_examples
from dialogues.authoring.checks.fact_names import check_fact_names
from dialogues.authoring.checks.fewest_taps import check_fewest_taps
from dialogues.authoring.checks.first_steps import check_first_steps
from dialogues.authoring.checks.links import check_links
from dialogues.authoring.checks.minutes import check_minutes
from dialogues.authoring.checks.own_ids import check_own_ids
from dialogues.authoring.checks.persons import check_persons
from dialogues.authoring.checks.placeholder_names import check_placeholder_names
from dialogues.authoring.checks.sentence_length import check_sentence_length
from dialogues.authoring.checks.shelf import Shelf
from dialogues.authoring.checks.taps import check_taps
from dialogues.authoring.checks.theme_labels import check_theme_labels
from dialogues.authoring.checks.unreachable import check_unreachable
from dialogues.errors import Mistake

Check: TypeAlias = Callable[[Shelf], Iterator[Mistake]]

CHECKS: Final[tuple[Check, ...]] = (
    check_theme_labels,
    check_button_texts,
    check_sentence_length,
    check_placeholder_names,
    check_fact_names,
    check_links,
    check_double_ids,
    check_own_ids,
    check_counted_bands,
    check_audiences,
    check_closings,
    check_dead_ends,
    check_unreachable,
    check_taps,
    check_minutes,
    check_fewest_taps,
    check_chosen_numbers,
    check_average_sentence,
    check_banned_words,
    check_persons,
    check_button_data,
    check_examples,
    check_first_steps,
)
"""Every check that content must pass. What a file must hold at all (an audience, an action's check question, the
name reminder of an open question) is part of its shape, in ``spec.py``."""
