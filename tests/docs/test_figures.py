"""Figures in the documents are the figures of the program."""

from __future__ import annotations

import re
from itertools import product
from math import comb

from bot.chat.texts.participation_nl import WHEN_SHOWN
from bot.usecases.invite import USES, VALID_FOR
from bot.usecases.make_area import MOST_AREAS
from bot.usecases.naming import LONGEST_NAME
from dialogues.authoring.checks.sentence_length import MOST_WORDS
from dialogues.guarding.cleaning import LONGEST_TEXT
from dialogues.guarding.findings import Kind
from dialogues.guarding.measuring import measure
from dialogues.insight.own_words import LEAST_RESPONDENTS, LEAST_WRITERS
from dialogues.insight.publication import FLOOR, visible_groups
from dialogues.insight.shares import MEMBERS_AT_LEAST, TEAMS_AT_LEAST
from dialogues.rhythm.cadence import WINDOW_DAYS
from dialogues.rhythm.recurrence import Rhythm
from storage.backups import KEPT
from storage.retention import DAYS, ERASURE_LIST
from storage.tables import Table
from tests.docs.conftest import ROOT, rows

DOCS = ROOT / "docs"
ANSWERING = 0.7
SECTORS = ("jgz", "wijkteam", "onderwijs")


def chances(members: int) -> tuple[int, ...]:
    """Percentages: a team overview, at least one sector, all three; for three sectors of equal size."""
    third = members // 3
    weight = [comb(third, k) * ANSWERING**k * (1 - ANSWERING) ** (third - k) for k in range(third + 1)]
    team = one = every = 0.0
    for sizes in product(range(third + 1), repeat=3):
        chance = weight[sizes[0]] * weight[sizes[1]] * weight[sizes[2]]
        visible = visible_groups(dict(zip(SECTORS, sizes, strict=True)))
        team += chance * (sum(sizes) >= FLOOR)
        one += chance * bool(visible)
        every += chance * (len(visible) == len(SECTORS))
    return tuple(round(100 * share) for share in (team, one, every))


def test_what_small_teams_do_not_see_is_what_the_rule_hides():
    """The table in the README is computed again with the rule itself."""
    table = {
        int(row[0]): tuple(int(cell.removesuffix(" %")) for cell in row[1:])
        for row in rows((ROOT / "README.md").read_text())
        if row[0].isdecimal()
    }
    assert len(table) == 6
    assert table == {members: chances(members) for members in table}


def test_every_table_has_a_line_about_its_retention():
    """docs/privacy.md knows all tables and no others."""
    cells = [row[0] for row in rows((DOCS / "privacy.md").read_text()) if row[0].startswith("`")]
    named = [name for cell in cells for name in re.findall(r"`(\w+)`", cell)]
    assert sorted(named) == sorted(Table.metadata.tables)


def test_retention_is_told_as_it_is():
    """Every table has a term in the program, and its row in docs/privacy.md names that number of days and no other."""
    text = (DOCS / "privacy.md").read_text()
    told = {name: row[-1] for row in rows(text) for name in re.findall(r"`(\w+)`", row[0]) if row[0].startswith("`")}
    assert set(DAYS) == set(Table.metadata.tables)
    for table, days in DAYS.items():
        named = {int(found) for found in re.findall(r"(\d+) dag", told[table])}
        working = {VALID_FOR.days} if table == "invitation" else set()
        assert named == ({days} | working if days else set()), table
    assert f"Een regel blijft {ERASURE_LIST.days} dagen" in text
    assert "Nog niet zoals het hoort" not in text
    running = (DOCS / "beheer.md").read_text()
    for said in ("ouder zijn dan {} dagen, wist hij", "van de database hooguit {} dagen", "zijn na {} dagen weg"):
        assert said.format(KEPT.days) in running


def test_a_coordinator_reads_the_right_numbers():
    """Uses of a link, length of a name and how long rounds stay open."""
    text = (DOCS / "coordinator.md").read_text()
    assert f"(voor {USES['lead']} mensen)" in text
    assert f"(voor {USES['member']} mensen)" in text
    assert f"hooguit {LONGEST_NAME} tekens" in text
    assert f"Meer dan {MOST_AREAS} gebieden maak je niet" in text
    days = {row[0].strip("“”").partition(":")[0]: row[2] for row in rows(text)}
    for label, rhythm in (("Licht", Rhythm.LIGHT), ("Gewoon", Rhythm.NORMAL), ("Intensief", Rhythm.INTENSIVE)):
        assert days[label] == f"hooguit {WINDOW_DAYS[rhythm]} dagen"


def test_who_is_shown_per_sector_is_told_as_it_is():
    """Teams and people, for the coordinator, in the text for privacy and in the chat."""
    for text in ((DOCS / "coordinator.md").read_text(), (DOCS / "privacy.md").read_text(), WHEN_SHOWN):
        assert f"minstens {MEMBERS_AT_LEAST} mensen uit minstens {TEAMS_AT_LEAST} teams" in text


def test_a_writer_reads_the_right_limit():
    """The longest sentence in content."""
    assert f"meer dan {MOST_WORDS} woorden" in (DOCS / "inhoud.md").read_text()


def test_the_figures_of_the_guard_are_the_measured_ones():
    """Every row of the table in docs/privacy.md, the false alarms, and how many sentences it was tried on."""
    text = (DOCS / "privacy.md").read_text()
    measured = measure()
    told = {row[0]: row[1] for row in rows(text)}
    names = {
        Kind.NAME: "naam", Kind.BSN: "burgerservicenummer", Kind.IBAN: "rekeningnummer",
        Kind.PHONE: "telefoonnummer", Kind.EMAIL: "mailadres", Kind.LINK: "link of accountnaam",
        Kind.BIRTH_DATE: "volledige datum of geboortedag", Kind.ADDRESS: "adres", Kind.POSTCODE: "postcode",
        Kind.SCHOOL: "school",
    }  # fmt: skip
    assert names.keys() == measured.by_kind.keys()
    for kind, share in measured.by_kind.items():
        assert told[names[kind]] == f"{share.number} van {share.of}", kind
    found, alarms = measured.found, measured.false_alarms
    assert told["**samen**"] == f"**{found.number} van {found.of} ({found.percent} %)**"
    assert (
        f"Bij {alarms.number} van de {alarms.of} schone zinnen waarschuwt hij voor niets ({alarms.percent} %)" in text
    )
    assert f"Gemeten op {measured.sentences} verzonnen zinnen, waarvan {alarms.of} schone" in text


def test_what_sharing_takes_is_told_as_it_is():
    """Eight people asked, three texts, 280 characters, in every text about sharing."""
    for name, told in {
        "privacy.md": (f"minstens {LEAST_RESPONDENTS} mensen", f"minstens {LEAST_WRITERS} mensen"),
        "professional.md": (f"minder dan {LEAST_RESPONDENTS} gevraagde", f"hooguit {LONGEST_TEXT} tekens"),
        "teamleider.md": (f"minstens {LEAST_RESPONDENTS} mensen", f"minstens {LEAST_WRITERS} mensen"),
    }.items():
        for figure in told:
            assert figure in (DOCS / name).read_text(), (name, figure)


def test_the_floor_is_told_everywhere():
    """At least five, in every text about answers."""
    for name in ("README.md", "docs/professional.md"):
        assert f"minstens {FLOOR} antwoorden" in (ROOT / name).read_text().replace("**", "")
