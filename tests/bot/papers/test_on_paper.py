"""The papers in a real browser: they fit a phone, and the short ones fit one sheet of A4."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import sync_playwright

from bot.papers.facts import facts_of
from bot.papers.organisation import Organisation
from bot.papers.writing import PAPERS, make_papers
from bot.settings import load_settings
from tests.journeys.test_page import ARGUMENTS, CHROMIUM
from tests.support.telegram import TOKEN

pytestmark = pytest.mark.browser
ONE_SHEET = ("brief-medezeggenschap", "verwerkingsregister", "bio2", "toegankelijkheid", "telegram")


def test_pages_fit_a_phone_and_short_papers_fit_one_sheet(house):
    """Nothing scrolls sideways at 390 pixels but a table in its own box; the letter is one page with long names too."""
    if CHROMIUM is None:
        pytest.skip("Er is hier geen Chromium of Chrome. De bladertest is overgeslagen.")
    told = Organisation(name="Samenwerkende gemeenten en scholen in de regio Voorbeeldstad", council="de OR en de GMR")
    facts = facts_of(house.deps, load_settings(telegram_bot_token=TOKEN, _env_file=None))
    papers = {paper.name: paper for paper in make_papers({**facts, **told.facts()})}
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=list(ARGUMENTS))
        for name in PAPERS:
            page = browser.new_page(viewport={"width": 390, "height": 844})
            page.set_content(papers[name].page())
            assert page.evaluate("document.documentElement.scrollWidth") == 390, name
            if name in ONE_SHEET:
                sheets = re.findall(rb"/Type\s*/Page\b", page.pdf(prefer_css_page_size=True))
                assert len(sheets) == 1, name
            page.close()
        browser.close()
