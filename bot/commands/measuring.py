"""The command `measure-guard`: how well the guard finds names and numbers, on invented sentences."""

from __future__ import annotations

from bot.terminal import out
from dialogues.guarding.measuring import measure


def measure_guard(*, as_json: bool) -> None:
    """Print what it found, what it missed, and what it warned for in vain."""
    measured = measure()
    if as_json:
        out.print_json(measured.to_json())
        return
    for kind, share in measured.by_kind.items():
        out.print(f"{kind:<12} {share.number:>3} van {share.of:>3} gevonden", highlight=False)
    out.print(f"{'samen':<12} {measured.found.number:>3} van {measured.found.of:>3}: {measured.found.percent} %")
    alarms = measured.false_alarms
    out.print(f"voor niets   {alarms.number:>3} van {alarms.of:>3} schone zinnen: {alarms.percent} %")
    for heading, sentences in (("Gemist:", measured.missed), ("Voor niets gewaarschuwd:", measured.alarmed)):
        out.print("", heading, *(f"  {sentence}" for sentence in sentences), sep="\n", markup=False, highlight=False)
