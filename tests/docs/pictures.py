"""Take the pictures of docs/coordinator.md again: ``python -m tests.docs.pictures``, on a machine with Chromium.

Names behind it take only those.
Plays the sandbox as a coordinator and photographs her phone.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from io import BytesIO
from typing import Final

from icalendar import Calendar, Event
from PIL import Image
from playwright.sync_api import Locator, sync_playwright

from tests.docs.conftest import ROOT
from tests.support.phones import Phone, Sandbox

FOLDER: Final = ROOT / "docs" / "beelden"
COLOURS: Final = 48
"""Enough for letters and buttons; keeps a picture far under the 80 kB of tests/docs/test_pictures.py."""
CHROMIUM: Final = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
COORDINATOR: Final = 101
TEAM: Final = "Samen in Noord"
ROUTES: Final[dict[str, tuple[str, ...]]] = {
    # name of the picture: what is tapped from /beheer on
    "team": (TEAM,),
    "uitnodigen": (TEAM, "Mensen", "Uitnodigen"),
    "leden": (TEAM, "Mensen", "Leden"),
    "ritme-kiezen": (TEAM, "Ritme", "Hoe vaak, dag en tijd"),
    "ritme": (TEAM, "Ritme"),
    "pauze": (TEAM, "Ritme", "Pauze of stoppen"),
    "vrije-dagen": (TEAM, "Ritme", "Vakanties en stille tijden"),
    "onderwerpen": (TEAM, "Onderwerpen"),
    "proefvraag": (TEAM, "Een dialoog proberen", "Stuur mij een proefvraag"),
    "gebied": ("Het gebied", "Gebied en coördinatoren"),
    "profiel": (TEAM, "Profiel en overzicht", "Profiel van het team"),
    "kring": (TEAM, "Profiel en overzicht", "De kring van dit team"),
    "logboek": ("Het gebied", "Logboek"),
}
BEFORE: Final[dict[str, tuple[tuple[str, ...], ...]]] = {
    "ritme": (
        (TEAM, "Ritme", "Hoe vaak, dag en tijd", "Vóór een vast overleg", "Elke maand", "De derde", "Dinsdag"),
        ("De werkdag ervoor", "12:30"),
    ),
    "vrije-dagen": (
        ("Het gebied", "Vakanties en vrije dagen", "Regio van de schoolvakanties", "Noord"),
        (TEAM, "Ritme", "Vakanties en stille tijden", "Stille tijden van het team", "Vrijdag", "In de middag"),
        ("Eigen vrije dagen",),
    ),
}
"""What is chosen before a picture; a way that does not begin at a team or the area goes on where the last one ended."""


@contextmanager
def played() -> Iterator[str]:
    """The sandbox with its bot and colleagues; its address."""
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
        process.wait()
        process.stdout.close()


def goes(carla: Phone, way: tuple[str, ...]) -> None:
    """From /beheer, or on from where she is."""
    if way[0] in {TEAM, "Het gebied"}:
        carla.writes("/beheer")
        carla.sees("Kies een team")
    for label in way:
        carla.taps(label)


def closes_days(carla: Phone) -> None:
    """A calendar file with two days, three weeks from now."""
    first = carla.sandbox.now().date() + timedelta(weeks=3)
    event = Event()
    event.add("dtstart", first)
    event.add("dtend", first + timedelta(days=2))
    calendar = Calendar()
    calendar.add_component(event)
    carla.does("send_document", name="vrij.ics", text=calendar.to_ical().decode())
    carla.sees("vrije dagen")


def photograph(phone: Locator, name: str) -> None:
    """What the phone shows, in few colours."""
    last = phone.get_by_test_id("message").last
    phone.page.wait_for_timeout(700)
    last.evaluate("node => node.scrollIntoView({block: 'end'})")
    picture = Image.open(BytesIO(phone.screenshot())).convert("RGB")
    few = picture.quantize(COLOURS, method=Image.Quantize.MEDIANCUT, dither=Image.Dither.NONE)
    few.save(FOLDER / f"{name}.png", optimize=True)


def main() -> None:
    """All pictures, one after the other."""
    with played() as url, sync_playwright() as playwright:
        sandbox = Sandbox(url)
        sandbox.unlimited()
        sandbox.settles()
        carla = Phone(sandbox, COORDINATOR, "Carla")
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu"])
        page = browser.new_page(viewport={"width": 390, "height": 844}, device_scale_factor=1.25)
        page.goto(url)
        phone = page.get_by_test_id(f"phone-{COORDINATOR}")
        for name in sys.argv[1:] or ROUTES:
            for earlier in BEFORE.get(name, ()):
                goes(carla, earlier)
            if name == "vrije-dagen":
                closes_days(carla)
            goes(carla, ROUTES[name])
            photograph(phone, name)
        browser.close()
        sandbox.close()


if __name__ == "__main__":
    main()
