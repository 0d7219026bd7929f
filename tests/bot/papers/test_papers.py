"""The papers: every fact is the program's own, every open place is marked, and both sides weigh the same."""

from __future__ import annotations

import re
from fnmatch import fnmatch
from html.parser import HTMLParser
from itertools import pairwise
from pathlib import Path
from string import Template

import pytest

import bot
from bot.chat.texts.chat_nl import COMMANDS
from bot.papers import facts as known
from bot.papers.facts import KEPT, facts_of
from bot.papers.organisation import BLANK, Organisation
from bot.papers.writing import PAPERS, PARTS, PaperExists, make_papers, write_papers
from bot.settings import load_settings
from dialogues.insight.chances import chance_of_sectors
from dialogues.insight.publication import FLOOR, Publication, Rule
from storage.backups import KEPT as COPIES_KEPT
from storage.retention import DAYS
from tests.support.house import copied, furnished
from tests.support.telegram import TOKEN

ROOT = Path(__file__).parents[3]
TEXTS = ROOT / "bot" / "papers" / "texts"
LONGEST, AVERAGE = 25, 15
TOLD = Organisation(
    name="Gemeente Voorbeeldstad", contact="privacy@voorbeeld.nl", officer="Fatima Groen", host="ICT, in Nederland",
    ground="taak van algemeen belang", council="de OR",
)  # fmt: skip
PAIRS = {
    "privacytekst": ("Waartegen beschermt de bot je wel?", "Waartegen beschermt de bot je niet?"),
    "dpia": ("Wat de bot beschermt", "Wat de bot niet beschermt"),
    "brief-medezeggenschap": ("Wat de bot beschermt", "Wat de bot niet beschermt"),
}
ADMITTED = ("server overneemt", "telefoon", "Telegram", "beheerder", "klein team")


@pytest.fixture(scope="module")
def settled(tmp_path_factory):
    """One house for all tests of this module, which write nothing in it."""
    house = copied(furnished(tmp_path_factory.mktemp("model")), tmp_path_factory.mktemp("papers"))
    yield house
    house.storage.engine.dispose()


def settings_of(**changed):
    return load_settings(telegram_bot_token=TOKEN, _env_file=None, **changed)


@pytest.fixture(scope="module")
def facts(settled):
    """What the program knows by itself."""
    return facts_of(settled.deps, settings_of())


@pytest.fixture(scope="module")
def papers(facts):
    """Name → the paper of an organisation that told nothing yet."""
    return {paper.name: paper for paper in make_papers({**facts, **Organisation().facts()})}


def names_in(path):
    return set(re.findall(r"\$\{?(\w+)", path.read_text()))


def headings(text):
    """Level and text of each heading, in order."""
    return [(len(found[1]), found[2]) for found in re.finditer(r"^(#+) (.+)$", text, re.MULTILINE)]


def test_every_place_is_filled_or_marked(papers):
    """No placeholder is left, and every bracket is a blank that a search finds."""
    assert tuple(papers) == PAPERS
    for paper in papers.values():
        assert "$" not in paper.text, paper.name
        assert paper.text.count("[") == paper.text.count("[vul in: ") == len(paper.blanks), paper.name


def test_no_fact_is_gathered_for_nothing(facts):
    """Each fact stands in a paper, and templates are used."""
    used = set.union(*(names_in(path) for path in TEXTS.glob("*.md")))
    assert used - set(PARTS) == set(facts) | set(Organisation().facts())
    assert {path.stem for path in TEXTS.glob("*.md")} == {*PAPERS, *(f"{name}.part" for name in PARTS)}


def test_a_fact_that_nobody_knows_is_an_error(facts):
    """A template that asks for more stops the command instead of leaving a hole."""
    with pytest.raises(KeyError, match="organisatie"):
        make_papers(facts)


def test_what_the_organisation_told_is_no_blank_any_more(facts, papers):
    """Everything that was given stands in the papers; what only a meeting can decide stays open."""
    filled = {paper.name: paper for paper in make_papers({**facts, **TOLD.facts()})}
    for value in ("Gemeente Voorbeeldstad", "privacy@voorbeeld.nl", "Fatima Groen", "ICT, in Nederland", "algemeen"):
        assert value in filled["privacytekst"].text
    assert "de OR" in filled["brief-medezeggenschap"].text
    assert filled["privacytekst"].blanks == ()
    for name, paper in filled.items():
        assert set(paper.blanks) <= set(papers[name].blanks)
        assert not set(paper.blanks) & set(Organisation().facts().values())
    assert len([blank for blank in filled["dpia"].blanks if "naam, functie, datum" in blank]) == 9


@pytest.mark.parametrize("name", PAIRS)
def test_what_is_not_protected_weighs_as_much_as_what_is(papers, name):
    """A heading of the same level, directly behind the other, and the four admissions under it."""
    found = headings(papers[name].text)
    does, does_not = PAIRS[name]
    place = [title for _, title in found].index(does)
    assert found[place + 1] == (found[place][0], does_not)
    text = papers[name].text.partition(f"# {does_not}\n")[2].partition("\n## ")[0]
    assert not [words for words in ADMITTED if words not in text]


def test_the_dpia_has_all_fourteen_points(papers):
    """In order, and every table of the database is in it."""
    points = [title for _, title in headings(papers["dpia"].text) if title[0].isdigit()]
    assert [int(title.partition(".")[0]) for title in points] == list(range(1, 15))
    assert papers["dpia"].text.count("[vul in: naam, functie, datum]") == 9


def test_tables_are_those_of_the_document_about_privacy(facts):
    """Filled with the program's own days, what the papers say is what docs/privacy.md says, to the letter.

    Is there a new table, or another day? Change its line in bot/papers/texts/opslag.part.md too.
    """
    document = (ROOT / "docs" / "privacy.md").read_text()
    for part in ("opslag", "rollen"):
        text = Template((TEXTS / f"{part}.part.md").read_text()).substitute(facts)
        for line in text.splitlines():
            assert line in document.splitlines(), line
        assert f"\n\n{text}\n" in document, f"a line of docs/privacy.md is missing in {part}.part.md"


def test_facts_are_those_of_the_program(facts, papers):
    """Floor, version, days and commands."""
    assert f'\nversion = "{bot.__version__}"\n' in (ROOT / "pyproject.toml").read_text()
    assert f"versie {bot.__version__}" in (ROOT / "docs" / "privacy.md").read_text()
    text = papers["privacytekst"].text
    assert f"minstens {FLOOR} antwoorden" in text
    assert f"versie {bot.__version__}" in text
    assert "Stand van 2 november 2026" in text
    for table in KEPT:
        assert facts[f"dagen_{table}"] == str(DAYS[table])
    assert f"hooguit {DAYS['envelope']} dagen" in text
    for name in ("privacy", "stop"):
        assert f"| `/{name}` | {COMMANDS[name]} |" in text
    seen = chance_of_sectors(dict.fromkeys(("jgz", "wijkteam", "onderwijs"), 5), share=0.7)
    assert f"| 15 | {seen.team:.0%} | {seen.one_sector:.0%} | ".replace("%", " %") in papers["dpia"].text


def test_no_paper_has_a_number_of_days_of_its_own(facts, papers):
    """How long something is kept comes from the program; a day written by hand would stay when that changes."""
    for template in sorted(TEXTS.glob("*.md")):
        assert not re.findall(r"\d+ dag\w*", template.read_text()), template.name
    assert facts["dagen_kopie"] == str(COPIES_KEPT.days)
    for name in ("dpia", "verwerkingsregister"):
        assert f"hooguit {COPIES_KEPT.days} dagen, zonder" in papers[name].text


def test_teams_and_floors_come_from_the_database(house):
    """A floor that was raised, and how many people are asked, change what the DPIA says."""
    before = facts_of(house.deps, settings_of())
    assert (before["teams"], before["ondergrenzen"], before["kleinste_team"]) == ("2", "5", "1")
    with house.storage.engine.begin() as connection:
        connection.exec_driver_sql("UPDATE team SET floor = 8, rule = 'counts' WHERE id = ?", (house.team_id,))
    after = facts_of(house.deps, settings_of())
    assert (after["ondergrenzen"], after["in_woorden"], after["in_aantallen"]) == ("5 en 8", "1", "1")


def test_settings_are_told_as_they_are(settled):
    """The channel, and where the page of the organisation stands."""
    away = facts_of(
        settled.deps, settings_of(telegram_api_url="http://127.0.0.1:8081", privacy_url="https://voorbeeld.nl/privacy")
    )
    assert "127.0.0.1:8081" in away["kanaal"]
    assert away["privacy_adres"] == "https://voorbeeld.nl/privacy"


def test_a_rule_that_gives_people_away_is_told(settled, monkeypatch):
    """The audit in the papers is done with the rule of this program, not remembered."""
    monkeypatch.setattr(
        known, "publish", lambda counts, _rule: Publication(rule=Rule.COUNTS, counts=next(iter(counts.values())))
    )
    assert int(facts_of(settled.deps, settings_of())["vastgepind"]) > 0


def test_a_checkout_knows_its_commit(monkeypatch):
    """Twelve letters of it; without git there is a blank."""
    found = known.commit()
    assert found is None or re.match(r"[0-9a-f]{12}(, met eigen wijzigingen)?$", found)
    monkeypatch.setattr("shutil.which", lambda _name: None)
    assert known.commit() is None


# Words


@pytest.mark.parametrize("name", PAPERS)
def test_sentences_are_short(papers, name):
    """None above 25 words, and on average 15 or fewer; a cell of a table is a sentence too."""
    text = re.sub(r"\*\*|^#+ |^[-\d.]+ |`", "", papers[name].text, flags=re.MULTILINE)
    pieces = [piece for piece in re.split(r"\n|\| |(?<=[.!?:;])\s+", text) if re.search(r"\w", piece)]
    lengths = [len(re.findall(r"[\w’'-]+", piece)) for piece in pieces]
    assert max(lengths) <= LONGEST, pieces[lengths.index(max(lengths))]
    assert sum(lengths) / len(lengths) <= AVERAGE


@pytest.mark.parametrize("name", PAPERS)
def test_nothing_is_promised_that_cannot_be_kept(papers, name):
    """Confidential until the overview; a law that was not checked is left to a lawyer."""
    text = papers[name].text.lower()
    assert not [
        words for words in ("100 % anoniem", "100% anoniem", "helemaal anoniem", "gecertificeerd") if words in text
    ]
    for words in ("(g)mr", "verwerkersovereenkomst nodig"):
        for found in re.finditer(re.escape(words), text):
            assert re.search("waarschijnlijk|laat .*nagaan|jurist", text[max(0, found.start() - 60) : found.end() + 60])


@pytest.mark.parametrize("name", ["privacytekst", "brief-medezeggenschap"])
def test_the_words_for_confidentiality_are_used(papers, name):
    """The one promise, in the same words everywhere."""
    assert "vertrouwelijk tot het overzicht er is" in papers[name].text


@pytest.mark.parametrize("name", ["privacytekst", "dpia", "brief-medezeggenschap", "verwerkingsregister", "telegram"])
def test_it_is_no_legal_advice(papers, name):
    """Said in every paper that mentions a law or a decision."""
    assert "geen juridisch advies" in papers[name].text


# Pages


class Elements(HTMLParser):
    """Every start tag with its attributes, and everything that is text."""

    def __init__(self, page):
        super().__init__()
        self.found, self.text = [], ""
        self.feed(page)

    def handle_starttag(self, tag, attrs):
        self.found.append((tag, dict(attrs)))

    def handle_data(self, data):
        self.text += data


@pytest.mark.parametrize("name", PAPERS)
def test_a_page_can_be_read_by_everybody(papers, name):
    """Language, title, one main heading, no level skipped, headed columns, tables that a keyboard can scroll."""
    page = Elements(papers[name].page())
    tags = [tag for tag, _ in page.found]
    assert ("html", {"lang": "nl"}) in page.found
    assert (tags.count("h1"), tags.count("main"), tags.count("title")) == (1, 1, 1)
    levels = [int(tag[1]) for tag in tags if re.fullmatch(r"h\d", tag)]
    assert all(after - before <= 1 for before, after in pairwise(levels))
    assert all(given.get("scope") == "col" for tag, given in page.found if tag == "th")
    boxes = [given for tag, given in page.found if given.get("class") == "table"]
    assert len(boxes) == tags.count("table")
    assert all(box["tabindex"] == "0" and box["aria-label"].startswith("Tabel bij: ") for box in boxes)
    assert tags.count("mark") == len(papers[name].blanks)


@pytest.mark.parametrize("name", PAPERS)
def test_a_page_fetches_nothing(papers, name):
    """One file: no script, no picture, no style from elsewhere."""
    page = papers[name].page()
    assert not {tag for tag, _ in Elements(page).found} & {"script", "link", "img", "iframe"}
    assert "url(" not in page
    assert "@import" not in page


def test_names_of_an_organisation_cannot_become_markup(facts):
    """What was typed on the command line is text in both forms."""
    typed = "<script>x</script> | *B* [vul](http://kwaad.nl)\n# Kop"
    paper = make_papers({**facts, **Organisation(name=typed).facts()})[0]
    page = Elements(paper.page())
    assert not {tag for tag, _ in page.found} & {"script", "em", "a"}
    assert " ".join(typed.split()) in " ".join(page.text.split())
    assert len(headings(paper.text)) == len(headings((TEXTS / "privacytekst.md").read_text()))


def light(colour):
    """Relative luminance as WCAG defines it."""
    digits = colour if len(colour) == 6 else "".join(digit * 2 for digit in colour)
    parts = [int(digits[at : at + 2], 16) / 255 for at in (0, 2, 4)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return sum(weight * part for weight, part in zip((0.2126, 0.7152, 0.0722), linear, strict=True))


def test_text_stands_out_from_every_background():
    """At least 4.5 to 1 (WCAG 1.4.3), for all colours of the style together."""
    style = (ROOT / "bot" / "papers" / "page.css").read_text()
    inks = set(re.findall(r"[^-]color: #(\w+)", style))
    papers = set(re.findall(r"background: #(\w+)", style))
    assert (len(inks), len(papers)) == (1, 4)
    for ink in inks:
        for paper in papers:
            lighter, darker = sorted((light(ink), light(paper)), reverse=True)
            assert (lighter + 0.05) / (darker + 0.05) >= 4.5


# Files


def test_nothing_is_written_over_unless_asked(papers, tmp_path):
    """Somebody may have filled in the blanks; then not even the other papers are written."""
    made = tuple(papers.values())
    (tmp_path / "dpia.md").write_text("ingevuld")
    with pytest.raises(PaperExists, match=r"dpia\.md"):
        write_papers(made, tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["dpia.md"]
    write_papers(made, tmp_path, overwrite=True)
    assert sorted(path.name for path in tmp_path.iterdir()) == sorted(
        f"{name}.{kind}" for name in PAPERS for kind in ("md", "html")
    )
    assert BLANK.search((tmp_path / "dpia.md").read_text())


def test_what_is_read_at_run_time_is_in_the_wheel():
    """Every file of the rooms that is no program matches a line of package-data."""
    given = re.search(
        r"\[tool\.setuptools\.package-data\]\n(.*?)\n\n", (ROOT / "pyproject.toml").read_text(), re.DOTALL
    )
    wanted = {line.partition(" = ")[0]: re.findall(r'"([^"]+)"', line) for line in given[1].splitlines()}
    missed = [
        str(path.relative_to(ROOT))
        for room, patterns in wanted.items()
        for path in (ROOT / room).rglob("*")
        if path.is_file()
        and path.suffix not in {".py", ".pyc"}
        and not any(fnmatch(str(path.relative_to(ROOT / room)), pattern) for pattern in patterns)
    ]
    assert missed == []
