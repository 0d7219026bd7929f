"""What one attack came to: a figure, the pass mark beside it, and every mark that was missed."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(slots=True)
class Outcome:
    """One measured row of the table."""

    figure: str
    """What was tried and what came out, in figures, in Dutch."""
    limit: str = ""
    """The pass mark (privacy part 4), in Dutch; filled in from the table by whoever plays the row."""
    missed: list[str] = field(default_factory=list)
    """Each mark that was missed, as a short Dutch phrase."""
    seconds: float = 0.0

    @property
    def passed(self) -> bool:
        return not self.missed

    def must(self, holds: bool, otherwise: str) -> None:  # noqa: FBT001 - reads as a sentence
        """Note a pass mark that does not hold."""
        if not holds:
            self.missed.append(otherwise)
