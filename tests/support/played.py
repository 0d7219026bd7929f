"""What many tests begin with, played once per process: each of them gets a copy of the house as it was afterwards."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest

from tests.support.house import House, copied


@dataclass(frozen=True, slots=True)
class _Played:
    """A house after what was played in it, closed up, and what came out."""

    house: House
    gave: Any


def played_once(play: Callable[..., Any]) -> Any:
    """Make a fixture of moves in a house, and of what they give, which nobody may change.

    The moves get the house, and what other fixtures gave that they name after it. They are made in a house apart, at
    the first test that wants them. The house of a test becomes like that one; nothing else may have been done in it,
    so name the fixture before others that do something.
    """
    name = play.__name__
    _, *before = inspect.signature(play).parameters
    known: dict[int, _Played] = {}

    @pytest.fixture(name=name)
    def fixture(house: House, request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Any:
        given = [request.getfixturevalue(each) for each in before]
        model = house.model
        assert model is not None, f"{name} is played in copies of a house"
        assert house.is_untouched, f"something was done in this house before {name}"
        if id(model) not in known:
            apart = copied(model, tmp_path_factory.mktemp(name))
            gave = play(apart, *given)
            apart.close_up()
            known[id(model)] = _Played(apart, gave)
        played = known[id(model)]
        house.become(played.house)
        return house if played.gave is played.house else played.gave

    return fixture
