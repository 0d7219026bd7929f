"""How long anything is kept: every term twice as long as is told, and every place that keeps to a term."""

from __future__ import annotations

from typing import Final

from storage.retention import DAYS
from tests.privacy.weakenings.weakening import Weakening

RETENTION: Final = "storage/retention.py"
TIDY: Final = "bot/usecases/housekeeping.py"
TOLD: Final = "tests/docs/test_figures.py::test_retention_is_told_as_it_is"
TIDYING: Final = "tests/bot/usecases/test_housekeeping.py"
STAYING: Final = "tests/bot/usecases/test_terms.py::test_it_stays_its_time_and_goes_the_day_after"
MANAGING: Final = "tests/bot/usecases/test_managing.py"

_KEPT_TO: Final = (
    ("een account na de laatste rol", TIDY, 'today - kept("person")', f"{TIDYING}::test_an_account_goes_thirty_days_after_the_last_role"),
    ("berichten", TIDY, 'now - kept("delivery")', f"{MANAGING}::test_what_was_sent_long_ago_is_forgotten"),
    ("een formulier", TIDY, 'today - kept("form")', f"{MANAGING}::test_a_form_of_an_earlier_day_is_forgotten"),
    ("een link die niet meer werkt", TIDY, 'now - kept("invitation")', f"{STAYING}[invitation-puts_a_link]"),
    ("vrije dagen", TIDY, 'today - kept("closed_day")', f"{STAYING}[closed_day-puts_a_free_day]"),
    ("het logboek van veranderingen", TIDY, 'now - kept("change")', f"{STAYING}[change-notes_a_change]"),
    ("deelname per sector", TIDY, 'now - kept("area_month")', "tests/bot/usecases/test_see_participation.py::test_three_months_are_shown_and_two_years_are_kept"),
    ("de pot", TIDY, 'now - kept("text_pool")', f"{TIDYING}::test_a_pool_without_a_maandbeeld_ends"),
    ("maandbeelden", TIDY, 'now - kept("maandbeeld")', f"{TIDYING}::test_maandbeelden_go_after_two_years_and_the_rest_stays_a_chain"),
    ("het eigen cijfer", TIDY, 'today - kept("team_figure")', "tests/bot/usecases/test_enter_figure.py::test_it_goes_after_two_years"),
    ("overzichten", TIDY, 'now - kept("publication")', f"{TIDYING}::test_publications_go_and_the_circle_of_topics_stays"),
    ("hoeveel mensen een ronde vroeg", TIDY, 'now - kept("round")', f"{TIDYING}::test_publications_go_and_the_circle_of_topics_stays"),
    ("een doorgegeven tekst", TIDY, '(today - kept("handover_note")', "tests/bot/usecases/test_handover.py::test_a_note_that_cannot_be_delivered_goes_after_thirty_days"),
    ("een stille dialoog", "bot/usecases/answering.py", 'kept("dialogue_session")', "tests/bot/usecases/test_dialogue.py::test_a_silent_dialogue_is_forgotten_after_a_day_and_the_answer_stays"),
    ("een ronde die wacht op een tweede kans", "bot/usecases/second_chance.py", 'kept("envelope")', "tests/bot/usecases/test_release_round.py::test_waiting_ends_after_sixty_two_days"),
    ("de wislijst", TIDY, "today - ERASURE_LIST", f"{TIDYING}::test_the_list_of_the_erased_forgets_after_its_time"),
    ("kopieën", "storage/backups.py", "now - KEPT:", "tests/storage/test_backups.py::test_only_old_copies_with_a_name_of_ours_are_dropped"),
)  # fmt: skip
"""What is kept, the file and the term in it, and the test that sees it twice as long."""


def _twice(text: str) -> str:
    """The same with its term doubled: the last name in it, or the last call."""
    before, space, term = text.rpartition(" ")
    return f"{before}{space}2 * {term}"


TERMS: Final = (
    *(Weakening(f"termijn: {what}", file, old, _twice(old), test) for what, file, old, test in _KEPT_TO),
    *(
        Weakening("termijn: elke tabel", RETENTION, f'"{table}": {days},', f'"{table}": {2 * days},', TOLD)
        for table, days in DAYS.items()
        if days is not None
    ),
    Weakening("termijn: elke tabel", RETENTION, "timedelta(days=60)", "timedelta(days=120)", TOLD),
    Weakening("termijn: kopieën", "storage/backups.py", "timedelta(days=30)", "timedelta(days=60)", TOLD),
)
