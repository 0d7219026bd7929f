"""The later elements are complete, for both audiences, and hold the themes and steps of the research."""

from __future__ import annotations

import pytest

from dialogues.authoring.element_steps import NO_ACTION, NOT_APPLICABLE, OTHER_ACTION
from dialogues.conversation.definition import (
    Audience,
    Branch,
    Choice,
    Closing,
    Counted,
    MultiChoice,
    OpenText,
)
from tests.support.player import Player
from tests.support.shipped import shipped

LIBRARY = shipped()

THEMES = {
    "skills": {
        "initiative": "Zelf de stap zetten",
        "followup": "Doorpakken",
        "flex": "Buigzaam zijn",
        "empathy": "Je verplaatsen in de ander",
        "learn": "Willen leren",
        "creative": "Durven en ondernemen",
        "training": "Bijscholing",
        "peer": "Intervisie",
        "strength": "Eigen kracht versterken",
    },
    "effect": {
        "satisf": "Tevreden gezinnen",
        "goals": "Doelen gehaald",
        "early": "Kinderen eerder in beeld",
        "dropout": "Afhaken en uitval",
        "cost": "Kosten en baten",
        "stories": "Verhalen naast cijfers",
        "discuss": "Cijfers samen bespreken",
        "what": "Weten wat je wilt meten",
    },
    "municipality": {
        "trust": "Vertrouwen",
        "room": "Ruimte",
        "connect": "Partners samenbrengen",
        "encourage": "Aanmoedigen",
        "partner": "Partner, niet alleen baas",
        "touch": "Voeling met de praktijk",
        "buy": "Inkoop en opdrachten",
    },
    "size": {
        "overview": "Overzicht wie wat doet",
        "find": "Elkaar snel vinden",
        "try": "Snel iets proberen",
        "shortline": "Korte lijn met gemeente",
        "community": "Ons kent ons",
        "fragile": "Leunt op enkele mensen",
        "many": "Te veel gezichten",
    },
    "oneteam": {
        "natural": "Elkaar vanzelf opzoeken",
        "language": "Dezelfde taal spreken",
        "interest": "Eén belang",
        "lead": "Eén aansturing",
        "near": "Dichtbij en bereikbaar",
        "learn": "Leren op de werkvloer",
        "bridge": "Brug bij losse teams",
        "school": "School hoort erbij",
    },
    "housing": {
        "dropin": "Even binnenlopen",
        "meet": "Elkaar tegenkomen",
        "spar": "Samen even nadenken",
        "return": "Snel terugmelden",
        "school": "Werkplek op school",
        "apart": "Ver uit elkaar",
        "family": "Vindbaar voor gezinnen",
    },
    "client": {
        "heard": "Gehoord worden",
        "person": "Een vast gezicht",
        "reach": "Bereikbaar",
        "promise": "Afspraken nakomen",
        "own": "Zelf kiezen en doen",
        "exp": "Ervaring telt mee",
        "speed": "Tempo",
        "meetings": "Te veel overleg",
        "warm": "Warme overdracht",
        "who": "Weten wie wat doet",
        "once": "Eén keer vertellen",
        "data": "Weten wat er gedeeld is",
        "result": "Merken dat het helpt",
    },
}
"""What each element can be about; labels as the research has them, short enough for a button."""

ACTIONS = {
    "skills": ("Eén stap", "Gemengde intervisie", "Ruil van perspectief"),
    "effect": ("Drie gezinnen", "Terugkijkvraag", "Eén teller"),
    "municipality": ("Meekijkmiddag", "Drie successen", "Driehoek aan tafel"),
    "size": ("Kleine kring", "Reservecontact", "Wie-is-wie"),
    "oneteam": ("Vast uurtje", "Samen starten", "Sturing op één lijn"),
    "housing": ("Inloopkwartier", "Flexplek", "Overleg op school"),
    "client": ("Vraag het één gezin", "Bekend gezicht mee", "Tempo-afspraak"),
}
"""Small steps, in order."""

NUMBERS = {
    "skills": "10",
    "effect": "12",
    "municipality": "13",
    "size": "14",
    "oneteam": "15",
    "housing": "16",
    "client": "C",
}
EXTRA_STEPS = {"housing": ["side"], "client": ["basis"]}
NO_OCCASION = {"skills": "Was niet nodig", "client": "Geen gezin samen geholpen"}
SECTION = {
    "skills": "§3.11",
    "effect": "§3.13",
    "municipality": "§3.14.1",
    "size": "§3.14.2",
    "oneteam": "§3.14.3",
    "housing": "§3.2.2",
    "client": "§3.1",
}

each_element = pytest.mark.parametrize("element", THEMES)
each_audience = pytest.mark.parametrize("audience", Audience)


def spoken(element: str, audience: Audience, step: str, *facts: str, branch: Branch | None = None) -> list[str]:
    """The texts of a step that fit these facts and this branch, in order."""
    held = frozenset({f"audience:{audience}", *facts})
    return [
        phrase.text
        for phrase in LIBRARY.get(element).step(audience, step).phrases
        if phrase.when.holds(branch=branch, facts=held)
    ]


@each_element
def test_themes_are_those_of_the_research(element) -> None:
    """Themes are compared over months and teams' conversations lean on them, so their ids and labels stay."""
    themes = LIBRARY.get(element).themes
    assert [(theme.id, theme.label) for theme in themes] == [
        (f"{element}.{name}", label) for name, label in THEMES[element].items()
    ]
    assert all(theme.meaning for theme in themes)


@each_element
def test_numbers_and_sources_lead_back_to_the_report(element) -> None:
    """Whoever wants to know where a question comes from finds the element and its section."""
    definition = LIBRARY.get(element)
    assert definition.number == NUMBERS[element]
    assert SECTION[element] in definition.sources
    assert definition.links
    assert definition.reading_note


@each_element
@each_audience
def test_the_steps_stand_in_their_fixed_order(element, audience) -> None:
    """The score comes first; only housing asks for a side and only client what the answer rests on."""
    steps = [step.id for step in LIBRARY.get(element).steps[audience]]
    extra = EXTRA_STEPS.get(element, [])
    assert steps == ["statement", *extra, "themes", "probe", "share", "action", "reflection"]


@each_element
@each_audience
def test_the_statement_is_answered_on_the_one_scale(element, audience) -> None:
    """Five figures and "Geen zicht op" everywhere; a button for no occasion only where the brief has one."""
    step = LIBRARY.get(element).step(audience, "statement")
    assert isinstance(step, Choice)
    assert step.counted is Counted.BANDS
    assert [option.value for option in step.options if option.value != NOT_APPLICABLE] == [*"12345", "no_view"]
    labels = [option.label for option in step.options if option.branch is Branch.NOT_APPLICABLE]
    expected = NO_OCCASION.get(element) if audience is Audience.PRACTICE else None
    assert labels == ([expected] if expected else [])


@each_element
def test_the_audiences_are_asked_in_their_own_words(element) -> None:
    """Practice and strategic get another statement and other open questions about the same subject."""
    statements = {spoken(element, audience, "statement")[-1] for audience in Audience}
    assert len(statements) == 2
    for branch in (Branch.LOW, Branch.MID, Branch.HIGH, Branch.UNKNOWN):
        assert len({spoken(element, audience, "probe", branch=branch)[0] for audience in Audience}) == 2


@each_element
@each_audience
def test_the_open_question_differs_from_round_to_round(element, audience) -> None:
    """A team is not asked the same words twice in a row; who has no view gets one question."""
    for branch in (Branch.LOW, Branch.MID, Branch.HIGH):
        questions = spoken(element, audience, "probe", branch=branch)
        assert len(set(questions)) == len(questions) >= 4
    assert len(spoken(element, audience, "probe", branch=Branch.UNKNOWN)) == 1


@each_element
def test_three_small_steps_each_with_a_question_that_asks_after_it(element) -> None:
    """A step without a later question fades out (DSS §1.2 el. 11)."""
    actions = LIBRARY.get(element).actions
    assert {action.id for action in actions} == {f"{element}.a{number}" for number in (1, 2, 3)}
    assert tuple(action.label for action in actions) == ACTIONS[element]
    assert all(action.check_question.endswith("?") for action in actions)
    assert len({action.check_question for action in actions}) == 3


@each_element
@each_audience
def test_the_steps_on_offer_are_the_three_and_two_ways_out(element, audience) -> None:
    """After low and wisselend a step may be chosen; after a high score none is offered."""
    definition = LIBRARY.get(element)
    step = definition.step(audience, "action")
    assert isinstance(step, Choice)
    own = [action.id for action in definition.actions]
    assert [option.value for option in step.options] == [*own, OTHER_ACTION, NO_ACTION]
    assert step.when.branches == {Branch.LOW, Branch.MID}


@each_element
def test_a_team_lead_has_a_question_for_every_outcome(element) -> None:
    """Whatever is published, there is one question to ask the team, and it is about "we", never about who."""
    questions = LIBRARY.get(element).conversation
    assert questions is not None
    texts = (questions.low, questions.mid, questions.high, questions.unclear)
    assert len(set(texts)) == 4
    for text in texts:
        assert text.endswith("?")
        assert {"we", "wij", "ons", "elkaar"} & set(text.lower().replace(",", "").split())
        assert "waarom" not in text.lower()


@each_element
@each_audience
def test_the_last_words_fit_the_answer(element, audience) -> None:
    """A thought, and what happens now; who had nothing to judge is not told that it counts."""
    step = LIBRARY.get(element).steps[audience][-1]
    assert isinstance(step, Closing)
    assert step.thoughts
    *_, thanks = spoken(element, audience, "reflection", branch=Branch.LOW)
    assert "telt mee" in thanks
    *_, nothing = spoken(element, audience, "reflection", branch=Branch.NOT_APPLICABLE)
    assert "telt niet mee" in nothing


@pytest.mark.parametrize(("element", "long"), [(name, name in {"effect", "client"}) for name in THEMES])
def test_the_long_name_reminder_stands_where_families_are_near(element, long) -> None:
    """An open question about what a family noticed invites details, so it says most about leaving them out."""
    for audience in Audience:
        step = LIBRARY.get(element).step(audience, "probe")
        assert isinstance(step, OpenText)
        assert step.long_reminder is long


@pytest.mark.parametrize(
    ("element", "audience", "fact", "words"),
    [
        ("municipality", Audience.STRATEGIC, "sector:gemeente", "gaf ik de uitvoering ruimte"),
        ("municipality", Audience.PRACTICE, "sector:gemeente", "binnen de gemeente"),
        ("oneteam", Audience.PRACTICE, "sector:onderwijs", "merkte ik op school"),
        ("oneteam", Audience.PRACTICE, "sector:overig", "merkte ik dat"),
    ],
)
def test_who_stands_elsewhere_gets_a_statement_that_fits(element, audience, fact, words) -> None:
    """The municipality judges its own giving of room, and school sees the one team from outside."""
    assert words in spoken(element, audience, "statement", fact)[0]
    assert words not in spoken(element, audience, "statement", "sector:jgz")[0]


@pytest.mark.parametrize(
    ("element", "audience", "fact", "words"),
    [
        ("skills", Audience.PRACTICE, "contact:school", "hoe de school werkt"),
        ("skills", Audience.PRACTICE, "sector:onderwijs", "vanuit school"),
        ("effect", Audience.STRATEGIC, "audience:strategic", "cijfer van jullie zelf"),
        ("municipality", Audience.PRACTICE, "size:small", "korte weg"),
        ("municipality", Audience.STRATEGIC, "sector:gemeente", "in de praktijk"),
        ("size", Audience.PRACTICE, "size:small", "Wie weet wat jij weet"),
        ("size", Audience.PRACTICE, "size:large", "vijf rollen"),
        ("size", Audience.STRATEGIC, "size:large", "rollen"),
        ("oneteam", Audience.PRACTICE, "jgz:in_team", "eigen vak van de JGZ"),
        ("oneteam", Audience.PRACTICE, "jgz:not_in_team", "vaste verbinding"),
        ("oneteam", Audience.STRATEGIC, "change:yes", "zeker meenemen"),
        ("housing", Audience.PRACTICE, "housing:apart", "verschillende plekken"),
        ("housing", Audience.PRACTICE, "housing:partly", "verschil"),
        ("housing", Audience.PRACTICE, "sector:onderwijs", "op school"),
        ("client", Audience.PRACTICE, "sector:jgz", "jou al kende"),
        ("client", Audience.PRACTICE, "sector:onderwijs", "dat school"),
        ("client", Audience.STRATEGIC, "audience:strategic", "van ouders geleerd"),
    ],
)
def test_the_profile_chooses_the_second_question(element, audience, fact, words) -> None:
    """After the question of the branch comes the one that fits the team, and only for such a team."""
    assert words in spoken(element, audience, "probe", fact, branch=Branch.MID)[1]
    if not fact.startswith("audience:"):
        others = spoken(element, audience, "probe", branch=Branch.MID)
        assert spoken(element, audience, "probe", fact, branch=Branch.MID)[1] not in others


def test_a_middle_sized_area_gets_no_question_of_its_own() -> None:
    """Only small and large areas have a task of their own (§4.3 aanb. 4)."""
    for audience in Audience:
        usual = spoken("size", audience, "probe", branch=Branch.MID)
        assert spoken("size", audience, "probe", "size:middle", branch=Branch.MID) == usual


def test_the_family_is_kept_in_mind_and_out_of_the_chat() -> None:
    """Practice is asked to think of one family and to write nothing that could point to it; leaders of none."""
    (practice,) = spoken("client", Audience.PRACTICE, "statement")
    assert "schrijf geen naam" in practice
    assert practice.endswith("Denk je dat het gezin dit zou herkennen?")
    (strategic,) = spoken("client", Audience.STRATEGIC, "statement")
    assert strategic.endswith("Denk je dat gezinnen in jullie gebied dit zouden herkennen?")


@each_audience
def test_what_the_view_of_the_family_rests_on_is_always_asked(audience) -> None:
    """Asked, noticed, measured or guessed is listed beside the outcome, so the step cannot be skipped."""
    step = LIBRARY.get("client").step(audience, "basis")
    assert isinstance(step, Choice)
    assert [option.value for option in step.options] == ["asked", "signal", "measured", "guess"]
    assert step.counted is Counted.LISTING
    assert not step.skippable


def test_thirteen_themes_are_shown_in_two_parts() -> None:
    """Six fit a phone at a glance; "Meer" shows the other seven."""
    player = Player(LIBRARY.get("client")).choose("3").choose("asked")
    themes = LIBRARY.get("client").step(Audience.PRACTICE, "themes")
    assert isinstance(themes, MultiChoice)
    assert len(themes.options) == 13

    def shown() -> int:
        labels = {option.label for option in themes.options}
        return sum(button.label in labels for button in player.screen.buttons)

    assert shown() == 6
    player.more()
    assert shown() == 13


@pytest.mark.parametrize("sector", ["jgz", "wijkteam"])
def test_the_view_of_the_family_has_seven_questions_in_turn(sector) -> None:
    """All questions of the clients' topic list come by over the rounds before one comes back."""
    asked = [
        Player(LIBRARY.get("client"), sector=sector, number=number).choose("3").choose("guess").skip().screen.question
        for number in range(1, 11)
    ]
    assert len(set(asked)) == 10
    topics = (
        "wie wat deed",
        "Hoelang duurde",
        "van de een naar de ander",
        "welke overleggen",
        "met de gegevens",
        "terug op wat het opleverde",
        "waar het je kon vinden",
    )
    assert all(any(topic in question for question in asked) for topic in topics)


@pytest.mark.parametrize(
    ("element", "words"),
    [
        ("size", "geen verbeterpunt"),
        ("oneteam", "niet welke vorm de beste is"),
        ("housing", "geen reden om te verhuizen"),
        ("effect", "meet niet"),
        ("client", "Gezinnen zelf is niets gevraagd"),
    ],
)
def test_reading_notes_keep_an_outcome_in_proportion(element, words) -> None:
    """Size and form are no goal, no reason to move, and what is experienced is not what was measured."""
    assert words in LIBRARY.get(element).reading_note
