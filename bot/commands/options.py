"""What can be typed behind a command, with the sentence that explains it; light, for each start reads it."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from dialogues.conversation.definition import Audience, Sector
from dialogues.conversation.way import Way


class Waiting(StrEnum):
    """What happens to messages that waited in a copy."""

    SEND = "send"
    DROP = "drop"


Once = Annotated[bool, typer.Option("--once", help="Doe wat nu aan de beurt is, en stop.")]
WithoutTicker = Annotated[bool, typer.Option(help="Laat het openen en versturen aan `tick` over.")]
WithoutRelease = Annotated[bool, typer.Option(help="Laat het openen van enveloppen aan `release` over.")]

Port = Annotated[int, typer.Option(help="Poort van de proeftuin; 0 kiest een vrije.")]
NoBot = Annotated[bool, typer.Option("--no-bot", help="Alleen de telefoons en de klok, zonder bot.")]
Hurry = Annotated[float, typer.Option(help="Bedenktijd van de nagespeelde collega's; 0 is meteen.")]

Role = Annotated[str, typer.Argument(help="Alleen: coordinator. Andere rollen nodigt de coördinator uit.")]
Area = Annotated[str, typer.Option(help="Naam van het gebied; wordt gemaakt als hij er nog niet is.")]
Municipality = Annotated[str, typer.Option(help="Naam van de gemeente in teksten; leeg is de gebiedsnaam.")]
Username = Annotated[str, typer.Option(help="Naam van de bot in de link, zonder @.")]
Person = Annotated[str, typer.Argument(help="Het chatnummer van de persoon, of zijn id in de database.")]

CopyFolder = Annotated[Path | None, typer.Argument(help="De map voor de kopie; leeg is BACKUP_DIR.")]
Copy = Annotated[Path | None, typer.Argument(help="De kopie die de database wordt.")]
NewHome = Annotated[
    str, typer.Option("--to", help="Verhuis alles van SQLite naar deze lege PostgreSQL: postgresql://…")
]
Release = Annotated[bool, typer.Option("--release", help="Laat de bot weer sturen, na een herstel.")]
What = Annotated[
    Waiting | None, typer.Option(help="Met --release: wat klaarstond in de kopie sturen (send) of niet (drop).")
]

OwnDialogues = Annotated[Path | None, typer.Argument(help="Map met eigen dialogen, over de meegeleverde heen.")]
Report = Annotated[bool, typer.Option("--report", help="Toon per dialoog de stappen, tikken en seconden.")]
Schema = Annotated[bool, typer.Option("--schema", help="Toon alleen het JSON Schema, voor een tekstbewerker.")]
Element = Annotated[str, typer.Argument(help="Welke dialoog, bijvoorbeeld: trust.")]
ForAudience = Annotated[Audience, typer.Option(help="practice (professional) of strategic (leiding en beleid).")]
InSector = Annotated[Sector, typer.Option(help="Waar je werkt: dat kiest de vragen die passen.")]
Number = Annotated[int, typer.Option(min=1, help="De hoeveelste keer: wisselt de open vraag af.")]
Profile = Annotated[str, typer.Option(help="Hoe het team is, met komma's: bijvoorbeeld large,0-100.")]
InWay = Annotated[Way, typer.Option(help="full, short (zin en thema's) of brief (alleen de zin).")]
Transcript = Annotated[Path | None, typer.Option(help="Schrijf wat je speelt ook naar dit bestand.")]

AsJson = Annotated[bool, typer.Option("--json", help="Geef de cijfers als JSON.")]
Short = Annotated[bool, typer.Option("--short", help="Een klein deel van alles, in een paar seconden.")]
EveryTable = Annotated[
    bool, typer.Option("--every-table", help="Elke tabel zelf, ook waar één van elke soort genoeg is. Duurt uren.")
]

PaperFolder = Annotated[Path, typer.Option(help="De map waarin de papieren komen; wordt gemaakt als hij er niet is.")]
Overwrite = Annotated[bool, typer.Option("--overwrite", help="Schrijf over papieren heen die er al staan.")]
OrganisationName = Annotated[str, typer.Option(help="Naam van de verantwoordelijke organisatie.")]
Contact = Annotated[str, typer.Option(help="Mailadres of telefoonnummer voor vragen.")]
Officer = Annotated[str, typer.Option(help="Naam en mailadres van de functionaris gegevensbescherming.")]
Host = Annotated[str, typer.Option(help="Wie de server beheert, en in welk land.")]
Ground = Annotated[str, typer.Option(help="De grondslag, nagegaan door je jurist.")]
Council = Annotated[str, typer.Option(help="Naam van de ondernemingsraad of medezeggenschapsraad.")]
