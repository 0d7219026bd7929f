"""The attack table: seventeen rows, each measured by a module of its own, or told as not measured yet.

How to add a row: write one module here, named after its row: ``a05_one_snapshot.py`` measures A5. It holds

- ``LONG`` and ``SHORT``: what `run` is given by `make audit` and by `make test`; any object with sizes;
- ``run(size, *, seed, folder) -> Outcome``: the attack. Everything random starts from ``seed``; ``folder`` is empty and
  goes away afterwards. Say in ``Outcome.figure`` what was tried and found, and call ``must`` for every pass mark;
- ``PROCESSES = True`` where real processes are started or killed: it then runs with the journeys.

Give the attack a control that is found broken (a naive build, a planted rule) and a ``must`` for that too: an attack
that finds nothing anywhere proves nothing. Nothing else needs to know of the module. Then measure it and commit the
line: ``python -m tests.attacks --row A5 --write``. Other rows of docs/aanvallen.md keep their figure, date and commit.
"""

from __future__ import annotations

import importlib
import os
import re
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType
from typing import Final

from tests.attacks.outcome import Outcome

SEED: Final = 20261126
MEMORY: Final = Path("/dev/shm")  # noqa: S108 - only for rows without a real process
FOLDER: Final = Path(__file__).parent


@dataclass(frozen=True, slots=True)
class Attack:
    """One row as readers see it, in Dutch."""

    title: str
    limit: str
    """What counts as passed."""


ATTACKS: Final[dict[str, Attack]] = {
    "A1": Attack(
        "Elke mogelijke uitkomst narekenen",
        "0 mensen vast te pinnen, met 0 en 1 bekende collega; minstens 300 splitsingen; 3 van 3 slechte regels ontdekt",
    ),
    "A2": Attack(
        "Een heel jaar van een gebied doorrekenen",
        "0 antwoorden met nog maar één mogelijkheid; een herrekende ronde en elke verzwakte regel worden wel gekraakt",
    ),
    "A3": Attack(
        "Een tweede maandbeeld uitlokken",
        "0 andere teksten voor dezelfde antwoorden; opnieuw sturen is tot op de byte gelijk",
    ),
    "A4": Attack(
        "Raden wat een vertrekker antwoordde",
        "gemiddeld hooguit 0,10 zekerder dan na het vorige maandbeeld; "
        "over ‘laag’ meer dan 0,10 in hooguit 1 % van de gevallen",
    ),
    "A5": Attack(
        "Eén kopie van alles op de server",
        "0 leesbare antwoorden; raden lukt hooguit 0,05 beter dan de gok",
    ),
    "A6": Attack(
        "Twee kopieën vergelijken, bij elke stap",
        "0 leesbare antwoorden; raden hooguit 0,05 boven de gok; een naïeve bouw wordt wel gekraakt",
    ),
    "A7": Attack(
        "Resten op de schijf",
        "0 resten; volgorde op schijf zegt niets over de volgorde van binnenkomst",
    ),
    "A8": Attack(
        "Enveloppen openen na het overzicht",
        "0 enveloppen open; sleutels weg binnen 60 seconden, ook na een harde stop",
    ),
    "A9": Attack(
        "Logboeken lezen",
        "0 antwoorden, 0 tokens en 0 chatnummers met een antwoordstap in de logboeken",
    ),
    "A10": Attack(
        "Uitnodigingen raden en hergebruiken",
        "minstens 128 bits; 0 treffers bij een miljoen pogingen; onbekend en verlopen zien er gelijk uit",
    ),
    "A11": Attack(
        "Knoppen vervalsen",
        "0 gevolgen voor anderen en 0 fouten bij 10.000 vervalste knoppen; elk krijgt antwoord",
    ),
    "A12": Attack(
        "Meer doen dan je rol mag",
        "elke rol kan precies wat afgesproken is; wat is ingetrokken, werkt bij het volgende bericht niet meer",
    ),
    "A13": Attack(
        "De webhook vervalsen",
        "0 vervalste berichten verwerkt; zonder geheim start de bot niet",
    ),
    "A14": Attack(
        "De bot overspoelen",
        "anderen krijgen binnen 1 seconde antwoord; hooguit 50 MB geheugen en 1 MB schijf per minuut erbij",
    ),
    "A15": Attack(
        "Opmaak en formules binnensmokkelen",
        "0 mislukte berichten, 0 werkende links van gebruikers, 0 formules in bestanden",
    ),
    "A16": Attack(
        "Twee keer antwoorden",
        "precies één envelop per mens en ronde; een tweede account heeft een eigen uitnodiging nodig",
    ),
    "A17": Attack(
        "Een team vullen met eigen accounts",
        "niet te voorkomen: een lid ziet vooraf hoeveel mensen er zijn en wie leest; teamleiders antwoorden niet",
    ),
}


def measured() -> dict[str, ModuleType]:
    """The rows that have a module, in the order of the table."""
    found = {}
    for path in sorted(FOLDER.glob("a[0-9][0-9]_*.py")):
        row = f"A{int(path.stem[1:3])}"
        if row in found or row not in ATTACKS or not re.fullmatch(r"a\d\d_\w+", path.stem):
            raise ValueError(f"{path.name} measures no row, or one that is measured already")
        found[row] = importlib.import_module(f"tests.attacks.{path.stem}")
    return found


def play(row: str, *, seed: int, short: bool) -> Outcome:
    """One row in a folder of its own; a row that breaks down has failed, and the others go on."""
    module = measured()[row]
    in_memory = not starts_processes(module) and os.access(MEMORY, os.W_OK)
    begun = time.perf_counter()
    with tempfile.TemporaryDirectory(prefix="attacks-", dir=MEMORY if in_memory else None) as folder:
        try:
            outcome = module.run(module.SHORT if short else module.LONG, seed=seed, folder=Path(folder))
        except Exception as error:  # noqa: BLE001 - told in the table
            outcome = Outcome("liep vast", missed=[f"{type(error).__name__}: {error}"[:400]])
    outcome.limit = ATTACKS[row].limit
    outcome.seconds = time.perf_counter() - begun
    return outcome


def starts_processes(module: ModuleType) -> bool:
    """Whether a row starts real processes."""
    return bool(getattr(module, "PROCESSES", False))
