"""The command line: every way to start the product or look inside it. Exit codes: 0 fine, 1 refused, 2 wrong use.

Here stands what can be typed. What it does stands in `bot.commands`, and is imported when it is typed: all of it
together takes more than a second of a processor.
"""

from __future__ import annotations

import sys
from pathlib import Path

import typer

from bot.commands import options as opt
from bot.refused import SettingsInvalid, TokenRefused, UnsafeStart
from bot.terminal import err
from bot.usecases.errors import Refusal
from dialogues.conversation.definition import Audience, Sector
from dialogues.conversation.way import Way
from dialogues.errors import DialogueError
from storage.errors import StorageError

app = typer.Typer(
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    help="Even Stilstaan: een bot die het gesprek over samenwerken rond kinderen levend houdt.",
)


def main() -> None:
    """Run the command line; whatever is refused becomes one plain sentence and exit code 1."""
    try:
        app()
    except (SettingsInvalid, UnsafeStart, TokenRefused, StorageError, DialogueError, Refusal) as error:
        err.print(str(error) or type(error).__name__, style="bold", markup=False)
        sys.exit(1)
    except OSError as error:
        where = f" ({error.filename})" if error.filename else ""
        err.print(f"Dat lukt niet op deze machine: {error.strerror or error}{where}", markup=False, soft_wrap=True)
        sys.exit(1)


@app.command()
def run(*, without_ticker: opt.WithoutTicker = False, without_release: opt.WithoutRelease = False) -> None:
    """Start de bot: berichten ophalen, vragen versturen en rondes afsluiten."""
    from bot.commands import serving

    serving.run(without_ticker=without_ticker, without_release=without_release)


@app.command()
def sandbox(*, port: opt.Port = 8080, no_bot: opt.NoBot = False, hurry: opt.Hurry = 1.0) -> None:
    """Start een proeftuin: een Telegram op deze machine, met telefoons, een klok en een voorbeeldteam."""
    from bot.commands import playing

    playing.sandbox(port=port, no_bot=no_bot, hurry=hurry)


@app.command()
def migrate(*, to: opt.NewHome = "") -> None:
    """Breng de tabellen naar de versie van dit programma. Met --to: verhuis alles naar PostgreSQL."""
    from bot.commands import copies

    copies.migrate(to=to)


@app.command()
def invite(
    role: opt.Role, *, area: opt.Area, municipality: opt.Municipality = "", username: opt.Username = "EvenStilstaanBot"
) -> None:
    """Maak een uitnodigingslink voor de eerste coördinator van een gebied."""
    from bot.commands import people

    people.invite(role, area=area, municipality=municipality, username=username)


@app.command()
def tick(*, once: opt.Once = False) -> None:
    """Open de rondes en maak de maandbeelden die aan de beurt zijn. Versturen doet `run`."""
    from bot.commands import duties

    duties.tick(once=once)


@app.command()
def release(*, once: opt.Once = False) -> None:
    """Sluit rondes af: open de enveloppen samen, tel, en vernietig sleutels en losse antwoorden."""
    from bot.commands import duties

    duties.release(once=once)


@app.command()
def health() -> None:
    """Vraag een proces dat hier draait hoe het gaat (HEALTH_LISTEN). Eindigt met 1 als er iets niet werkt."""
    from bot.commands import health

    health.health()


@app.command()
def backup(to: opt.CopyFolder = None) -> None:
    """Maak een kopie van de database terwijl de bot werkt, en probeer hem uit. Sleutels gaan nooit mee."""
    from bot.commands import copies

    copies.backup(to)


@app.command()
def restore(copy: opt.Copy = None, *, release: opt.Release = False, waiting: opt.What = None) -> None:
    """Zet een kopie terug. De bot stuurt daarna niets, tot je hem loslaat met --release."""
    from bot.commands import copies

    copies.bring_back(copy, release=release, waiting=waiting)


@app.command()
def erase(person: opt.Person) -> None:
    """Wis een persoon, zoals /stop doet: account, wat nog verstuurd zou worden, en antwoorden in open rondes."""
    from bot.commands import people

    people.erase(person)


@app.command("check-dialogues")
def check_dialogues(folder: opt.OwnDialogues = None, *, report: opt.Report = False, schema: opt.Schema = False) -> None:
    """Controleer alle dialogen; elke fout met bestand, regel, stap en hoe het wel moet."""
    from bot.commands import content

    content.check_dialogues(folder, report=report, schema=schema)


@app.command("measure-guard")
def measure_guard(*, as_json: opt.AsJson = False) -> None:
    """Meet op verzonnen zinnen hoe goed de bot waarschuwt voor namen en nummers in een tekst."""
    from bot.commands import measuring

    measuring.measure_guard(as_json=as_json)


@app.command()
def papers(
    *,
    to: opt.PaperFolder = Path("papieren"),
    overwrite: opt.Overwrite = False,
    organisation: opt.OrganisationName = "",
    contact: opt.Contact = "",
    officer: opt.Officer = "",
    host: opt.Host = "",
    ground: opt.Ground = "",
    council: opt.Council = "",
) -> None:
    """Schrijf de papieren voor je organisatie: privacytekst, DPIA, brief en meer, met de feiten van nu."""
    from bot.commands import papers
    from bot.papers.organisation import Organisation

    told = Organisation(name=organisation, contact=contact, officer=officer, host=host, ground=ground, council=council)
    papers.papers(told, to=to, overwrite=overwrite)


@app.command()
def audit(*, short: opt.Short = False, every_table: opt.EveryTable = False, as_json: opt.AsJson = False) -> None:
    """Reken na of een overzicht ooit iemands antwoord verraadt, voor elke mogelijke verdeling van antwoorden."""
    from bot.commands import audit

    audit.audit(short=short, every_table=every_table, as_json=as_json)


@app.command()
def walk(
    element: opt.Element,
    *,
    audience: opt.ForAudience = Audience.PRACTICE,
    sector: opt.InSector = Sector.JGZ,
    number: opt.Number = 1,
    profile: opt.Profile = "",
    way: opt.InWay = Way.FULL,
    transcript: opt.Transcript = None,
) -> None:
    """Speel een dialoog in de terminal, zonder dat er iets geteld wordt."""
    from bot.commands import content

    content.walk(
        element, audience=audience, sector=sector, number=number, profile=profile, way=way, transcript=transcript
    )
