"""Every use case, tried by everybody: who may, and that a refusal changes nothing."""

from __future__ import annotations

import inspect
import pkgutil
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from importlib import import_module
from typing import Any

import pytest

from bot import usecases
from bot.chat.texts.days_nl import HAPPENINGS
from bot.usecases.agree_action import agree_action, ask_step, decide_action, see_steps, take_step
from bot.usecases.answer_step import answer_step, take_text
from bot.usecases.be_away import come_back, go_away, go_away_until_typed, return_days
from bot.usecases.changes import area_log, my_log, team_log
from bot.usecases.choose_publication import choose_publication, see_publication
from bot.usecases.closed_days import choose_school_region, close_days, open_days_again
from bot.usecases.deps import Deps
from bot.usecases.describe_member import ask_again, describe_member, next_question
from bot.usecases.enter_figure import ask_figure, name_figure, see_figure, take_figure
from bot.usecases.erase_answer import asked_rounds, erase_answer
from bot.usecases.errors import NotAllowed, Refusal
from bot.usecases.fill_form import open_form
from bot.usecases.free_topic import start_free_topic
from bot.usecases.invite import invite_colleague, invite_each, invite_to_team
from bot.usecases.leave_team import (
    leave_myself,
    my_places,
    remove_now,
    set_last_day,
    stay_myself,
    take_back_leaving,
)
from bot.usecases.make_area import make_area, remove_area, see_area
from bot.usecases.make_team import make_team, standing_team
from bot.usecases.merge_teams import look_at_merging, merge_choices, merge_teams
from bot.usecases.move_dialogue import move_dialogue
from bot.usecases.move_member import move_member
from bot.usecases.offer_aside import offer_aside
from bot.usecases.open_invitations import (
    open_invitation,
    open_invitations,
    renew_invitation,
    revoke_all,
    revoke_invitation,
)
from bot.usecases.pass_on_handover import drop_handover, pass_on_handover
from bot.usecases.pause_schedule import pause, pause_until_typed, restart, return_dates, stop
from bot.usecases.play_aside import play_aside
from bot.usecases.preview_dialogue import resume_preview, start_preview
from bot.usecases.raise_floor import raise_floor, see_floor
from bot.usecases.remove_team import remove_team, team_can_go
from bot.usecases.rename import rename_area, rename_team, rename_wijkteam
from bot.usecases.replace_lead import remove_coordinator, remove_lead
from bot.usecases.respond import ask_why, keep_why, respond, take_why
from bot.usecases.sample_prompt import sample_prompt
from bot.usecases.see_agenda import agenda_file, see_agenda
from bot.usecases.see_ahead import see_ahead, see_area_ahead
from bot.usecases.see_area_overview import see_area_overview, see_two_worlds
from bot.usecases.see_cycle import led_teams, see_area_cycles, see_own_cycle, see_team_cycle, team_of_maandbeeld
from bot.usecases.see_days import area_days, team_days
from bot.usecases.see_own_data import own_data
from bot.usecases.see_participation import see_participation
from bot.usecases.see_people import area_people, one_of_team, team_people
from bot.usecases.see_reactions import see_reactions
from bot.usecases.see_team import my_areas, require_area, require_team, see_team
from bot.usecases.see_team_period import see_team_period
from bot.usecases.see_topics import see_topics
from bot.usecases.see_year import see_area_year, see_team_year, years_of_area, years_of_team
from bot.usecases.set_contact import read_role, set_contact
from bot.usecases.set_own_quiet import clear_quiet, own_times, set_quiet_part, use_usual_week
from bot.usecases.set_profile import set_profile, team_profile
from bot.usecases.set_schedule import (
    set_meeting,
    set_own_rhythm,
    set_reminder,
    set_reminder_time,
    set_rhythm,
    set_school_holidays,
    set_way,
    set_window,
)
from bot.usecases.set_team_quiet import set_team_quiet, team_quiet
from bot.usecases.set_topics import bring_back, put_first, set_aside
from bot.usecases.share_maandbeeld import open_maandbeeld, share_maandbeeld
from bot.usecases.snooze import snooze
from bot.usecases.start_dialogue import start_dialogue, unanswered_round
from bot.usecases.tell_talked import days_to_tell, tell_talked
from bot.usecases.write_handover import answer_handover, change_handover, start_handover
from dialogues.conversation.inputs import Tap
from dialogues.insight import TeamFacts, compose
from dialogues.insight.maandbeeld import ElementView, Step
from dialogues.rhythm.snooze import Snooze
from tests.support.house import (
    ANNE,
    BRAM,
    COORDINATOR,
    LEAD,
    OTHER_COORDINATOR,
    OTHER_LEAD,
    OUTSIDER,
    STRANGER,
    House,
    copied,
)
from tests.support.leaving import leaves, writes

pytestmark = pytest.mark.thorough

CAST = {
    "stranger": STRANGER,
    "Anne": ANNE,
    "Bram": BRAM,
    "member elsewhere": OUTSIDER,
    "lead": LEAD,
    "lead elsewhere": OTHER_LEAD,
    "coordinator": COORDINATOR,
    "coordinator elsewhere": OTHER_COORDINATOR,
}
MESSAGE, DRAFT = 9, 70
COLLEAGUE = 105
"""A second coordinator of the area, so that one can be removed."""


@dataclass(frozen=True, slots=True)
class Scene:
    """A team with an open round, a maandbeeld that is not shared yet, and Anne in the middle of a dialogue.

    Anne is leaving too, and has written down what a successor must know.
    """

    house: House
    round_id: str
    maandbeeld_id: str
    brug_id: str
    """A second team of the coordinator's area."""
    invitation_id: str

    @property
    def today(self) -> date:
        return self.house.deps.today()

    def person_id(self, chat_id: int) -> str:
        return self.house.person(chat_id).id

    @property
    def deps(self) -> Deps:
        return self.house.deps


@pytest.fixture(scope="session")
def model_scene(model_house, tmp_path_factory):
    """One scene to copy."""
    house = copied(model_house, tmp_path_factory.mktemp("scene"))
    about = house.open_round()
    house.start(ANNE, about.id, message_id=MESSAGE)
    facts = TeamFacts(team="Samen in Noord", month="oktober 2026", team_label="het buurtteam")
    trust = ElementView(
        id="trust", title="Vertrouwen en respect", when="", steps=(Step("a", "Kennismaken", "Koffie."),)
    )
    body = replace(compose(facts, ()), elements=(trust,)).to_json()
    with house.storage.begin() as work:
        work.maandbeelden.add(
            "maandbeeld", team_id=house.team_id, month="2026-10", body=body, composed_at=house.clock.now()
        )
        work.commit()
    brug = make_team(house.deps, chat_id=COORDINATOR, area_id=house.area_id, name="De Brug", team_label="het team")
    house.join(COLLEAGUE, invite_colleague(house.deps, chat_id=COORDINATOR, area_id=house.area_id).token)
    waiting = open_invitations(house.deps, chat_id=COORDINATOR, team_id=house.team_id)[0]
    leaves(house, ANNE)
    writes(house, ANNE)
    house.close_up()
    return Scene(house, about.id, "maandbeeld", brug.id, waiting.id)


@pytest.fixture
def scene(tmp_path, model_scene):
    scene = replace(model_scene, house=copied(model_scene.house, tmp_path))
    yield scene
    scene.house.storage.engine.dispose()


@dataclass(frozen=True, slots=True)
class Door:
    """One use case with arguments that are right, and who may use it so."""

    try_by: Callable[[Scene, int], object]
    allowed: frozenset[str]


def door(*allowed: str):
    return lambda try_by: Door(try_by, frozenset(allowed))


def _anne(scene: Scene, chat: int) -> dict[str, Any]:
    return {"chat_id": chat, "membership_id": scene.house.memberships[ANNE]}


def _restarted(scene: Scene, chat: int) -> object:
    """Restarting needs something to restart from."""
    if chat == COORDINATOR:
        stop(scene.deps, chat_id=chat, team_id=scene.house.team_id, reason="busy")
    return restart(scene.deps, chat_id=chat, team_id=scene.house.team_id)


def _removed_area(scene: Scene, chat: int) -> object:
    """Only an area in which nothing was made can go."""
    own = make_area(scene.deps, chat_id=chat, name="Leeg").area.id if chat == COORDINATOR else scene.house.area_id
    return remove_area(scene.deps, chat_id=chat, area_id=own)


def _removed_team(scene: Scene, chat: int) -> object:
    """Only a team in which nobody was can go."""
    own = scene.house.team_id
    if chat == COORDINATOR:
        own = make_team(scene.deps, chat_id=chat, area_id=scene.house.area_id, name="Leeg", team_label="het team").id
    return remove_team(scene.deps, chat_id=chat, team_id=own)


def _typed_why(scene: Scene, chat: int, text: str = "Er is nu geen tijd voor.") -> object:
    """Only a lead is ever asked why."""
    if chat == LEAD:
        ask_why(scene.deps, chat_id=chat, maandbeeld_id=scene.maandbeeld_id, place=0, answer="no")
    return take_why(scene.deps, chat_id=chat, text=text)


def _kept_why(scene: Scene, chat: int) -> object:
    """Somebody's name is in it, and the writer says it is none."""
    if chat == LEAD:
        _typed_why(scene, chat, "Karin de Boer vindt dit te veel.")
    return keep_why(scene.deps, chat_id=chat)


def _decided(scene: Scene, chat: int) -> object:
    """There is something to decide about only when something was agreed."""
    there = {"chat_id": chat, "maandbeeld_id": scene.maandbeeld_id}
    action_id = agree_action(scene.deps, **there, place="0", owner="samen", weeks=4).id if chat == LEAD else ""
    return decide_action(scene.deps, **there, action_id=action_id, decision="stop")


def _named_figure(scene: Scene, chat: int) -> object:
    """Only who may enter it is ever asked for a name."""
    if chat in {LEAD, COORDINATOR}:
        ask_figure(scene.deps, chat_id=chat, team_id=scene.house.team_id, kind="own")
    return name_figure(scene.deps, chat_id=chat, text="Gezinnen die terugkwamen")


def _typed_figure(scene: Scene, chat: int) -> object:
    """The same for the figure."""
    if chat in {LEAD, COORDINATOR}:
        ask_figure(scene.deps, chat_id=chat, team_id=scene.house.team_id, kind="goals")
    return take_figure(scene.deps, chat_id=chat, text="62")


def _typed_step(scene: Scene, chat: int) -> object:
    """Only a lead is ever asked for a step."""
    if chat == LEAD:
        ask_step(scene.deps, chat_id=chat, maandbeeld_id=scene.maandbeeld_id)
    return take_step(scene.deps, chat_id=chat, text="Eens per maand samen koffie.")


CALENDAR = (
    b"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//x//y//NL\r\nBEGIN:VEVENT\r\nUID:1\r\n"
    b"DTSTART;VALUE=DATE:20261221\r\nSUMMARY:Studiedag\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n"
)
EVERYBODY_KNOWN = tuple(name for name in CAST if name != "stranger")
DOORS: dict[Callable[..., object], Door] = {
    move_dialogue: door("Anne")(
        lambda scene, chat: move_dialogue(scene.deps, chat_id=chat, round_id=scene.round_id, message_id=MESSAGE + 1)
    ),
    own_data: door(*EVERYBODY_KNOWN)(lambda scene, chat: own_data(scene.deps, chat_id=chat)),
    asked_rounds: door(*EVERYBODY_KNOWN)(lambda scene, chat: asked_rounds(scene.deps, chat_id=chat)),
    erase_answer: door(*EVERYBODY_KNOWN)(lambda scene, chat: erase_answer(scene.deps, chat_id=chat)),
    own_times: door(*EVERYBODY_KNOWN)(lambda scene, chat: own_times(scene.deps, chat_id=chat)),
    set_quiet_part: door(*EVERYBODY_KNOWN)(
        lambda scene, chat: set_quiet_part(scene.deps, chat_id=chat, weekday="friday", part="middag")
    ),
    clear_quiet: door(*EVERYBODY_KNOWN)(lambda scene, chat: clear_quiet(scene.deps, chat_id=chat)),
    use_usual_week: door(*EVERYBODY_KNOWN)(lambda scene, chat: use_usual_week(scene.deps, chat_id=chat)),
    return_days: door(*EVERYBODY_KNOWN)(lambda scene, chat: return_days(scene.deps, chat_id=chat)),
    go_away: door(*EVERYBODY_KNOWN)(
        lambda scene, chat: go_away(scene.deps, chat_id=chat, until=scene.deps.today() + timedelta(days=14))
    ),
    go_away_until_typed: door(*EVERYBODY_KNOWN)(
        lambda scene, chat: go_away_until_typed(scene.deps, chat_id=chat, typed="31-12-2026")
    ),
    come_back: door(*EVERYBODY_KNOWN)(lambda scene, chat: come_back(scene.deps, chat_id=chat)),
    start_dialogue: door("Anne", "Bram")(
        lambda scene, chat: start_dialogue(scene.deps, chat_id=chat, round_id=scene.round_id, message_id=MESSAGE)
    ),
    unanswered_round: door(*EVERYBODY_KNOWN)(lambda scene, chat: unanswered_round(scene.deps, chat_id=chat)),
    answer_step: door("Anne")(
        lambda scene, chat: answer_step(
            scene.deps, chat_id=chat, round_id=scene.round_id, message_id=MESSAGE, tap=Tap(1, "3")
        )
    ),
    take_text: door(*EVERYBODY_KNOWN)(
        lambda scene, chat: take_text(scene.deps, chat_id=chat, text_message_id=10, text="Bellen hielp.")
    ),
    start_free_topic: door()(lambda scene, chat: start_free_topic(scene.deps, chat_id=chat, message_id=MESSAGE + 1)),
    snooze: door("Anne", "Bram")(
        lambda scene, chat: snooze(
            scene.deps, chat_id=chat, round_id=scene.round_id, message_id=MESSAGE, choice=Snooze.LATER_TODAY
        )
    ),
    next_question: door("Anne")(
        lambda scene, chat: next_question(scene.deps, chat_id=chat, membership_id=scene.house.memberships[ANNE])
    ),
    ask_again: door("Anne")(
        lambda scene, chat: ask_again(
            scene.deps, chat_id=chat, membership_id=scene.house.memberships[ANNE], field="sector"
        )
    ),
    describe_member: door("Anne")(
        lambda scene, chat: describe_member(
            scene.deps, chat_id=chat, membership_id=scene.house.memberships[ANNE], field="tenure", value="short"
        )
    ),
    open_maandbeeld: door("lead")(
        lambda scene, chat: open_maandbeeld(scene.deps, chat_id=chat, maandbeeld_id=scene.maandbeeld_id)
    ),
    share_maandbeeld: door("lead")(
        lambda scene, chat: share_maandbeeld(scene.deps, chat_id=chat, maandbeeld_id=scene.maandbeeld_id)
    ),
    see_reactions: door("lead")(
        lambda scene, chat: see_reactions(scene.deps, chat_id=chat, maandbeeld_id=scene.maandbeeld_id)
    ),
    respond: door("lead")(
        lambda scene, chat: respond(
            scene.deps, chat_id=chat, maandbeeld_id=scene.maandbeeld_id, place=0, answer="later"
        )
    ),
    ask_why: door("lead")(
        lambda scene, chat: ask_why(scene.deps, chat_id=chat, maandbeeld_id=scene.maandbeeld_id, place=0, answer="no")
    ),
    take_why: door("lead")(_typed_why),
    keep_why: door("lead")(_kept_why),
    see_steps: door("lead")(lambda scene, chat: see_steps(scene.deps, chat_id=chat, maandbeeld_id=scene.maandbeeld_id)),
    agree_action: door("lead")(
        lambda scene, chat: agree_action(
            scene.deps, chat_id=chat, maandbeeld_id=scene.maandbeeld_id, place="0", owner="samen", weeks=4
        )
    ),
    decide_action: door("lead")(_decided),
    ask_step: door("lead")(lambda scene, chat: ask_step(scene.deps, chat_id=chat, maandbeeld_id=scene.maandbeeld_id)),
    take_step: door("lead")(_typed_step),
    make_team: door("coordinator")(
        lambda scene, chat: make_team(
            scene.deps, chat_id=chat, area_id=scene.house.area_id, name="Nieuw", team_label="het team"
        )
    ),
    standing_team: door("coordinator")(
        lambda scene, chat: standing_team(scene.deps, chat_id=chat, area_id=scene.house.area_id, name="Nieuw")
    ),
    make_area: door("coordinator", "coordinator elsewhere")(
        lambda scene, chat: make_area(scene.deps, chat_id=chat, name=f"Gebied van {chat}")
    ),
    see_area: door("coordinator")(lambda scene, chat: see_area(scene.deps, chat_id=chat, area_id=scene.house.area_id)),
    remove_area: door("coordinator")(_removed_area),
    remove_team: door("coordinator")(_removed_team),
    team_can_go: door("coordinator")(
        lambda scene, chat: team_can_go(scene.deps, chat_id=chat, team_id=scene.house.team_id)
    ),
    rename_area: door("coordinator")(
        lambda scene, chat: rename_area(scene.deps, chat_id=chat, area_id=scene.house.area_id, name="Noord en West")
    ),
    rename_team: door("coordinator")(
        lambda scene, chat: rename_team(scene.deps, chat_id=chat, team_id=scene.house.team_id, name="Samen in West")
    ),
    rename_wijkteam: door("coordinator")(
        lambda scene, chat: rename_wijkteam(scene.deps, chat_id=chat, team_id=scene.house.team_id, label="het team")
    ),
    invite_to_team: door("coordinator")(
        lambda scene, chat: invite_to_team(scene.deps, chat_id=chat, team_id=scene.house.team_id, kind="member")
    ),
    team_profile: door("coordinator")(
        lambda scene, chat: team_profile(scene.deps, chat_id=chat, team_id=scene.house.team_id)
    ),
    set_profile: door("coordinator")(
        lambda scene, chat: set_profile(
            scene.deps, chat_id=chat, team_id=scene.house.team_id, question="size", answer="large"
        )
    ),
    read_role: door("coordinator")(
        lambda scene, chat: read_role(scene.deps, chat_id=chat, team_id=scene.house.team_id, typed="de teamleider")
    ),
    set_contact: door("coordinator")(
        lambda scene, chat: set_contact(
            scene.deps, chat_id=chat, team_id=scene.house.team_id, question="privacy_contact", typed="de teamleider"
        )
    ),
    see_two_worlds: door("coordinator")(
        lambda scene, chat: see_two_worlds(scene.deps, chat_id=chat, area_id=scene.house.area_id)
    ),
    see_area_overview: door("coordinator")(
        lambda scene, chat: see_area_overview(scene.deps, chat_id=chat, area_id=scene.house.area_id)
    ),
    see_publication: door("coordinator")(
        lambda scene, chat: see_publication(scene.deps, chat_id=chat, team_id=scene.house.team_id)
    ),
    see_floor: door("coordinator")(
        lambda scene, chat: see_floor(scene.deps, chat_id=chat, team_id=scene.house.team_id)
    ),
    raise_floor: door("coordinator")(
        lambda scene, chat: raise_floor(scene.deps, chat_id=chat, team_id=scene.house.team_id, floor=8)
    ),
    choose_publication: door("coordinator")(
        lambda scene, chat: choose_publication(scene.deps, chat_id=chat, team_id=scene.house.team_id, shown="counts")
    ),
    set_rhythm: door("coordinator")(
        lambda scene, chat: set_rhythm(
            scene.deps, chat_id=chat, team_id=scene.house.team_id, rhythm="light", weekday="monday", minute=600
        )
    ),
    set_own_rhythm: door("coordinator")(
        lambda scene, chat: set_own_rhythm(
            scene.deps,
            chat_id=chat,
            team_id=scene.house.team_id,
            recurrence="FREQ=MONTHLY;INTERVAL=1;BYDAY=3TU",
            minute=600,
            days_before=1,
        )
    ),
    set_window: door("coordinator")(
        lambda scene, chat: set_window(scene.deps, chat_id=chat, team_id=scene.house.team_id, days=6)
    ),
    set_way: door("coordinator")(
        lambda scene, chat: set_way(scene.deps, chat_id=chat, team_id=scene.house.team_id, way="brief")
    ),
    set_reminder: door("coordinator")(
        lambda scene, chat: set_reminder(scene.deps, chat_id=chat, team_id=scene.house.team_id, reminder="none")
    ),
    set_reminder_time: door("coordinator")(
        lambda scene, chat: set_reminder_time(scene.deps, chat_id=chat, team_id=scene.house.team_id, minute=555)
    ),
    set_meeting: door("coordinator")(
        lambda scene, chat: set_meeting(
            scene.deps, chat_id=chat, team_id=scene.house.team_id, meeting="", days_before=1
        )
    ),
    set_school_holidays: door("coordinator")(
        lambda scene, chat: set_school_holidays(scene.deps, chat_id=chat, team_id=scene.house.team_id, choice="ask")
    ),
    put_first: door("coordinator")(
        lambda scene, chat: put_first(scene.deps, chat_id=chat, team_id=scene.house.team_id, element="roles")
    ),
    set_aside: door("coordinator")(
        lambda scene, chat: set_aside(scene.deps, chat_id=chat, team_id=scene.house.team_id, element="roles", weeks=4)
    ),
    bring_back: door("coordinator")(
        lambda scene, chat: bring_back(scene.deps, chat_id=chat, team_id=scene.house.team_id, element="roles")
    ),
    see_topics: door("coordinator")(
        lambda scene, chat: see_topics(scene.deps, chat_id=chat, team_id=scene.house.team_id)
    ),
    return_dates: door("coordinator")(
        lambda scene, chat: return_dates(scene.deps, chat_id=chat, team_id=scene.house.team_id)
    ),
    pause: door("coordinator")(
        lambda scene, chat: pause(
            scene.deps, chat_id=chat, team_id=scene.house.team_id, until=scene.deps.today() + timedelta(days=14)
        )
    ),
    restart: door("coordinator")(_restarted),
    stop: door("coordinator")(
        lambda scene, chat: stop(scene.deps, chat_id=chat, team_id=scene.house.team_id, reason="busy")
    ),
    pause_until_typed: door("coordinator")(
        lambda scene, chat: pause_until_typed(scene.deps, chat_id=chat, team_id=scene.house.team_id, typed="31-12-2026")
    ),
    see_ahead: door("coordinator")(
        lambda scene, chat: see_ahead(scene.deps, chat_id=chat, team_id=scene.house.team_id)
    ),
    see_area_ahead: door("coordinator")(
        lambda scene, chat: see_area_ahead(scene.deps, chat_id=chat, area_id=scene.house.area_id)
    ),
    see_agenda: door("coordinator")(
        lambda scene, chat: see_agenda(scene.deps, chat_id=chat, team_id=scene.house.team_id)
    ),
    agenda_file: door("coordinator")(
        lambda scene, chat: agenda_file(scene.deps, chat_id=chat, team_id=scene.house.team_id, words=HAPPENINGS)
    ),
    sample_prompt: door("coordinator")(
        lambda scene, chat: sample_prompt(scene.deps, chat_id=chat, team_id=scene.house.team_id)
    ),
    team_quiet: door("coordinator")(
        lambda scene, chat: team_quiet(scene.deps, chat_id=chat, team_id=scene.house.team_id)
    ),
    set_team_quiet: door("coordinator")(
        lambda scene, chat: set_team_quiet(
            scene.deps, chat_id=chat, team_id=scene.house.team_id, weekday="friday", part="hele dag"
        )
    ),
    team_days: door("coordinator")(
        lambda scene, chat: team_days(scene.deps, chat_id=chat, team_id=scene.house.team_id)
    ),
    area_days: door("coordinator")(
        lambda scene, chat: area_days(scene.deps, chat_id=chat, area_id=scene.house.area_id)
    ),
    close_days: door("coordinator")(
        lambda scene, chat: close_days(
            scene.deps, chat_id=chat, area_id=scene.house.area_id, team_id="", content=CALENDAR
        )
    ),
    open_days_again: door("coordinator")(
        lambda scene, chat: open_days_again(
            scene.deps, chat_id=chat, area_id=scene.house.area_id, team_id=scene.house.team_id
        )
    ),
    choose_school_region: door("coordinator")(
        lambda scene, chat: choose_school_region(scene.deps, chat_id=chat, area_id=scene.house.area_id, region="zuid")
    ),
    see_figure: door("lead", "coordinator")(
        lambda scene, chat: see_figure(scene.deps, chat_id=chat, team_id=scene.house.team_id)
    ),
    ask_figure: door("lead", "coordinator")(
        lambda scene, chat: ask_figure(scene.deps, chat_id=chat, team_id=scene.house.team_id, kind="goals")
    ),
    name_figure: door("lead", "coordinator")(_named_figure),
    take_figure: door("lead", "coordinator")(_typed_figure),
    led_teams: door("lead", "lead elsewhere")(lambda scene, chat: led_teams(scene.deps, chat_id=chat)),
    see_own_cycle: door("lead")(
        lambda scene, chat: see_own_cycle(scene.deps, chat_id=chat, team_id=scene.house.team_id)
    ),
    see_team_cycle: door("coordinator")(
        lambda scene, chat: see_team_cycle(scene.deps, chat_id=chat, team_id=scene.house.team_id)
    ),
    see_team_period: door("coordinator")(
        lambda scene, chat: see_team_period(scene.deps, chat_id=chat, team_id=scene.house.team_id)
    ),
    see_area_cycles: door("coordinator")(
        lambda scene, chat: see_area_cycles(scene.deps, chat_id=chat, area_id=scene.house.area_id)
    ),
    years_of_team: door("lead")(
        lambda scene, chat: years_of_team(scene.deps, chat_id=chat, team_id=scene.house.team_id)
    ),
    see_team_year: door("lead")(
        lambda scene, chat: see_team_year(scene.deps, chat_id=chat, team_id=scene.house.team_id, year=2026)
    ),
    years_of_area: door("coordinator")(
        lambda scene, chat: years_of_area(scene.deps, chat_id=chat, area_id=scene.house.area_id)
    ),
    see_area_year: door("coordinator")(
        lambda scene, chat: see_area_year(scene.deps, chat_id=chat, area_id=scene.house.area_id, year=2026)
    ),
    team_of_maandbeeld: door("lead")(
        lambda scene, chat: team_of_maandbeeld(scene.deps, chat_id=chat, maandbeeld_id=scene.maandbeeld_id)
    ),
    days_to_tell: door("lead")(
        lambda scene, chat: days_to_tell(scene.deps, chat_id=chat, maandbeeld_id=scene.maandbeeld_id)
    ),
    tell_talked: door("lead")(
        lambda scene, chat: tell_talked(
            scene.deps, chat_id=chat, maandbeeld_id=scene.maandbeeld_id, on=scene.deps.today()
        )
    ),
    see_team: door("coordinator")(lambda scene, chat: see_team(scene.deps, chat_id=chat, team_id=scene.house.team_id)),
    require_team: door("coordinator")(
        lambda scene, chat: require_team(scene.deps, chat_id=chat, team_id=scene.house.team_id)
    ),
    require_area: door("coordinator")(
        lambda scene, chat: require_area(scene.deps, chat_id=chat, area_id=scene.house.area_id)
    ),
    invite_each: door("coordinator")(
        lambda scene, chat: invite_each(scene.deps, chat_id=chat, team_id=scene.house.team_id, number=2, days=7)
    ),
    invite_colleague: door("coordinator")(
        lambda scene, chat: invite_colleague(scene.deps, chat_id=chat, area_id=scene.house.area_id)
    ),
    open_invitations: door("coordinator")(
        lambda scene, chat: open_invitations(scene.deps, chat_id=chat, team_id=scene.house.team_id)
    ),
    open_invitation: door("coordinator")(
        lambda scene, chat: open_invitation(scene.deps, chat_id=chat, invitation_id=scene.invitation_id)
    ),
    revoke_invitation: door("coordinator")(
        lambda scene, chat: revoke_invitation(scene.deps, chat_id=chat, invitation_id=scene.invitation_id)
    ),
    renew_invitation: door("coordinator")(
        lambda scene, chat: renew_invitation(scene.deps, chat_id=chat, invitation_id=scene.invitation_id)
    ),
    revoke_all: door("coordinator")(
        lambda scene, chat: revoke_all(scene.deps, chat_id=chat, team_id=scene.house.team_id)
    ),
    team_people: door("coordinator")(
        lambda scene, chat: team_people(scene.deps, chat_id=chat, team_id=scene.house.team_id, role="member")
    ),
    one_of_team: door("coordinator")(
        lambda scene, chat: one_of_team(scene.deps, chat_id=chat, membership_id=scene.house.memberships[ANNE])
    ),
    area_people: door("coordinator")(
        lambda scene, chat: area_people(scene.deps, chat_id=chat, area_id=scene.house.area_id)
    ),
    set_last_day: door("coordinator")(
        lambda scene, chat: set_last_day(
            scene.deps, chat_id=chat, membership_id=scene.house.memberships[ANNE], last_day=scene.today
        )
    ),
    take_back_leaving: door("coordinator")(
        lambda scene, chat: take_back_leaving(scene.deps, chat_id=chat, membership_id=scene.house.memberships[ANNE])
    ),
    remove_now: door("coordinator")(
        lambda scene, chat: remove_now(scene.deps, chat_id=chat, membership_id=scene.house.memberships[ANNE])
    ),
    my_places: door("Anne", "Bram", "member elsewhere")(lambda scene, chat: my_places(scene.deps, chat_id=chat)),
    leave_myself: door("Anne")(
        lambda scene, chat: leave_myself(
            scene.deps, chat_id=chat, membership_id=scene.house.memberships[ANNE], last_day=scene.today
        )
    ),
    stay_myself: door("Anne")(
        lambda scene, chat: stay_myself(scene.deps, chat_id=chat, membership_id=scene.house.memberships[ANNE])
    ),
    move_member: door("coordinator")(
        lambda scene, chat: move_member(
            scene.deps, chat_id=chat, membership_id=scene.house.memberships[ANNE], to_team_id=scene.brug_id
        )
    ),
    remove_lead: door("coordinator")(
        lambda scene, chat: remove_lead(scene.deps, chat_id=chat, membership_id=scene.house.memberships[LEAD])
    ),
    remove_coordinator: door("coordinator")(
        lambda scene, chat: remove_coordinator(
            scene.deps, chat_id=chat, area_id=scene.house.area_id, person_id=scene.person_id(COLLEAGUE)
        )
    ),
    merge_choices: door("coordinator")(
        lambda scene, chat: merge_choices(scene.deps, chat_id=chat, team_id=scene.house.team_id)
    ),
    look_at_merging: door("coordinator")(
        lambda scene, chat: look_at_merging(
            scene.deps, chat_id=chat, team_id=scene.house.team_id, other_id=scene.brug_id
        )
    ),
    merge_teams: door("coordinator")(
        lambda scene, chat: merge_teams(scene.deps, chat_id=chat, team_id=scene.house.team_id, other_id=scene.brug_id)
    ),
    my_log: door(*EVERYBODY_KNOWN)(lambda scene, chat: my_log(scene.deps, chat_id=chat)),
    team_log: door("coordinator")(lambda scene, chat: team_log(scene.deps, chat_id=chat, team_id=scene.house.team_id)),
    area_log: door("coordinator")(lambda scene, chat: area_log(scene.deps, chat_id=chat, area_id=scene.house.area_id)),
    see_participation: door("coordinator")(
        lambda scene, chat: see_participation(scene.deps, chat_id=chat, area_id=scene.house.area_id)
    ),
    start_preview: door("coordinator")(
        lambda scene, chat: start_preview(
            scene.deps, chat_id=chat, team_id=scene.house.team_id, element="trust", audience="practice"
        )
    ),
    my_areas: door("coordinator", "coordinator elsewhere")(lambda scene, chat: my_areas(scene.deps, chat_id=chat)),
    resume_preview: door()(lambda scene, chat: resume_preview(scene.deps, chat_id=chat, given=Tap(1, "0"))),
    offer_aside: door(*EVERYBODY_KNOWN)(lambda scene, chat: offer_aside(scene.deps, chat_id=chat)),
    play_aside: door("Anne")(
        lambda scene, chat: play_aside(
            scene.deps, chat_id=chat, membership_id=scene.house.memberships[ANNE], dialogue="trust"
        )
    ),
    start_handover: door("Anne")(
        lambda scene, chat: start_handover(scene.deps, **_anne(scene, chat), message_id=MESSAGE)
    ),
    answer_handover: door("Anne")(
        lambda scene, chat: answer_handover(scene.deps, **_anne(scene, chat), message_id=DRAFT, tap=Tap(1, "0"))
    ),
    change_handover: door("Anne")(
        lambda scene, chat: change_handover(scene.deps, **_anne(scene, chat), message_id=DRAFT)
    ),
    pass_on_handover: door("Anne")(
        lambda scene, chat: pass_on_handover(scene.deps, **_anne(scene, chat), message_id=DRAFT)
    ),
    drop_handover: door("Anne")(lambda scene, chat: drop_handover(scene.deps, **_anne(scene, chat))),
    open_form: door(*EVERYBODY_KNOWN)(
        lambda scene, chat: open_form(scene.deps, chat_id=chat, kind="team_name", data={})
    ),
}
"""A form is a person's own scribble, and a text is for a dialogue of one's own: those ask only that one is known."""

WITHOUT_ROLES = {
    "roles": "tells who one is oneself",
    "look_at_invitation": "the token opens it",
    "accept_invitation": "the token opens it",
    "forget_me": "everybody may erase themselves",
    "current_form": "one's own",
    "typed_again": "only what one types oneself, and only as a lead",
    "close_form": "one's own",
    "leave_forms": "one's own",
    "take_aside_text": "one's own",
    "take_handover_text": "one's own",
    "reachable_again": "one's own",
    "running_round": "one's own",
    "running_dialogue": "one's own",
    "move_chat": "told by Telegram, not by a person",
    "invite_coordinator": "the administrator's, from the command line",
}
WITHOUT_PEOPLE = {
    "see_health",
    "lease_due",
    "mark_refused",
    "mark_uncertain",
    "may_send",
    "make_again",
    "take_back_sends",
    "take",
    "begin_sending",
    "give_back",
    "mark_sent",
    "mark_unreachable",
    "try_again",
    "open_due_rounds",
    "compose_due_maandbeelden",
    "ask_leads_to_decide",
    "release_due",
    "resume_due",
    "release_round",
    "release_texts",
    "clear_traces",
    "cleared_now",
    "leave_out_readers",
    "destroy_finished_keys",
    "end_unopenable",
    "fill_stock",
    "publish_due_participation",
    "replay_erasures",
    "take_over",
    "go_on",
    "tidy",
    "tidy_once_a_day",
    "end_due_memberships",
    "put_away_teams",
    "upcoming",
    "verify_maandbeelden",
    "verify_team",
    "teams_to_verify",
    "arrange_area_rounds",
}
"""The house's own work: no chat reaches these."""


@pytest.mark.parametrize("usecase", DOORS, ids=lambda usecase: usecase.__name__)
def test_who_may(scene, usecase):
    """Everybody tries every use case with the right arguments; who may not is refused and changes no row."""
    tried = DOORS[usecase]
    before = scene.house.everything()
    for who in CAST.keys() - tried.allowed:
        with pytest.raises(Refusal) as refused:
            tried.try_by(scene, CAST[who])
        assert scene.house.everything() == before, who
        # Bram is asked in the round but has no dialogue, and nobody has a preview: told as ended. Others: not allowed.
        # In so small a team no text can ever be shared: told as that, to everybody who is known.
        has_nothing = (usecase in {answer_step, move_dialogue} and who == "Bram") or (
            usecase in {resume_preview, start_free_topic, take_why, keep_why, take_step, name_figure, take_figure}
            and who != "stranger"
        )
        assert isinstance(refused.value, NotAllowed) != has_nothing, who
    for who in sorted(tried.allowed):
        tried.try_by(scene, CAST[who])


def test_what_does_not_exist_is_refused_like_what_is_not_yours(house):
    """Unknown ids of every kind: the coordinator hears the same as somebody without the role."""
    tries = (
        lambda: see_team(house.deps, chat_id=COORDINATOR, team_id="x"),
        lambda: see_team(house.deps, chat_id=COORDINATOR, team_id=house.other_team.id),
        lambda: share_maandbeeld(house.deps, chat_id=LEAD, maandbeeld_id="x"),
        lambda: start_dialogue(house.deps, chat_id=ANNE, round_id="x", message_id=1),
        lambda: next_question(house.deps, chat_id=ANNE, membership_id="x"),
        lambda: make_team(house.deps, chat_id=COORDINATOR, area_id="x", name="y", team_label="z"),
    )
    for each in tries:
        with pytest.raises(NotAllowed) as refused:
            each()
        assert str(refused.value) == ""


def test_every_use_case_is_in_this_file():
    """A new function that takes Deps needs a decision about who may use it."""
    found = set()
    for module in pkgutil.iter_modules(usecases.__path__):
        for name, member in vars(import_module(f"bot.usecases.{module.name}")).items():
            if name.startswith("_") or not inspect.isfunction(member):
                continue
            first = next(iter(inspect.signature(member).parameters.values()), None)
            if first is not None and first.annotation in {Deps, "Deps"} and first.name == "deps":
                found.add(name)
    # Read words, days and the circle of topics only.
    words = {
        "words_for",
        "elements",
        "choosable",
        "circle",
        "cadence_of",
        "maandbeeld_after",
        "window_of",
        "last_day_for",
        "month_of",
        "slots_of",
        "playable",
        "edition_of",
        "away_until",
        "check_question",
    }
    decided = {usecase.__name__ for usecase in DOORS} | set(WITHOUT_ROLES) | WITHOUT_PEOPLE
    assert found - words == decided
