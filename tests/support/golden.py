"""Ten situations a team can be in, as maandbeelden that ``compose`` makes of them.

``python -m tests.support.golden`` writes tests/bot/render/golden again, and the example in docs/teamleider.md;
``--look FOLDER`` also draws every picture and page there, in colour and in grey, for eyes.
"""

from __future__ import annotations

import subprocess
import sys
from collections import Counter
from collections.abc import Mapping
from html import unescape
from io import BytesIO
from pathlib import Path
from re import sub
from typing import Any, Final

from PIL import Image

from bot.render import caption, message, pdf, picture
from dialogues.insight import (
    Maandbeeld,
    Outcome,
    PublishedElement,
    Rule,
    Split,
    TeamFacts,
    compose,
    phrases_nl,
    publish,
    publish_listing,
    publish_wanted,
)
from dialogues.insight.own_words import OwnWords
from dialogues.insight.signals import Answer, Reaction, Standing
from tests.support.shipped import shipped

FOLDER: Final = Path(__file__).parents[1] / "bot" / "render" / "golden"
MONTH: Final = "november 2026"
HALF_A_YEAR: Final = ("juni 2026", "juli 2026", "augustus 2026", "september 2026", "oktober 2026")
HIGH, MID, LOW = {"high": 6, "mid": 2}, {"mid": 5, "high": 2, "low": 1}, {"low": 5, "mid": 2, "high": 1}
NO_VIEW: Final = {"no_view": 6, "mid": 1, "high": 1}
TIE: Final = {"low": 4, "high": 4}


def spread(counts: Mapping[str, int]) -> dict[str, dict[str, int]]:
    """The same answers, from three sectors in turn: in a small team none of those can be shown."""
    every = [band for band, number in counts.items() for _ in range(number)]
    return {sector: Counter(every[place::3]) for place, sector in enumerate(("jgz", "wijkteam", "onderwijs"))}


def of(
    element: str,
    counts: Mapping[str, int],
    month: str = MONTH,
    *,
    themes: Mapping[str, int] | None = None,
    action: Mapping[str, int] | None = None,
    basis: Mapping[str, int] | None = None,
    rule: Rule = Rule.WORDS,
    **others: Any,
) -> PublishedElement:
    """One published round about an element; counts of one sector, or of several by name."""
    sectors = counts if all(isinstance(each, Mapping) for each in counts.values()) else spread(counts)
    answered = sum(sum(each.values()) for each in sectors.values())
    made = {"statement": {"kind": "bands", **publish(sectors, rule).to_json()}}
    for step, chosen in (("basis", basis), ("themes", themes)):
        if chosen:
            made[step] = {"kind": "listing", **publish_listing(chosen, answered).to_json()}
    if action:
        made["action"] = {"kind": "listing", **publish_wanted(action, answered).to_json()}
    return PublishedElement(definition=shipped().get(element), month=month, cells=made, **others)


def still(element: str, counts: Mapping[str, int], month: str = MONTH) -> PublishedElement:
    """One published round in which was only asked whether a high outcome still holds."""
    about = shipped().get(element)
    made = {"still": {"kind": "bands", **publish(spread(counts), "words").to_json()}}
    block = shipped().get("still_standing")
    return PublishedElement(definition=block, month=month, cells=made, about=about.title, subject=element)


def waiting(element: str, month: str = MONTH) -> PublishedElement:
    """A round with too few answers, that is asked once more."""
    return PublishedElement(definition=shipped().get(element), month=month, outcome=Outcome.WAITING)


def facts(**others: Any) -> TeamFacts:
    """What is known of a team besides its answers."""
    names = {each.id: each.short_title for each in shipped().definitions.values() if each.is_element}
    usual = {"team": "Samen in Noord", "month": MONTH, "team_label": "wijkteam", "elements": names}
    return TeamFacts(**{**usual, "participation": phrases_nl.ENOUGH_TOOK_PART, **others})


STEP: Final = "Afgesproken: Meekijken bij elkaar. Trekker: samen. Terugkijken: dinsdag 15 december."
SAID: Final = Standing((Reaction(0, "Effectieve communicatie", Answer.YES),), (), 1)
EARLIER: Final = (
    of("vision", MID, "juni 2026"),
    of("process", HIGH, "juli 2026"),
    of("leadership", MID, "augustus 2026"),
    of("client", HIGH, "september 2026", basis={"guess": 3, "signal": 5}),
    of("roles", MID, "september 2026"),
    of("communication", HIGH, "oktober 2026", roster="zelfde"),
)


def balanced() -> Maandbeeld:
    """Two topics, one recognised and one mixed; the lead answered, a step runs, people shared sentences."""
    sectors = {"jgz": {"high": 5, "mid": 1}, "wijkteam": {"mid": 4, "low": 1}}
    return compose(
        facts(
            feedback=f"Effectieve communicatie: doen we. Waarom: “We bellen voortaan eerst.” {STEP}",
            previous=SAID,
            earlier=EARLIER,
            participation=phrases_nl.ALMOST_ALL_TOOK_PART,
            texts=OwnWords(
                successes=("Ik mocht meekijken bij het spreekuur. Daarna belden we elkaar sneller.",),
                others=("Na de zomer is het rooster op school laat bekend.",),
            ),
        ),
        (
            of("trust", HIGH, themes={"trust.know": 5, "trust.build": 3}, roster="zelfde"),
            of("involvement", sectors, themes={"involvement.heard": 4, "involvement.back": 6},
               action={"involvement.a2": 4, "involvement.a1": 1}),
        ),
    )  # fmt: skip


def paper_ahead() -> Maandbeeld:
    """Agreements are recognised, trust is not: a balance pattern."""
    return compose(
        facts(
            feedback=f"Rollen en verantwoordelijkheden: later. {STEP}",
            previous=Standing((Reaction(0, "Rollen en verantwoordelijkheden", Answer.LATER),), (), 1),
            earlier=(*EARLIER[:3], of("trust", LOW, "oktober 2026", themes={"trust.know": 5})),
        ),
        (of("structures", HIGH, themes={"structures.meet": 5, "structures.proto": 4}, action={"structures.a3": 3}),),
    )


def all_high() -> Maandbeeld:
    """Everything is recognised, and nobody talked about it for months."""
    earlier = (
        *(of(each, HIGH, month) for each, month in zip(("roles", "process", "vision"), HALF_A_YEAR, strict=False)),
        of("communication", HIGH, "oktober 2026"),
    )
    return compose(
        facts(earlier=earlier, undiscussed=True, silent=("Informatie delen",)),
        (still("trust", {"high": 7, "mid": 1}), of("skills", HIGH, themes={"skills.initiative": 4})),
    )


def much_no_view() -> Maandbeeld:
    """Most people have no view on it; about families most of it is guessed."""
    return compose(
        facts(earlier=EARLIER[:2]),
        (
            of("effect", NO_VIEW, themes={"effect.goals": 2}),
            of("client", NO_VIEW, basis={"guess": 6, "signal": 3}, themes={"client.heard": 4, "client.warm": 3}),
        ),
    )


def thin() -> Maandbeeld:
    """Too few answers: a short, honest message."""
    return compose(facts(earlier=EARLIER, participation=None), (waiting("skills"),))


def changed_team() -> Maandbeeld:
    """Somebody joined: no counts and no comparison, though this team has counts."""
    counts = {"high": 6, "mid": 3, "low": 3}
    earlier = (*EARLIER, of("trust", MID, "oktober 2026", roster="oud"))
    return compose(
        facts(earlier=earlier, roster_changed=True, previous=SAID, feedback="Effectieve communicatie: doen we."),
        (of("trust", counts, rule=Rule.COUNTS, split=Split.NONE, roster="nieuw", themes={"trust.know": 5}),),
    )


def first_month() -> Maandbeeld:
    """The very first one: the start dialogue and one topic, of a team that sees counts."""
    flows = {"jgz_team": HIGH, "jgz_school": LOW, "team_school": TIE}
    cells = {
        f"side_{side}": {"kind": "bands", **publish(spread(each), "words").to_json()} for side, each in flows.items()
    }
    cells["important"] = {"kind": "listing", **publish_listing({"start.know": 6, "start.reach": 3}, 8).to_json()}
    start = PublishedElement(definition=shipped().get("start"), month=MONTH, cells=cells)
    return compose(
        facts(), (start, of("trust", {"high": 6, "mid": 3, "low": 2, "no_view": 1}, rule=Rule.COUNTS, split=Split.NONE))
    )


def no_response() -> Maandbeeld:
    """The lead said nothing to last month, and that stands on top."""
    return compose(
        facts(
            feedback="Het vorige maandbeeld is niet met het team gedeeld.",
            previous=Standing((), ("Effectieve communicatie", "Door de ogen van het gezin"), 2),
            earlier=EARLIER,
            texts=OwnWords(thrown_away=True),
        ),
        (of("infosharing", LOW, themes={"infosharing.rules": 4, "infosharing.ask": 3}, action={"infosharing.a1": 4}),),
    )


def summer() -> Maandbeeld:
    """After the holidays: one round of before them, and one that waits for more answers."""
    month = "september 2026"
    return compose(
        facts(month=month, earlier=EARLIER[:2], silent=("Informatie delen", "Randvoorwaarden", "Werkplek", "Grootte")),
        (of("roles", TIE, "juli 2026", themes={"roles.know": 3}), waiting("skills", month)),
    )


def area() -> Maandbeeld:
    """A whole area about what families notice: sectors, and what the answers rest on."""
    sectors = {"jgz": {"high": 8, "mid": 4}, "wijkteam": {"mid": 9, "low": 3}, "onderwijs": {"no_view": 7, "mid": 4}}
    return compose(
        facts(team="Noordrand", title=phrases_nl.AREA_TITLE, whole=phrases_nl.AREA_LINE, elements={}),
        (
            of(
                "client",
                sectors,
                basis={"guess": 18, "signal": 9, "asked": 4},
                themes={"client.warm": 12, "client.once": 19},
            ),
        ),
    )


SITUATIONS: Final = {
    "in-balans": balanced,
    "papier-voor": paper_ahead,
    "alles-herkend": all_high,
    "geen-zicht": much_no_view,
    "dun": thin,
    "veranderd-team": changed_team,
    "eerste-maand": first_month,
    "geen-reactie": no_response,
    "na-de-zomer": summer,
    "gebied": area,
}


def as_text(made: Maandbeeld) -> str:
    """Everything that is said, as somebody reads it who sees no picture."""
    said = (caption(made), message(made))
    return "\n\n=====\n\n".join(unescape(sub(r"</?[biu]>", "", each)) for each in said) + "\n"


EXAMPLE: Final = "papier-voor"
"""The situation that docs/teamleider.md shows."""
DOCUMENT: Final = FOLDER.parents[3] / "docs" / "teamleider.md"
PICTURE: Final = DOCUMENT.parent / "beelden" / "maandbeeld.png"
BEGIN, END = "<!-- voorbeeld: begin -->", "<!-- voorbeeld: eind -->"
COLOURS: Final = 32


def at_phone_width(made: Maandbeeld) -> Image.Image:
    """The picture as wide as a phone, in few colours, so that it stays small."""
    drawn = Image.open(BytesIO(picture(made))).convert("RGB")
    small = drawn.resize((390, drawn.height * 390 // drawn.width), Image.Resampling.LANCZOS)
    return small.quantize(COLOURS, method=Image.Quantize.MEDIANCUT, dither=Image.Dither.NONE)


def example() -> str:
    """The example as it stands in the document: the message, word for word."""
    said = unescape(sub(r"</?[biu]>", "", message(SITUATIONS[EXAMPLE]())))
    return f"{BEGIN}\n```text\n{said}\n```\n{END}"


def write_example() -> None:
    """Put text and picture into the documents."""
    text = DOCUMENT.read_text()
    before, rest = text.split(BEGIN)
    DOCUMENT.write_text(before + example() + rest.split(END)[1])
    at_phone_width(SITUATIONS[EXAMPLE]()).save(PICTURE, optimize=True)


def look(folder: Path) -> None:
    """Every picture at phone width, and every page, also in grey."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, situation in SITUATIONS.items():
        made = situation()
        drawn = Image.open(BytesIO(picture(made)))
        drawn.resize((390, drawn.height * 390 // drawn.width), Image.Resampling.LANCZOS).save(folder / f"{name}.png")
        page = folder / f"{name}.pdf"
        page.write_bytes(pdf(made))
        subprocess.run(["pdftoppm", "-r", "70", "-png", "-gray", str(page), str(folder / f"{name}-blz")], check=True)  # noqa: S603, S607
        drawn.convert("L").resize((390, drawn.height * 390 // drawn.width)).save(folder / f"{name}-grijs.png")


if __name__ == "__main__":
    FOLDER.mkdir(exist_ok=True)
    for known in FOLDER.glob("*.txt"):
        known.unlink()
    for name, situation in SITUATIONS.items():
        (FOLDER / f"{name}.txt").write_text(as_text(situation()))
    write_example()
    if "--look" in sys.argv:
        look(Path(sys.argv[sys.argv.index("--look") + 1]))
