"""The sentences with which a lead reacts to a maandbeeld. Dutch, B1, je-vorm; HTML only where it stands here."""

from __future__ import annotations

from dataclasses import replace
from html import escape
from typing import Final, TypeAlias
from zoneinfo import ZoneInfo

from bot.render.message import MESSAGE_LIMIT, length
from bot.usecases.ask_for_response import AskForResponse
from bot.usecases.dutch_dates import day
from bot.usecases.guarding import Judged
from bot.usecases.see_reactions import Answerable, OpenTopic, Reacting
from dialogues.guarding.cleaning import LONGEST_TEXT, inert
from dialogues.insight.phrases_nl import joined
from dialogues.insight.signals import Answer, Reaction, answer_in_words

# Buttons
REACT: Final = "Reageer"
ANSWERS: Final = {Answer.YES: "Doen we", Answer.NO: "Doen we niet, want …", Answer.LATER: "Later"}
WITHOUT_WHY: Final = "Zonder uitleg opslaan"
ADJUST: Final = "Aanpassen"
NOT_SO: Final = "Klopt niet, bewaar"
MORE: Final = "Meer onderwerpen ›"
READY: Final = "Klaar"

Html: TypeAlias = str
"""A text of which everything that people typed is escaped already."""
SAVED: Final = "Opgeslagen."
NOTHING_TO_REACT_TO: Final = "In dit maandbeeld staat niets om op te reageren. Een reactie is nu niet nodig."
WHY_TOO_LONG: Final = (
    f"Deze tekst is te lang. Ik heb hem niet bewaard. Houd het op hooguit {LONGEST_TEXT} tekens, en typ hem opnieuw."
)
WHY_GONE: Final = "Hier wacht geen tekst meer. Kies het onderwerp opnieuw."
_TO_A_TOPIC: Final = (
    "Je reageert op een onderwerp, nooit op een persoon. Een nee is ook een antwoord. "
    "Onder je reactie staat je rol, niet je naam."
)
_REST_ELSEWHERE: Final = "Tik op een onderwerp om je hele reactie te lezen."
_UNTIL: Final = "Je kunt een reactie veranderen tot het volgende maandbeeld."
_ASK_WHY: Final = {
    Answer.YES: "Waarom doen jullie dit? Typ het in één of twee zinnen. Uitleg helpt je team.",
    Answer.NO: "Waarom doen jullie dit niet? Typ het in één of twee zinnen. Zonder uitleg kan dit niet: een nee met reden is beter te dragen.",
    Answer.LATER: "Waarom later, en wanneer dan wel? Typ het in één of twee zinnen.",
}
_REASON_LENGTHS: Final = (LONGEST_TEXT, 200, 140, 80, 40, 0)
"""Characters of each reason in the overview; the first with which the whole fits a message."""
_NO_NAMES: Final = f"Schrijf geen namen. Hooguit {LONGEST_TEXT} tekens."


def overview(reacting: Reacting, *, zone: ZoneInfo) -> str:
    """What can be reacted to, what was said, and who reads it when; a message, also as `saved`.

    Where all of it is too long, the reasons are cut, and then the last reactions go: each has its own button.
    """
    given = [(one.reaction, one.month) for one in reacting.signals if one.reaction]
    above = [f"<b>Reageer op het maandbeeld van {escape(reacting.month)}</b>", _TO_A_TOPIC]
    below = [f"{_read_on(reacting, zone=zone)} {_UNTIL}"]
    if reacting.open:
        below.insert(0, f"Nog geen reactie op: {escape(joined(tuple(still_open(each) for each in reacting.open)))}.")
    forms = [(len(given), most) for most in _REASON_LENGTHS] + [(told, 0) for told in range(len(given) - 1, -1, -1)]
    for told, most in forms:
        shown = [_shown(_shortened(reaction, most), month) for reaction, month in given[:told]]
        cut = [_REST_ELSEWHERE] if (told, most) != forms[0] else []
        text = "\n\n".join([*above, *shown, *cut, *below])
        if length(saved(text)) <= MESSAGE_LIMIT:
            break
    return text


def saved(overview: Html) -> Html:
    """The overview right after something was saved."""
    return f"<i>{SAVED}</i>\n\n{overview}"


def _shortened(reaction: Reaction, most: int) -> Reaction:
    why = reaction.why
    return reaction if len(why) <= most else replace(reaction, why=f"{why[: most - 1].rstrip()}…" if most else "")


def _read_on(reacting: Reacting, *, zone: ZoneInfo) -> str:
    when = (
        f"bij de volgende vraag, op {day(reacting.read_on, zone=zone)}" if reacting.read_on else "bij de volgende vraag"
    )
    also = "" if reacting.shared else ", ook als je het maandbeeld nog niet deelde"
    return f"Je team leest je reactie {when}{also}, en in het volgende maandbeeld."


def _shown(reaction: Reaction, month: str) -> str:
    return f"{escape(_with_month(reaction.about, month))}\n→ {escape(inert(answer_in_words(reaction)))}"


def label(one: Answerable) -> str:
    """A topic or theme on a button; with a mark when something was said to it."""
    title = _with_month(one.signal.title, one.month)
    return f"✓ {title}" if one.reaction else title


def still_open(topic: OpenTopic) -> str:
    """A topic to which nothing was said; with its month when it is of an earlier maandbeeld."""
    return _with_month(topic.title, topic.month)


def _with_month(title: str, month: str) -> str:
    return f"{title} (uit {month})" if month else title


def one_signal(one: Answerable) -> str:
    """One topic or theme, and what was said to it."""
    said = f"\n\nNu staat er: {escape(inert(answer_in_words(one.reaction)))}" if one.reaction else ""
    return f"<b>{escape(_with_month(one.signal.title, one.month))}</b>{said}\n\nWat laat je je team weten?"


def ask_why(title: str, answer: Answer) -> str:
    """The question for the reason."""
    return f"<b>{escape(title)}: {ANSWERS[answer].lower()}</b>\n\n{_ASK_WHY[answer]} {_NO_NAMES}"


def warned(judged: Judged) -> str:
    """What the guard found, the text itself when it may be kept."""
    found = escape(joined(judged.found))
    if judged.never:
        return (
            f"Hier lijkt iets in te staan wat ik nooit deel: {found}. "
            "Ik heb je tekst uit de chat gehaald en niet bewaard. Typ hem opnieuw, zonder dat."
        )
    return (
        f"Je schreef: “{escape(inert(judged.words))}”\n\n"
        f"Hier lijkt iets in te staan waaraan iemand te herkennen is: {found}. Wil je het aanpassen?"
    )


def ready(reacting: Reacting, *, zone: ZoneInfo) -> str:
    """When the lead is done for now."""
    return f"Dank je. {_read_on(reacting, zone=zone)} {_UNTIL}"


def asking(message: AskForResponse) -> str:
    """Once, after four weeks."""
    return (
        f"Vier weken geleden kreeg je het maandbeeld van {escape(message.month)}. "
        f"Nog geen reactie op: {escape(joined(message.open))}.\n\n"
        "Wil je laten weten wat jullie ermee doen? ‘Doen we niet’ en ‘later’ zijn ook een antwoord. "
        "Ik vraag dit één keer."
    )
