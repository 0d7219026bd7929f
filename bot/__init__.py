"""Even Stilstaan at the edge: use cases, chat, rendering, sandbox, and the wiring of it all."""

from __future__ import annotations

from typing import Final

__version__: Final = "0.1.0"
"""The same as in pyproject.toml; a test compares."""
