"""The flag that writes the golden transcripts anew."""

from __future__ import annotations

import pytest


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--update-transcripts",
        action="store_true",
        help="write tests/transcripts/*.txt anew instead of comparing; read the difference before you commit it",
    )


@pytest.fixture
def updating(request: pytest.FixtureRequest) -> bool:
    """Whether the transcripts are to be written instead of compared."""
    return bool(request.config.getoption("--update-transcripts", default=False))
