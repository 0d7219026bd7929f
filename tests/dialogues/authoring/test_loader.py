"""Loading good content, and naming every mistake in content that is not."""

from __future__ import annotations

import pytest

from dialogues.authoring.loader import load_library, shipped_folder
from dialogues.conversation.definition import Audience
from dialogues.errors import ContentErrors, UnknownDialogue
from tests.support.shipped import shipped


def test_shipped_content_loads() -> None:
    """The dialogues that come with the product have no mistakes."""
    library = load_library(shipped_folder())
    assert {"trust", "roles", "communication", "process", "start"} <= set(library.definitions)


def test_elements_come_in_the_order_of_the_report() -> None:
    """Elements by their number, and what stands around them last."""
    listed = list(shipped().definitions.values())
    numbers = [int(one.number) for one in listed if one.number.isdecimal()]
    assert numbers == sorted(numbers)
    assert [one.number.isdecimal() for one in listed] == sorted(
        (one.number.isdecimal() for one in listed), reverse=True
    )


def test_without_folders_the_shipped_content_is_loaded() -> None:
    """A caller that has no folder of its own gets the product's dialogues."""
    assert shipped() == load_library(shipped_folder())


def test_the_shipped_content_is_the_same_without_checking() -> None:
    """A start may take it on trust; nothing is made by a check."""
    assert load_library(shipped_folder(), checking=False) == shipped()


def test_an_unknown_dialogue_is_named_with_those_that_are_known() -> None:
    """Asking for a dialogue that is not loaded says which ones are."""
    with pytest.raises(UnknownDialogue) as raised:
        shipped().get("trsut")
    assert raised.value.dialogue == "trsut"
    assert "trust" in raised.value.known


def test_a_later_folder_replaces_a_dialogue_by_its_id(tmp_path) -> None:
    """An own version of one element, under any file name, stands in for the shipped one; the rest stays."""
    text = (shipped_folder() / "trust.yaml").read_text(encoding="utf-8")
    own = text.replace("title: Vertrouwen en respect", "title: Op elkaar bouwen").replace("version: 3", "version: 4")
    (tmp_path / "ons-vertrouwen.yaml").write_text(own, encoding="utf-8")
    library = load_library(shipped_folder(), tmp_path)
    assert (library.get("trust").title, library.get("trust").version) == ("Op elkaar bouwen", 4)
    assert library.get("roles") == shipped().get("roles")


def test_own_phrases_replace_the_shipped_ones(tmp_path) -> None:
    """A folder of its own may hold its own phrases; every dialogue then uses them."""
    text = (shipped_folder() / "phrases.yaml").read_text(encoding="utf-8")
    (tmp_path / "phrases.yaml").write_text(text.replace("skip: Sla over", "skip: Liever niet"), encoding="utf-8")
    library = load_library(shipped_folder(), tmp_path)
    assert library.labels.skip == "Liever niet"
    assert library.get("trust").labels == library.labels


def test_a_folder_that_is_not_there_is_named(tmp_path, mistakes) -> None:
    """A wrong path is one of the mistakes, not a traceback."""
    (mistake,) = mistakes(shipped_folder(), tmp_path / "weg")
    assert mistake.file.endswith("weg")
    assert mistake.problem == "deze map bestaat niet"


def test_an_empty_folder_misses_the_shared_files(tmp_path, mistakes) -> None:
    """Phrases and functions must come from somewhere."""
    assert [mistake.file for mistake in mistakes(tmp_path)] == ["functions.yaml", "phrases.yaml"]


def test_every_mistake_of_every_file_comes_at_once(changed, mistakes) -> None:
    """Mistakes of shape and of content in three files are told in one go, in order of file and line."""
    changed("trust.yaml", ("title: Vertrouwen en respect", "titel: Vertrouwen en respect"))
    changed("trust.yaml", ("links: [roles,", "links: [rolls,"))
    changed(
        "roles.yaml", ("    low: Bij welk", "    lwo: Bij welk"), ("{wijkteam} en onderwijs", "{wijkteem} en onderwijs")
    )
    folder = changed("start.yaml", ("  - kind: closing", "  - kind: slot"))
    found = mistakes(folder)
    assert [(mistake.file, mistake.step) for mistake in found] == [
        ("own/roles.yaml", "statement.strategic.text"),
        ("own/roles.yaml", "probes.practice.low"),
        ("own/roles.yaml", "probes.practice.lwo"),
        ("own/start.yaml", "steps[7]"),
        ("own/trust.yaml", "title"),
        ("own/trust.yaml", "titel"),
        ("own/trust.yaml", "links[1]"),
    ]


def test_content_with_a_mistake_is_not_loaded_at_all(changed) -> None:
    """One mistake stops everything: nobody gets half a set of dialogues. The message holds place and remedy."""
    folder = changed("trust.yaml", ("version: 3", "version: een"))
    with pytest.raises(ContentErrors) as raised:
        load_library(folder)
    assert str(raised.value) == (
        "own/trust.yaml:4 [version] hier hoort een heel getal → schrijf een getal zonder aanhalingstekens"
    )


BROKEN = [
    ("id: trust\n", "idd: trust\n", "idd: trust", "idd", "'idd' is hier geen bekende sleutel", "bedoel je 'id'?"),
    ("format: 1", "format: 4", "format: 4", "format", "4 kan hier niet", "kies uit: 3"),
    ("version: 3", "version: 0", "version: 0", "version", "dit getal is te klein", "schrijf een hoger getal"),
    ("side: yes", "side: ja", "side: ja", "side", "'ja' kan hier niet", "kies uit: jgz_school"),
    ("side: yes", "side: jgz_teem", "side: jgz", "side", "'jgz_teem' kan hier niet", "bedoel je 'jgz_team'?"),
    (
        "version: 3",
        "version: 3\nversion: 4",
        "version: 4",
        "version",
        "'version' staat hier twee keer",
        "haal er één weg",
    ),
    (
        "{id: trust.heard, label: Serieus",
        "{id: trust.heard, lable: Serieus",
        "trust.heard",
        "themes[4].lable",
        "'lable' is hier geen bekende sleutel",
        "bedoel je 'label'?",
    ),
    (
        "title: Vertrouwen en respect",
        "title: ''",
        "title: ''",
        "title",
        "deze tekst is leeg",
        "schrijf de tekst, of haal de regel weg",
    ),
    (
        "title: Vertrouwen en respect",
        "title: [Vertrouwen]",
        "title:",
        "title",
        "hier hoort tekst",
        "zet de tekst tussen aanhalingstekens",
    ),
    (
        "id: trust.a1",
        "id: Trust A1",
        "id: Trust A1",
        "actions[1].id",
        "'Trust A1' kan geen id of waarde zijn",
        "gebruik kleine letters, cijfers, punten en streepjes onderaan (_)",
    ),
    (
        "  strategic:\n    text: In",
        "  strategisch:\n    text: In",
        "statement:",
        "statement.strategic",
        "'strategic' ontbreekt",
        "schrijf ook de tekst voor leiding en beleid, onder 'strategic:'",
    ),
    (
        "    check_question: Wie heb je nu leren kennen? Noem alleen de rol.\n",
        "",
        "- id: trust.a1",
        "actions[1].check_question",
        "'check_question' ontbreekt",
        "schrijf de vraag die later nagaat of de stap gelukt is, onder 'check_question:'",
    ),
    (
        "  reminder: short\n",
        "",
        "open:",
        "open.reminder",
        "'reminder' ontbreekt",
        "kies welke namenherinnering hierbij hoort: 'reminder: short' of 'reminder: long'",
    ),
    (
        "  unclear: Wanneer merkten",
        "  onduidelijk: Wanneer merkten",
        "conversation:",
        "conversation.unclear",
        "'unclear' ontbreekt",
        "schrijf hier een regel 'unclear: …' bij",
    ),
]


@pytest.mark.parametrize(("old", "new", "at", "step", "problem", "remedy"), BROKEN)
def test_a_slip_gives_file_line_step_and_remedy(
    *, changed, mistakes, line, old, new, at, step, problem, remedy
) -> None:
    """Each slip of an author is told with the line it stands on and what to do about it."""
    folder = changed("trust.yaml", (old, new))
    found = [mistake for mistake in mistakes(folder) if mistake.step == step]
    assert len(found) == 1
    assert found[0].file == "own/trust.yaml"
    assert found[0].line == line(folder, "trust.yaml", at)
    assert found[0].problem == problem
    assert found[0].remedy.startswith(remedy)


def test_a_file_that_is_no_yaml_is_named_with_its_line(changed, mistakes) -> None:
    """A forgotten quote stops the reading of that file only."""
    folder = changed("trust.yaml", ("title: Vertrouwen en respect", 'title: "Vertrouwen'))
    (mistake,) = mistakes(folder)
    assert mistake.file == "own/trust.yaml"
    assert mistake.line > 1
    assert mistake.problem.startswith("dit is geen geldige YAML")


def test_a_file_in_another_encoding_is_named_with_its_line(changed, mistakes) -> None:
    """A file saved as Windows text is told as such, at the first letter that cannot be read."""
    folder = changed("trust.yaml")
    (folder / "trust.yaml").write_bytes("format: 1\nid: trust\ntitle: Eén".encode("cp1252"))
    (mistake,) = mistakes(folder)
    assert (mistake.line, mistake.problem) == (3, "dit bestand is geen UTF-8")


def test_an_empty_file_is_a_mistake(changed, mistakes) -> None:
    """A file with nothing in it was not meant to be there."""
    folder = changed("trust.yaml")
    (folder / "leeg.yaml").write_text("# nog niets\n", encoding="utf-8")
    (mistake,) = mistakes(folder)
    assert (mistake.file, mistake.problem) == ("own/leeg.yaml", "het bestand is leeg")


def test_functions_are_found_by_sector_and_by_code() -> None:
    """A person chooses a sector and then one of its functions; a code that is gone is no error."""
    functions = shipped().functions
    assert [function.code for function in functions.of("gemeente")] == [
        "attendance_officer",
        "municipal_policy",
        "alderman",
        "other",
    ]
    nurse = functions.get("youth_nurse")
    assert nurse is not None
    assert nurse.audiences == (Audience.PRACTICE,)
    assert functions.get("verdwenen") is None


def test_loading_twice_gives_the_same() -> None:
    """Nothing of a first loading leaks into a second."""
    assert load_library() == shipped()
