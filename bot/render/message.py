"""A maandbeeld as a Telegram message in HTML, and as the caption under its picture."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from html import escape
from typing import Final

from bot.render import words_nl
from bot.render.mapped import in_words
from dialogues.guarding.cleaning import inert
from dialogues.insight import Maandbeeld
from dialogues.insight.maandbeeld import ElementView, Line, Mention, Scale, StepStory

MESSAGE_LIMIT: Final = 4096
"""Telegram's limit for a message; kept for the text with its tags, which is stricter than Telegram is."""
CAPTION_LIMIT: Final = 1024


def message(maandbeeld: Maandbeeld) -> str:
    """The maandbeeld as HTML for Telegram, at most `MESSAGE_LIMIT` characters; every text of others is escaped.

    A very full month loses the explanations first, then the themes, then what people wrote; never an outcome or the
    question. The page has more room.
    """
    forms = (
        _blocks(maandbeeld),
        _blocks(maandbeeld, explained=False),
        _blocks(maandbeeld, explained=False, themes=False),
        _blocks(maandbeeld, explained=False, themes=False, texts=False),
    )
    whole = ["\n\n".join(form) for form in forms]
    return next((text for text in whole if length(text) <= MESSAGE_LIMIT), _cut(forms[-1], MESSAGE_LIMIT))


def caption(maandbeeld: Maandbeeld) -> str:
    """What stands under the picture, as HTML of at most `CAPTION_LIMIT` characters: whose it is, and what it shows.

    The question goes first into what room there is; a map that is too long for a caption opens the message.
    """
    mapped, rest = _mapped(maandbeeld), (*_question(maandbeeld), *_thin(maandbeeld))
    return _cut((_title(maandbeeld), *(mapped if _fits(maandbeeld) else ()), *rest), CAPTION_LIMIT)


def _fits(maandbeeld: Maandbeeld) -> bool:
    """Whether the map in words fits the caption, beside whose it is and the question."""
    blocks = (_title(maandbeeld), *_mapped(maandbeeld), *_question(maandbeeld), *_thin(maandbeeld))
    return length("\n\n".join(blocks)) <= CAPTION_LIMIT


def _blocks(maandbeeld: Maandbeeld, *, explained: bool = True, themes: bool = True, texts: bool = True) -> list[str]:
    """What went well, what was done with last time, the topics, the question: the order of the conversation."""
    footnotes = maandbeeld.footnotes if explained else maandbeeld.footnotes[:1]
    return [
        _title(maandbeeld),
        *_thin(maandbeeld),
        *(() if _fits(maandbeeld) else _mapped(maandbeeld)),
        *(_own_words(words_nl.SUCCESSES, maandbeeld.successes) if texts else ()),
        *_said(maandbeeld.recognised),
        *_back(maandbeeld),
        *(_story(each) for each in maandbeeld.agreed),
        *_said(maandbeeld.participation),
        *_top_three(maandbeeld),
        *(_element(element, explained=explained, themes=themes) for element in maandbeeld.elements),
        *(_own_words(words_nl.OWN_WORDS, maandbeeld.own_words) if texts else ()),
        *_own_figure(maandbeeld),
        *_said(maandbeeld.silent),
        *_question(maandbeeld),
        *([f"<i>{escape(' '.join(footnotes), quote=False)}</i>"] if footnotes else []),
    ]


def _mapped(maandbeeld: Maandbeeld) -> tuple[str, ...]:
    """The map of all elements in words, as one block; none where there is no map."""
    lines = [f"<b>{heading}</b>\n{escape(told, quote=False)}" for heading, told in in_words(maandbeeld)]
    return ("\n".join(lines),) if lines else ()


def _back(maandbeeld: Maandbeeld) -> Iterator[str]:
    """What was done with the previous time; what is still without a reaction first."""
    told = [escape(inert(text), quote=False) for text in (maandbeeld.unanswered, maandbeeld.feedback) if text]
    if told:
        yield "\n".join((f"<b>{words_nl.BACK}</b>", *told))


def _own_figure(maandbeeld: Maandbeeld) -> Iterator[str]:
    """The figure that the team keeps of its own, under its own heading: it is no outcome."""
    for told in _said(maandbeeld.own_figure):
        yield f"<b>{words_nl.OWN_FIGURE}</b>\n{told}"


def _said(text: str) -> Iterator[str]:
    if text:
        yield escape(inert(text), quote=False)


def _title(maandbeeld: Maandbeeld) -> str:
    return f"<b>{escape(maandbeeld.title, quote=False)}</b>\n{escape(inert(maandbeeld.team), quote=False)}"


def _thin(maandbeeld: Maandbeeld) -> Iterator[str]:
    if maandbeeld.thin:
        yield escape(maandbeeld.thin, quote=False)


def _own_words(heading: str, texts: Iterable[str]) -> Iterator[str]:
    quoted = "\n".join(f"“{escape(inert(text), quote=False)}”" for text in texts)
    if quoted:
        yield f"<b>{heading}</b>\n{quoted}"


def _story(told: StepStory) -> str:
    title = f"<b>{words_nl.OUR_STEP}: {escape(inert(told.step), quote=False)}</b>"
    return "\n".join((title, *(escape(each, quote=False) for each in told.lines)))


def _question(maandbeeld: Maandbeeld) -> Iterator[str]:
    asked = maandbeeld.question
    if asked:
        grounds = f"\n{words_nl.GROUNDS}: {'; '.join(asked.grounds)}." if asked.grounds else ""
        name = f"{asked.title}. " if asked.pattern else ""
        yield f"<b>{words_nl.QUESTION}</b>\n{escape(name + asked.text + grounds, quote=False)}"


def _top_three(maandbeeld: Maandbeeld) -> Iterator[str]:
    """The top 3 of a closing, what was chosen before, and what should become stronger."""
    top = maandbeeld.top3
    if top is None:
        return
    chosen = f"{top.chosen.heading} {_enumeration(top.chosen.items)}" if top.chosen.items else words_nl.TOP3_NOTHING
    stronger = f"{top.stronger.heading} {_enumeration(top.stronger.items)}" if top.stronger.items else ""
    lines = (chosen, top.before, top.strategic, stronger)
    told = "\n".join(escape(inert(line), quote=False) for line in lines if line)
    yield f"<b>{escape(top.title, quote=False)}</b>\n{told}"


def _element(element: ElementView, *, explained: bool, themes: bool) -> str:
    when = f" ({element.when})" if element.when else ""
    lines = [f"<b>{escape(element.title + when, quote=False)}</b>"]
    if element.note:
        lines.append(escape(element.note, quote=False))
    for scale in element.scales:
        lines += _scale(scale, explained=explained)
    if themes:
        lines += [
            escape(f"{mentions.heading} {_enumeration(mentions.items)}", quote=False) for mentions in element.mentions
        ]
    if explained and element.reading_note:
        lines.append(f"<i>{escape(element.reading_note, quote=False)}</i>")
    if element.trend:
        lines.append(escape(element.trend, quote=False))
    lines += [escape(f"{words_nl.WANTED_STEP}: {step.label}.", quote=False) for step in element.steps if step.wanted]
    return "\n".join(lines)


def _scale(scale: Scale, *, explained: bool) -> Iterator[str]:
    if scale.heading:
        yield f"<u>{escape(scale.heading, quote=False)}</u>"
    if explained and scale.asked:
        yield f"<i>“{escape(scale.asked, quote=False)}”</i>"
    if scale.note:
        yield escape(scale.note, quote=False)
    for line in scale.lines:
        yield _line(line)


def _line(line: Line) -> str:
    return f"{escape(line.who, quote=False)}: <b>{escape(line.word, quote=False)}</b>"


def _enumeration(items: Iterable[Mention]) -> str:
    return "; ".join(f"{item.label} ({words_nl.OFTEN})" if item.often else item.label for item in items) + "."


def _cut(blocks: Iterable[str], limit: int) -> str:
    """As many whole blocks as fit, in order, so that no tag or escaped sign is ever broken."""
    kept = ""
    for block in blocks:
        longer = f"{kept}\n\n{block}" if kept else block
        if length(longer) > limit:
            continue
        kept = longer
    return kept


def length(text: str) -> int:
    """Length as Telegram counts it: in units of UTF-16."""
    return len(text.encode("utf-16-le")) // 2
