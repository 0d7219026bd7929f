"""The sandbox's page in a real browser: what a newcomer clicks in the first two minutes."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from typing import Final

import pytest
from playwright.sync_api import Locator, Page, expect, sync_playwright

from tests.journeys.running import ROOT, STARTUP_SECONDS

pytestmark = pytest.mark.browser

CHROMIUM: Final = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
ARGUMENTS: Final = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
)
LEAD, NURSE, COUNSELOR = 102, 103, 105
PATIENCE_MS: Final = 40_000
WALK_MS: Final = 180_000


@pytest.fixture
def address() -> Iterator[str]:
    """Where ``python -m bot sandbox`` serves its page, with brisk colleagues."""
    process = subprocess.Popen(
        [sys.executable, "-m", "bot", "sandbox", "--port", "0", "--hurry", "0.05"],
        env={"PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT), "PYTHONUNBUFFERED": "1"},
        stdout=subprocess.PIPE,
        text=True,
    )
    assert process.stdout is not None
    try:
        yield next(word for word in process.stdout.readline().split() if word.startswith("http"))
    finally:
        process.terminate()
        process.wait(timeout=STARTUP_SECONDS)
        process.stdout.close()


@pytest.fixture
def page(address: str) -> Iterator[Page]:
    """The page in Chromium."""
    if CHROMIUM is None:
        pytest.skip("Er is hier geen Chromium of Chrome. De bladertest is overgeslagen.")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=list(ARGUMENTS))
        page = browser.new_page(viewport={"width": 1600, "height": 1000})
        page.set_default_timeout(PATIENCE_MS)
        complaints: list[str] = []
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.goto(address)
        yield page
        browser.close()
    assert complaints == []


def phone(page: Page, user: int) -> Locator:
    """Somebody's phone."""
    return page.get_by_test_id(f"phone-{user}")


def last_message(device: Locator) -> Locator:
    """The newest message on a phone."""
    return device.get_by_test_id("message").last


def click(device: Locator, *labels: str) -> None:
    """Click inline buttons one after the other, each as soon as the newest message shows it."""
    for label in labels:
        last_message(device).get_by_test_id("inline-button").get_by_text(label, exact=True).click()


def says(device: Locator, text: str) -> None:
    """Wait until the newest message holds this text."""
    expect(last_message(device)).to_contain_text(text, timeout=PATIENCE_MS)


def test_a_newcomer_joins_answers_and_sees_the_maandbeeld(page: Page) -> None:
    """Open an invitation, answer, move the clock with its buttons, and find the maandbeeld on the lead's phone."""
    fatima = phone(page, COUNSELOR)
    fatima.get_by_test_id("start-button").get_by_text("Open uitnodiging").click()
    says(fatima, "Meedoen mag. Het hoeft niet.")
    click(fatima, "Ik doe mee", "Onderwijs", "Intern begeleider (IB'er)", "Langer dan twee jaar")
    says(fatima, "Wat vind jij het belangrijkste")
    click(fatima, "Elkaar kennen", "Klaar", "4 · Loopt")
    says(fatima, "Vraag 3 van")
    click(fatima, "3 · Wisselend", "Geen verschil")
    says(fatima, "Vraag 5 van")
    click(fatima, "Sla over")
    says(fatima, "Opgeslagen.")

    page.get_by_test_id("clock-next").click()
    says(fatima, "Twee minuten voor een korte vraag?")
    click(fatima, "Start")
    says(fatima, "Vraag 1 van")
    click(fatima, "4 · Grotendeels", "Alle drie", "Elkaar kennen", "Klaar")
    says(fatima, "Typen mag, hooguit 280 tekens.")
    fatima.get_by_test_id("composer-input").fill("Een moeder belde ons allebei.")
    fatima.get_by_test_id("composer-send").click()
    says(fatima, "Je schreef:")
    click(fatima, "Alleen voor mezelf")
    says(fatima, "Opgeslagen.")
    expect(fatima).not_to_contain_text("Een moeder belde")

    noor = phone(page, NURSE)
    click(noor, "Later vandaag")
    says(noor, "Prima, ik kom terug op")

    before = page.get_by_test_id("clock-now").inner_text()
    page.get_by_test_id("clock-maandbeeld").click()
    tom = phone(page, LEAD)
    expect(tom.get_by_test_id("photo")).to_be_visible(timeout=WALK_MS)
    says(tom, "Vertrouwen en respect")
    assert page.get_by_test_id("clock-now").inner_text() != before

    tom.get_by_test_id("photo").click()
    expect(page.get_by_test_id("enlarged")).to_be_visible()
    assert page.locator("#enlarged-picture").evaluate("image => image.naturalWidth") > 0
    page.keyboard.press("Escape")
    click(tom, "Als PDF")
    expect(tom.get_by_test_id("document")).to_contain_text("maandbeeld.pdf", timeout=PATIENCE_MS)
