"""The rights of people; how long anything is kept stands in terms.py."""

from __future__ import annotations

from typing import Final

from tests.privacy.weakenings.weakening import Weakening

FORGET: Final = "bot/usecases/forget_me.py"
RIGHTS: Final = "tests/bot/usecases/test_own_rights.py"
FORGETTING: Final = "tests/bot/usecases/test_forget_me.py"
REPLAYING: Final = "tests/bot/usecases/test_replay_erasures.py"
RESTORING: Final = "tests/bot/backups/test_restoring.py"

OWN_RIGHTS: Final = (
    Weakening(
        "weten: /privacy zegt beide kanten",
        "bot/chat/texts/chat_nl.py",
        'return f"{PRIVACY}\\n\\nDe privacytekst van je organisatie: {escape(page)}" if page else PRIVACY',
        'return f"De privacytekst van je organisatie: {escape(page)}"',
        "tests/bot/chat/test_handlers.py::test_privacy_says_both_sides_and_links_to_the_page_of_the_organisation",
    ),
    Weakening(
        "weten: voor een ja wordt niets bewaard",
        "bot/usecases/join_team.py",
        "        person = work.people.by_chat(chat_id)\n        invitation = work.invitations.of(token) if person else None\n",
        "        person = work.people.by_chat(chat_id)\n        invitation = work.invitations.of(token) if person else None\n"
        "        if person is None:\n"
        "            work.people.add(Person(id=deps.ids.new(), chat_id=chat_id, name='', reachable=True))\n"
        "            work.commit()\n            raise InvitationInvalid\n",
        "tests/bot/usecases/test_join_team.py::test_looking_stores_nothing",
    ),
    Weakening(
        "inzien: alles wat aan iemand vastzit",
        "storage/own_rows.py",
        "table.name] = tuple(rows)",
        "table.name] = tuple(rows[:1])",
        f"{RIGHTS}::test_the_file_holds_every_value_of_every_row",
    ),
    Weakening(
        "inzien: niet of iemand antwoordde",
        "bot/usecases/erase_answer.py",
        "for about in work.rounds.asking(person.id))",
        "for about in work.rounds.asking(person.id) if work.answers.has(about.id, deps.storage.keys.slot("
        "about.key_id, person.id)))",
        f"{RIGHTS}::test_nobody_sees_whether_somebody_answered",
    ),
    Weakening(
        "wissen: /wisantwoord wist de envelop",
        FORGET,
        "            work.answers.withdraw(about.id, slot)\n",
        "",
        f"{RIGHTS}::test_an_answer_goes_and_can_be_given_again",
    ),
    Weakening(
        "wissen: wat de bot niet meer kan vinden, gaat heel weg",
        FORGET,
        "            work.answers.destroy(about.id)\n",
        "",
        f"{RIGHTS}::test_an_answer_that_cannot_be_found_is_destroyed_with_its_round",
    ),
    Weakening(
        "wissen: /wisantwoord wist de stand",
        "storage/envelopes.py",
        "        self.end_session(round_id, slot)\n",
        "",
        f"{RIGHTS}::test_an_answer_goes_and_can_be_given_again",
    ),
    Weakening(
        "wissen: ook wat op een tweede kans wacht",
        FORGET,
        "    for about in work.rounds.asking(person.id):\n",
        "    for about in work.rounds.open_for(person.id):\n",
        f"{RIGHTS}::test_what_waits_for_a_second_chance_goes_too",
    ),
    Weakening(
        "wissen: ook iets anders dat iemand deelde",
        "bot/usecases/answering.py",
        "return key.slot(person_id), key.slot(person_id, aside=True)",
        "return key.slot(person_id), key.slot(person_id)",
        "tests/bot/usecases/test_shared_texts.py::test_leaving_takes_the_text_along",
    ),
    Weakening(
        "wissen: tot op de byte, na /wisantwoord",
        "bot/usecases/erase_answer.py",
        "    deps.storage.clear_soon()\n",
        "",
        f"{RIGHTS}::test_no_byte_of_the_envelope_is_left",
    ),
    Weakening(
        "wissen: /stop wist alles",
        FORGET,
        "    work.people.erase(person.id)\n",
        "",
        f"{FORGETTING}::test_nothing_of_the_person_is_left",
    ),
    Weakening(
        "wissen: /stop wist ook antwoorden",
        FORGET,
        "    withdraw_answers(work, deps, person)\n    areas",
        "    areas",
        f"{FORGETTING}::test_nothing_of_the_person_is_left",
    ),
    Weakening(
        "wissen: tot op de byte, na /stop",
        FORGET,
        "    deps.storage.clear_soon()\n    return True\n",
        "    return True\n",
        f"{FORGETTING}::test_no_byte_of_the_chat_is_left_in_the_files",
    ),
    Weakening(
        "wissen: elke rij die naar iemand wijst",
        "storage/database.py",
        '    cursor.execute("PRAGMA foreign_keys = ON")\n',
        "",
        "tests/storage/test_traces.py::test_every_table_that_knows_persons_is_emptied_by_erasing",
    ),
    Weakening(
        "gewist blijven: op de lijst vóór de commit",
        FORGET,
        "    deps.storage.erasures.add(person.id, on=deps.today())\n",
        "",
        f"{REPLAYING}::test_an_old_copy_brings_nobody_back",
    ),
    Weakening(
        "gewist blijven: voor er iets gezegd wordt",
        "bot/house.py",
        "        await self._bridge.run(replay_erasures)  # before anything is said or opened; when it fails, nothing starts\n",
        "",
        "tests/journeys/test_rights.py::test_an_old_copy_of_the_database_brings_nobody_back",
    ),
    Weakening(
        "gewist blijven: een gewist antwoord op de lijst",
        "bot/usecases/erase_answer.py",
        "        deps.storage.erasures.add(*withdraw_answers(work, deps, person), on=deps.today())\n",
        "        withdraw_answers(work, deps, person)\n",
        f"{RESTORING}::test_an_answer_that_was_taken_back_stays_back",
    ),
    Weakening(
        "gewist blijven: een gewist antwoord na een kopie",
        "bot/usecases/replay_erasures.py",
        "        work.answers.withdraw(round_id, slot)\n",
        "        pass\n",
        f"{RESTORING}::test_an_answer_that_was_taken_back_stays_back",
    ),
    Weakening(
        "gewist blijven: een gewiste dialoog na een kopie",
        "storage/envelopes.py",
        "        self.end_session(round_id, slot)\n",
        "",
        f"{RESTORING}::test_a_dialogue_that_was_wiped_does_not_go_on",
    ),
    Weakening(
        "gewist blijven: de lijst noemt niemand",
        "storage/erasures.py",
        'return hmac.digest(key, erased.encode(), "sha256").hex()',
        "return erased.encode().hex().ljust(64, '0')[:64]",
        "tests/storage/test_erasures.py::test_it_names_nobody",
    ),
    Weakening(
        "gewist blijven: zonder lijst wordt het gezegd",
        "bot/usecases/resume_restored.py",
        "listed=deps.storage.erasures.is_there()",
        "listed=True",
        "tests/bot/backups/test_restoring.py::test_without_a_list_of_the_erased_it_is_said_that_they_may_be_back",
    ),
    Weakening(
        "gewist blijven: geen kopie ouder dan de lijst",
        "bot/backups/copying.py",
        "if made_at(copy) < now - ERASURE_LIST:",
        "if made_at(copy) < now - 10 * ERASURE_LIST:",
        f"{RESTORING}::test_a_copy_from_before_the_list_of_the_erased_is_refused",
    ),
    Weakening(
        "na terugzetten zegt de bot eerst niets",
        "bot/backups/copying.py",
        "            storage.hold.begin(now, copied_at=made_at(copy))\n            try:",
        "            try:",
        f"{RESTORING}::test_nothing_is_said_before_an_administrator_lets_go",
    ),
    Weakening(
        "loslaten maakt eerst af wat het terugzetten niet deed",
        "bot/usecases/resume_restored.py",
        "    take_over(deps)\n    dropped = 0\n",
        "    dropped = 0\n",
        f"{RESTORING}::test_letting_go_first_finishes_a_restore_that_was_cut_short",
    ),
    Weakening(
        "een kopie met een andere naam zegt niet van wanneer ze is",
        "storage/backups.py",
        "    if not found:\n        raise UnusableBackup(\n",
        "    if not found:\n        return _touched_at(copy)\n        raise UnusableBackup(\n",
        f"{RESTORING}::test_a_copy_with_another_name_is_refused",
    ),
)
