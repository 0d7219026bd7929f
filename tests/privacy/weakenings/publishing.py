"""What an overview may show of answers: the rule of publication, and that it was fixed beforehand."""

from __future__ import annotations

from typing import Final

from tests.privacy.weakenings.weakening import Weakening

RULE: Final = "dialogues/insight/publication.py"
COUNTED: Final = "dialogues/insight/counting.py"
LISTED: Final = "dialogues/insight/listing.py"
COMPOSED: Final = "dialogues/insight/composing.py"
PROMISED: Final = "bot/usecases/promises.py"
PUBLICATION: Final = "tests/dialogues/insight/test_publication.py"
COUNTING: Final = "tests/dialogues/insight/test_counting.py"
LISTING: Final = "tests/dialogues/insight/test_listing.py"
COMPOSING: Final = "tests/dialogues/insight/test_composing.py"
PROMISES: Final = "tests/bot/usecases/test_promises.py"
RELEASING: Final = "tests/bot/usecases/test_release_round.py"

PUBLISHING: Final = (
    Weakening(
        "4 laag, midden en hoog zijn drie verschillende",
        "dialogues/insight/bands.py",
        "    Branch.MID: Band.MID,\n",
        "    Branch.MID: Band.LOW,\n",
        "tests/dialogues/insight/test_counting.py::test_a_listing_is_about_everybody_with_a_band_on_the_statement",
    ),
    Weakening(
        "4 niet van toepassing telt niet mee",
        COUNTED,
        "return BAND_OF_BRANCH.get(branch) if branch else None",
        "return BAND_OF_BRANCH.get(branch, Band.NO_VIEW) if branch else None",
        f"{COUNTING}::test_every_respondent_is_counted_once",
    ),
    Weakening(
        "5 niets onder de ondergrens",
        RULE,
        "if respondents < floor:",
        "if respondents < floor - 1:",
        f"{PUBLICATION}::test_four_respondents_give_one_sentence_and_nothing_else",
    ),
    Weakening(
        "5 niets onder de ondergrens",
        COUNTED,
        "return len(respondents(definition, answers, audience=audience)) >= floor",
        "return len(respondents(definition, answers, audience=audience)) >= floor - 1",
        f"{RELEASING}::test_four_answers_wait_and_everybody_hears_the_same",
    ),
    Weakening(
        "5 de ondergrens is minstens 5",
        RULE,
        "if type(floor) is not int or floor < FLOOR:",
        "if type(floor) is not int:",
        f"{PUBLICATION}::test_nobody_can_lower_the_floor",
    ),
    Weakening(
        "5 de ondergrens is minstens 5",
        "storage/rounds.py",
        "if self.floor < LOWEST_FLOOR:",
        "if self.floor < 1:",
        "tests/storage/test_rounds.py::test_a_round_with_a_floor_below_five_cannot_be_made",
    ),
    Weakening(
        "5 de ondergrens gaat alleen omhoog",
        "bot/usecases/raise_floor.py",
        "for each in FLOORS if each > team.floor}",
        "for each in FLOORS}",
        f"{PROMISES}::test_a_floor_only_goes_up_and_only_to_what_is_on_offer",
    ),
    Weakening(
        "5 de ondergrens gaat alleen omhoog",
        "storage/teams.py",
        "col(TeamRow.id) == team_id, col(TeamRow.floor) < floor)",
        "col(TeamRow.id) == team_id)",
        "tests/bot/usecases/test_merge_teams.py::test_the_higher_of_two_floors_holds_for_all",
    ),
    Weakening(
        "5 een hogere ondergrens wordt vooraf gezegd",
        "bot/usecases/promises.py",
        "    if about.floor > FLOOR:\n",
        "    if False:\n",
        f"{PROMISES}::test_a_raised_floor_holds_from_the_next_round_and_is_told_before_it",
    ),
    Weakening(
        "5 een hogere ondergrens geldt voor de ronde",
        "bot/usecases/release_round.py",
        "enough = respondents_enough(definition, given, audience=audience, floor=about.floor)",
        "enough = respondents_enough(definition, given, audience=audience)",
        f"{PROMISES}::test_a_raised_floor_holds_from_the_next_round_and_is_told_before_it",
    ),
    Weakening(
        "5 bij samenvoegen geldt de hoogste",
        "bot/usecases/merge_teams.py",
        "if work.teams.raise_floor(other.id, team.floor):",
        "if False:",
        "tests/bot/usecases/test_merge_teams.py::test_the_higher_of_two_floors_holds_for_all",
    ),
    Weakening(
        "6 bij gelijkspel geen antwoord genoemd",
        RULE,
        "if table.count(most) == 1 else None",
        "if most else None",
        f"{PUBLICATION}::test_a_tie_leaves_the_tied_bands_unsaid",
    ),
    Weakening(
        "6 geen kleine sector",
        RULE,
        "if size >= floor and name != NO_SIDE",
        "if size >= 1 and name != NO_SIDE",
        f"{PUBLICATION}::test_no_visible_sector_and_no_hidden_rest_is_smaller_than_the_floor",
    ),
    Weakening(
        "6 drie sectoren van vijf zijn te weinig",
        RULE,
        "needed = len(visible) + BESIDE_OTHERS",
        "needed = floor",
        "tests/dialogues/insight/test_publication.py::test_a_small_hidden_rest_hides_the_smallest_sector_too",
    ),
    Weakening(
        "6 de verborgen rest is 0 of groot genoeg",
        RULE,
        "(hidden == 0 or hidden >= max(floor, needed + 1))",
        "hidden >= 0",
        f"{PUBLICATION}::test_a_small_hidden_rest_hides_the_smallest_sector_too",
    ),
    Weakening(
        "6 wie geen zijde noemt, is geen groep",
        RULE,
        "if size >= floor and name != NO_SIDE)",
        "if size >= floor)",
        f"{PUBLICATION}::test_a_small_hidden_rest_hides_the_smallest_sector_too",
    ),
    Weakening(
        "6 een zijde die iedereen noemde, blijft weg",
        COUNTED,
        "        < ELIGIBLE_OUTSIDE\n",
        "        < 0\n",
        f"{COUNTING}::test_a_side_that_everybody_named_who_could_is_not_shown",
    ),
    Weakening(
        "6 aantallen pas vanaf 10",
        RULE,
        "exact = respondents >= EXACT_FROM and",
        "exact = respondents >= EXACT_FROM - 1 and",
        f"{PUBLICATION}::test_exact_counts_need_ten_respondents_and_three_outside_the_biggest_band",
    ),
    Weakening(
        "6 aantallen alleen met 3 buiten de grootste groep",
        RULE,
        "respondents - max(team) >= OUTSIDE_AT_LEAST",
        "respondents - max(team) >= OUTSIDE_AT_LEAST - 1",
        f"{PUBLICATION}::test_exact_counts_need_ten_respondents_and_three_outside_the_biggest_band",
    ),
    Weakening(
        "6 aantallen nooit naast sectoren",
        RULE,
        "    if rule is Rule.COUNTS:\n",
        "    if rule is Rule.COUNTS and len(names) == 1:\n",
        f"{PUBLICATION}::test_exact_counts_need_ten_respondents_and_three_outside_the_biggest_band",
    ),
    Weakening(
        "6 een team met aantallen toont nooit sectoren",
        PROMISED,
        "return Split.NONE if Rule(team.rule) is Rule.COUNTS else Split(team.split)",
        "return Split(team.split)",
        f"{PROMISES}::test_one_to_four_newcomers_make_it_words_only",
    ),
    Weakening(
        "6 een thema vanaf 3 keer gekozen",
        LISTED,
        "            if number >= LISTED_FROM\n",
        "            if number >= LISTED_FROM - 1\n",
        f"{LISTING}::test_options_are_listed_from_three_choosers_in_the_given_order",
    ),
    Weakening(
        "6 ‘vaak’ pas bij de helft van 8",
        LISTED,
        "often = respondents >= OFTEN_FROM",
        "often = True",
        f"{LISTING}::test_often_needs_half_of_at_least_eight_respondents",
    ),
    Weakening(
        "6 ‘vaak’ pas bij de helft van 8",
        LISTED,
        "often and 2 * number >= respondents",
        "often and 3 * number >= respondents",
        f"{LISTING}::test_often_needs_half_of_at_least_eight_respondents",
    ),
    Weakening(
        "6 één gewenste stap, geen bij gelijkspel",
        LISTED,
        "items=leading if len(leading) == 1 else ())",
        "items=leading)",
        f"{LISTING}::test_only_the_one_most_chosen_action_is_shown",
    ),
    Weakening(
        "6 thema's niet in volgorde van hoe vaak",
        LISTED,
        "            for value, number in chosen.items()\n            if",
        "            for value, number in sorted(chosen.items(), key=lambda each: -each[1])\n            if",
        f"{LISTING}::test_options_are_listed_from_three_choosers_in_the_given_order",
    ),
    Weakening(
        "6 naast aantallen geen thema van wie er weinig waren",
        COUNTED,
        "return asked < (floor if counted.alone",
        "return asked < (0 if counted.alone",
        f"{COUNTING}::test_beside_exact_counts_nothing_is_listed_of_fewer_than_five_who_were_asked",
    ),
    Weakening(
        "6 naast aantallen geen thema van wie er weinig waren",
        COUNTED,
        "(counted.respondents + 1) // 2 + 2))",
        "(counted.respondents + 1) // 2))",
        f"{COUNTING}::test_beside_exact_counts_themes_need_two_more_than_half_who_were_asked",
    ),
    Weakening(
        "6 het eerste overzicht van een team is woorden",
        PROMISED,
        "if few or is_new(work, team.id):",
        "if few:",
        f"{PROMISES}::test_the_first_overview_of_a_team_is_words",
    ),
    Weakening(
        "6 wat anders is, staat vóór de eerste vraag",
        PROMISED,
        "    if now != before:\n",
        "    if False:\n",
        f"{PROMISES}::test_members_read_it_before_the_first_question",
    ),
    Weakening(
        "6 wat anders is dan gewoonlijk, staat vóór elke vraag",
        PROMISED,
        "    elif now != USUAL:\n",
        "    elif False:\n",
        f"{PROMISES}::test_what_is_not_usual_is_read_before_every_question",
    ),
    Weakening(
        "6 een open ronde houdt wat beloofd is",
        "bot/usecases/release_round.py",
        "rule=about.rule, split=about.split, floor=about.floor",
        "rule=group.rule if group else about.rule, split=about.split, floor=about.floor",
        f"{PROMISES}::test_a_running_round_keeps_what_was_promised",
    ),
    Weakening(
        "7 een paar mensen anders: alleen woorden",
        PROMISED,
        "if few or is_new(work, team.id):",
        "if is_new(work, team.id):",
        f"{PROMISES}::test_one_to_four_newcomers_make_it_words_only",
    ),
    Weakening(
        "7 een paar mensen anders: alleen woorden",
        COMPOSED,
        "if publication.counts is not None and not facts.roster_changed:",
        "if publication.counts is not None:",
        f"{COMPOSING}::test_a_month_in_which_a_few_people_changed_has_no_counts",
    ),
    Weakening(
        "7 een paar mensen anders: geen verloop",
        COMPOSED,
        'if published and not facts.roster_changed else "",',
        'if published else "",',
        "tests/dialogues/insight/test_looking_back.py::"
        "test_nothing_is_told_of_before_in_a_month_in_which_a_few_people_changed",
    ),
    Weakening(
        "7 verloop alleen van precies dezelfde mensen",
        "dialogues/insight/looking_back.py",
        "if not same or not one.roster or same[-1].roster != one.roster:",
        "if not same:",
        "tests/dialogues/insight/test_looking_back.py::test_nothing_is_told_of_before_when_the_people_differ",
    ),
    Weakening(
        "7 wie tussen twee kansen wegging, telt als verschil",
        "bot/usecases/roster.py",
        "    if _holds_others(work, earlier):\n        return True\n",
        "",
        f"{PROMISES}::test_who_left_between_two_chances_makes_the_round_after_them_words_only",
    ),
    Weakening(
        "7 geen verloop van twee kansen met andere mensen",
        "bot/usecases/published_rounds.py",
        'roster=roster_of_published(work, asked) if asked else "",',
        'roster=asked.roster_digest if asked else "",',
        f"{PROMISES}::test_who_left_between_two_chances_makes_the_round_after_them_words_only",
    ),
    Weakening(
        "7 wie kwam en wie ging tellen samen",
        "bot/usecases/roster.py",
        "    return arrived + gone < FLOOR\n\n\ndef roster_of_published",
        "    return arrived < FLOOR and gone == 0\n\n\ndef roster_of_published",
        f"{PROMISES}::test_one_to_four_leavers_make_it_words_only",
    ),
    Weakening(
        "7 een tweede kans houdt de belofte van de eerste",
        PROMISED,
        "rule, split, floor = Rule(waiting.rule), Split(waiting.split), max(floor, waiting.floor)",
        "floor = max(floor, waiting.floor)",
        f"{PROMISES}::test_a_second_chance_keeps_the_promise_of_the_first",
    ),
    Weakening(
        "7 een cel is alles wat van antwoorden blijft",
        COUNTED,
        'cells[step] = {"kind": "bands", **shown.to_json()}',
        'cells[step] = {"kind": "bands", "respondents": len(answers), **shown.to_json()}',
        f"{COUNTING}::test_below_the_floor_no_answer_changes_anything",
    ),
    Weakening(
        "6 bij woorden nergens een aantal",
        RULE,
        "return _made(rule, _most_frequent(team), tuple(shown), None)",
        "return _made(rule, _most_frequent(team), tuple(shown), team)",
        f"{PUBLICATION}::test_words_hold_no_number",
    ),
    Weakening(
        "11 van deelname nergens een aantal",
        "bot/usecases/release_round.py",
        "            participation=took_part,\n",
        "            participation=f'{took_part} {len(work.answers.sealed(about.id))}',\n",
        "tests/bot/usecases/test_team_participation.py::test_a_release_notes_the_band_of_the_team",
    ),
    Weakening(
        "11 deelname is een woord dat drie aantallen openlaat",
        "dialogues/insight/participation.py",
        "wide = asked - least + 1 >= NARROWEST and least - floor >= NARROWEST",
        "wide = True",
        "tests/dialogues/insight/test_participation.py::"
        "test_a_band_that_says_more_than_the_overview_does_leaves_three_numbers_or_more",
    ),
    Weakening(
        "11 ‘niemand antwoordde’ wordt nooit gezegd",
        "dialogues/insight/participation.py",
        "    return None\n",
        "    return phrases_nl.ENOUGH_TOOK_PART if seen else None\n",
        "tests/dialogues/insight/test_participation.py::test_the_month_says_the_lowest_band_and_never_too_few",
    ),
)
