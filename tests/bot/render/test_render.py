"""A maandbeeld as picture, page, message and caption: every fact arrives, and no text becomes markup."""

from __future__ import annotations

import io
import re
import shutil
import subprocess
from html.parser import HTMLParser

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from bot.render import caption, message, pdf, picture
from bot.render.message import CAPTION_LIMIT, MESSAGE_LIMIT
from bot.render.pages import PICTURE_WIDTH, template_data
from dialogues.insight import (
    Maandbeeld,
    Outcome,
    PublishedElement,
    TeamFacts,
    compose,
    publish,
    publish_listing,
    publish_wanted,
)
from tests.dialogues.insight.samples import cells, element
from tests.support.chance import examples

MARKUP = '#panic("x") *vet* _schuin_ $x$ [a] @bron <b>&amp;</b> </i> // \\ "'


def round_of(counts, *, name="trust", title="Vertrouwen", rule="words", outcome=Outcome.PUBLISHED):
    made = cells(
        statement=publish(counts, rule),
        themes=publish_listing({"t.know": 4, "t.key": 3}, 8),
        action=publish_wanted({"t.a2": 3}, 8),
    )
    definition = element(name, title=title, reading_note="Lees dit naast de rest.")
    return PublishedElement(definition=definition, month="november 2026", cells=made, outcome=outcome)


def facts(team="Team Noord", **others):
    return TeamFacts(**{"team": team, "month": "november 2026", "team_label": "jeugdteam", **others})


TWO_SECTORS = {"jgz": {"high": 5, "low": 1}, "wijkteam": {"no_view": 5}}
CASES = {
    "three elements": compose(
        facts(participation="bijna iedereen deed mee"),
        tuple(round_of({"jgz": {band: 8}}, name=band) for band in ("high", "mid", "no_view")),
    ),
    "two sectors": compose(facts(), (round_of(TWO_SECTORS),)),
    "a tie": compose(facts(roster_changed=True), (round_of({"jgz": {"low": 3, "high": 3}}),)),
    "counts": compose(facts(), (round_of({"jgz": {"high": 7, "low": 3}}, rule="counts"),)),
    "below the floor": compose(facts(), (round_of({"jgz": {"low": 3}}, outcome=Outcome.WAITING),)),
    "nothing at all": compose(facts(), ()),
    "markup in names": compose(
        facts(MARKUP, team_label=MARKUP, feedback=MARKUP), (round_of(TWO_SECTORS, title=MARKUP),)
    ),
    "a very full month": compose(
        facts("Jeugd- en gezinsteam " * 6, team_label="Centrum voor Jeugd en Gezin Achterhoek"),
        tuple(round_of(TWO_SECTORS, name=f"e{number}", title=f"Onderwerp {number}") for number in range(6)),
    ),
}
every_case = pytest.mark.parametrize("made", CASES.values(), ids=CASES.keys())

WRITTEN = st.text(st.characters(exclude_categories=("Cc", "Cs")), min_size=1, max_size=120)


class Strict(HTMLParser):
    """Reads what Telegram would: only its tags, properly closed."""

    def __init__(self):
        super().__init__(convert_charrefs=True)
        self.open, self.text = [], ""

    def handle_starttag(self, tag, attrs):
        assert tag in {"b", "i", "u"}
        assert not attrs
        self.open.append(tag)

    def handle_endtag(self, tag):
        assert self.open.pop() == tag

    def handle_data(self, data):
        self.text += data


def read(html: str) -> str:
    reader = Strict()
    reader.feed(html)
    reader.close()
    assert reader.open == []
    return reader.text


@every_case
def test_the_picture_is_as_wide_as_a_phone_and_fits_telegram(made):
    """A PNG of three pixels a point, within Telegram's bounds for photos."""
    image = Image.open(io.BytesIO(picture(made)))
    assert image.format == "PNG"
    assert image.width == PICTURE_WIDTH
    assert image.width + image.height <= 10_000


@every_case
def test_the_page_is_tagged_and_two_pages_at_most(made):
    """PDF/UA-1, in Dutch, and never a third page however full the month."""
    made_pdf = pdf(made)
    assert made_pdf.startswith(b"%PDF")
    assert re.findall(rb"/Type/Pages/Count (\d+)", made_pdf) in ([b"1"], [b"2"])
    assert b"pdfuaid" in made_pdf
    assert b"/Lang(nl)" in made_pdf


def test_the_same_maandbeeld_gives_the_same_bytes():
    """No date, id or order of chance in either file; what was sent once can be sent again."""
    made = CASES["three elements"]
    again = Maandbeeld.from_json(made.to_json())
    assert picture(made) == picture(again)
    assert pdf(made) == pdf(again)


def test_different_words_give_a_different_picture():
    """The picture depends on the published band."""
    low, high = (compose(facts(), (round_of({"jgz": {band: 6}}),)) for band in ("low", "high"))
    assert picture(low) != picture(high)


def test_templates_get_texts_as_data():
    """Names arrive letter by letter; nothing in them is evaluated or escaped."""
    data = template_data(CASES["markup in names"])
    assert data["maandbeeld"]["team"] == MARKUP
    assert data["maandbeeld"]["elements"][0]["title"] == MARKUP
    assert data["words"]["often"] == "vaak"


@pytest.mark.skipif(shutil.which("pdftotext") is None, reason="pdftotext (poppler-utils) is not on this machine")
@every_case
def test_every_fact_is_on_the_page(made):
    """What the maandbeeld says stands in the text of the PDF."""
    run = subprocess.run(["pdftotext", "-raw", "-", "-"], input=pdf(made), capture_output=True, check=True)  # noqa: S607
    printed = re.sub(r"\s+", "", run.stdout.decode())
    texts = [made.title, made.thin, *(note for note in made.footnotes), *(step.text for step in made.guide)]
    texts += [line.word for one in made.elements for scale in one.scales for line in scale.lines]
    texts += [item.label for one in made.elements for mentions in one.mentions for item in mentions.items]
    assert [text for text in texts if re.sub(r"\s+", "", text) not in printed] == []


@every_case
def test_the_message_says_what_the_page_says(made):
    """Title, team, words, themes, wanted step, question and notes, in HTML that Telegram takes."""
    html = message(made)
    said = read(html)
    assert len(html.encode("utf-16-le")) // 2 <= MESSAGE_LIMIT
    for element_view in made.elements:
        assert element_view.title in said
        assert element_view.note in said
        for scale in element_view.scales:
            assert all(f"{line.who}: {line.word}" in said for line in scale.lines)
    assert made.title in said
    assert made.team in said
    assert made.thin in said
    assert made.question is None or made.question.text in said


def test_the_message_lists_themes_and_the_wanted_step():
    """Often is said where it was published, and the most chosen step by its label."""
    said = read(message(CASES["two sectors"]))
    assert "Waar zit het vooral in? jeugdteam t.know (vaak); jeugdteam t.key." in said
    assert "Stap die het meest is gekozen: Stap 2." in said


@every_case
def test_the_caption_is_short_and_holds_the_question(made):
    """Whose maandbeeld it is and the one question, or the honest sentence."""
    html = caption(made)
    said = read(html)
    assert len(html.encode("utf-16-le")) // 2 <= CAPTION_LIMIT
    assert made.title in said
    assert (made.question.text if made.question else made.thin) in said


@settings(max_examples=examples(60), deadline=None)
@given(WRITTEN, WRITTEN)
def test_no_text_breaks_message_or_caption(team, feedback):
    """Any name or feedback stays within the limits and reads back as it was written."""
    made = compose(facts(team, feedback=feedback), (round_of(TWO_SECTORS, title=team),))
    for html, limit in ((message(made), MESSAGE_LIMIT), (caption(made), CAPTION_LIMIT)):
        assert len(html.encode("utf-16-le")) // 2 <= limit
        assert team.replace("\u2060", "") in read(html).replace("\u2060", "")


def test_a_name_too_long_for_a_message_costs_the_title_not_the_question():
    """Whole blocks are left out, so that no tag is ever broken."""
    made = compose(facts("x" * 5000), (round_of(TWO_SECTORS),))
    assert made.question.text in read(message(made))
    assert made.question.text in read(caption(made))


@pytest.mark.parametrize("number", [9, 12])
def test_a_very_tall_picture_fits_what_telegram_takes(number):
    """Many elements and long names: width and height together stay below the limit, in proportion and readable."""
    many = compose(
        facts("Jeugd- en gezinsteam " * 12, team_label="Centrum voor Jeugd en Gezin Achterhoek", feedback="Zo. " * 99),
        tuple(round_of(TWO_SECTORS, name=f"e{each}", title=f"Onderwerp {each} " * 6) for each in range(number)),
    )
    width, height = Image.open(io.BytesIO(picture(many))).size
    assert 9800 < width + height <= 9900
    assert PICTURE_WIDTH / 2 < width < PICTURE_WIDTH
