"""The elements about room, direction and agreements: complete, and with the themes and steps of the research."""

from __future__ import annotations

import pytest

from dialogues.authoring.element_steps import NO_ACTION, NOT_APPLICABLE, OTHER_ACTION
from dialogues.conversation.definition import Audience, Branch, Choice, Counted, OpenText
from tests.support.player import Player
from tests.support.shipped import shipped

LIBRARY = shipped()

THEMES = {
    "conditions": {
        "time": "Tijd en werkdruk",
        "clinic": "Spreekuren en roosters",
        "meet": "Elkaar ontmoeten",
        "joint": "Samen leren en trainen",
        "shadow": "Meekijken bij elkaar",
        "faces": "Vaste gezichten",
        "deals": "Afspraken tussen besturen",
        "space": "Ruimte of bureaucratie",
    },
    "vision": {
        "paper": "Visie op papier",
        "need": "Elkaar nodig hebben",
        "family": "Gezin boven organisatie",
        "equal": "Gelijkwaardig zijn",
        "mutual": "Geven en nemen",
        "talk": "Er samen over praten",
        "carry": "Uitdragen door leiding",
        "keep": "Levend houden",
        "new": "Nieuwe collega's meenemen",
        "goals": "Gezamenlijke doelen",
    },
    "leadership": {
        "promote": "Belang uitdragen",
        "example": "Zelf het voorbeeld geven",
        "address": "Elkaar aanspreken",
        "open": "Zelf aanspreekbaar zijn",
        "culture": "Feedback is gewoon",
        "escalate": "Weten waar je terechtkunt",
        "backing": "Steun van je leiding",
        "steer": "Koers houden",
    },
    "structures": {
        "meet": "Vaste overleggen",
        "agree": "Werkafspraken",
        "proto": "Protocollen",
        "comake": "Samen gemaakt",
        "talk": "Uitleg en gesprek",
        "room": "Ruimte in de praktijk",
        "start": "Houvast bij de start",
        "handover": "Vastleggen voor overdracht",
        "toomuch": "Te veel overleg",
    },
    "infosharing": {
        "rules": "Weten wat mag",
        "ask": "Toestemming vragen",
        "open": "Gezin vanaf begin erbij",
        "careful": "Te voorzichtig zijn",
        "help": "Hulp bij twijfel",
        "train": "Samen hierover leren",
        "tools": "Veilig mailen of appen",
        "file": "Dossier dat gezin inziet",
    },
    "involvement": {
        "heard": "Gehoord worden",
        "used": "Iets doen met signalen",
        "back": "Horen wat ermee gebeurt",
        "policy": "Meedenken over beleid",
        "ideas": "Ruimte voor ideeën",
        "touch": "Beleid kent de praktijk",
        "parents": "Ouders en jongeren betrekken",
    },
}

ACTIONS = {
    "conditions": ("Meekijken", "Vrij blok", "Warme wissel"),
    "vision": ("Eén zin", "Welkomstverhaal", "Gezin op de agenda"),
    "leadership": ("Eerst bellen", "Samen voor de groep", "Wegwijzer"),
    "structures": ("Samen uitleggen", "Overlegcheck", "Eén kantje"),
    "infosharing": ("Zinnen ruilen", "Samen in de leer", "Vraagbaak"),
    "involvement": ("Beleid op bezoek", "Oudertafel", "Antwoordafspraak"),
}

LINKS = {
    "conditions": {"trust", "roles", "communication", "housing", "leadership"},
    "vision": {"leadership", "oneteam", "involvement", "conditions", "client"},
    "leadership": {"vision", "trust", "communication", "involvement", "process"},
    "structures": {"trust", "roles", "involvement", "process", "conditions"},
    "infosharing": {"skills", "communication", "client", "trust", "oneteam"},
    "involvement": {"process", "leadership", "structures", "municipality", "client"},
}

NUMBERS = {"conditions": 1, "vision": 2, "leadership": 5, "structures": 6, "infosharing": 8, "involvement": 9}
ASKS_THE_SIDE = {"vision", "structures", "infosharing"}

each_element = pytest.mark.parametrize("element", THEMES)
each_audience = pytest.mark.parametrize("audience", Audience)


def said(element: str, audience: Audience, step: str, *facts: str, branch: Branch | None = None) -> list[str]:
    """The texts of a step that a person on this branch, with these facts, may see; in order."""
    held = frozenset({f"audience:{audience}", *facts})
    phrases = LIBRARY.get(element).step(audience, step).phrases
    return [phrase.text for phrase in phrases if phrase.when.holds(branch=branch, facts=held)]


@each_element
def test_themes_are_those_of_the_research(element) -> None:
    """Themes are compared over months and teams' conversations lean on them, so their ids and labels stay."""
    themes = LIBRARY.get(element).themes
    assert [(theme.id, theme.label) for theme in themes] == [
        (f"{element}.{name}", label) for name, label in THEMES[element].items()
    ]
    assert all(theme.meaning for theme in themes)


@each_element
def test_number_sources_and_links_lead_back_to_the_report(element) -> None:
    """Element n is section 3.(n+1) and 4.2.n of the report; links are the strengthening ones it names."""
    definition = LIBRARY.get(element)
    number = NUMBERS[element]
    assert definition.number == str(number)
    assert f"§4.2.{number}" in definition.sources
    assert any(source.startswith(f"§3.{number + 1}") for source in definition.sources)
    assert set(definition.links) == LINKS[element]


@each_element
def test_titles_fit_a_button(element) -> None:
    """A title is a button in lists of topics, and stands in the middle of a greeting."""
    assert len(LIBRARY.get(element).title) <= 40


@each_element
@each_audience
def test_the_steps_stand_in_their_fixed_order(element, audience) -> None:
    """The score comes first; the side is asked only where the sides of the triangle can differ."""
    steps = [step.id for step in LIBRARY.get(element).steps[audience]]
    side = ["side"] if element in ASKS_THE_SIDE else []
    assert steps == ["statement", *side, "themes", "probe", "share", "action", "reflection"]


@each_element
@each_audience
def test_the_statement_is_answered_on_the_one_scale(element, audience) -> None:
    """Five figures and "Geen zicht op" everywhere; a button for no occasion only in the practice of leadership."""
    step = LIBRARY.get(element).step(audience, "statement")
    assert isinstance(step, Choice)
    assert step.counted is Counted.BANDS
    assert [option.value for option in step.options if option.value != NOT_APPLICABLE] == [*"12345", "no_view"]
    no_occasion = [option.label for option in step.options if option.branch is Branch.NOT_APPLICABLE]
    assert no_occasion == (["Er schuurde niets"] if (element, audience) == ("leadership", Audience.PRACTICE) else [])


@each_element
@pytest.mark.parametrize("branch", [Branch.LOW, Branch.MID, Branch.HIGH, Branch.UNKNOWN])
def test_the_audiences_are_asked_in_their_own_words(element, branch) -> None:
    """Practice and strategic get another statement, and another first question on every branch."""
    assert len({said(element, audience, "statement")[-1] for audience in Audience}) == 2
    assert len({said(element, audience, "probe", branch=branch)[0] for audience in Audience}) == 2


@each_element
@each_audience
def test_the_statement_is_about_the_last_period_and_oneself(element, audience) -> None:
    """What is asked is the own experience in a stretch of time, not a figure for somebody else."""
    (statement,) = said(element, audience, "statement")
    assert "{periode}" in statement
    assert {"ik", "mij", "ons"} & set(statement.replace(",", "").replace(".", "").split())


@each_element
@each_audience
def test_four_rounds_in_a_row_ask_something_else(element, audience) -> None:
    """A team that meets a subject again is not asked the same words; who has no view gets one question."""
    for answer in ("2", "3", "4"):
        asked = [_asked(element, audience, number=number, answer=answer) for number in range(1, 5)]
        assert len(set(asked)) == 4
    assert len({_asked(element, audience, number=number, answer="no_view") for number in range(1, 5)}) == 1


def _asked(element: str, audience: Audience, *, number: int, answer: str) -> str:
    """The open question that a wijkteam person meets the ``number``-th time, after this score."""
    player = Player(LIBRARY.get(element), audience=audience, sector="wijkteam", number=number).choose(answer)
    while not isinstance(player.step, OpenText):
        player.skip()
    return player.screen.question


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
        assert text.count("?") == 1
        assert {"we", "wij", "ons", "onze"} & set(text.lower().replace(",", "").split())
        assert not {"waarom", "wie", "{"} & set(text.lower().split())


@each_element
@each_audience
def test_last_words_do_not_tell_the_score(element, audience) -> None:
    """The last message stays on the phone, so it reads the same after a low, a mixed and a high score."""
    low, *others = (
        said(element, audience, "reflection", branch=branch)
        for branch in (Branch.LOW, Branch.MID, Branch.HIGH, Branch.UNKNOWN)
    )
    assert all(other == low for other in others)
    assert "telt mee" in low[-1]
    assert "telt niet mee" in said(element, audience, "reflection", branch=Branch.NOT_APPLICABLE)[-1]


@pytest.mark.parametrize(
    ("element", "audience", "fact", "words"),
    [
        ("conditions", Audience.PRACTICE, "turnover:high", "opnieuw kennismaken"),
        ("conditions", Audience.STRATEGIC, "turnover:high", "iemand vertrekt"),
        ("conditions", Audience.PRACTICE, "sector:jgz", "spreekuur"),
        ("vision", Audience.PRACTICE, "tenure:short", "is je verteld"),
        ("vision", Audience.STRATEGIC, "change:yes", "gezamenlijke doel"),
        ("structures", Audience.PRACTICE, "size:small", "je opvolger"),
        ("structures", Audience.PRACTICE, "size:large", "de juiste mensen"),
        ("structures", Audience.STRATEGIC, "change:yes", "de nieuwe vorm"),
        ("infosharing", Audience.PRACTICE, "jgz:one_organisation", "één organisatie"),
        ("infosharing", Audience.PRACTICE, "sector:onderwijs", "leerkrachten"),
        ("involvement", Audience.PRACTICE, "jgz:not_in_team", "Langs welke weg komt jouw signaal"),
        ("involvement", Audience.PRACTICE, "team:0-100", "Langs welke weg komt jouw signaal"),
    ],
)
@pytest.mark.parametrize("branch", [Branch.LOW, Branch.MID, Branch.HIGH])
def test_the_profile_chooses_the_second_question(element, audience, fact, words, branch) -> None:
    """After the question of the branch comes the one that fits the team, and only for such a team."""
    second = said(element, audience, "probe", fact, branch=branch)[1]
    assert words in second
    assert second not in said(element, audience, "probe", branch=branch)


def test_leaders_are_asked_when_they_last_spoke_to_parents() -> None:
    """Every leader is asked after parents and young people (§3.10), whatever the profile; practice is not."""
    asked = {
        audience: any(
            "ouders of jongeren" in text for text in said("involvement", audience, "probe", branch=Branch.MID)
        )
        for audience in Audience
    }
    assert asked == {Audience.PRACTICE: False, Audience.STRATEGIC: True}


def test_everybody_in_practice_reads_where_to_go_when_stuck() -> None:
    """The way to go stands in the last words, also when nothing chafed; leaders have their own ways."""
    for branch in Branch:
        words = " ".join(said("leadership", Audience.PRACTICE, "reflection", branch=branch))
        assert "{contact_knelpunt}" in words
    assert "{contact_knelpunt}" not in " ".join(said("leadership", Audience.STRATEGIC, "reflection"))


def test_who_wants_to_write_about_one_person_is_sent_to_that_person() -> None:
    """The bot is no letterbox for complaints: under every open question about what chafes it says so."""
    for audience in Audience:
        step = LIBRARY.get("leadership").step(audience, "probe")
        asked = [phrase.text for phrase in step.phrases if phrase.when.branches != {Branch.UNKNOWN}]
        assert len(asked) == len(step.phrases) - 1
        assert all("berichten over personen" in text for text in asked)


def test_the_municipality_speaks_of_the_people_who_do_the_work() -> None:
    """Somebody in policy has no people of their own to show it to."""
    municipal = said("leadership", Audience.STRATEGIC, "statement", "sector:gemeente")[0]
    usual = said("leadership", Audience.STRATEGIC, "statement", "sector:jgz")[0]
    assert "mensen in de uitvoering" in municipal
    assert "mijn mensen" in usual


@each_audience
def test_the_bot_gives_no_legal_advice(audience) -> None:
    """It never says whether something may be shared, names whom to ask, and shows what it keeps itself."""
    words = " ".join(said("infosharing", audience, "reflection", branch=Branch.LOW))
    assert "kan ik niet zeggen" in words
    assert "{contact_privacy}" in words
    assert "/privacy" in words


@pytest.mark.parametrize("element", THEMES)
def test_the_long_name_reminder_stands_where_consent_is_asked(element) -> None:
    """A question about asking a family for consent invites details, so it says most about leaving them out."""
    for audience in Audience:
        step = LIBRARY.get(element).step(audience, "probe")
        assert isinstance(step, OpenText)
        assert step.long_reminder is (element == "infosharing")


@pytest.mark.parametrize(
    ("element", "words"),
    [
        ("conditions", "nog geen bewijs"),
        ("structures", "Hoog is hier geen doel, en laag is geen alarm."),
        ("leadership", "geen oordeel over een leidinggevende of een collega"),
        ("involvement", "ook over deze vragen zelf"),
        ("infosharing", "niet over wie de regels goed volgt"),
        ("vision", "nog geen gedeeld doel"),
    ],
)
def test_reading_notes_keep_an_outcome_in_proportion(element, words) -> None:
    """Agreements on paper prove nothing, and no outcome is a verdict on somebody."""
    assert words in LIBRARY.get(element).reading_note
