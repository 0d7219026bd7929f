"""Which answers are still possible beside everything that was published: a constraint model, solved by CP-SAT."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from itertools import combinations
from typing import TypeAlias

from ortools.sat.python import cp_model

from dialogues.insight import Band, counting
from tests.attacks.answer_sheets import BANDS, SIDE, Answer, Asked, Given, Options, Release, Value
from tests.attacks.sides import joined, of_side, sides_left, split_as_shown

HURRIED, LONGEST = 0.2, 60.0
"""Most work for one look, in units that do not depend on the machine; about seconds on a quiet one."""
Question: TypeAlias = str
"""The statement, a choice of one, or whether one option of several was chosen."""
Item: TypeAlias = tuple[Answer, Question]
Left: TypeAlias = Mapping[Item, frozenset[Value]]
"""What each answer can be."""
Chosen: TypeAlias = dict[tuple[Question, Value], cp_model.LinearExprT]
"""How many of some people gave this answer."""


class Undecided(Exception):
    """The solver did not finish, so nothing may be claimed."""


class Contradicted(Exception):
    """What really was answered does not fit the constraints, so they prove nothing."""


def components(releases: Iterable[Release]) -> Iterator[list[Release]]:
    """Releases that share an answer belong together; what shares nothing says nothing about each other."""
    groups: list[tuple[set[Answer], list[Release]]] = []
    for release in releases:
        answers = {each.answer for each in release.given}
        together = [group for group in groups if group[0] & answers]
        groups = [group for group in groups if not group[0] & answers]
        merged = answers.union(*(group[0] for group in together))
        groups.append((merged, [*(each for group in together for each in group[1]), release]))
    for _, group in groups:
        yield group


@dataclass(frozen=True, slots=True)
class Alike:
    """People of one sector who were counted in the same releases: in every constraint they can change places."""

    sector: str
    counted_in: tuple[bool, ...]
    people: tuple[Answer, ...]


class Puzzle:
    """All published cells of some releases as constraints on what each person answered.

    Of people who are alike one is looked at for all, and what one of them really answered is possible for each. The
    others of them are only as many as gave each answer: any such numbers can be dealt out, if nobody is asked to choose
    an option twice or more options than may be chosen.
    """

    def __init__(self, releases: Sequence[Release]) -> None:
        """Raises Contradicted when what really was answered does not fit."""
        self._releases = releases
        self._asked = releases[0].asked
        self._given = {each.answer: each for release in releases for each in release.given}
        self._truth: dict[Item, Value] = {
            (answer, what): value for answer, each in self._given.items() for what, value in each.answers(self._asked)
        }
        if _solved(self._model(self._alike(apart=self._given)).model, LONGEST) is None:
            raise Contradicted

    def given_away(self, left: Left) -> list[Item]:
        """The answers with one possibility; "nothing chosen" only of who can have been asked.

        Not that somebody answered at all, where that stands in place of a statement: the reader was given that.
        """
        asked_of = {
            each.part(option)[0]: each.asked_of for each in self._asked.questions.beside for option in each.listable
        }
        return [
            (answer, what)
            for (answer, what), values in left.items()
            if len(values) == 1
            and (what != self._asked.questions.statement or self._asked.questions.option_of)
            and (any(values) or left[answer, self._asked.questions.statement] & asked_of.get(what, frozenset()))
        ]

    def possible(self, known: Iterable[Given] = ()) -> Left:
        """What each answer of the others can be, to somebody who knows these answers too. Raises Undecided."""
        alike = self._alike(apart={each.answer for each in known})
        made = self._model(alike)
        seen = {
            (each.people[0], what): {self._truth[one, what] for one in each.people}
            for each in alike
            for what, _ in self._given[each.people[0]].answers(self._asked)
        }
        while unseen := [(item, value) for item in seen for value in made.has[item] if value not in seen[item]]:
            new = _another(made.model, [(pair, made.has[pair[0]][pair[1]]) for pair in unseen])
            if not new:
                break
            for item, value in new:
                seen[item].add(value)
        first_of = {one: each.people[0] for each in alike for one in each.people}
        return {
            (answer, what): frozenset(seen[first_of[answer], what])
            for answer, what in self._truth
            if answer in first_of
        }

    def _alike(self, *, apart: Iterable[Answer]) -> list[Alike]:
        """Everybody whose answers are not known."""
        found: dict[tuple[str, tuple[bool, ...]], list[Answer]] = {}
        for answer in self._given.keys() - set(apart):
            found.setdefault(self._place(answer), []).append(answer)
        return [Alike(*place, tuple(sorted(people))) for place, people in sorted(found.items())]

    def _place(self, answer: Answer) -> tuple[str, tuple[bool, ...]]:
        counted_in = tuple(any(one.answer == answer for one in release.given) for release in self._releases)
        return self._given[answer].sector, counted_in

    def _counted(self, given: Given) -> Chosen:
        """What somebody whose answers are known adds to every number."""
        together = [(of_side(given.side), given.band)] if self._asked.asks_side else []
        return dict.fromkeys([*given.answers(self._asked), *together], 1)

    def _model(self, alike: Sequence[Alike]) -> _Model:
        """The constraints, with the answers known of everybody who is in none of these."""
        made = _Model(self._asked)
        known = self._given.keys() - {one for each in alike for one in each.people}
        groups = [
            *((each.sector, each.counted_in, made.people(each)) for each in alike),
            *((*self._place(answer), self._counted(self._given[answer])) for answer in known),
        ]
        for number, release in enumerate(self._releases):
            made.publish(release, [(sector, chosen) for sector, counted_in, chosen in groups if counted_in[number]])
        return made


def gives_away(releases: Sequence[Release], known: Iterable[Given] = ()) -> bool:
    """Whether some answer has one possibility, to somebody who knows these answers."""
    puzzle = Puzzle(releases)
    return bool(puzzle.given_away(puzzle.possible(known)))


def _another(model: cp_model.CpModel, unseen: list) -> list[tuple[Item, Value]]:
    """What one more solution shows that was not seen yet, as much as it finds soon; nothing when there is none.

    Raises Undecided when the solver can neither find one nor prove that there is none.
    """
    question = model.clone()
    question.add_bool_or([literal for _, literal in unseen])
    hurried = question.clone()
    hurried.maximize(sum(literal for _, literal in unseen))
    for each, longest in ((hurried, HURRIED), (question, LONGEST)):
        with suppress(Undecided):
            solver = _solved(each, longest)
            return [pair for pair, literal in unseen if solver.boolean_value(literal)] if solver else []
    raise Undecided


def _solved(model: cp_model.CpModel, longest: float) -> cp_model.CpSolver | None:
    """The solver with a solution; None when there is none. Raises Undecided when it takes longer than this."""
    solver = cp_model.CpSolver()
    solver.parameters.num_workers = 1
    solver.parameters.max_deterministic_time = longest
    status = solver.solve(model)
    if status in {cp_model.OPTIMAL, cp_model.FEASIBLE}:
        return solver
    if status == cp_model.INFEASIBLE:
        return None
    raise Undecided(solver.status_name(status))


class _Model:
    """Variables and constraints, and for each answer of one of every alike people what makes it so."""

    def __init__(self, asked: Asked) -> None:
        self.model = cp_model.CpModel()
        self.has: dict[Item, dict[Value, cp_model.LiteralT]] = {}
        self._asked = asked
        self._nobody = self.model.new_constant(0)

    def people(self, alike: Alike) -> Chosen:
        """One person with every answer, and the others of the same kind as numbers."""
        first, number = alike.people[0], len(alike.people) - 1
        one, others = self._one(first), self._others(number)
        if self._asked.asks_side:
            for some, most in ((one, 1), (others, number)):
                bands = {band: some[self._asked.questions.statement, band] for band in BANDS}
                some.update(joined(self.model, alike.sector, bands, most=most))
            self.has[first, SIDE] = sides_left(self.model, one)
        return {answer: one[answer] + others[answer] for answer in one}

    def _one(self, answer: Answer) -> Chosen:
        """Everything one person can answer: one band, and beside it only what is asked in that band."""
        questions = self._asked.questions
        chosen = {band: self.model.new_bool_var("") for band in BANDS}
        self.model.add_exactly_one(chosen.values())
        self.has[answer, questions.statement] = dict(chosen)
        given: Chosen = {(questions.statement, band): literal for band, literal in chosen.items()}
        for each in questions.beside:
            options = {option: self.model.new_bool_var("") for option in each.listable}
            is_asked = sum(chosen[band] for band in each.asked_of)
            self.model.add(sum(options.values()) <= each.most * is_asked)
            self.model.add(sum(options.values()) >= each.least * is_asked)
            given |= {each.part(option): literal for option, literal in options.items()}
            if each.most == 1:
                none = self.model.new_bool_var("")
                self.model.add_exactly_one([*options.values(), none])
                self.has[answer, each.step] = {**options, None: none}
            else:
                for option, literal in options.items():
                    self.has[answer, each.part(option)[0]] = {True: literal, False: ~literal}
        return given

    def _others(self, number: int) -> Chosen:
        """What so many people can answer together."""
        questions = self._asked.questions
        given: Chosen = {(questions.statement, band): self.model.new_int_var(0, number, "") for band in BANDS}
        self.model.add(sum(given.values()) == number)
        for each in questions.beside:
            asked = sum(given[questions.statement, band] for band in each.asked_of)
            options = {each.part(option): self.model.new_int_var(0, number, "") for option in each.listable}
            for chosen in options.values():
                self.model.add(chosen <= asked)
            self.model.add(sum(options.values()) <= each.most * asked)
            self.model.add(sum(options.values()) >= each.least * asked)
            given |= options
        return given

    def publish(self, release: Release, groups: Sequence[tuple[str, Chosen]]) -> None:
        """Every published cell of a release as a constraint on how often each answer was given."""
        statement, published = release.asked.questions.statement, release.published
        numbers = {band: self._number(groups, (statement, band)) for band in BANDS}
        if published.counts is not None:
            for band, number in published.counts.items():
                self.model.add(numbers[band] == number)
        else:
            self._word(numbers, published.band)
        if release.asked.asks_side:
            split_as_shown(self.model, release, [chosen for _, chosen in groups])
        for name, band in published.sectors.items():
            here = groups if release.asked.asks_side else [group for group in groups if group[0] == name]
            what = of_side(name) if release.asked.asks_side else statement
            self._word({each: self._number(here, (what, each)) for each in BANDS}, band)
        for each in release.asked.questions.beside:
            choosers = {option: self._number(groups, each.part(option)) for option in each.listable}
            shown = {item["value"]: item["often"] for item in release.cells[each.step]["items"]}
            if not shown and published.counts and _hidden(each, published.counts, release):
                continue  # nothing is shown, whatever they chose
            if each.alone and len(shown) <= 1:
                self._only_one(choosers, next(iter(shown), None), release)
            else:
                self._list(choosers, shown, release)

    def _number(self, groups: Iterable[tuple[str, Chosen]], answer: tuple[Question, Value]) -> cp_model.LinearExprT:
        return sum((chosen.get(answer, 0) for _, chosen in groups), self._nobody)

    def _word(self, numbers: Mapping[Band, cp_model.LinearExprT], word: Band | None) -> None:
        """The most frequent band; or no single one."""
        if word is not None:
            for band in BANDS:
                if band is not word:
                    self.model.add(numbers[word] >= numbers[band] + 1)
            return
        ties = []
        for one, other in combinations(BANDS, 2):
            tie = self.model.new_bool_var("")
            self.model.add(numbers[one] == numbers[other]).only_enforce_if(tie)
            for band in BANDS:
                self.model.add(numbers[one] >= numbers[band]).only_enforce_if(tie)
            ties.append(tie)
        self.model.add_bool_or(ties)

    def _list(self, choosers: Mapping[str, cp_model.LinearExprT], shown: Mapping[str, bool], release: Release) -> None:
        """Each option by itself: every number of choosers with which the rule would have shown it so."""
        fitting: dict[bool | None, list[int]] = {}
        for number in range(len(release.given) + 1):
            fitting.setdefault(_shows(release, number), []).append(number)
        for option, chosen in choosers.items():
            domain = cp_model.Domain.from_values(fitting[shown.get(option)])
            self.model.add_linear_expression_in_domain(chosen, domain)

    def _only_one(self, choosers: Mapping[str, cp_model.LinearExprT], shown: str | None, release: Release) -> None:
        """The option that was chosen most, by enough people; or none that was."""
        most = len(release.given)
        enough = next((number for number in range(most + 1) if _shows(release, number) is not None), most + 1)
        for option, number in choosers.items():
            others = [each for other, each in choosers.items() if other != option]
            if option == shown:
                self.model.add(number >= enough)
                for other in others:
                    self.model.add(number >= other + 1)
            elif shown is None:
                ways = [self.model.new_bool_var("") for _ in range(len(others) + 1)]
                self.model.add(number <= enough - 1).only_enforce_if(ways[0])
                for way, other in zip(ways[1:], others, strict=True):
                    self.model.add(other >= number).only_enforce_if(way)
                self.model.add_bool_or(ways)


def _hidden(each: Options, counts: Mapping[Band, int], release: Release) -> bool:
    """Whether the rule shows nothing of a listing, because exact counts beside it tell how few were asked."""
    about = counting.ListingTally(dict.fromkeys(each.listable, 0), len(release.given), alone=each.alone)
    return counting.few_asked(sum(counts[band] for band in each.asked_of), about, release.asked.floor)


def _shows(release: Release, choosers: int) -> bool | None:
    """What the rule for listings does with an option that so many chose: None when it is not listed, else "vaak"."""
    listing = counting.publish_listing({"option": choosers}, len(release.given), release.asked.floor)
    return next((item.often for item in listing.items), None)
