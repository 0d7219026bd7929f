"""What somebody types: seen back first, guarded, shared only on purpose, and otherwise nowhere."""

from __future__ import annotations

from typing import Final

from tests.privacy.weakenings.weakening import Weakening

ENGINE: Final = "dialogues/conversation/engine.py"
WORDS: Final = "dialogues/insight/own_words.py"
POOLING: Final = "bot/usecases/pooling.py"
SHARING: Final = "tests/dialogues/conversation/test_sharing.py"
PROMISING: Final = (
    "tests/bot/chat/test_texts.py::test_nobody_is_addressed_formally_and_nothing_is_promised_that_is_not_so"
)
SHARED: Final = "tests/bot/usecases/test_shared_texts.py"
GUARD: Final = "tests/dialogues/guarding/test_guard.py"
ASIDES: Final = "tests/privacy/test_asides.py"

TEXTS: Final = (
    Weakening(
        "15 delen is een keuze",
        "bot/usecases/answering.py",
        "session.text.words if session.text and session.text.shared else",
        "session.text.words if session.text else",
        f"{SHARED}::test_nothing_is_kept_of_a_text_that_is_not_shared",
    ),
    Weakening(
        "15 ‘alleen voor mezelf’ wordt niet bewaard",
        ENGINE,
        "    if text is None or value not in {SHARED, EXAMPLE}:\n",
        "    if text is None:\n",
        f"{SHARING}::test_everything_else_keeps_nothing",
    ),
    Weakening(
        "15 de schrijver ziet de tekst eerst terug",
        "dialogues/conversation/flow.py",
        "if isinstance(step, Choice) and step.after_text and (session.text is None or session.text.step != session.step):",
        "if isinstance(step, Choice) and step.after_text:",
        f"{SHARING}::test_what_was_typed_is_shown_back_with_the_choice",
    ),
    Weakening(
        "15 hooguit 280 tekens",
        ENGINE,
        "if sharable and len(text.words) > LONGEST_TEXT:",
        "if sharable and len(text.words) > 2 * LONGEST_TEXT:",
        f"{SHARING}::test_a_text_that_is_too_long_changes_nothing",
    ),
    Weakening(
        "15 een nummer of datum gaat nooit door",
        "dialogues/guarding/guard.py",
        "return not NEVER_SHARED.intersection(kinds)",
        "return True",
        f"{SHARING}::test_some_things_can_never_be_shared",
    ),
    *(
        Weakening(
            "15 een nummer of datum gaat nooit door",
            "dialogues/guarding/findings.py",
            "Kind.BSN, Kind.IBAN, Kind.PHONE, Kind.EMAIL, Kind.LINK, Kind.BIRTH_DATE})",
            ", ".join(
                f"Kind.{each}" for each in ("BSN", "IBAN", "PHONE", "EMAIL", "LINK", "BIRTH_DATE") if each != kind
            )
            + "})",
            f"{GUARD}::test_numbers_and_dates_are_never_waved_away",
        )
        for kind in ("BSN", "IBAN", "PHONE", "EMAIL", "LINK", "BIRTH_DATE")
    ),
    Weakening(
        "15 de bewaker kent wie er in het gebied werkt",
        "bot/usecases/guarding.py",
        "return guard(words, people=people, places=",
        "return guard(words, people=(), places=",
        f"{SHARED}::test_a_text_is_cleaned_and_guarded_with_who_is_around",
    ),
    Weakening(
        "15 wat niemand ziet, gaat eruit",
        "dialogues/guarding/cleaning.py",
        "elif category not in _UNSEEN and marks",
        "elif marks",
        f"{GUARD}::test_what_nobody_sees_is_taken_out",
    ),
    Weakening(
        "15 alleen waar genoeg mensen gevraagd zijn",
        "bot/usecases/sharing.py",
        "and len(work.rounds.roster(about.id)) >= LEAST_RESPONDENTS",
        "and len(work.rounds.roster(about.id)) >= 1",
        f"{SHARED}::test_in_a_team_that_is_too_small_nothing_is_offered",
    ),
    Weakening(
        "15 nooit in een ronde van een gebied",
        "bot/usecases/sharing.py",
        '    if group is None or group.scope != "team":\n',
        "    if group is None:\n",
        "tests/bot/usecases/test_area_rounds.py::test_nothing_typed_is_shared_in_it",
    ),
    Weakening(
        "15 onder de acht antwoorden blijft geen tekst",
        "bot/usecases/release_round.py",
        "texts=_shared(payloads) if many else ())",
        "texts=_shared(payloads))",
        f"{SHARED}::test_below_eight_answers_no_text_is_kept",
    ),
    Weakening(
        "15 minstens drie schrijvers",
        WORDS,
        "LEAST_WRITERS: Final = 3",
        "LEAST_WRITERS: Final = 2",
        f"{SHARED}::test_too_few_texts_wait_one_round_and_are_then_thrown_away",
    ),
    Weakening(
        "15 schrijvers van twee rondes tellen niet op",
        POOLING,
        "writers = max(writers_at_least(",
        "writers = sum(writers_at_least(",
        f"{SHARED}::test_three_texts_of_two_people_over_two_rounds_are_not_shown",
    ),
    Weakening(
        "15 wie ook naast de ronde schreef, is één schrijver",
        WORDS,
        "return max(kinds.values(), default=0)",
        "return sum(kinds.values())",
        f"{SHARED}::test_a_text_in_the_round_and_one_beside_it_are_of_one_writer",
    ),
    Weakening(
        "15 hooguit drie getoond",
        WORDS,
        "MOST_PRINTED: Final = 3",
        "MOST_PRINTED: Final = 4",
        f"{SHARED}::test_at_most_three_are_printed_and_the_rest_is_thrown_away",
    ),
    Weakening(
        "15 een maandbeeld later",
        POOLING,
        "return tuple((batch, chances) for batch, chances in batches if chances)",
        "return tuple((batch, chances) for batch, chances in batches)",
        f"{SHARED}::test_a_maandbeeld_later_the_texts_are_there",
    ),
    Weakening(
        "15 in een gelote volgorde",
        POOLING,
        "shuffled = sorted(texts, key=lambda _: deps.ids.new())",
        "shuffled = texts",
        f"{SHARED}::test_what_waits_is_shown_beside_a_round_with_three_writers",
    ),
    Weakening(
        "15 één extra kans, dan weg",
        POOLING,
        "if printed is not None or chances > 1]",
        "if printed is not None]",
        f"{SHARED}::test_too_few_texts_wait_one_round_and_are_then_thrown_away",
    ),
    Weakening(
        "15 het aantal doosjes zegt niets",
        POOLING,
        "boxes=max(asked * BOXES_A_PERSON, len(texts)))",
        "boxes=len(texts))",
        f"{SHARED}::test_the_number_of_boxes_tells_nothing",
    ),
    Weakening(
        "15 tot dan leest niemand ze: doosjes zijn dicht",
        "storage/pool.py",
        'return tuple(key.encrypt((len(data).to_bytes(_LENGTH_BYTES, "big") + data).ljust(_PLAIN, b"\\0")) for data in plain)',
        'return tuple((len(data).to_bytes(_LENGTH_BYTES, "big") + data).ljust(POOLED_SIZE, b"\\0") for data in plain)',
        "tests/privacy/test_shared_texts.py::test_no_text_is_on_the_disk_until_it_is_released",
    ),
    Weakening(
        "15 wat getoond is, is uit de pot",
        POOLING,
        "            work.pool.destroy(batch)\n",
        "            pass\n",
        f"{SHARED}::test_at_most_three_are_printed_and_the_rest_is_thrown_away",
    ),
    Weakening(
        "15 de tak geeft een tekst geen etiket",
        "bot/usecases/answering.py",
        "example=bool(session.text and session.text.shared and session.text.example),",
        'example=bool(session.text and session.answers.get("statement") in {("4",), ("5",)}),',
        f"{SHARED}::test_good_examples_open_the_maandbeeld",
    ),
    Weakening(
        "15 een getypt bericht gaat uit de chat",
        "bot/chat/dialogue.py",
        "    await desk.messenger.delete(chat_id, message_id)\n    await show",
        "    await show",
        "tests/privacy/test_canaries.py::test_a_typed_text_is_nowhere",
    ),
    Weakening(
        "15 ook een bericht waar niemand om vroeg",
        "bot/chat/application.py",
        "        await self._desk.messenger.delete(message.chat.id, message.message_id)\n"
        "        await self._desk.messenger.send(message.chat.id, text)\n",
        "        await self._desk.messenger.send(message.chat.id, text)\n",
        "tests/bot/chat/test_handlers.py::test_a_text_nobody_asked_for_is_taken_out",
    ),
    Weakening(
        "14 van wie nieuw is bewaart de bot niets",
        "bot/usecases/play_aside.py",
        "        if _text_expected(work, deps, person, expects=turn.screen.expects_text):\n",
        "        given = {'given': str(dict(turn.session.answers))}\n"
        "        work.forms.put(Form(person_id=person.id, kind=FORM, updated_on=deps.today(), data=given))\n"
        "        if True:\n",
        f"{ASIDES}::test_nothing_of_a_newcomer_is_on_the_disk_at_any_moment",
    ),
    Weakening(
        "14 ook dat iemand het speelde blijft niet",
        "bot/usecases/play_aside.py",
        "        work.forms.drop(person.id)\n        return True\n",
        "        return True\n",
        "tests/bot/usecases/test_asides.py::test_at_an_open_question_a_text_is_expected_and_nothing_else_is_known",
    ),
    Weakening(
        "14 ‘iets anders’ telt niet als antwoord",
        "bot/usecases/release_round.py",
        "for each in payloads if not each.aside)",
        "for each in payloads)",
        f"{SHARED}::test_nothing_in_a_second_envelope_is_ever_counted",
    ),
    Weakening(
        "14 doorgeven pas na lezen en ja",
        "bot/usecases/pass_on_handover.py",
        "if team is None or not draft.says_something:",
        "if team is None:",
        "tests/bot/usecases/test_handover.py::test_nothing_is_passed_on_before_the_whole_text_was_read",
    ),
    Weakening(
        "14 doorgeven gebeurt één keer",
        "bot/usecases/pass_on_handover.py",
        "        work.deliveries.remove_kind(OFFER, subject=membership_id)\n",
        "",
        "tests/bot/usecases/test_handover.py::test_it_is_never_passed_on_twice",
    ),
    Weakening(
        "16 het eigen antwoord wordt niet bewaard",
        "bot/chat/own_answer.py",
        "    questions = await _questions(desk, chat_id, tapped.maandbeeld_id)\n",
        "    questions = await _questions(desk, chat_id, tapped.maandbeeld_id)\n"
        "    from bot.usecases.fill_form import open_form\n"
        '    await desk.bridge.run(open_form, chat_id=chat_id, kind="own", data={"choice": tapped.choice})\n',
        "tests/privacy/test_own_answer.py::test_no_byte_of_it_is_kept",
    ),
    Weakening(
        "16 alleen een teamleider krijgt die vraag",
        "bot/chat/own_answer.py",
        "    if not opened.for_lead:\n        raise NotAllowed\n",
        "",
        "tests/privacy/test_own_answer.py::test_only_a_lead_is_asked",
    ),
    Weakening(
        "17 teksten beloven niet te veel",
        "bot/chat/texts/rights_nl.py",
        "Hier staat alles wat aan jouw chat vastzit.",
        "Alles is 100 % anoniem.",
        PROMISING,
    ),
    Weakening(
        "17 niet: ik kan het niet lezen",
        "bot/chat/texts/rights_nl.py",
        "Die zitten op slot. Ik open ze pas bij het overzicht.",
        "Die zitten op slot, en ook ik kan ze niet lezen.",
        PROMISING,
    ),
    Weakening(
        "17 niet: niemand ziet of je meedoet",
        "bot/chat/texts/chat_nl.py",
        "Niemand ziet of jij antwoordt.",
        "Niemand ziet of je meedoet.",
        PROMISING,
    ),
    Weakening(
        "17 gezegd: pas bij het overzicht open",
        "bot/chat/texts/chat_nl.py",
        "1. Ik sla het op slot op. Ik open het pas bij het overzicht.",
        "1. Ik sla het op slot op.",
        "tests/bot/chat/test_texts.py::test_who_joins_reads_when_an_answer_is_opened_and_what_nobody_sees",
    ),
    Weakening(
        "17 de README noemt Telegram eerst",
        "README.md",
        "## Lees dit eerst: Telegram en wat er beschermd is",
        "## Hoe het werkt",
        "tests/docs/test_texts.py::test_telegram_comes_before_everything_else",
    ),
)
