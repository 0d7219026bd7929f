"""One answer, one release: who is asked, who reads, what is written once, and what happens below the floor."""

from __future__ import annotations

from typing import Final

from tests.privacy.weakenings.weakening import Weakening

RELEASE: Final = "bot/usecases/release_round.py"
ASKED: Final = "bot/usecases/asked.py"
JOIN: Final = "bot/usecases/join_team.py"
RELEASING: Final = "tests/bot/usecases/test_release_round.py"
READERS: Final = "tests/bot/usecases/test_readers.py"
AREA: Final = "tests/bot/usecases/test_area_rounds.py"
CHAIN: Final = "tests/storage/test_maandbeelden.py"
SHARES: Final = "tests/dialogues/insight/test_shares.py"

YEAR: Final = "dialogues/insight/year.py"
YEAR_OF_AREA: Final = "tests/dialogues/insight/test_year.py::test_the_area_reads_the_same_whatever_a_team_answered"

ROUNDS: Final = (
    Weakening(
        "8 alleen wie op de lijst staat, antwoordt",
        "bot/usecases/access.py",
        "        if not asked:\n            raise NotAllowed\n",
        "",
        "tests/bot/usecases/test_dialogue.py::test_only_who_is_asked_can_answer",
    ),
    Weakening(
        "8 de lijst staat vast vanaf de opening",
        "bot/usecases/start_round.py",
        "    start = _start_round(work, deps, team_id=membership.team_id)\n",
        "    start = _start_round(work, deps, team_id=membership.team_id)\n"
        "    for now in work.rounds.open_of(membership.team_id):\n"
        "        work.rounds.add_to_roster(now.id, membership.person_id, sector=str(membership.sector))\n",
        "tests/bot/usecases/test_open_due_rounds.py::test_who_arrives_during_a_round_waits_for_the_next",
    ),
    Weakening(
        "8 een ronde sluit nooit eerder",
        "storage/rounds.py",
        'col(RoundRow.state).in_(("open", "releasing")), col(RoundRow.closes_at) <= bindparam("now"))',
        'col(RoundRow.state).in_(("open", "releasing")), col(RoundRow.opens_at) <= bindparam("now"))',
        f"{RELEASING}::test_nothing_is_released_before_the_close",
    ),
    Weakening(
        "8 na het sluiten komt er niets meer bij",
        "bot/usecases/access.py",
        'if found.state == "open" and found.closes_at > deps.now():',
        'if found.state == "open":',
        "tests/bot/usecases/test_dialogue.py::test_nothing_is_taken_after_the_close",
    ),
    Weakening(
        "8 tijdens het openen komt er niets meer bij",
        RELEASE,
        'state="releasing", expected=("open", "releasing")',
        'state="open", expected=("open", "releasing")',
        f"{RELEASING}::test_no_answer_is_added_while_the_envelopes_are_open",
    ),
    Weakening(
        "8 een ronde wordt één keer gepubliceerd",
        RELEASE,
        'expected=("open", "releasing")):\n            return None',
        'expected=("open", "releasing", "published")):\n            return None',
        f"{RELEASING}::test_the_second_of_two_openers_loses",
    ),
    Weakening(
        "8 een publicatie verandert nooit",
        "storage/publications.py",
        "self._insert(PublicationRow, to_values(published))",
        'self._put(PublicationRow, to_values(published), key=("round_id",))',
        "tests/storage/test_publications.py::test_a_round_publishes_once",
    ),
    Weakening(
        "8 de database weigert een verandering",
        "storage/migrations/versions/0007_written_once.py",
        '    "maandbeeld": ("id", "team_id", "month", "body", "digest",',
        '    "maandbeeld": ("id", "team_id", "month", "digest",',
        f"{CHAIN}::test_the_database_itself_refuses_to_change_what_was_written",
    ),
    Weakening(
        "8 de database weigert een verandering",
        "storage/migrations/versions/0007_written_once.py",
        '"outcome", "cells", "changed_roster",',
        '"outcome", "changed_roster",',
        "tests/storage/test_publications.py::test_the_database_itself_refuses_to_change_what_was_published",
    ),
    Weakening(
        "8 elk maandbeeld hangt aan het vorige",
        "storage/maandbeelden.py",
        "return sha256((previous_digest + body).encode()).hexdigest()",
        "return sha256(body.encode()).hexdigest()",
        f"{CHAIN}::test_a_changed_body_breaks_the_chain",
    ),
    Weakening(
        "8 een veranderd maandbeeld valt op",
        "storage/maandbeelden.py",
        "if record.digest == digest_of(record.body, previous_digest=digest):",
        "if record.digest:",
        f"{CHAIN}::test_one_changed_byte_is_found_and_named",
    ),
    Weakening(
        "8 een ronde staat in één maandbeeld",
        "bot/usecases/next_maandbeeld.py",
        "since=newest.composed_at if newest else None)",
        "since=None)",
        "tests/bot/usecases/test_maandbeeld.py::test_a_round_is_told_once_and_a_late_one_still",
    ),
    Weakening(
        "8 wie leest, wordt geen lid",
        JOIN,
        '    if invitation.kind == "member" and ("lead" in roles_here or coordinates_here):\n        raise RoleConflict\n',
        "",
        "tests/bot/usecases/test_join_team.py::test_who_reads_the_maandbeeld_never_answers_in_it",
    ),
    Weakening(
        "8 wie gevraagd is, wordt pas na de ronde lezer",
        JOIN,
        '    if invitation.kind != "member" and _still_answers(work, person, invitation):\n        raise RoleConflict\n',
        "",
        f"{READERS}::test_who_is_asked_becomes_no_reader_until_the_round_has_ended",
    ),
    Weakening(
        "8 de envelop van een lezer telt niet",
        RELEASE,
        "work.answers.sealed(about.id) if slot not in of_readers)",
        "work.answers.sealed(about.id))",
        f"{READERS}::test_the_opener_counts_no_envelope_of_a_reader",
    ),
    Weakening(
        "8 de envelop van een lezer telt niet",
        "bot/usecases/readers.py",
        "                    taken += work.answers.withdraw(about.id, slot)\n",
        "                    pass\n",
        f"{READERS}::test_the_opener_counts_no_envelope_of_a_reader",
    ),
    Weakening(
        "8 een teamleider die meedeed, leest dat maandbeeld niet als eerste",
        "bot/usecases/share_maandbeeld.py",
        "        if not record.shared_at and was_asked(work, deps, person_id=person.id, record=record):\n"
        "            raise NotAllowed\n",
        "",
        f"{READERS}::test_a_lead_who_was_asked_reads_only_what_comes_after",
    ),
    Weakening(
        "8 ook niet wie antwoordde in de ronde die meeging",
        "bot/usecases/readers.py",
        "        for about in (*shown, *taken_along)\n",
        "        for about in shown\n",
        f"{READERS}::test_a_lead_of_whom_an_answer_waited_does_not_read_what_it_became",
    ),
    Weakening(
        "11 drie rondes zonder overzicht worden gezegd",
        "bot/usecases/ease_rhythm.py",
        "    if silent and silent % SILENT_ROUNDS == 0:\n",
        "    if False:\n",
        "tests/bot/usecases/test_ease_rhythm.py::test_three_silent_rounds_are_said_to_lead_and_coordinator",
    ),
    Weakening(
        "12 wat te weinig antwoorden kreeg, is de volgende ronde",
        "bot/usecases/topics.py",
        "    if waiting is not None:\n        return topic_again(waiting)\n",
        "",
        "tests/bot/usecases/test_open_due_rounds.py::test_a_thin_element_gets_its_second_chance_first",
    ),
    Weakening(
        "14 wat niets bewaart of wat iemand tekent, wordt geen ronde",
        "bot/usecases/definitions.py",
        "    if deps.library.get(element).storage is not Storage.ENVELOPE:\n",
        "    if False:\n",
        "tests/bot/usecases/test_definitions.py::test_what_may_not_be_sealed_cannot_become_a_round",
    ),
    Weakening(
        "15 wat als hoog is uitgegeven, opent het maandbeeld",
        "dialogues/insight/composing.py",
        "        if band is Band.HIGH and definition.is_element and definition.id not in NO_AIM_IN_ITSELF\n",
        "        if False\n",
        "tests/dialogues/insight/test_composing.py::test_what_was_recognised_opens_except_where_high_is_no_aim",
    ),
    Weakening(
        "9 van een gebied niets onder de 10",
        ASKED,
        "AREA_FLOOR: Final = MEMBERS_AT_LEAST",
        "AREA_FLOOR: Final = FLOOR",
        f"{AREA}::test_nine_answers_are_too_few_for_an_area",
    ),
    Weakening(
        "9 een gebied vraagt vanaf drie teams",
        ASKED,
        "return len(among) >= TEAMS_AT_LEAST and",
        "return len(among) >= TEAMS_AT_LEAST - 1 and",
        f"{AREA}::test_an_area_that_became_smaller_asks_nobody_together",
    ),
    Weakening(
        "9 een sector van een gebied uit minstens drie teams",
        ASKED,
        "return all(len(teams[each]) >= TEAMS_AT_LEAST for",
        "return all(len(teams[each]) >= 1 for",
        "tests/attacks/test_attacks.py::test_an_attack_comes_to_nothing[A2]",
    ),
    Weakening(
        "9 wat het gebied vraagt, vraagt geen team",
        "bot/usecases/topics.py",
        "return there - {CLIENT} if area_asks_about_family(work, deps, team) else there",
        "return there",
        f"{AREA}::test_everybody_is_asked_once_and_no_team_asks_the_same_again",
    ),
    Weakening(
        "9 leiding en beleid alleen in hun eigen groep",
        ASKED,
        'in practice_layer(work.people.team_members(team.id, role="member"))',
        'in work.people.team_members(team.id, role="member")',
        f"{RELEASING}::test_the_strategic_layer_is_in_no_team_round",
    ),
    Weakening(
        "9 leiding en beleid als één groep",
        "bot/usecases/promises.py",
        'return Split.SECTOR if team.scope == "area" and sectors_can_be_shown(members)',
        "return Split.SECTOR if sectors_can_be_shown(members)",
        f"{AREA}::test_the_strategic_layer_is_asked_in_its_own_words_and_only_there",
    ),
    Weakening(
        "9 een gebied alleen in woorden",
        "bot/usecases/arrange_area_rounds.py",
        "rule=str(Rule.WORDS),",
        "rule=str(Rule.COUNTS),",
        f"{AREA}::test_everybody_is_asked_once_and_no_team_asks_the_same_again",
    ),
    Weakening(
        "9 wie het gebied leest, antwoordt er niet in",
        ASKED,
        "if membership.team_id in running and person.id not in readers",
        "if membership.team_id in running",
        f"{AREA}::test_who_leads_a_team_is_not_asked_with_them",
    ),
    Weakening(
        "9 een gebied leest niet wat een team over zijn stap zei",
        YEAR,
        "_agreed(_without_answers(team.steps))",
        "_agreed(team.steps)",
        YEAR_OF_AREA,
    ),
    Weakening(
        "9 een gebied leest niet of een team een overzicht had",
        YEAR,
        "_talked(team.months, shown=False)",
        "_talked(team.months)",
        YEAR_OF_AREA,
    ),
    Weakening(
        "11 een sector vanaf 10 mensen",
        "dialogues/insight/shares.py",
        "asked < MEMBERS_AT_LEAST * heaviest",
        "asked < 5 * heaviest",
        f"{SHARES}::test_fewer_people_fewer_teams_or_one_big_team_are_not",
    ),
    Weakening(
        "11 een sector uit minstens drie teams",
        "dialogues/insight/shares.py",
        "if len(teams) < TEAMS_AT_LEAST or",
        "if len(teams) < 2 or",
        f"{SHARES}::test_fewer_people_fewer_teams_or_one_big_team_are_not",
    ),
    Weakening(
        "11 een klein toeval bij deelname per sector",
        "bot/usecases/publish_participation.py",
        "{sector: deviation() for sector in SECTORS}",
        "{sector: 0 for sector in SECTORS}",
        "tests/bot/usecases/test_publish_participation.py::test_the_deviation_is_part_of_what_is_published",
    ),
    Weakening(
        "12 nieuwste envelop per persoon",
        RELEASE,
        "if slot.hex() not in replaced and slot not in of_readers",
        "if slot not in of_readers",
        f"{RELEASING}::test_who_answered_twice_is_one_respondent",
    ),
    Weakening(
        "12 zonder bewijs van wie telt de oude niet mee",
        RELEASE,
        "if before is None or not all(each.instead_of for each in opened):",
        "if before is None:",
        f"{RELEASING}::test_who_answered_twice_counts_once_also_when_the_bot_lost_its_key",
    ),
    Weakening(
        "12 één tweede kans, dan alles weg",
        RELEASE,
        "once_more = before is None and not key_gone and",
        "once_more = not key_gone and",
        f"{READERS}::test_the_opener_counts_no_envelope_of_a_reader",
    ),
    Weakening(
        "12 na 62 dagen weg",
        RELEASE,
        "work.rounds.thin_before(deps.now()), deps.now() - LONGEST_SEALED",
        "work.rounds.thin_before(deps.now()), deps.now() - 2 * LONGEST_SEALED",
        f"{RELEASING}::test_waiting_ends_after_sixty_two_days",
    ),
    Weakening(
        "12 iedereen krijgt dezelfde zin",
        RELEASE,
        '    readers += [person.id for person, _ in work.people.team_members(about.team_id, role="lead")]\n',
        "",
        f"{RELEASING}::test_four_answers_wait_and_everybody_hears_the_same",
    ),
    Weakening(
        "13 meningen van de start gaan door dezelfde release",
        "bot/usecases/second_chance.py",
        "or about.number == 0 or about.element == CHECK:",
        "or about.element == CHECK:",
        "tests/bot/usecases/test_start_round.py::test_too_few_start_dialogues_are_destroyed_at_once",
    ),
    Weakening(
        "14 naar een stap vragen heeft dezelfde ondergrens",
        RELEASE,
        "        if enough:\n            cells",
        "        if enough or about.element == CHECK:\n            cells",
        "tests/bot/usecases/test_asking_after.py::test_below_the_floor_it_is_said_and_everything_is_thrown_away",
    ),
)
