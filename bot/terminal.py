"""The two streams of the command line: what a program may read, and what a person should know besides."""

from __future__ import annotations

from typing import Final

from rich.console import Console

out: Final = Console()
err: Final = Console(stderr=True)
