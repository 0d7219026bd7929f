"""People who type a text in a dialogue and choose what happens with it."""

from __future__ import annotations

from bot.usecases.answer_step import take_text
from bot.usecases.answering import DialogueView
from bot.usecases.free_topic import start_free_topic
from storage.rounds import Round
from tests.support.house import House

ALONE, SHARED, EXAMPLE = "Alleen voor mezelf", "Deel met het team", "Deel als goed voorbeeld"


def to_the_open_question(house: House, chat_id: int, about: Round, *, score: str = "4") -> DialogueView:
    """Score the statement and skip on to the question that takes a text."""
    view = house.tap(chat_id, house.start(chat_id, about.id), score)
    while not view.screen.expects_text:
        view = house.tap(chat_id, view, "Sla over")
    return view


def type_text(house: House, chat_id: int, text: str) -> DialogueView:
    """Type it, in a new message."""
    view = take_text(house.deps, chat_id=chat_id, text_message_id=house.message(), text=text)
    assert view is not None
    return view


def write(
    house: House, chat_id: int, about: Round, text: str, *, choice: str = SHARED, score: str = "4"
) -> DialogueView:
    """A whole dialogue with a text, and what its writer chooses."""
    to_the_open_question(house, chat_id, about, score=score)
    return house.tap(chat_id, type_text(house, chat_id, text), choice)


def write_aside(house: House, chat_id: int, text: str, *, choice: str = SHARED) -> DialogueView:
    """A free topic beside the open round."""
    start_free_topic(house.deps, chat_id=chat_id, message_id=house.message())
    return house.tap(chat_id, type_text(house, chat_id, text), choice)


def month_of_texts(
    house: House, chats: tuple[int, ...], texts: tuple[str, ...], *, element: str = "", choice: str = SHARED
) -> Round:
    """One round in which the first people share these texts and the others answer; closed."""
    about = house.open_round(element) if element else house.next_round()
    for chat_id, text in zip(chats, texts, strict=False):
        write(house, chat_id, about, text, choice=choice)
    for chat_id in chats[len(texts) :]:
        house.answer(chat_id, about.id)
    house.close(about)
    return about
