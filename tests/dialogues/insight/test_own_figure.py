"""A team's own figure: what is a figure and what is not, and how it stands beside the experiences."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dialogues.insight import TeamFacts, compose, phrases_nl
from dialogues.insight.own_figure import BOUNDS, Figure, FigureKind, FigureUnusable, read_figure, shown, told


@pytest.mark.parametrize(
    ("typed", "kind", "read", "back"),
    [
        ("7,8", "satisfaction", 78, "7,8 op een schaal van 0 tot 10"),
        ("7.8", "satisfaction", 78, "7,8 op een schaal van 0 tot 10"),
        (" 10 ", "satisfaction", 100, "10 op een schaal van 0 tot 10"),
        ("0", "satisfaction", 0, "0 op een schaal van 0 tot 10"),
        ("62 %", "goals", 620, "62 %"),
        ("62,5", "goals", 625, "62,5 %"),
        ("14", "earlier", 140, "14"),
        ("1.250", "dropout", 12500, "1.250"),
        ("12500,5", "own", 125005, "12.500,5"),
    ],
)
def test_a_figure_is_read_as_it_is_written_in_dutch(typed, kind, read, back):
    """A comma before the decimal, points between thousands; a point works too where it can mean nothing else."""
    assert read_figure(typed, FigureKind(kind)) == read
    assert shown(FigureKind(kind), read) == back


@pytest.mark.parametrize(
    ("typed", "kind"),
    [
        ("", "satisfaction"), ("veel", "satisfaction"), ("7,85", "satisfaction"), ("10,1", "satisfaction"),
        ("-1", "satisfaction"), ("8%", "satisfaction"), ("7 8", "satisfaction"), ("101", "goals"), ("1e1", "goals"),
        ("3,5", "earlier"), ("10000", "dropout"), ("1.25", "own"), ("100.000", "own"), ("٣", "goals"), ("²", "goals"),
    ],
)  # fmt: skip
def test_what_is_no_figure_of_this_kind_is_refused(typed, kind):
    """Words, too many decimals, out of bounds, half a child, and signs that only look like digits."""
    with pytest.raises(FigureUnusable):
        read_figure(typed, FigureKind(kind))


@given(st.sampled_from(FigureKind), st.data())
def test_every_figure_that_can_be_kept_can_be_typed_as_it_is_shown(kind, data):
    """Without its unit it is read back as the same tenths."""
    step = 1 if BOUNDS[kind].decimal else 10
    tenths = data.draw(st.integers(0, BOUNDS[kind].most * 10 // step)) * step
    assert read_figure(shown(kind, tenths).removesuffix(BOUNDS[kind].unit), kind) == tenths


def test_it_stands_beside_the_experiences_with_what_it_does_not_say():
    """A plain figure, the plain one of a month before, and no arrow or word about getting better."""
    figure = Figure(
        kind=FigureKind.SATISFACTION, tenths=78, entered="dinsdag 8 december", before=shown(FigureKind.SATISFACTION, 75)
    )
    page = compose(TeamFacts(team="Noord", month="december 2026", own_figure=figure), ())
    assert page.own_figure == (
        "Tevredenheid van gezinnen: 7,8 op een schaal van 0 tot 10. "
        "Ingevuld op dinsdag 8 december. Vorige maand: 7,5 op een schaal van 0 tot 10. "
        "Dit cijfer staat naast de ervaringen. Ervaren samenwerking is geen effect bij kinderen."
    )
    assert phrases_nl.NO_EFFECT in told(Figure(kind=FigureKind.OWN, name="Koffie", tenths=20, entered="vandaag"))
    assert compose(TeamFacts(team="Noord", month="december 2026"), ()).own_figure == ""
