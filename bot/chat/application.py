"""python-telegram-bot's Application with our handlers, and no part of it that keeps state."""

from __future__ import annotations

from typing import Any, TypeAlias

from telegram import Message, Update
from telegram.ext import (
    Application,
    ApplicationBuilder,
    CommandHandler,
    ContextTypes,
    ExtBot,
    MessageHandler,
    TypeHandler,
    filters,
)

from bot.chat.agreeing import on_step_text
from bot.chat.arriving import Arrived, Tapped, chat_of
from bot.chat.asides import on_a_moment, on_aside_text
from bot.chat.beheer.days import CALENDAR_FILE, on_calendar_file
from bot.chat.beheer.forms import FORMS, on_form_text, walk_away
from bot.chat.beheer.menus import on_beheer
from bot.chat.beheer.preview import on_preview_text
from bot.chat.commands import on_help, on_privacy, on_stop
from bot.chat.cycle import on_cycle
from bot.chat.desk import Desk, kindly
from bot.chat.dialogue import on_dialogue_text
from bot.chat.handover import on_handover_text
from bot.chat.joining import on_start
from bot.chat.leaving import on_leave
from bot.chat.logbook import on_log
from bot.chat.own_data import on_own_data
from bot.chat.own_figure import FIGURE_FORMS, on_figure_text
from bot.chat.own_times import on_away, on_back, on_quiet
from bot.chat.responding import on_why_again, on_why_text
from bot.chat.rights import on_erase_answer
from bot.chat.taps import on_tap
from bot.chat.texts import chat_nl as texts
from bot.chat.transport import AiohttpRequest, proxy_for
from bot.chat.year import on_year
from bot.usecases.agree_action import FORM as OWN_STEP
from bot.usecases.errors import NotAllowed, Refusal
from bot.usecases.fill_form import close_form, current_form
from bot.usecases.respond import FORM as RESPONSE_WHY
from storage.errors import Unavailable
from storage.forms import Form

App: TypeAlias = Application[Any, Any, Any, Any, Any, Any]
CONNECTIONS = 100
"""Calls that can be under way at once: what replies to taps of one moment need."""
LONGEST_TEXT = 1000
"""Characters; longer texts are refused kindly."""


def make_bot(token: str, api_url: str) -> ExtBot[None]:
    """The bot at any Bot API server."""
    proxy = proxy_for(api_url)
    return ExtBot(
        token,
        base_url=f"{api_url}/bot",
        base_file_url=f"{api_url}/file/bot",
        request=AiohttpRequest(connections=CONNECTIONS, proxy=proxy),
        get_updates_request=AiohttpRequest(connections=1, proxy=proxy),
    )


def build_application(bot: ExtBot[None], handlers: Handlers) -> App:
    """Register the handlers for all but taps; the first that fits takes the update."""
    application = ApplicationBuilder().bot(bot).updater(None).job_queue(None).build()
    private = filters.ChatType.PRIVATE
    new = filters.UpdateType.MESSAGE
    application.add_handler(CommandHandler("start", handlers.start, filters=private & new))
    application.add_handler(CommandHandler("ikhebeven", handlers.a_moment, filters=private & new))
    application.add_handler(CommandHandler("help", handlers.help, filters=private & new))
    application.add_handler(CommandHandler("privacy", handlers.privacy, filters=private & new))
    application.add_handler(CommandHandler("mijngegevens", handlers.own_data, filters=private & new))
    application.add_handler(CommandHandler("wisantwoord", handlers.erase_answer, filters=private & new))
    application.add_handler(CommandHandler("stop", handlers.stop, filters=private & new))
    application.add_handler(CommandHandler("logboek", handlers.log, filters=private & new))
    application.add_handler(CommandHandler("vertrek", handlers.leave, filters=private & new))
    application.add_handler(CommandHandler("rustig", handlers.quiet, filters=private & new))
    application.add_handler(CommandHandler("pauze", handlers.away, filters=private & new))
    application.add_handler(CommandHandler("hervat", handlers.back, filters=private & new))
    application.add_handler(CommandHandler("kring", handlers.cycle, filters=private & new))
    application.add_handler(CommandHandler("jaar", handlers.year, filters=private & new))
    application.add_handler(CommandHandler("beheer", handlers.beheer, filters=private & new))
    application.add_handler(MessageHandler(private & new & filters.TEXT & ~filters.COMMAND, handlers.text))
    application.add_handler(MessageHandler(private & new & filters.Document.ALL, handlers.document))
    application.add_handler(MessageHandler(private & filters.UpdateType.EDITED_MESSAGE, handlers.unsupported))
    application.add_handler(MessageHandler(private & new & filters.COMMAND, handlers.help))
    application.add_handler(MessageHandler(private & new, handlers.unsupported))
    application.add_handler(MessageHandler(filters.ChatType.GROUPS & new, handlers.group))
    application.add_handler(TypeHandler(Update, handlers.nothing))
    application.add_error_handler(handlers.failed)
    return application


class Handlers:
    """Between python-telegram-bot's updates and our own functions: unpack, call, answer refusals."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._failures: dict[int, BaseException] = {}
        self._reassured: set[int] = set()
        """Updates whose sender was told that it takes longer, as long as they are under way."""

    async def start(self, update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
        """/start, from the menu or from an invitation link."""
        message = _message(update)
        name = message.from_user.first_name if message.from_user else ""
        token = context.args[0] if context.args else ""
        try:
            await on_start(self._desk, chat_id=message.chat.id, name=name, token=token)
        except Refusal as refusal:
            await self._desk.messenger.send(message.chat.id, kindly(refusal))

    async def a_moment(self, update: Update, _context: ContextTypes.DEFAULT_TYPE) -> None:
        """/ikhebeven."""
        chat_id = _message(update).chat.id
        try:
            await on_a_moment(self._desk, chat_id=chat_id)
        except Refusal as refusal:
            await self._desk.messenger.send(chat_id, kindly(refusal))

    async def help(self, update: Update, _context: ContextTypes.DEFAULT_TYPE) -> None:
        """/help, and every command nobody knows."""
        await on_help(self._desk, chat_id=_message(update).chat.id)

    async def privacy(self, update: Update, _context: ContextTypes.DEFAULT_TYPE) -> None:
        """/privacy."""
        await on_privacy(self._desk, chat_id=_message(update).chat.id)

    async def own_data(self, update: Update, _context: ContextTypes.DEFAULT_TYPE) -> None:
        """/mijngegevens."""
        await on_own_data(self._desk, chat_id=_message(update).chat.id)

    async def erase_answer(self, update: Update, _context: ContextTypes.DEFAULT_TYPE) -> None:
        """/wisantwoord."""
        await on_erase_answer(self._desk, chat_id=_message(update).chat.id)

    async def stop(self, update: Update, _context: ContextTypes.DEFAULT_TYPE) -> None:
        """/stop."""
        await on_stop(self._desk, chat_id=_message(update).chat.id)

    async def log(self, update: Update, _context: ContextTypes.DEFAULT_TYPE) -> None:
        """/logboek."""
        chat_id = _message(update).chat.id
        try:
            await on_log(self._desk, chat_id=chat_id)
        except Refusal:
            await self._desk.messenger.send(chat_id, texts.STRANGER)

    async def leave(self, update: Update, _context: ContextTypes.DEFAULT_TYPE) -> None:
        """/vertrek."""
        await on_leave(self._desk, chat_id=_message(update).chat.id)

    async def quiet(self, update: Update, _context: ContextTypes.DEFAULT_TYPE) -> None:
        """/rustig."""
        await on_quiet(self._desk, chat_id=_message(update).chat.id)

    async def away(self, update: Update, _context: ContextTypes.DEFAULT_TYPE) -> None:
        """/pauze."""
        await on_away(self._desk, chat_id=_message(update).chat.id)

    async def back(self, update: Update, _context: ContextTypes.DEFAULT_TYPE) -> None:
        """/hervat."""
        await on_back(self._desk, chat_id=_message(update).chat.id)

    async def cycle(self, update: Update, _context: ContextTypes.DEFAULT_TYPE) -> None:
        """/kring."""
        chat_id = _message(update).chat.id
        try:
            await on_cycle(self._desk, chat_id=chat_id)
        except Refusal as refusal:
            await self._desk.messenger.send(chat_id, kindly(refusal))

    async def year(self, update: Update, _context: ContextTypes.DEFAULT_TYPE) -> None:
        """/jaar."""
        chat_id = _message(update).chat.id
        try:
            await on_year(self._desk, chat_id=chat_id)
        except Refusal as refusal:
            await self._desk.messenger.send(chat_id, kindly(refusal))

    async def beheer(self, update: Update, _context: ContextTypes.DEFAULT_TYPE) -> None:
        """/beheer."""
        chat_id = _message(update).chat.id
        try:
            await on_beheer(self._desk, chat_id=chat_id)
        except Refusal as refusal:
            await self._desk.messenger.send(chat_id, kindly(refusal))

    async def text(self, update: Update, _context: ContextTypes.DEFAULT_TYPE) -> None:
        """A typed text: for a dialogue, a form, a preview, or for nothing. It is deleted unless a form asked for it.

        A dialogue goes first: what somebody answers must never end up in a form that was forgotten.
        """
        message = _message(update)
        chat_id, form = message.chat.id, None
        if len(message.text or "") > LONGEST_TEXT:
            await self._refuse(message, texts.TOO_LONG)
            return
        try:
            if await on_dialogue_text(
                self._desk, chat_id=chat_id, message_id=message.message_id, text=message.text or ""
            ):
                return
            form = await self._desk.bridge.run(current_form, chat_id=chat_id)
            if form is not None and form.kind == RESPONSE_WHY:
                await on_why_text(self._desk, chat_id=chat_id, message_id=message.message_id, text=message.text or "")
            elif form is not None and form.kind == OWN_STEP:
                await on_step_text(self._desk, chat_id=chat_id, message_id=message.message_id, text=message.text or "")
            elif form is not None and form.kind in FIGURE_FORMS:
                await on_figure_text(
                    self._desk,
                    chat_id=chat_id,
                    message_id=message.message_id,
                    kind=form.kind,
                    data={key: str(value) for key, value in form.data.items()},
                    text=message.text or "",
                )
            elif form is not None and form.kind in FORMS:
                data = {key: str(value) for key, value in form.data.items()}
                await on_form_text(self._desk, chat_id=chat_id, kind=form.kind, data=data, text=message.text or "")
            elif not await self._is_taken(message, form):
                await self._refuse(message, texts.NO_TEXT_NOW)
        except NotAllowed:
            await self._refuse(message, texts.STRANGER if form is None else await self._gone(chat_id))
        except Refusal as refusal:
            await self._refuse(message, kindly(refusal))

    async def _gone(self, chat_id: int) -> str:
        """Nobody can finish a form about what is no longer there or no longer theirs: it ends here."""
        await self._desk.bridge.commit(close_form, chat_id=chat_id)
        return texts.FORM_GONE

    async def _is_taken(self, message: Message, form: Form | None) -> bool:
        """Whether a dialogue that lives in a form, or on its buttons, was waiting for it, or it was saved before."""
        chat_id, message_id = message.chat.id, message.message_id
        if form is None:
            return await on_why_again(self._desk, chat_id=chat_id, message_id=message_id, text=message.text or "")
        return (
            await on_aside_text(self._desk, chat_id=chat_id, message_id=message_id)
            or await on_handover_text(self._desk, chat_id=chat_id, message_id=message_id, text=message.text or "")
            or await on_preview_text(self._desk, chat_id=chat_id, message_id=message_id)
        )

    async def document(self, update: Update, _context: ContextTypes.DEFAULT_TYPE) -> None:
        """A file: a calendar of closed days, if the menu asked for one; nothing else is fetched. It leaves the chat."""
        message = _message(update)
        chat_id, document = message.chat.id, message.document
        form = await self._desk.bridge.run(current_form, chat_id=chat_id)
        if document is None or form is None or form.kind != CALENDAR_FILE:
            await self._refuse(message, texts.UNSUPPORTED)
            return
        data = {key: str(value) for key, value in form.data.items()}
        try:
            await on_calendar_file(
                self._desk, chat_id=chat_id, data=data, file_id=document.file_id, size=document.file_size or 0
            )
        except NotAllowed:
            await self._desk.messenger.send(chat_id, await self._gone(chat_id))
        await self._desk.messenger.delete(chat_id, message.message_id)

    async def unsupported(self, update: Update, _context: ContextTypes.DEFAULT_TYPE) -> None:
        """A photo, a voice, an edited message: nothing is downloaded, and it is taken out of the chat."""
        if update.effective_message is not None:
            await self._refuse(update.effective_message, texts.UNSUPPORTED)

    async def group(self, update: Update, _context: ContextTypes.DEFAULT_TYPE) -> None:
        """A group: say where the bot does work, once per time it is spoken to."""
        await self._desk.messenger.send(_message(update).chat.id, texts.GROUP)

    async def nothing(self, update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
        """Everything else needs no answer."""

    async def _refuse(self, message: Message, text: str) -> None:
        await self._desk.messenger.delete(message.chat.id, message.message_id)
        await self._desk.messenger.send(message.chat.id, text)

    async def failed(self, update: object, context: ContextTypes.DEFAULT_TYPE) -> None:
        """Keep the error of an update for the intake, which decides about trying again."""
        if isinstance(update, Update) and context.error is not None:
            self._failures[update.update_id] = context.error

    async def handle(self, application: App, update: Arrived) -> None:
        """Process one update; raises what its handler raised. All taps have one handler; a command leaves a form."""
        if isinstance(update, Tapped):
            await on_tap(self._desk, update)
        else:
            if update.message is not None and filters.COMMAND.check_update(update):
                await walk_away(self._desk, chat_id=update.message.chat.id)
            await application.process_update(update)
            if error := self._failures.pop(update.update_id, None):
                raise error
        self._reassured.discard(update.update_id)

    async def give_up(self, update: Arrived, error: Exception) -> None:
        """After the last failure: answer kindly, whatever it was."""
        text, chat_id = texts.BUSY if isinstance(error, Unavailable) else texts.TROUBLE, chat_of(update)
        if update.update_id in self._reassured and chat_id is not None:
            self._reassured.discard(update.update_id)
            await self._desk.messenger.send(chat_id, text)  # a button is answered only once
        else:
            await self._say(update, text)

    async def reassure(self, update: Arrived) -> None:
        """It takes longer than usual; nothing is lost, and nothing needs to be done."""
        self._reassured.add(update.update_id)
        await self._say(update, texts.TAKES_LONG, alert=False)

    async def hold_off(self, update: Arrived) -> None:
        """The first update of somebody that was let go: say so once, where it was done."""
        await self._say(update, texts.TOO_FAST)

    async def _say(self, update: Arrived, text: str, *, alert: bool = True) -> None:
        if isinstance(update, Tapped):
            await self._desk.messenger.answer(update.callback_id, text, alert=alert)
        elif update.effective_chat is not None:
            await self._desk.messenger.send(update.effective_chat.id, text)


def _message(update: Update) -> Message:
    message = update.effective_message
    if message is None:
        raise ValueError("een update zonder bericht")
    return message
