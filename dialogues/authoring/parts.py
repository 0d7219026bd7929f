"""From the small things authors write (conditions, variants, buttons) to those the engine reads."""

from __future__ import annotations

from collections.abc import Iterable

from dialogues.authoring.spec import Condition, OptionSpec, ThemeSpec, Variant
from dialogues.conversation.definition import Option, Phrase, When


def when(condition: Condition) -> When:
    """The condition as the engine tests it."""
    return When(branches=frozenset(condition.branches), facts=frozenset(condition.when))


def phrases(variants: Iterable[Variant], usual: str | None = None) -> tuple[Phrase, ...]:
    """The variants in order, and the usual text last: of a choice the first that fits is shown."""
    last = () if usual is None else (Phrase(usual),)
    return (*(Phrase(variant.text, when(variant)) for variant in variants), *last)


def options(written: Iterable[OptionSpec]) -> tuple[Option, ...]:
    """The buttons of a question."""
    return tuple(Option(option.value, option.label, option.branch, when(option)) for option in written)


def theme_options(themes: Iterable[ThemeSpec]) -> tuple[Option, ...]:
    """A button for each theme."""
    return tuple(Option(theme.id, theme.label) for theme in themes)
