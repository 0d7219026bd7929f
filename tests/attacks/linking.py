"""The linking program: from copies of the files to a guess of what each person answered.

It is given the copies, the people as everybody knows them, and, as the strongest reader we can think of, what two
thirds of the people answered. From those it learns what in the files goes together with an answer: a row with a
person's id, a row at a hash of that id, the n-th row for the n-th person, or what changed in the same moment. It tries
what it learned on the second third. Only what does better there than chance is used on the last third; else it
guesses the most given answer.
"""

from __future__ import annotations

import hashlib
import random
import re
import sqlite3
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping
from contextlib import closing
from dataclasses import dataclass
from math import sqrt
from pathlib import Path
from typing import Any, Final

Signal = dict[str, frozenset[str]]
"""Person → what was seen of that person."""
Row = tuple[str, tuple[tuple[str, Any], ...]]
"""Table and columns."""
HASHES: Final[tuple[Callable[[bytes], Any], ...]] = (
    hashlib.sha256, hashlib.sha1, hashlib.md5, hashlib.sha512, hashlib.blake2b,
)  # fmt: skip
HASHED: Final = "afdruk van de persoon"
WORD: Final = re.compile(rb"[\w.+-]{1,40}")
PRINTED: Final = re.compile(rb"[\x20-\x7e]{8,}")


@dataclass(frozen=True, slots=True)
class Someone:
    """What everybody knows of a person."""

    id: str
    chat_id: int
    name: str = ""


@dataclass(frozen=True, slots=True)
class Guessed:
    """How well it went, over everybody that was not known."""

    right: int
    of: int
    base: int
    """Right by always guessing the most given answer."""
    used: tuple[str, ...]
    """The signals that did better than chance."""

    @property
    def above(self) -> float:
        """By how much the accuracy is above that of the plain guess."""
        return (self.right - self.base) / self.of

    @property
    def share(self) -> float:
        return self.right / self.of


def rows_of(database: Path) -> list[Row]:
    """Every row of a copy, table by table, in the order in which they lie there."""
    with closing(sqlite3.connect(database)) as copy:
        tables = [name for (name,) in copy.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        found: list[Row] = []
        for table in tables:
            cursor = copy.execute(f'SELECT * FROM "{table}"')  # noqa: S608 - names from the file itself
            names = [column[0] for column in cursor.description]
            found += [(table, tuple(zip(names, values, strict=True))) for values in cursor]
    return found


def signals(rows: list[Row], people: Iterable[Someone]) -> dict[str, Signal]:
    """All that one copy shows about each person."""
    known = list(people)
    return {
        "rij met de persoon": by_id(rows, known),
        HASHED: by_hash(rows, known),
        **by_order(rows, known),
    }


def by_id(rows: list[Row], people: list[Someone]) -> Signal:
    """What else stands in a row that names the person."""
    ids = {name: each.id for each in people for name in (each.id, str(each.chat_id))}
    seen: defaultdict[str, set[str]] = defaultdict(set)
    for table, columns in rows:
        for person in {ids[str(value)] for _, value in columns if str(value) in ids}:
            seen[person] |= words(table, columns, without=frozenset(ids))
    return {person: frozenset(each) for person, each in seen.items()}


def by_hash(rows: list[Row], people: list[Someone]) -> Signal:
    """What stands in a row that is found by a hash of something that everybody knows."""
    salts = {b""} | {str(value).encode() for table, columns in rows if table == "round" for _, value in columns}
    salts = {salt for salt in salts if len(salt) < 80}
    names: dict[bytes, str] = {}
    for each in people:
        for known in (each.id.encode(), str(each.chat_id).encode(), each.name.encode()):
            for salt in salts:
                for text in {known, salt + known, known + salt}:
                    names |= {make(text).digest()[:16]: each.id for make in HASHES}
    seen: defaultdict[str, set[str]] = defaultdict(set)
    for table, columns in rows:
        for _, value in columns:
            if isinstance(value, bytes) and (person := names.get(value[:16])):
                seen[person] |= words(table, columns)
    return {person: frozenset(each) for person, each in seen.items()}


def by_order(rows: list[Row], people: list[Someone]) -> dict[str, Signal]:
    """The n-th row of one table for the n-th person of another, wherever the numbers fit."""
    ids = {each.id for each in people}
    named: defaultdict[str, list[str]] = defaultdict(list)
    others: defaultdict[str, list[Row]] = defaultdict(list)
    for row in rows:
        person = next((value for _, value in row[1] if isinstance(value, str) and value in ids), None)
        if person is None:
            others[row[0]].append(row)
        elif person not in named[row[0]]:
            named[row[0]].append(person)
    found = {}
    for table, persons in named.items():
        for other, there in others.items():
            if 5 <= len(persons) <= len(there):
                tail = there[-len(persons) :]
                found[f"volgorde van {table} en {other}"] = {
                    person: words(other, row[1]) for person, row in zip(persons, tail, strict=True)
                }
    return found


def words(table: str, columns: Iterable[tuple[str, Any]], *, without: frozenset[str] = frozenset()) -> frozenset[str]:
    """What can be read in a row, by column: its values, the words in them, and how long what cannot be read is."""
    found = set()
    for name, value in columns:
        if str(value) in without:
            continue
        where = f"{table}.{name}"
        if isinstance(value, bytes):
            found.add(f"{where} {len(value)}")
            runs = PRINTED.findall(value)
            found |= {f"{where} {word.decode()}" for run in runs for word in WORD.findall(run)}
        elif value is not None:
            text = str(value).encode()
            found.add(f"{where}={text[:60]!r}")
            found |= {f"{where} {word.decode()}" for word in WORD.findall(text)}
    return frozenset(found)


def guess(seen: Mapping[str, Signal], answers: Mapping[str, str], *, chance: random.Random) -> Guessed:
    """Learn from a third, try on a third, guess the rest."""
    people = sorted(answers)
    chance.shuffle(people)
    third = len(people) // 3
    learn, trial, rest = people[:third], people[third : 2 * third], people[2 * third :]
    usual = Counter(answers[each] for each in (*learn, *trial)).most_common(1)[0][0]
    base_rate = sum(answers[each] == usual for each in trial) / len(trial)
    best: tuple[float, str, dict[str, str]] = (0.0, "", {})
    for name, signal in seen.items():
        rule = learned(signal, answers, learn)
        score = sum(told(rule, signal.get(each), usual) == answers[each] for each in trial) / len(trial)
        margin = 5 * sqrt(base_rate * (1 - base_rate) / len(trial))
        if score > base_rate + margin and score > best[0]:
            best = (score, name, rule)
    _, name, rule = best
    signal = seen.get(name, {})
    return Guessed(
        right=sum(told(rule, signal.get(each), usual) == answers[each] for each in rest),
        of=len(rest),
        base=sum(answers[each] == usual for each in rest),
        used=(name,) if name else (),
    )


def learned(signal: Signal, answers: Mapping[str, str], people: Iterable[str]) -> dict[str, str]:
    """Word → the answer it always went with, when it was seen often enough to mean something; surest first."""
    counted: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for person in people:
        for word in signal.get(person, ()):
            counted[word][answers[person]] += 1
    sure = {
        word: (each.most_common(1)[0][1] / each.total(), each.total(), each.most_common(1)[0][0])
        for word, each in counted.items()
        if each.total() >= 3
    }
    ordered = sorted((word for word in sure if sure[word][0] >= 0.9), key=lambda word: (-sure[word][0], -sure[word][1]))
    return {word: sure[word][2] for word in ordered}


def told(rule: Mapping[str, str], seen: frozenset[str] | None, usual: str) -> str:
    """What the surest word says, else the usual answer."""
    if seen:
        for word, answer in rule.items():
            if word in seen:
                return answer
    return usual


def together(snapshots: list[frozenset[Row]], people: Iterable[Someone]) -> tuple[Signal, dict[str, Row], int]:
    """What changed beside each person, over all pairs of copies; the row nearest to them; how many pairs there are.

    Of each pair it takes what is new in the later copy. Where that names one person only, the other rows are that
    person's, the more surely the fewer they are.
    """
    ids = {each.id for each in people}
    owners = {
        row: next((v for _, v in row[1] if isinstance(v, str) and v in ids), "") for row in set().union(*snapshots)
    }
    nearest: dict[str, tuple[int, list[Row]]] = {}
    pairs = 0
    for at, before in enumerate(snapshots):
        for after in snapshots[at + 1 :]:
            pairs += 1
            new = after - before
            persons = {owners[row] for row in new} - {""}
            if len(persons) != 1:
                continue
            (person,) = persons
            others = [row for row in new if not owners[row]]
            if others and len(others) <= nearest.get(person, (9, []))[0]:
                few = nearest.get(person, (9, []))[0]
                nearest[person] = (len(others), (nearest[person][1] if len(others) == few else []) + others)
    signal = {
        person: frozenset(word for row in rows for word in words(row[0], row[1]))
        for person, (_, rows) in nearest.items()
    }
    linked = {person: rows[0] for person, (_, rows) in nearest.items()}
    return signal, linked, pairs


def canaries(folder: Path, *, looked_for: Iterable[str]) -> dict[str, int]:
    """How often each canary stands in the bytes of the files below a folder."""
    contents = [file.read_bytes() for file in folder.rglob("*") if file.is_file()]
    counts = {each: sum(content.count(each.encode()) for content in contents) for each in looked_for}
    return {each: number for each, number in counts.items() if number}
