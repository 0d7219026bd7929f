"""The fullest month there can be: every topic of the content at once, beside a top 3, steps and texts of people."""

from __future__ import annotations

import io
import re
import shutil
import subprocess
from dataclasses import replace

import pytest
from PIL import Image

from bot.render import caption, message, pdf, picture
from bot.render.message import CAPTION_LIMIT, MESSAGE_LIMIT
from bot.render.pages import PICTURE_WIDTH
from dialogues.conversation.definition import Audience, Counted, Definition
from dialogues.insight import Maandbeeld, PublishedElement, TeamFacts, compose
from dialogues.insight.maandbeeld import StepStory
from dialogues.insight.published import LastClosing
from tests.support.shipped import shipped

LIBRARY = shipped()
TOPICS = tuple(each for each in LIBRARY.definitions.values() if each.is_element)
MOST = 17
SECTORS = {"jgz": "low", "wijkteam": None, "onderwijs": "mid", "gemeente": "no_view", "overig": "high"}
TEXTS = tuple(
    f"{'Wij spreken elkaar elke week even bij de koffie. ' * 5}Dat werkt {word}." for word in ("zo", "nu", "al")
)
STORY = StepStory(
    "Kennismakingsronde met alle nieuwe collega's",
    (
        "Afgesproken op 3 november 2026. Trekker: samen. Terugkijken op 1 december 2026.",
        "Na vier weken gevraagd aan het hele team. Gebeurt het? Het vaakst ‘soms’. Helpt het? Het meest gekozen: ‘ja’.",
        "Besloten op 1 december 2026: doorgaan.",
    ),
)


def cells(definition: Definition) -> dict[str, dict]:
    """All that one round can publish: a word for the team and for every sector, and what was often chosen."""
    found = {}
    for step in definition.steps[Audience.PRACTICE]:
        counted = getattr(step, "counted", None)
        if counted is Counted.BANDS:
            plain = {"rule": "words", "below_floor": False, "band": "high", "counts": None, "sectors": SECTORS}
            found[step.id] = {"kind": "bands", **plain}
        elif counted is Counted.LISTING:
            actions = {action.id for action in definition.actions}
            values = [option.value for option in step.options]
            listed = [{"value": value, "often": True} for value in values[: 1 if actions & set(values) else 5]]
            found[step.id] = {"kind": "listing", "below_floor": False, "items": listed}
    return found


def round_about(definition: Definition, month: str = "november 2026") -> PublishedElement:
    return PublishedElement(definition=definition, month=month, cells=cells(definition), roster="dezelfde")


@pytest.fixture(scope="module")
def month() -> Maandbeeld:
    """Every topic with all sectors and how it was before, a closing, three steps, six texts, a figure."""
    closing = LIBRARY.get("closing")
    facts = TeamFacts(
        team="Jeugd- en gezinsteam " * 4,
        month="november 2026",
        team_label="Centrum voor Jeugd en Gezin Achterhoek",
        elements={each.id: each.short_title for each in TOPICS},
        earlier=tuple(round_about(each, "oktober 2026") for each in TOPICS),
        last_closing=LastClosing(round_about(closing, "mei 2026"), comparable=True),
        strategic=(round_about(closing, "oktober 2026"),),
        feedback="Op Vertrouwen: doen we. Op Rollen: dat komt later, want eerst is er een nieuwe collega.",
        participation="genoeg antwoorden",
    )
    made = compose(facts, tuple(round_about(each) for each in (*TOPICS, closing)))
    figure = "Tevredenheid van gezinnen: 7,8. Dit zegt niets over het effect van samenwerken bij kinderen."
    return replace(made, agreed=(STORY,) * 3, successes=TEXTS, own_words=TEXTS, own_figure=figure)


def test_the_month_is_full(month):
    """Nothing that a maandbeeld can have is missing in it."""
    assert len(TOPICS) == MOST
    assert len(month.elements) >= MOST
    assert month.top3 is not None
    assert all(each.trend for each in month.elements[:MOST])
    assert month.question is not None


@pytest.mark.skipif(shutil.which("pdftotext") is None, reason="pdftotext (poppler-utils) is not on this machine")
def test_every_topic_fits_on_two_pages_without_losing_an_outcome(month):
    """Its words, the question, the steps and the guide are all there; a third page is not."""
    made = pdf(month)
    assert re.findall(rb"/Type/Pages/Count (\d+)", made) == [b"2"]
    assert b"pdfuaid" in made
    run = subprocess.run(["pdftotext", "-raw", "-", "-"], input=made, capture_output=True, check=True)  # noqa: S607
    printed = re.sub(r"\s+", "", run.stdout.decode())
    texts = [month.question.text, *month.successes, *month.own_words, *STORY.lines, month.top3.before, month.own_figure]
    texts += [each.title for each in month.elements]
    texts += [f"{line.who}:{line.word}" for each in month.elements for scale in each.scales for line in scale.lines]
    texts += [step.label for each in month.elements for step in each.steps if step.wanted]
    assert [text for text in texts if re.sub(r"\s+", "", text) not in printed] == []


def test_it_fits_in_every_other_form(month):
    """The picture is one that Telegram takes, and so are the message and the caption."""
    image = Image.open(io.BytesIO(picture(month)))
    assert image.width <= PICTURE_WIDTH
    assert image.width + image.height <= 10_000
    assert len(message(month).encode("utf-16-le")) // 2 <= MESSAGE_LIMIT
    assert len(caption(month).encode("utf-16-le")) // 2 <= CAPTION_LIMIT
