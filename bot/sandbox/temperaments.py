"""Which button a simulated colleague taps, by character. Pure choices; the taps are made elsewhere."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import random
    from collections.abc import Sequence

    from bot.sandbox.model import Button, Keyboard, SandboxUser, Temperament

JOIN = "ik doe mee"
NO_VIEW = "geen zicht"
READY = re.compile(r"^\W*klaar\b", re.IGNORECASE)
SKIP = re.compile(r"^\W*(sla over|overslaan)\b", re.IGNORECASE)
MORE = re.compile(r"^\W*meer\W*$", re.IGNORECASE)
LATER = "later vandaag"
START = re.compile(r"^\W*(start|begin|ga verder|verder)\b", re.IGNORECASE)
SCALE = re.compile(r"^\W*([1-5])\s*(·|[.:)–-]|$)")
CHOSEN = re.compile(r"^\s*(✓|✔|✅|☑|●|◉|■|\[x\])", re.IGNORECASE)
NEVER = re.compile(
    r"^\W*(stop|terug|liever niet|later vandaag|volgende week|na mijn spreekuur|antwoord veranderen|wis|pauze|uitleg"
    r"|deel met|doorgeven|annuleren|nee)\b",
    re.IGNORECASE,
)
BUSY_IGNORES = 0.3
BUSY_POSTPONES = 0.6
MOST_CHOICES = 3
MOST_PAGES = 3
LIKELY_CHOICES = 6
"""Of a long list in which an order is chosen, colleagues like the first ones; else they would never agree."""

# Chance of 1, 2, 3, 4, 5 and "Geen zicht op".
WEIGHTS: dict[Temperament, tuple[float, ...]] = {
    "positive": (0.0, 0.05, 0.2, 0.45, 0.25, 0.05),
    "mixed": (0.08, 0.2, 0.32, 0.28, 0.07, 0.05),
    "critical": (0.25, 0.38, 0.22, 0.1, 0.0, 0.05),
    "busy": (0.05, 0.2, 0.35, 0.3, 0.05, 0.05),
    "unaware": (0.02, 0.08, 0.15, 0.2, 0.05, 0.5),
    "starter": (0.02, 0.13, 0.35, 0.25, 0.05, 0.2),
}


def choose(
    user: SandboxUser, keyboard: Keyboard, *, chance: random.Random, taps_here: int, put_off: bool
) -> Button | None:
    """The button this colleague taps now.

    Args:
        user: with temperament and wishes.
        keyboard: what the message shows.
        chance: the colleague's own source of chance.
        taps_here: how often this colleague tapped under this same question.
        put_off: whether this colleague put off or ignored the invitation before this one.

    Returns:
        The button, or None to leave the message alone.
    """
    buttons = [button for row in keyboard for button in row if button.data is not None]
    joining = _containing(buttons, JOIN)
    if joining is not None:
        return joining
    starting = _matching(buttons, START)
    later = _containing(buttons, LATER)
    if starting is not None and later is not None:
        return _begin(user, starting, later, chance=chance, put_off=put_off)
    numbered = [button for button in buttons if SCALE.match(button.text)]
    if len(numbered) > MOST_CHOICES:
        scale = [button for button in buttons if SCALE.match(button.text) or NO_VIEW in button.text.lower()]
        return _rate(user, scale, chance=chance)
    ready, skip, more = _matching(buttons, READY), _matching(buttons, SKIP), _matching(buttons, MORE)
    passed = {ready, skip, more}
    options = [each for each in buttons if each not in passed and each not in numbered and not NEVER.match(each.text)]
    if numbered and ready is None:
        return chance.choice(options[:LIKELY_CHOICES]) if options else skip
    if ready is not None:
        return _several(options, ready, chance=chance, taps_here=taps_here)
    wished = _wished(user, options)
    if wished is None and user.wishes and more is not None and taps_here < MOST_PAGES:
        return more
    return wished or (chance.choice(options) if options else skip)


def _containing(buttons: Sequence[Button], words: str) -> Button | None:
    return next((button for button in buttons if words in button.text.lower()), None)


def _matching(buttons: Sequence[Button], pattern: re.Pattern[str]) -> Button | None:
    return next((button for button in buttons if pattern.match(button.text)), None)


def _begin(
    user: SandboxUser, starting: Button, later: Button, *, chance: random.Random, put_off: bool
) -> Button | None:
    if user.temperament != "busy" or put_off:
        return starting
    mood = chance.random()
    if mood < BUSY_IGNORES:
        return None
    return later if mood < BUSY_POSTPONES else starting


def _rate(user: SandboxUser, scale: Sequence[Button], *, chance: random.Random) -> Button:
    weights = WEIGHTS[user.temperament]
    found = [SCALE.match(button.text) for button in scale]
    return chance.choices(scale, [weights[int(match[1]) - 1] if match else weights[5] for match in found])[0]


def _several(options: Sequence[Button], ready: Button, *, chance: random.Random, taps_here: int) -> Button:
    chosen = sum(1 for button in options if CHOSEN.match(button.text))
    left = [button for button in options if not CHOSEN.match(button.text)]
    enough = max(chosen, taps_here) >= MOST_CHOICES or (chosen > 0 and chance.random() < 1 / MOST_CHOICES)
    if enough or not left:
        return ready
    return chance.choice(left)


def _wished(user: SandboxUser, options: Sequence[Button]) -> Button | None:
    for wish in user.wishes:
        found = _containing(options, wish.lower())
        if found is not None:
            return found
    return None
