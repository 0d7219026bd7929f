"""Reading YAML into a plain tree with lines."""

from __future__ import annotations

import pytest

from dialogues.authoring.tree import read_tree
from dialogues.errors import Mistake


def test_every_part_knows_its_line() -> None:
    """Keys have the line of the key, items the line of their dash's content."""
    tree, mistakes = read_tree("x.yaml", "a: 1\nb:\n  - c: >-\n      een\n      twee\n  - d\n")
    assert mistakes == []
    assert tree is not None
    assert tree.value == {"a": 1, "b": [{"c": "een twee"}, "d"]}
    assert [tree.lines[path] for path in (("a",), ("b",), ("b", 0), ("b", 0, "c"), ("b", 1))] == [1, 2, 3, 3, 6]


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("1", 1),
        ("'1'", "1"),
        ("true", True),
        ("truely", "truely"),
        ("1 · Nooit", "1 · Nooit"),
        ("yes", "yes"),
        ("null", None),
        ("", None),
        ("1.5", "1.5"),
        ("2026-01-01", "2026-01-01"),
        ("0x10", "0x10"),
        ("123456789012345678901234567890", "123456789012345678901234567890"),
    ],
)
def test_only_plain_kinds_are_converted(written, value) -> None:
    """Figures, true and nothing are themselves; whatever else stays the text an author typed."""
    tree, mistakes = read_tree("x.yaml", f"a: {written}")
    assert mistakes == []
    assert tree is not None
    assert tree.value == {"a": value}
    assert type(tree.value["a"]) is type(value)


def test_a_shared_part_may_be_referred_to() -> None:
    """One scale written once may serve several steps."""
    tree, mistakes = read_tree("x.yaml", "a: &s [1, 2]\nb: *s\n")
    assert mistakes == []
    assert tree is not None
    assert tree.value == {"a": [1, 2], "b": [1, 2]}


def test_a_reference_to_itself_is_a_mistake() -> None:
    """A list that holds itself has no end; it is told instead of followed."""
    _, mistakes = read_tree("x.yaml", "a: &s\n  - *s\n")
    assert [mistake.problem for mistake in mistakes] == ["dit zit te diep"]


def test_references_that_multiply_are_a_mistake() -> None:
    """Ten references to ten references and so on would fill the memory; reading stops in time."""
    rows = ["a0: &a0 [x, x, x, x, x, x, x, x, x, x]"]
    rows += [f"a{level}: &a{level} [{', '.join([f'*a{level - 1}'] * 10)}]" for level in range(1, 9)]
    _, mistakes = read_tree("x.yaml", "\n".join(rows))
    assert [mistake.problem for mistake in mistakes] == ["dit bestand is te groot"]


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ('a: "\\ud800"', "dit is geen geldige YAML"),
        ('a: "\\a"', "hier staat een teken dat geen tekst is"),
        ("? [a]\n: b", "een sleutel moet gewone tekst zijn"),
        ("a: 1\na: 2", "'a' staat hier twee keer"),
        ("a: [1", "dit is geen geldige YAML"),
        ("a: 1\n---\nb: 2", "dit is geen geldige YAML"),
        ("[" * 2000, "dit is geen geldige YAML"),
    ],
)
def test_odd_yaml_is_told_with_its_line(text, problem) -> None:
    """What YAML allows but content has no use for is a mistake with a remedy."""
    _, mistakes = read_tree("x.yaml", text)
    assert any(mistake.problem.startswith(problem) and mistake.remedy for mistake in mistakes)


@pytest.mark.parametrize("sign", ["\u2028", "\u2029", "\x85"])
def test_a_line_that_ends_where_nobody_sees_it_does_not_end(sign) -> None:
    """Such a sign comes along from a word processor; it is a space, also in quotes, and counts no line."""
    tree, mistakes = read_tree("x.yaml", f"a: een{sign}twee\nb: 'drie{sign}vier'\nc: |\n  vijf{sign}zes\nd: 1\n")
    assert mistakes == []
    assert tree is not None
    assert tree.value == {"a": "een twee", "b": "drie vier", "c": "vijf zes\n", "d": 1}
    assert [tree.lines[path,] for path in "abcd"] == [1, 2, 3, 5]
    _, (mistake,) = read_tree("x.yaml", f"a: 'een{sign}twee'\nb: ]\nc: 1\n")
    assert mistake.line == 2


@pytest.mark.parametrize(
    ("text", "line", "problem"),
    [
        ("x: &t [a]\n\ny: &t [b]\n", 3, "&t staat er twee keer, ook op regel 1"),
        ("é: &l-1 a\nb:\n  - c\n  - !!str &l-1 d\n", 4, "&l-1 staat er twee keer, ook op regel 1"),
        ("\ufeffx: [&u a, &t b, &t c, &v d]\n", 1, "&t staat er twee keer, op deze regel"),
    ],
)
def test_a_name_that_is_given_twice_is_told(text, line, problem) -> None:
    """Which name, and both lines: the parser says no more than that there are two."""
    assert read_tree("x.yaml", text) == (
        None,
        [Mistake("x.yaml", line, "", problem, "geef een van de twee een andere naam")],
    )


@pytest.mark.parametrize("text", ["a: 1\nb: [1", "a: 1\nb: [1\n", "a: 1\nb: 'x\n\n"])
def test_an_end_that_is_missing_is_told_at_a_line_that_exists(text) -> None:
    """A bracket or quote that stays open is noticed after the last line; an author looks there, not beyond it."""
    _, (mistake,) = read_tree("x.yaml", text)
    assert 2 <= mistake.line <= len(text.splitlines())
