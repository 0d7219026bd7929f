"""A lead or a coordinator enters the one figure of the month that the team keeps of its own (requirements F4, F6)."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from bot.usecases.access import lead_or_coordinator, person_of
from bot.usecases.deps import Deps
from bot.usecases.dutch_dates import day
from bot.usecases.errors import AlreadyEnded, NotAllowed, Refusal, TextTooLong
from bot.usecases.guarding import judged
from bot.usecases.naming import NameUnusable, clean_name
from dialogues.insight.maandbeeld import Maandbeeld
from dialogues.insight.own_figure import LONGEST_NAME, Figure, FigureKind, FigureUnusable, read_figure, shown, told
from storage.forms import Form
from storage.maandbeelden import MaandbeeldRecord
from storage.people import Person
from storage.team_figures import TeamFigure
from storage.teams import Team
from storage.work import Work

FORM: Final = "own_figure"
"""Kind of the form in which a figure is typed."""
SAVED: Final = "saved"
"""Where its form remembers the figure that it was saved with, in tenths."""
FORM_NAME: Final = "own_figure_name"
"""Kind of the form in which the team's own name for a figure is typed."""


class AlreadyCorrected(Refusal):
    """The figure of this month was corrected before; the next can be entered next month."""


class NoFigure(Refusal):
    """What was typed is no figure of this kind; the form stays open."""


@dataclass(frozen=True, slots=True)
class SeenFigure:
    """What a team keeps, as far as one may enter it now."""

    team_id: str
    team: str
    now: TeamFigure | None
    """What was entered this month."""
    last: TeamFigure | None
    """The newest of an earlier month."""
    maandbeeld_on: date | None
    """The day of the next maandbeeld, in which it stands; None when none is planned."""


def see_figure(deps: Deps, *, chat_id: int, team_id: str) -> SeenFigure:
    """The figure of this month and the one before. Raises NotAllowed. What was being typed is forgotten."""
    with deps.storage.begin() as work:
        person, team = lead_or_coordinator(work, chat_id=chat_id, team_id=team_id)
        _stop_typing(work, person)
        seen = _seen(work, deps, team)
        work.commit()
        return seen


def ask_figure(deps: Deps, *, chat_id: int, team_id: str, kind: str) -> FigureKind:
    """The next typed text is a figure of this kind, or the name of a new one; survives a restart.

    ``again`` is the kind and the name of the last one. Raises NotAllowed, or AlreadyCorrected.
    """
    with deps.storage.begin() as work:
        person, team = lead_or_coordinator(work, chat_id=chat_id, team_id=team_id)
        _require_room(work, deps, team.id)
        last = work.team_figures.newest(team.id)
        if kind == "again" and last is not None:
            asked, name = FigureKind(last.kind), last.name
        elif kind in set(FigureKind):
            asked, name = FigureKind(kind), ""
        else:
            raise NotAllowed
        form = FORM_NAME if asked is FigureKind.OWN and not name else FORM
        _remember(work, deps, person, form, {"team": team.id, "kind": str(asked), "name": name})
        work.commit()
        return asked


def name_figure(deps: Deps, *, chat_id: int, text: str) -> str:
    """The team's own name for a figure; the next typed text is the figure itself.

    Raises NameUnusable for one that is too long, reads as a link, or points at a person; AlreadyEnded or NotAllowed.
    """
    with deps.storage.begin() as work:
        person, form, team = _form(work, chat_id, FORM_NAME)
        try:
            found = judged(work, deps, text, team_id=team.id, person=person)
        except TextTooLong as error:
            raise NameUnusable from error
        name = clean_name(found.words)
        if found.found or len(name) > LONGEST_NAME:
            raise NameUnusable
        _remember(work, deps, person, FORM, {**form.data, "name": name})
        work.commit()
        return name


def take_figure(deps: Deps, *, chat_id: int, text: str) -> SeenFigure:
    """A typed figure, saved for this month. The second one in a month corrects the first, and is the last.

    A text that comes twice is one figure: the form remembers what was saved, and nothing else is taken then.
    Raises NoFigure, AlreadyCorrected, AlreadyEnded when none was asked, or NotAllowed.
    """
    with deps.storage.begin() as work:
        person, form, team = _form(work, chat_id, FORM)
        if SAVED in form.data:
            return _saved_before(work, deps, team, form, text)
        standing = _require_room(work, deps, team.id)
        kind = FigureKind(form.data["kind"])
        try:
            tenths = read_figure(text, kind)
        except FigureUnusable as error:
            raise NoFigure from error
        name = str(form.data["name"])
        same = standing is not None and (standing.kind, standing.name, standing.tenths) == (kind, name, tenths)
        if not same:
            work.team_figures.put(
                TeamFigure(
                    team_id=team.id,
                    month=_month(deps.today()),
                    kind=str(kind),
                    name=name,
                    tenths=tenths,
                    entered_on=deps.today(),
                    corrected=standing is not None,
                )
            )
        _remember(work, deps, person, FORM, {**form.data, SAVED: str(tenths)})
        seen = _seen(work, deps, team)
        work.commit()
        return seen


def figure_to_tell(work: Work, deps: Deps, *, team_id: str, newest: MaandbeeldRecord | None) -> Figure | None:
    """The figure for the next maandbeeld: one that was entered since the newest one, which does not tell it yet."""
    found = work.team_figures.newest(team_id)
    since = newest.composed_at.astimezone(deps.zone).date() if newest else date.min
    if found is None or found.entered_on < since:
        return None
    month_before = _month(date.fromisoformat(f"{found.month}-01") - timedelta(days=1))
    before = work.team_figures.of_month(team_id, month_before)
    same = before is not None and (before.kind, before.name) == (found.kind, found.name)
    kind = FigureKind(found.kind)
    figure = Figure(
        kind=kind,
        name=found.name,
        tenths=found.tenths,
        entered=day(found.entered_on, zone=deps.zone),
        before=shown(kind, before.tenths) if before is not None and same else "",
    )
    is_told = newest is not None and Maandbeeld.from_json(newest.body).own_figure == told(figure)
    return None if is_told else figure


def _saved_before(work: Work, deps: Deps, team: Team, form: Form, text: str) -> SeenFigure:
    """The page of a figure that is saved, for the same text once more. Raises AlreadyEnded for any other."""
    with suppress(FigureUnusable):
        if str(read_figure(text, FigureKind(form.data["kind"]))) == form.data[SAVED]:
            return _seen(work, deps, team)
    raise AlreadyEnded


def _seen(work: Work, deps: Deps, team: Team) -> SeenFigure:
    now = work.team_figures.of_month(team.id, _month(deps.today()))
    newest = work.team_figures.newest(team.id)
    schedule = work.schedules.get(team.id)
    due = schedule.maandbeeld_due_at if schedule else None
    return SeenFigure(
        team_id=team.id,
        team=team.name,
        now=now,
        last=None if now is not None else newest,
        maandbeeld_on=due.astimezone(deps.zone).date() if due else None,
    )


def _require_room(work: Work, deps: Deps, team_id: str) -> TeamFigure | None:
    """What was entered this month, if it may still be corrected."""
    standing = work.team_figures.of_month(team_id, _month(deps.today()))
    if standing is not None and standing.corrected:
        raise AlreadyCorrected
    return standing


def _remember(work: Work, deps: Deps, person: Person, kind: str, data: dict[str, str]) -> None:
    work.forms.put(Form(person_id=person.id, kind=kind, updated_on=deps.today(), data=data))


def _stop_typing(work: Work, person: Person) -> None:
    form = work.forms.get(person.id)
    if form is not None and form.kind in {FORM, FORM_NAME}:
        work.forms.drop(person.id)


def _form(work: Work, chat_id: int, kind: str) -> tuple[Person, Form, Team]:
    person = person_of(work, chat_id)
    form = work.forms.get(person.id)
    if form is None or form.kind != kind:
        raise AlreadyEnded
    _, team = lead_or_coordinator(work, chat_id=chat_id, team_id=str(form.data["team"]))
    return person, form, team


def _month(on: date) -> str:
    return on.strftime("%Y-%m")
