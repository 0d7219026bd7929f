"""What one fault test found: figures, and every pass mark that was missed."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(slots=True)
class Outcome:
    """One row of the table."""

    row: str
    fault: str
    mark: str
    """What counts as passed (privacy §5.2)."""
    seed: int
    done: str = ""
    """What was done and found, in figures."""
    missed: list[str] = field(default_factory=list)
    seconds: float = 0.0

    @property
    def passed(self) -> bool:
        return not self.missed

    def must(self, holds: bool, otherwise: str) -> None:  # noqa: FBT001 - reads as a sentence
        """Note a pass mark that does not hold."""
        if not holds:
            self.missed.append(otherwise)
