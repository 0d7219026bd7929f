"""The whole suite tries as many random examples as Hypothesis does by itself, and the fast loop a fifth of them."""

from __future__ import annotations

import pytest
from hypothesis import settings

from tests.support.chance import examples

BY_ITSELF = settings.get_profile("default").max_examples


@pytest.mark.parametrize(("profile", "share"), [("whole", 1), ("fast", 5)])
def test_a_profile_tries_its_share(profile, share):
    """Of a test that names no number, and of one that does."""
    before = settings.get_current_profile_name()
    settings.load_profile(profile)
    try:
        assert settings().max_examples == BY_ITSELF // share
        assert examples(150) == 150 // share
        assert examples(1) == 1
    finally:
        settings.load_profile(before)
