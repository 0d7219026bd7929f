"""Which answers are still possible beside everything that was published: a constraint model, solved by CP-SAT."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import combinations

from ortools.sat.python import cp_model

from dialogues.insight import Band
from tests.attacks.area_year import Answer, Given, Release

BANDS = tuple(Band)
LONGEST = 60.0
"""Most work for one look, in units that do not depend on the machine; about seconds on a quiet one."""


class Undecided(Exception):
    """The solver did not finish, so nothing may be claimed."""


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


def possible_bands(releases: Sequence[Release], known: Iterable[Given] = ()) -> Mapping[Answer, frozenset[Band]]:
    """For every answer the bands it can have, given all published cells and the answers that are known."""
    model = cp_model.CpModel()
    has = {
        each.answer: {band: model.new_bool_var(f"{each.answer} {band}") for band in BANDS}
        for release in releases
        for each in release.given
    }
    for choice in has.values():
        model.add_exactly_one(choice.values())
    for release in releases:
        _published(model, has, release)
    for each in known:
        if each.answer in has:
            model.add(has[each.answer][each.band] == 1)
    seen: dict[Answer, set[Band]] = {answer: set() for answer in has}
    while unseen := [(answer, band) for answer in has for band in BANDS if band not in seen[answer]]:
        new = _another(model, [(pair, has[pair[0]][pair[1]]) for pair in unseen])
        if not new:
            break
        for answer, band in new:
            seen[answer].add(band)
    return {answer: frozenset(bands) for answer, bands in seen.items()}


def _another(model: cp_model.CpModel, unseen: list) -> list[tuple[Answer, Band]]:
    """What one more solution shows that was not seen yet, as much as it finds soon; nothing when there is none.

    Raises Undecided when the solver can neither find one nor prove that there is none.
    """
    for hurried in (True, False):
        question = model.clone()
        question.add_bool_or([literal for _, literal in unseen])
        solver = cp_model.CpSolver()
        solver.parameters.num_workers = 1
        if hurried:
            question.maximize(sum(literal for _, literal in unseen))
            solver.parameters.max_deterministic_time = 0.2
        else:
            solver.parameters.max_deterministic_time = LONGEST
        status = solver.solve(question)
        if status == cp_model.INFEASIBLE:
            return []
        if status in {cp_model.OPTIMAL, cp_model.FEASIBLE}:
            return [pair for pair, literal in unseen if solver.value(literal)]
    raise Undecided(solver.status_name(status))


def _published(model: cp_model.CpModel, has: dict, release: Release) -> None:
    """Every published cell of a release as constraints on how often each band was given."""
    published = release.published
    if published.counts is not None:
        numbers = _numbers(has, release.given)
        for band, number in published.counts.items():
            model.add(numbers[band] == number)
        return
    _word(model, _numbers(has, release.given), published.band)
    for sector, band in published.sectors.items():
        _word(model, _numbers(has, [each for each in release.given if each.sector == sector]), band)


def _numbers(has: dict, given: Iterable[Given]) -> dict:
    members = list(given)
    return {band: sum(has[each.answer][band] for each in members) for band in BANDS}


def _word(model: cp_model.CpModel, numbers: dict, word: Band | None) -> None:
    """The most frequent band; or no single one."""
    if word is not None:
        for band in BANDS:
            if band is not word:
                model.add(numbers[word] >= numbers[band] + 1)
        return
    ties = []
    for one, other in combinations(BANDS, 2):
        tie = model.new_bool_var("")
        model.add(numbers[one] == numbers[other]).only_enforce_if(tie)
        for band in BANDS:
            model.add(numbers[one] >= numbers[band]).only_enforce_if(tie)
        ties.append(tie)
    model.add_bool_or(ties)
