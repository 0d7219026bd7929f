"""The sentences about where the cycle of a team stands. Dutch, B1, je-vorm; HTML only where it stands here."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date
from html import escape
from typing import Final
from zoneinfo import ZoneInfo

from bot.chat.texts.response_nl import still_open
from bot.chat.wording import as_text
from bot.usecases.dutch_dates import day
from bot.usecases.see_cycle import SeenCycle
from bot.usecases.see_team_period import SeenPeriod
from bot.usecases.step_stories import agreed
from dialogues.guarding.cleaning import inert
from dialogues.insight.cycle import Link, State, Step, Turn, waits_for
from dialogues.insight.phrases_nl import joined

# Buttons
BUTTON: Final = "Waar staan we?"
TALKED: Final = "We spraken erover"
NOT_TALKED: Final = "Toch niet besproken"
MORE: Final = "Meer teams ›"
OF_TEAM: Final = "De kring van dit team"
PER_TEAM: Final = "Per team"
PERIOD: Final = "Onderwerpen en stappen"

WHICH_TEAM: Final = "<b>Waar staan we?</b>\n\nVan welk team?"
WHICH_DAY: Final = (
    "<b>Wanneer spraken jullie erover?</b>\n\n"
    "Kies de dag die er het dichtst bij ligt. In het volgende maandbeeld staat die dag. Wat jullie zeiden, vraag ik niet."
)
_STEPS: Final = {
    Step.ASKED: "1. Vragen",
    Step.SHOWN: "2. Maandbeeld",
    Step.TALKED: "3. Gesprek",
    Step.AGREED: "4. Onze stap",
    Step.CHECKED: "5. Terugkijken",
}
_STATES: Final = {
    State.DONE: "klaar",
    State.RUNNING: "loopt",
    State.PLANNED: "nog niet",
    State.NOT_NEEDED: "hoeft niet",
}
_TURNS_OF_LEAD: Final = {
    Turn.LEAD: "jou",
    Turn.TEAM: "jullie samen",
    Turn.COORDINATOR: "de coördinator",
}
_WAITS: Final = {
    Step.ASKED: "de vragen wachten op jou: kies een ritme",
    Step.SHOWN: "het maandbeeld wacht op de {lead}, om te delen",
    Step.TALKED: "het gesprek wacht op het team",
    Step.AGREED: "het team kan een stap kiezen",
    Step.CHECKED: "het team kan terugkijken op de stap",
}
_UP_TO: Final = {
    Step.ASKED: "de coördinator, die een ritme kiest",
    Step.SHOWN: "jij. Deel het maandbeeld met het team",
    Step.TALKED: "jullie samen. Praat erover in een overleg dat er al is",
    Step.AGREED: "jullie samen. Kies één kleine stap, of laat het zo",
    Step.CHECKED: "jullie samen. Kijk terug op de stap",
}
_NOBODY: Final = "niemand. Het gaat vanzelf verder"
_NO_LEAD: Final = "het maandbeeld wacht op jou: er is nog geen {lead}"
_NOTHING_OF_ANSWERS: Final = "Hier staat niets over antwoorden, en ook niet hoeveel het er zijn."


def cycle(seen: SeenCycle, *, zone: ZoneInfo) -> str:
    """The chain of a team for its lead."""
    text = _page(seen, f"<b>{BUTTON}</b>\n{as_text(seen.team.name)}", _TURNS_OF_LEAD, zone=zone)
    waiting = waits_for(seen.links)
    return f"{text}\n\n<b>Nu aan zet:</b> {_UP_TO[waiting.step] if waiting else _NOBODY}."


def cycle_for_coordinator(seen: SeenCycle, *, zone: ZoneInfo) -> str:
    """The same for the coordinator."""
    text = _page(seen, f"<b>De kring van {as_text(seen.team.name)}</b>", _turns_of_coordinator(seen), zone=zone)
    return f"{text}\n\n<i>{_NOTHING_OF_ANSWERS}</i>"


def teams(lines: Iterable[str]) -> str:
    """The teams of an area, each in one line."""
    return "\n\n".join((f"<b>{PER_TEAM}</b>", *lines, f"<i>{_NOTHING_OF_ANSWERS}</i>"))


def in_one_line(seen: SeenCycle, *, zone: ZoneInfo) -> str:
    """A team and the one link that waits, for a list of teams in the order of their names."""
    waiting = waits_for(seen.links)
    if waiting is not None:
        said = _NO_LEAD if waiting.step is Step.SHOWN and waiting.turn is Turn.COORDINATOR else _WAITS[waiting.step]
        said = said.replace("{lead}", seen.team.lead_label)
    elif seen.links[0].state is State.RUNNING:
        said = f"er staat een vraag open, tot en met {_on(seen.links[0], zone)}"
    elif seen.next_on is not None:
        said = f"de volgende vraag komt op {day(seen.next_on, zone=zone)}"
    else:
        said = _rest(seen, zone).rstrip(".").lower()
    return f"<b>{as_text(seen.team.name)}</b>: {escape(said)}."


def _turns_of_coordinator(seen: SeenCycle) -> dict[Turn, str]:
    return {Turn.LEAD: f"de {escape(seen.team.lead_label)}", Turn.TEAM: "het team", Turn.COORDINATOR: "jou"}


def _page(seen: SeenCycle, head: str, turns: dict[Turn, str], *, zone: ZoneInfo) -> str:
    parts = [head]
    for link in seen.links:
        state = f"wacht op {turns[link.turn]}" if link.state is State.WAITING else _STATES[link.state]
        said = " ".join(filter(None, _SENTENCES[link.step](seen, link, zone)))
        parts.append(f"<b>{_STEPS[link.step]}</b> · {state}\n{escape(inert(said), quote=False)}")
    return "\n\n".join(parts)


def _on(link: Link, zone: ZoneInfo) -> str:
    return day(link.on, zone=zone) if link.on else ""


def _asked(seen: SeenCycle, link: Link, zone: ZoneInfo) -> Iterable[str]:
    if link.state is State.WAITING:
        yield "Er loopt geen ritme. Er komen geen vragen."
        return
    if link.state is State.RUNNING:
        yield f"{joined(seen.topics)}: open tot en met {_on(link, zone)}."
    elif link.state is State.DONE:
        yield f"{joined(seen.topics)}: gesloten op {_on(link, zone)}."
    if seen.next_on is not None:
        yield f"Volgende vraag: {seen.next_topic}, {day(seen.next_on, zone=zone)}."
    if seen.next_on is None or seen.paused_until is not None:
        yield _rest(seen, zone)


def _rest(seen: SeenCycle, zone: ZoneInfo) -> str:
    """That no question comes, and until when."""
    if seen.paused_until is not None:
        return f"Pauze tot {day(seen.paused_until, zone=zone)}."
    return "Er komt nu geen vraag."


def _shown(seen: SeenCycle, link: Link, zone: ZoneInfo) -> Iterable[str]:
    if link.state is State.DONE:
        yield f"Van {seen.month}. Gedeeld met het team op {_on(link, zone)}."
    elif link.state is State.WAITING:
        yield f"Van {seen.month}, er sinds {_on(link, zone)}. Nog niet gedeeld met het team."
        yield "" if link.turn is Turn.LEAD else "Er is nog niemand die het krijgt."
    elif link.on is not None:
        yield f"Komt op {_on(link, zone)}, als er dan een vraag is gesloten."
    else:
        yield "Komt als er vragen lopen."


def _talked(seen: SeenCycle, link: Link, zone: ZoneInfo) -> Iterable[str]:
    if link.state is State.PLANNED:
        yield "Na het maandbeeld."
        return
    if link.state is State.DONE:
        yield f"Jullie spraken erover op {_on(link, zone)}." if seen.may_tell else f"Besproken op {_on(link, zone)}."
    elif link.state is State.NOT_NEEDED:
        yield "Er was weinig te laten zien. Een gesprek is niet nodig."
    else:
        yield "Nog niet gemeld dat erover is gesproken."
    yield from _reacted(seen, link, zone)


def _reacted(seen: SeenCycle, link: Link, zone: ZoneInfo) -> Iterable[str]:
    """When the lead reacted, and for who reads the maandbeeld also to what nothing was said yet."""
    reacted, quiet = seen.reacted_on, link.state is State.NOT_NEEDED and not seen.open
    if reacted and not quiet:
        yield f"Laatste reactie van de {seen.team.lead_label}: {day(reacted, zone=zone)}."
    if seen.open:
        yield f"Nog geen reactie op: {joined(tuple(still_open(each) for each in seen.open))}."
    elif not reacted and not quiet:
        yield f"Nog geen reactie van de {seen.team.lead_label}."


def _agreed(seen: SeenCycle, link: Link, zone: ZoneInfo) -> Iterable[str]:
    action = seen.action
    if action is not None and action.state == "open":
        yield agreed(action, seen.today, team_label=seen.team.team_label, zone=zone)
    elif action is not None:
        yield f"{action.step.rstrip('.')}."
    elif link.state is State.WAITING:
        yield "Nog geen stap opgeschreven. Eén kleine stap is genoeg, en geen stap mag ook."
    elif link.state is State.NOT_NEEDED:
        yield "Deze maand hoeft er geen nieuwe stap."
    else:
        yield "Kies hem in het gesprek."


def _checked(seen: SeenCycle, link: Link, zone: ZoneInfo) -> Iterable[str]:
    action = seen.action
    if action is None:
        yield "Na een stap."
    elif link.state is State.RUNNING:
        yield f"Het team krijgt de vraag of de stap helpt, tot en met {_on(link, zone)}."
    elif link.state is State.WAITING:
        yield f"Dit kan sinds {_on(link, zone)}: doorgaan, aanpassen, stoppen of vasthouden."
    elif link.state is State.DONE:
        yield _ENDED.get(action.state, "").replace("{day}", _on(link, zone))
    else:
        yield f"Op {_on(link, zone)}."


_ENDED: Final = {
    "stopped": "Gestopt op {day}. Gestopt is ook geleerd.",
    "kept": "Vastgehouden sinds {day}.",
}
_SENTENCES: Final[dict[Step, Callable[[SeenCycle, Link, ZoneInfo], Iterable[str]]]] = {
    Step.ASKED: _asked,
    Step.SHOWN: _shown,
    Step.TALKED: _talked,
    Step.AGREED: _agreed,
    Step.CHECKED: _checked,
}


def day_label(on: date, *, today: date, zone: ZoneInfo) -> str:
    """A day on a button."""
    return f"Vandaag, {day(on, zone=zone)}" if on == today else day(on, zone=zone).capitalize()


_BECAME: Final = {"open": "loopt", "changed": "andere stap gekozen", "stopped": "gestopt", "kept": "vastgehouden"}


def period(seen: SeenPeriod, *, zone: ZoneInfo) -> str:
    """What a team was and will be asked, and the steps it agreed on."""
    coming = [f"{title}, {day(on, zone=zone)}" for title, on in seen.coming]
    steps = [f"{each.step.rstrip('.')} ({_BECAME[each.state]})" for each in seen.steps]
    parts = (
        ("De laatste drie maanden gevraagd", seen.asked, "Nog niets."),
        ("Hierna", tuple(coming), "Er komt nu geen vraag."),
        ("Stappen van het team", tuple(steps), "Geen, en dat mag."),
    )
    blocks = (f"<b>{head}</b>\n{_list(lines) or nothing}" for head, lines, nothing in parts)
    return "\n\n".join((f"<b>{as_text(seen.team.name)}</b>", *blocks))


def _list(lines: Iterable[str]) -> str:
    return "\n".join(f"• {escape(inert(line), quote=False)}" for line in lines)
