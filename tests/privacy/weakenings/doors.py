"""Who gets in, what an update may do, when the bot speaks, and when it refuses to start."""

from __future__ import annotations

from typing import Final

from tests.privacy.weakenings.weakening import Weakening

ACCESS: Final = "bot/usecases/access.py"
MAY: Final = "tests/bot/usecases/test_authorisation.py::test_who_may"
INVITED: Final = "storage/invitations.py"
INVITING: Final = "tests/storage/test_invitations.py"
WEBHOOK: Final = "bot/web/webhook.py"
HOOKED: Final = "tests/bot/web/test_webhook.py"
SAFETY: Final = "tests/bot/test_safety.py"
SETTINGS: Final = "tests/bot/test_settings.py"
SENDING: Final = "tests/bot/usecases/test_send_due.py"
TAKE: Final = "bot/usecases/take_due.py"

DOORS: Final = (
    Weakening(
        "rollen bij elke update: teamleider",
        ACCESS,
        'each.team_id == team_id and each.role == "lead"',
        "each.team_id == team_id",
        MAY,
    ),
    Weakening(
        "rollen bij elke update: coördinator van dit gebied",
        ACCESS,
        "if area is None or area.id not in work.people.coordinates(person.id):",
        "if area is None or not work.people.coordinates(person.id):",
        MAY,
    ),
    Weakening(
        "rollen bij elke update: coördinator van dit team",
        ACCESS,
        "        raise NotAllowed\n    if team.area_id not in work.people.coordinates(person.id):\n        raise NotAllowed\n",
        "        raise NotAllowed\n",
        MAY,
    ),
    Weakening(
        "rollen bij elke update: wie weg is, mag niets meer",
        "storage/people.py",
        '.where(col(MembershipRow.person_id) == bindparam("person_id"), col(MembershipRow.left_on).is_(None))\n',
        '.where(col(MembershipRow.person_id) == bindparam("person_id"))\n',
        "tests/bot/usecases/test_people.py::test_a_removed_lead_loses_every_right_at_once",
    ),
    Weakening(
        "een lid leest pas wat gedeeld is",
        "bot/usecases/share_maandbeeld.py",
        'not ("member" in roles_here and record.shared_at)',
        'not ("member" in roles_here)',
        "tests/bot/usecases/test_maandbeeld.py::test_a_member_opens_it_only_after_it_was_shared",
    ),
    Weakening(
        "wie uit het team is, krijgt het niet meer",
        "bot/usecases/due_message.py",
        "each.team_id == record.team_id and each.role == role for",
        "each.role == role for",
        "tests/bot/usecases/test_maandbeeld.py::test_who_left_meanwhile_does_not_get_it",
    ),
    Weakening(
        "knop: alleen in de eigen chat",
        "bot/chat/taps.py",
        "if tapped is None or tap.chat_id != tap.user_id:",
        "if tapped is None:",
        "tests/bot/chat/test_handlers.py::test_a_button_in_somebody_elses_chat_is_not_taken",
    ),
    Weakening(
        "knop: alleen wat deze versie maakte",
        "bot/chat/callback_data.py",
        "if kind is None or head[1:] != VERSION or",
        "if kind is None or",
        "tests/bot/chat/test_callback_data.py::test_old_forged_and_broken_data_is_none",
    ),
    Weakening(
        "knop: alleen in het eigen bericht",
        "bot/usecases/answer_step.py",
        "if running is not None and running.message_id == message_id:",
        "if running is not None:",
        "tests/bot/usecases/test_dialogue.py::test_a_button_of_another_message_is_not_taken",
    ),
    Weakening(
        "knop: alleen op het scherm van nu",
        "dialogues/conversation/engine.py",
        "    if given.visit != session.visit:\n        return _ignored(definition, session, Reason.OLD_SCREEN)\n",
        "",
        "tests/bot/usecases/test_dialogue.py::test_a_repeated_tap_changes_nothing",
    ),
    Weakening(
        "uitnodiging: zo vaak als afgesproken",
        INVITED,
        "col(InvitationRow.id) == invitation_id, col(InvitationRow.uses) < col(InvitationRow.max_uses)\n        )\n"
        "        return",
        "col(InvitationRow.id) == invitation_id\n        )\n        return",
        f"{INVITING}::test_the_last_use_goes_to_one_of_two",
    ),
    Weakening(
        "uitnodiging: zo vaak als afgesproken",
        "bot/usecases/invite.py",
        "valid_for=valid, max_uses=1, place=place",
        "valid_for=valid, max_uses=2, place=place",
        "tests/bot/usecases/test_invitations.py::test_a_list_gives_one_link_for_one_person_each",
    ),
    Weakening(
        "uitnodiging: zo lang als afgesproken",
        INVITED,
        "or invitation.expires_at <= now:",
        "or invitation.expires_at < now:",
        f"{INVITING}::test_it_expires_on_the_dot",
    ),
    Weakening(
        "uitnodiging: alleen de afdruk bewaard",
        INVITED,
        "return sha256(token.encode()).hexdigest()",
        "return token",
        f"{INVITING}::test_the_token_is_not_in_the_database",
    ),
    Weakening(
        "uitnodiging: 192 bits geluk",
        "bot/ports.py",
        "return secrets.token_urlsafe(24)",
        "return secrets.token_urlsafe(6)",
        "tests/bot/test_ports.py::test_ids_and_tokens_are_long_enough_and_differ",
    ),
    Weakening(
        "uitnodiging: tien keer fout per uur",
        "bot/chat/guesses.py",
        ">= MOST:\n            raise TooManyGuesses",
        ">= 10 * MOST:\n            raise TooManyGuesses",
        "tests/bot/chat/test_guesses.py::test_after_ten_wrong_links_no_link_is_looked_at_for_an_hour",
    ),
    Weakening(
        "uitnodiging: ingetrokken is ingetrokken",
        INVITED,
        "return self._change(statement.values(expires_at=now)) == 1",
        "return self._change(statement.values(uses=0)) == 1",
        f"{INVITING}::test_a_revoked_invitation_lets_nobody_in",
    ),
    Weakening(
        "webhook: alleen met het geheim",
        WEBHOOK,
        "        if not hmac.compare_digest(given.encode(), self._secret):\n            raise _Refused(403)\n",
        "",
        f"{HOOKED}::test_without_the_secret_nothing_is_read",
    ),
    Weakening(
        "webhook: vergelijken kost altijd even lang",
        WEBHOOK,
        "if not hmac.compare_digest(given.encode(), self._secret):",
        "if given.encode() != self._secret:",
        f"{HOOKED}::test_the_secret_is_compared_in_constant_time",
    ),
    Weakening(
        "webhook: geen grote berichten",
        WEBHOOK,
        "            if len(body) > LARGEST_BODY:\n                raise _Refused(413)\n",
        "",
        f"{HOOKED}::test_a_large_body_is_refused",
    ),
    Weakening(
        "overvloed: twintig in tien seconden",
        "bot/chat/flood.py",
        "MOST: Final = 20",
        "MOST: Final = 2000",
        "tests/bot/chat/test_flood.py::test_twenty_in_ten_seconds_and_one_sentence_per_flood",
    ),
    Weakening(
        "opmaak: een naam is tekst",
        "bot/chat/wording.py",
        "return escape(inert(name))",
        "return inert(name)",
        "tests/bot/chat/test_texts.py::test_names_are_shown_as_they_are_typed",
    ),
    Weakening(
        "opmaak: geen formule in een bestand",
        "bot/render/sheets.py",
        "else harmless(str(cell)) for cell in astuple(row)])",
        "else str(cell) for cell in astuple(row)])",
        "tests/bot/render/test_sheets.py::test_a_name_that_would_calculate_is_only_text",
    ),
    Weakening(
        "twee keer: een update werkt één keer",
        "bot/chat/intake.py",
        "for update in updates if update.update_id not in self._handled}",
        "for update in updates}",
        "tests/bot/chat/test_intake.py::test_an_update_that_comes_again_is_handled_once",
    ),
    Weakening(
        "twee keer: terugkomen geeft geen tweede envelop",
        "bot/usecases/join_team.py",
        "if person is not None and (standing := _standing(work, person, token)):",
        "if False:",
        "tests/bot/usecases/test_join_team.py::test_accepting_twice_is_accepting_once",
    ),
    Weakening(
        "logboek: geen tokens",
        "bot/logs.py",
        'return {key: _TOKEN.sub("***", value) if isinstance(value, str) else value for key, value in event.items()}',
        "return event",
        "tests/bot/test_logs.py::test_tokens_are_blanked_wherever_they_stand",
    ),
    Weakening(
        "logboek: geen woorden uit een fout",
        "bot/logs.py",
        'event["error"] = type(error).__name__',
        'event["error"] = repr(error)',
        "tests/bot/test_logs.py::test_an_exception_is_its_class_and_its_place",
    ),
    Weakening(
        "10 een herinnering aan wie niet antwoordde",
        "bot/usecases/due_message.py",
        "    if work.answers.has(about.id, slot) or work.answers.session(about.id, slot) is not None:\n"
        "        return Nothing()\n",
        "",
        f"{SENDING}::test_a_reminder_goes_only_to_who_did_not_answer",
    ),
    Weakening(
        "10 de rij van een herinnering zegt niets",
        TAKE,
        '        work.deliveries.mark(delivery.id, state="done", at=delivery.due_at)\n',
        "        pass\n",
        f"{SENDING}::test_reminder_rows_tell_nothing_about_who_answered",
    ),
    Weakening(
        "10 ook niet als het sturen mislukt",
        "bot/usecases/send_due.py",
        'if delivery is None or delivery.kind == "reminder":\n            return\n',
        "if delivery is None:\n            return\n",
        f"{SENDING}::test_a_reminder_that_fails_has_a_row_like_the_others",
    ),
    Weakening(
        "10 herinneringen zijn weg na het sluiten",
        "bot/usecases/release_round.py",
        '    work.deliveries.remove_kind("reminder", subject=about.id)\n',
        "",
        f"{SENDING}::test_reminders_are_gone_after_the_close",
    ),
    Weakening(
        "10 iedereen krijgt een rij",
        "bot/usecases/open_due_rounds.py",
        'for kind, due_at in (("prompt", prompt_at), ("reminder", reminder_at)):',
        'for kind, due_at in (("prompt", prompt_at),):',
        "tests/bot/usecases/test_open_due_rounds.py::test_roster_prompts_and_reminders_come_with_the_round",
    ),
    Weakening(
        "19 alleen op werktijd",
        "dialogues/rhythm/working_hours.py",
        "return is_working_day(local.date()) and START <= local.time() < END",
        "return is_working_day(local.date())",
        "tests/dialogues/rhythm/test_working_hours.py::test_working_hours_begin_at_eight_and_end_before_six",
    ),
    Weakening(
        "19 hooguit één vraag per dag, over alle teams",
        TAKE,
        "    if delivery.person_id in prompted:\n        return True\n",
        "",
        f"{SENDING}::test_nobody_is_asked_twice_a_day_over_all_their_teams",
    ),
    Weakening(
        "18 start niet: ondergrens onder de 5",
        "bot/safety.py",
        "        *_low_floors(storage),\n",
        "",
        f"{SAFETY}::test_a_floor_below_five_is_refused",
    ),
    Weakening(
        "18 start niet: luide logboeken",
        "bot/safety.py",
        "        *_loud_logs(),\n",
        "",
        f"{SAFETY}::test_a_logger_that_prints_bodies_or_tokens_is_refused",
    ),
    Weakening(
        "18 start niet: map van een ander",
        "bot/safety.py",
        "        *(_refused(storage.keys.check_opener) if opens else ()),\n",
        "",
        f"{SAFETY}::test_who_opens_needs_the_folder_and_who_does_not_open_does_not",
    ),
    Weakening(
        "18 start niet: webhook zonder geheim",
        "bot/settings.py",
        '    if secret is None and info.data.get("webhook_url"):\n',
        '    if secret is None and info.data.get("webhook_url") == "":\n',
        f"{SETTINGS}::test_a_webhook_needs_a_secret",
    ),
    Weakening(
        "18 start niet: sleutels bij de database",
        "bot/settings.py",
        "    if at.parent == keys or at.parent in keys.parents or keys in (at, *at.parents):\n",
        "    if at.parent == keys:\n",
        f"{SETTINGS}::test_keys_may_not_lie_where_the_database_is_copied",
    ),
    Weakening(
        "18 start niet: sleutels in de map van back-ups",
        "bot/settings.py",
        "if at == keys or at in keys.parents or keys in at.parents:",
        "if at == keys or keys in at.parents:",
        f"{SETTINGS}::test_a_backup_may_not_take_the_keys_along",
    ),
    Weakening(
        "18 start niet: back-ups in de map van de sleutels",
        "bot/settings.py",
        "if at == keys or at in keys.parents or keys in at.parents:",
        "if at == keys or at in keys.parents:",
        f"{SETTINGS}::test_a_backup_may_not_take_the_keys_along",
    ),
    Weakening(
        "18 start niet: back-ups en sleutels in één map",
        "bot/settings.py",
        "if at == keys or at in keys.parents or keys in at.parents:",
        "if at in keys.parents or keys in at.parents:",
        f"{SETTINGS}::test_a_backup_may_not_take_the_keys_along",
    ),
    Weakening(
        "18 start niet: anderen lezen de sleutels",
        "bot/compose.py",
        "    keys.check()\n",
        "",
        "tests/bot/test_cli.py::test_keys_that_others_can_read_are_refused",
    ),
    Weakening(
        "18 start niet: SQLite wist niet echt",
        "storage/database.py",
        '    if cursor.execute("PRAGMA secure_delete").fetchone() != (1,):\n',
        "    if False:\n",
        f"{SAFETY}::test_an_sqlite_that_does_not_really_delete_is_refused",
    ),
    Weakening(
        "18 start niet: SQLite wist niet echt",
        "storage/database.py",
        '    cursor.execute("PRAGMA secure_delete = ON")\n',
        '    cursor.execute("PRAGMA secure_delete = FAST")\n',
        "tests/storage/test_database.py::test_the_pragmas_are_what_the_promises_need",
    ),
    Weakening(
        "18 start niet: tabellen van een andere versie",
        "bot/compose.py",
        "    elif state.kind is SchemaKind.OTHER:\n        raise SchemaMismatch(state.found, state.expected)\n",
        "",
        "tests/bot/test_cli.py::test_another_version_is_refused_with_the_way_out",
    ),
    Weakening(
        "18 start niet: database weg, sleutels er nog",
        "bot/compose.py",
        "    _refuse_lost(settings, keys)\n",
        "",
        "tests/bot/test_cli.py::test_a_database_that_is_gone_is_never_made_anew[nothing-migrate]",  # `run` would go on
    ),
)
