"""Sealed envelopes: nothing readable at rest, nothing that tells who, and keys that go."""

from __future__ import annotations

from typing import Final

from tests.privacy.weakenings.weakening import Weakening

SEALING: Final = "storage/envelopes.py"
KEYS: Final = "storage/keys.py"
RELEASE: Final = "bot/usecases/release_round.py"
POOLING: Final = "storage/pool.py"
ENVELOPES: Final = "tests/storage/test_envelopes.py"
KEY_FILES: Final = "tests/storage/test_keys.py"
RELEASING: Final = "tests/bot/usecases/test_release_round.py"
CANARIES: Final = "tests/privacy/test_canaries.py"
POOL: Final = "tests/storage/test_pool.py"

ENVELOPES_AND_KEYS: Final = (
    Weakening(
        "1 een envelop is verzegeld",
        SEALING,
        "    return SealedBox(PublicKey(public_key)).encrypt(_padded(data, _SEALED_PLAIN))\n",
        "    return _padded(data, SEALED_SIZE)\n",
        f"{ENVELOPES}::test_what_is_sealed_comes_out_the_same",
    ),
    Weakening(
        "1 elke envelop is even groot",
        SEALING,
        'return (len(data).to_bytes(_LENGTH_BYTES, "big") + data).ljust(size, b"\\0")',
        'return len(data).to_bytes(_LENGTH_BYTES, "big") + data',
        f"{ENVELOPES}::test_every_envelope_has_one_size",
    ),
    Weakening(
        "1 een envelop heet naar een sleutel, niet naar een mens",
        KEYS,
        'return hmac.digest(self._finding, person_id.encode() + (b"\\0aside" if aside else b""), "sha256")',
        'return hashlib.sha256(person_id.encode() + (b"\\0aside" if aside else b"")).digest()',
        f"{KEY_FILES}::test_a_slot_names_a_person_in_one_round_only",
    ),
    Weakening(
        "1 bij elke tik één envelop, niet meer",
        SEALING,
        'key=("round_id", "slot"))\n\n    def has',
        'key=("round_id", "slot", "sealed"))\n\n    def has',
        f"{ENVELOPES}::test_one_person_has_one_envelope",
    ),
    Weakening(
        "1 geen tijdstip bij een envelop",
        "storage/tables.py",
        "    sealed: bytes = Field(sa_type=LargeBinary)\n\n\nclass DialogueSessionRow",
        "    sealed: bytes = Field(sa_type=LargeBinary)\n    made_at: datetime | None = None\n\n\n"
        "class DialogueSessionRow",
        "tests/privacy/test_schema.py::test_every_column_was_decided_on",
    ),
    Weakening(
        "1 geen volgorde van enveloppen",
        "storage/migrations/versions/0001_first_tables.py",
        'name=op.f("pk_envelope")),\n        sqlite_with_rowid=False,\n',
        'name=op.f("pk_envelope")),\n',
        "tests/privacy/test_schema.py::test_rows_of_answers_leave_no_order",
    ),
    Weakening(
        "1 na de release zijn alle enveloppen weg",
        RELEASE,
        "                work.answers.destroy(ended.id)\n                work.rounds.drop_roster(ended.id)\n"
        "                work.rounds.set_state(",
        "                work.rounds.drop_roster(ended.id)\n                work.rounds.set_state(",
        f"{RELEASING}::test_enough_answers_are_published_and_the_rest_destroyed",
    ),
    Weakening(
        "1 na de release is de lijst van gevraagden weg",
        RELEASE,
        "                work.answers.destroy(ended.id)\n                work.rounds.drop_roster(ended.id)\n"
        "                work.rounds.set_state(",
        "                work.answers.destroy(ended.id)\n                work.rounds.set_state(",
        f"{RELEASING}::test_enough_answers_are_published_and_the_rest_destroyed",
    ),
    Weakening(
        "1 sleutels gaan ook na een harde stop",
        "bot/usecases/clear_traces.py",
        "            deps.storage.keys.destroy(key_id)\n",
        "            pass\n",
        f"{RELEASING}::test_a_crash_at_any_point_ends_in_one_and_the_same_publication",
    ),
    Weakening(
        "1 een sleutel wordt overschreven",
        KEYS,
        "            file.write(random_bytes(path.stat().st_size))\n",
        "            pass\n",
        f"{KEY_FILES}::test_destroying_overwrites_before_it_deletes",
    ),
    Weakening(
        "1 het logboek van SQLite wordt geleegd",
        "storage/database.py",
        "PRAGMA wal_checkpoint(TRUNCATE)",
        "PRAGMA wal_checkpoint(PASSIVE)",
        "tests/storage/test_database.py::test_a_checkpoint_empties_the_log",
    ),
    Weakening(
        "1 het logboek van SQLite wordt geleegd na een release",
        RELEASE,
        "        if due:\n            deps.storage.owes_checkpoint = True\n",
        "",
        f"{RELEASING}::test_after_a_release_nothing_is_left_in_the_log",
    ),
    Weakening(
        "1 PostgreSQL schrijft zijn tabellen opnieuw",
        "storage/database.py",
        "connection.exec_driver_sql(f'VACUUM FULL \"{name}\"')",
        "connection.exec_driver_sql(f'VACUUM \"{name}\"')",
        "tests/storage/test_postgres.py::test_what_was_erased_is_in_no_table_file_any_more",
    ),
    Weakening(
        "1 PostgreSQL neemt geen steekproeven",
        "storage/database.py",
        "                keep_no_samples(connection)\n",
        "",
        "tests/storage/test_postgres.py::test_nothing_is_sampled_for_the_planner",
    ),
    Weakening(
        "1 PostgreSQL vergeet de steekproeven van vroeger",
        "storage/database.py",
        'connection.exec_driver_sql("VACUUM FULL pg_catalog.pg_statistic")',
        "pass",
        "tests/storage/test_postgres.py::test_what_an_older_version_let_be_sampled_goes_when_it_is_brought_up_to_date",
    ),
    Weakening(
        "1 wat tijdens het opruimen vrijkomt, wordt ook opgeruimd",
        "storage/work.py",
        "        return emptied\n",
        "        self.owes_checkpoint = not emptied\n        return emptied\n",
        "tests/storage/test_work.py::test_what_is_taken_back_while_the_database_is_cleared_is_owed_as_well",
    ),
    Weakening(
        "2 de stand van een dialoog is op slot",
        SEALING,
        "    return bytes(SecretBox(key).encrypt(_padded(data, _LOCKED_PLAIN)))\n",
        "    return _padded(data, LOCKED_SIZE)\n",
        f"{ENVELOPES}::test_a_locked_session_comes_out_the_same_and_has_one_size",
    ),
    Weakening(
        "2 de stand is altijd even groot",
        SEALING,
        "    return bytes(SecretBox(key).encrypt(_padded(data, _LOCKED_PLAIN)))\n",
        "    return bytes(SecretBox(key).encrypt(_padded(data, 0)))\n",
        f"{ENVELOPES}::test_a_locked_session_comes_out_the_same_and_has_one_size",
    ),
    Weakening(
        "2 de stand gaat weg aan het eind",
        "bot/usecases/answering.py",
        "    if session.ended:\n        work.answers.end_session(about.id, slot)\n    else:",
        "    if True:",
        "tests/bot/usecases/test_dialogue.py::test_a_tap_after_the_end_is_told_apart",
    ),
    Weakening(
        "2 de stand gaat weg na een dag stilte",
        "bot/usecases/housekeeping.py",
        "        work.answers.drop_stale_sessions(today)\n",
        "",
        "tests/bot/usecases/test_dialogue.py::test_a_silent_dialogue_is_forgotten_after_a_day_and_the_answer_stays",
    ),
    Weakening(
        "2 wat terug is genomen, telt niet",
        "bot/usecases/answering.py",
        "    if taken_back or (session.answers and",
        "    if (session.answers and",
        "tests/bot/usecases/test_dialogue.py::test_what_is_switched_off_again_does_not_count",
    ),
    Weakening(
        "2 een stap opnieuw wist de stappen erna",
        "dialogues/conversation/engine.py",
        "earlier = {step: values for step, values in session.answers.items() if step in session.path}",
        "earlier = dict(session.answers)",
        "tests/dialogues/conversation/test_back_and_stop.py::test_another_answer_blanks_the_steps_after_it",
    ),
    Weakening(
        "3 zonder plicht leest de bot geen sleutel",
        "bot/house.py",
        "        if self._duties.release:\n            for duty in RELEASE:",
        "        if True:\n            for duty in RELEASE:",
        "tests/bot/test_house.py::test_without_the_release_no_key_is_read",
    ),
    Weakening(
        "3 alleen de release leest privésleutels",
        "bot/usecases/answering.py",
        "    slot, session = key.slot",
        "    deps.storage.keys.private(about.key_id)\n    slot, session = key.slot",
        "tests/architecture/test_private_keys.py::test_only_the_opener_reads_private_keys",
    ),
    Weakening(
        "3 de opener kent geen plaats van iemand",
        KEYS,
        '_BOT: Final = ("bot", ".round")',
        '_BOT: Final = ("opener", ".round")',
        f"{KEY_FILES}::test_the_bot_works_with_its_own_part_only",
    ),
    Weakening(
        "3 één proces voor alles zegt dat bij de start",
        "bot/commands/serving.py",
        '        err.print("Let op: dit proces leest ook de geheime sleutels. Zie docs/beheer.md voor een apart proces.")\n',
        "        pass\n",
        "tests/bot/test_cli.py::test_who_does_everything_alone_says_so_at_start",
    ),
    Weakening(
        "3 één gebruiker voor alles zegt dat bij de start",
        "bot/commands/serving.py",
        "    if not duties.release and deps.storage.keys.can_open():\n",
        "    if False:\n",
        "tests/bot/test_cli.py::test_who_does_everything_alone_says_so_at_start",
    ),
    Weakening(
        "3 sleutels zijn van één gebruiker",
        KEYS,
        "os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)",
        "os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o644)",
        f"{KEY_FILES}::test_keys_are_files_that_only_this_user_reads",
    ),
    Weakening(
        "3 geen sleutel in een kopie",
        "bot/settings.py",
        "    if at == keys or at in keys.parents or keys in at.parents:\n",
        "    if at == keys:\n",
        "tests/bot/test_settings.py::test_a_backup_may_not_take_the_keys_along",
    ),
    Weakening(
        "15 de pot heeft een gelote volgorde",
        POOLING,
        "return [box for _, box in sorted((random_bytes(_PLACE_SIZE), box) for box in boxes)]",
        "return list(boxes)",
        f"{POOL}::test_over_many_batches_the_order_of_arrival_is_gone",
    ),
)
