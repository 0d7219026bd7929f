"""The documents read well, link to what exists, and quote the product as it is."""

from __future__ import annotations

import re

import pytest

from tests.docs.conftest import DOCUMENTS, DUTCH, FOR_PEOPLE, PAPERS, ROOT, name_of, prose, sentences

DPIA = ROOT / "bot" / "papers" / "texts" / "dpia.md"
LONGEST = 30
LONGEST_FOR_PEOPLE = 25
PROMISES = ("100 %", "100%", "volledig anoniem", "helemaal anoniem", "volstrekt anoniem", "gecertificeerd")
SPOKEN = (
    *sorted((ROOT / "bot" / "chat" / "texts").glob("*.py")),
    *sorted((ROOT / "dialogues" / "content").glob("*.yaml")),
    *sorted((ROOT / "bot" / "sandbox" / "page").iterdir()),
)


def too_long(text: str, most: int) -> list[str]:
    """The sentences with more words than this."""
    return [sentence for sentence in sentences(text) if len(re.findall(r"[\w’'-]+", sentence)) > most]


def dutch_readme() -> str:
    """The README up to the part for developers."""
    return (ROOT / "README.md").read_text().partition("## For developers")[0]


@pytest.mark.parametrize("path", DUTCH, ids=name_of)
def test_sentences_are_short(path):
    """At most 30 words, and 25 in what professionals, leads and coordinators read and in what is handed out."""
    strict = path in FOR_PEOPLE or (path in PAPERS and ".part" not in path.suffixes)
    assert not too_long(path.read_text(), LONGEST_FOR_PEOPLE if strict else LONGEST)


def test_sentences_of_the_readme_are_short():
    """Its Dutch part; the summary for developers is English."""
    assert not too_long(dutch_readme(), LONGEST)


def test_sentences_are_really_counted():
    """A long sentence is found, also behind a short one, in a list and in a table."""
    long = " ".join(["woord"] * 31) + "."
    assert too_long(f"Kort. {long}", LONGEST)
    assert too_long(f"- {long}", LONGEST)
    assert too_long(f"| a | {long} |", LONGEST)


@pytest.mark.parametrize("path", DUTCH, ids=name_of)
def test_readers_are_addressed_as_je(path):
    """Informal throughout."""
    assert not re.findall(r"\b(?:u|uw|Uw)\b", prose(path.read_text()))


@pytest.mark.parametrize("path", DOCUMENTS, ids=name_of)
def test_links_lead_somewhere(path):
    """Every relative link and image is a file of this project."""
    links = re.findall(r"\]\(([^)#\s]+)[^)]*\)", path.read_text())
    assert not [link for link in links if "://" not in link and not (path.parent / link).exists()]


@pytest.mark.parametrize("path", [*FOR_PEOPLE, ROOT / "README.md", ROOT / "docs" / "privacy.md", DPIA], ids=name_of)
def test_quoted_buttons_exist(path):
    """What stands between double quotes is a button or text of the product, to the letter.

    A whole message that is shown as an example has a test of its own (test_example.py).
    """
    spoken = "\n".join(file.read_text() for file in SPOKEN)
    quoted = re.findall(r"“([^”]+)”", re.sub(r"```text\n.*?```", "", path.read_text(), flags=re.DOTALL))
    assert not [text for text in quoted if text.rstrip(" …") not in spoken]
    assert quoted


@pytest.mark.parametrize("path", DOCUMENTS, ids=name_of)
def test_nothing_is_promised_that_cannot_be_kept(path):
    """Confidential, never anonymous without limit; no certificate."""
    text = re.sub(r"\| 100 %", "", path.read_text())
    assert not [promise for promise in PROMISES if promise in text.lower()]


def test_the_readme_says_what_everybody_must_know_first():
    """Protected and not protected at the same level and next to each other, who is responsible, and how to check."""
    first = dutch_readme().partition("## Lees dit eerst")[2].partition("\n## ")[0]
    titles = re.findall(r"^(#+) (.+)$", first, re.MULTILINE)
    place = titles.index(("###", "Waartegen het beschermt"))
    assert titles[place + 1] == ("###", "Waartegen het niet beschermt")
    for fact in (
        "vertrouwelijk tot het overzicht er is", "**nooit** voor gegevens van kinderen", "minstens 5",
        "geen certificaat", "make audit", "docs/aanvallen.md", "python -m bot papers", "**vervangen**",
        "Bekende grenzen", "jouw organisatie", "Twee mensen die samen rekenen", "nagemaakt team",
        "Schrijfstijl", "Raden kan altijd",
    ):  # fmt: skip
        assert fact in first, fact
    limits = first.partition("### Waartegen het niet beschermt\n")[2].partition("\n###")[0]
    assert re.findall(r"^(\d)\. ", limits, re.MULTILINE) == ["1", "2", "3", "4"]


def test_telegram_comes_before_everything_else():
    """In the README what Telegram is comes before how to start; with a date, and with who decides."""
    text = dutch_readme()
    first, start = text.index("## Lees dit eerst"), text.index("## Zelf proberen")
    told = text[first:start]
    assert first < start
    for fact in ("Amsterdam", "april 2024", "VNG", "actuele tekst", "November 2026".lower(), "minstens 5"):
        assert fact in told
    assert text.index("make sandbox") > start
    assert text.index("make test") > start
