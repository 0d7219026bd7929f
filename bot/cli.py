"""The command line: every way to start the product or look inside it. Exit codes: 0 fine, 1 refused, 2 wrong use."""

from __future__ import annotations

import asyncio
import json
import sys
from functools import partial
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from bot.backups import command as copies
from bot.chat.texts.naming_nl import NAME_UNUSABLE
from bot.compose import make_deps, open_library, open_storage
from bot.event_loop import run_fast, settle
from bot.following import sandbox_clock
from bot.house import Duties, House, TokenRefused
from bot.logs import set_up_logs
from bot.looping import Loop
from bot.offline import offline_settings, sandbox_time, settings_of_the_bot
from bot.papers import command as paper
from bot.papers.organisation import Organisation
from bot.safety import UnsafeStart, refuse_unsafe
from bot.settings import Settings, SettingsInvalid, load_settings
from bot.stopping import stop_when_asked
from bot.ticking import RELEASE, TICKER, Duty
from bot.usecases.clear_traces import cleared_now
from bot.usecases.deps import Deps
from bot.usecases.errors import Refusal
from bot.usecases.forget_me import forget_me
from bot.usecases.invite import invite_coordinator
from bot.usecases.naming import NameUnusable
from bot.vitals import Vitals
from dialogues.authoring.loader import load_library, shipped_folder
from dialogues.authoring.profiles import UnknownFact, facts_in
from dialogues.authoring.report import report as report_on
from dialogues.authoring.schema import json_schema
from dialogues.authoring.walks import Walker
from dialogues.conversation.definition import Audience, Sector
from dialogues.conversation.way import Way
from dialogues.errors import DialogueError
from dialogues.guarding.measuring import measure
from storage.errors import StorageError

app = typer.Typer(
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    help="Even Stilstaan: een bot die het gesprek over samenwerken rond kinderen levend houdt.",
)
out = Console()
err = Console(stderr=True)
LONGEST_CHAT_NUMBER = 18
"""Digits; people's chats in Telegram have fewer."""
PATIENT = 12.0
"""Seconds that a process may take to tell how it is: longer than it waits for a database that is locked."""


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
def run(
    *,
    without_ticker: Annotated[bool, typer.Option(help="Laat het openen en versturen aan `tick` over.")] = False,
    without_release: Annotated[bool, typer.Option(help="Laat het openen van enveloppen aan `release` over.")] = False,
) -> None:
    """Start de bot: berichten ophalen, vragen versturen en rondes afsluiten."""
    settings = load_settings()
    vitals = Vitals()
    set_up_logs(level=settings.log_level, form=settings.log_format, failed=vitals.failed)
    if not without_release:
        err.print("Let op: dit proces leest ook de geheime sleutels. Zie docs/beheer.md voor een apart proces.")
    run_fast(_serve(settings, Duties(ticker=not without_ticker, release=not without_release), vitals))


async def _serve(settings: Settings, duties: Duties, vitals: Vitals) -> None:
    stopping = stop_when_asked()
    following = await sandbox_clock(settings.telegram_api_url)
    deps = make_deps(settings, clock=following)
    await asyncio.to_thread(refuse_unsafe, deps.storage, opens=duties.release, slots=True)
    if deps.storage.is_new:
        err.print(f"Nieuwe, lege database gemaakt: {settings.shown_database}", markup=False, soft_wrap=True)
    if not duties.release and deps.storage.keys.can_open():
        err.print("Let op: deze gebruiker kan ook bij de geheime sleutels. Zie docs/beheer.md voor twee gebruikers.")
    if deps.storage.hold.is_on:
        _say_on_hold()
    house = House(deps, settings, duties=duties, following=following, vitals=vitals)
    settle()
    await house.run(stopping)
    if following is not None:
        await following.close()


@app.command()
def sandbox(
    *,
    port: Annotated[int, typer.Option(help="Poort van de proeftuin; 0 kiest een vrije.")] = 8080,
    no_bot: Annotated[bool, typer.Option("--no-bot", help="Alleen de telefoons en de klok, zonder bot.")] = False,
    hurry: Annotated[float, typer.Option(help="Bedenktijd van de nagespeelde collega's; 0 is meteen.")] = 1.0,
) -> None:
    """Start een proeftuin: een Telegram op deze machine, met telefoons, een klok en een voorbeeldteam."""
    from bot.playground import play

    try:
        asyncio.run(play(port=port, with_bot=not no_bot, hurry=hurry, say=lambda text: out.print(text, markup=False)))
    except OSError as error:
        err.print(f"De proeftuin kan poort {port} niet gebruiken ({error.strerror}). Kies een andere met --port.")
        raise typer.Exit(1) from None
    except KeyboardInterrupt:
        raise typer.Exit(0) from None


@app.command()
def migrate(*, to: copies.NewHome = "") -> None:
    """Breng de tabellen naar de versie van dit programma. Met --to: verhuis alles naar PostgreSQL."""
    settings = settings_of_the_bot()
    if to:
        copies.move(settings, to, out=out, err=err)
        return
    open_storage(settings, migrating=True)
    out.print("De database is bij.")


@app.command()
def invite(
    role: Annotated[str, typer.Argument(help="Alleen: coordinator. Andere rollen nodigt de coördinator uit.")],
    *,
    area: Annotated[str, typer.Option(help="Naam van het gebied; wordt gemaakt als hij er nog niet is.")],
    municipality: Annotated[str, typer.Option(help="Naam van de gemeente in teksten; leeg is de gebiedsnaam.")] = "",
    username: Annotated[str, typer.Option(help="Naam van de bot in de link, zonder @.")] = "EvenStilstaanBot",
) -> None:
    """Maak een uitnodigingslink voor de eerste coördinator van een gebied."""
    if role != "coordinator":
        err.print(f"Onbekende rol '{role}'. Vanaf de opdrachtregel kan alleen: coordinator.")
        raise typer.Exit(2)
    settings = settings_of_the_bot()
    deps = make_deps(settings, clock=asyncio.run(sandbox_time(settings)))
    try:
        invited = invite_coordinator(deps, area_name=area, municipality=municipality or area)
    except NameUnusable as error:
        err.print(NAME_UNUSABLE)
        raise typer.Exit(1) from error
    out.print(f"https://t.me/{username}?start={invited.token}", soft_wrap=True)
    if invited.made_area:
        err.print(f"Het gebied '{invited.area_name}' is nieuw.", markup=False)
    else:
        err.print(
            f"Het gebied '{invited.area_name}' was er al. Wie deze link gebruikt, beheert ook de teams die er zijn.",
            markup=False,
        )
    err.print(f"Geldig tot {invited.expires_at:%d-%m-%Y}, voor één persoon. De link wordt maar één keer getoond.")


@app.command()
def tick(*, once: Annotated[bool, typer.Option("--once", help="Doe wat nu aan de beurt is, en stop.")] = False) -> None:
    """Open de rondes en maak de maandbeelden die aan de beurt zijn. Versturen doet `run`."""
    _loop(TICKER, once=once, opens=False)


@app.command()
def release(
    *, once: Annotated[bool, typer.Option("--once", help="Doe wat nu aan de beurt is, en stop.")] = False
) -> None:
    """Sluit rondes af: open de enveloppen samen, tel, en vernietig sleutels en losse antwoorden."""
    _loop(RELEASE, once=once, opens=True)


def _loop(duties: tuple[Duty, ...], *, once: bool, opens: bool) -> None:
    settings, vitals = offline_settings(), Vitals()
    set_up_logs(level=settings.log_level, form=settings.log_format, failed=vitals.failed)
    asyncio.run(_repeat(settings, vitals, duties, once=once, opens=opens))


async def _repeat(settings: Settings, vitals: Vitals, duties: tuple[Duty, ...], *, once: bool, opens: bool) -> None:
    stopping = stop_when_asked()
    following = await sandbox_clock(settings.telegram_api_url)
    deps = make_deps(settings, clock=following)
    await asyncio.to_thread(refuse_unsafe, deps.storage, opens=opens, slots=not opens)
    loop = Loop(
        deps=deps,
        settings=settings,
        duties=duties,
        opens=opens,
        say_on_hold=_say_on_hold,
        following=following,
        vitals=vitals,
    )
    await loop.run(stopping, once=once)
    if following is not None:
        await following.close()


def _say_on_hold() -> None:
    err.print(copies.ON_HOLD, soft_wrap=True)


@app.command()
def health() -> None:
    """Vraag een proces dat hier draait hoe het gaat (HEALTH_LISTEN). Eindigt met 1 als er iets niet werkt."""
    import httpx

    door = offline_settings().health_door
    if door is None:
        err.print("Zet HEALTH_LISTEN: daar vertelt het proces hoe het gaat.")
        raise typer.Exit(2)
    host = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(door[0], door[0])  # noqa: S104 - where it listens, from inside
    try:
        address = f"http://{f'[{host}]' if ':' in host else host}:{door[1]}/health/ready"
        told = httpx.get(address, trust_env=False, timeout=PATIENT)
    except httpx.HTTPError:
        err.print("Het proces antwoordt niet.")
        raise typer.Exit(1) from None
    typer.echo(told.text)
    if told.status_code != httpx.codes.OK:
        raise typer.Exit(1)


@app.command()
def backup(to: copies.Folder = None) -> None:
    """Maak een kopie van de database terwijl de bot werkt, en probeer hem uit. Sleutels gaan nooit mee."""
    settings = offline_settings()
    folder = to or settings.backup_dir
    if folder is None:
        err.print("Zeg waar de kopie komt: `backup MAP`, of zet BACKUP_DIR.")
        raise typer.Exit(2)
    copies.make(settings_of_the_bot(backup_dir=folder), folder, out=out, err=err)


@app.command()
def restore(copy: copies.Copy = None, *, release: copies.Release = False, waiting: copies.What = None) -> None:
    """Zet een kopie terug. De bot stuurt daarna niets, tot je hem loslaat met --release."""
    if (copy is None) != release or (waiting is not None and not release):
        err.print("Kies één: `restore KOPIE`, of `restore --release --waiting drop`.")
        raise typer.Exit(2)
    if copy is None:
        copies.let_go(make_deps(settings_of_the_bot()), waiting, out=out, err=err)
    else:
        copies.put_back(settings_of_the_bot(), copy, out=out, err=err)


@app.command()
def erase(
    person: Annotated[str, typer.Argument(help="Het chatnummer van de persoon, of zijn id in de database.")],
) -> None:
    """Wis een persoon, zoals /stop doet: account, wat nog verstuurd zou worden, en antwoorden in open rondes."""
    deps = make_deps(settings_of_the_bot())
    if not forget_me(deps, chat_id=_chat_of(deps, person), by_administrator=True):
        err.print("Deze persoon ken ik niet; er is niets gewist.")
        raise typer.Exit(1)
    out.print("Gewist. Overzichten die er al waren, blijven: daar staat niemand in.")
    if not cleared_now(deps):
        err.print(
            "De database was te druk om ook de sporen in haar bestanden meteen weg te halen. "
            "Start de bot opnieuw: dat is het eerste wat hij dan doet."
        )


def _chat_of(deps: Deps, person: str) -> int:
    with deps.storage.begin() as work:
        found = work.people.get(person)
    if found is not None:
        return found.chat_id
    return int(person) if person.isdecimal() and len(person) <= LONGEST_CHAT_NUMBER else 0


@app.command("check-dialogues")
def check_dialogues(
    folder: Annotated[Path | None, typer.Argument(help="Map met eigen dialogen, over de meegeleverde heen.")] = None,
    *,
    report: Annotated[bool, typer.Option("--report", help="Toon per dialoog de stappen, tikken en seconden.")] = False,
    schema: Annotated[
        bool, typer.Option("--schema", help="Toon alleen het JSON Schema, voor een tekstbewerker.")
    ] = False,
) -> None:
    """Controleer alle dialogen; elke fout met bestand, regel, stap en hoe het wel moet."""
    if schema:
        typer.echo(json.dumps(json_schema(), ensure_ascii=False, indent=2))
        return
    folders = (shipped_folder(),) if folder is None else (shipped_folder(), folder)
    library = load_library(*folders)
    if report:
        from bot.walking import LEGEND, table_of

        out.print(table_of(report_on(library)))
        out.print(LEGEND, highlight=False)
    out.print(f"{len(library.definitions)} dialogen in orde: {', '.join(library.definitions)}")


@app.command("measure-guard")
def measure_guard(
    *, as_json: Annotated[bool, typer.Option("--json", help="Geef de cijfers als JSON.")] = False
) -> None:
    """Meet op verzonnen zinnen hoe goed de bot waarschuwt voor namen en nummers in een tekst."""
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


@app.command()
def papers(
    *,
    to: paper.Folder = Path("papieren"),
    overwrite: paper.Overwrite = False,
    organisation: paper.Name = "",
    contact: paper.Contact = "",
    officer: paper.Officer = "",
    host: paper.Host = "",
    ground: paper.Ground = "",
    council: paper.Council = "",
) -> None:
    """Schrijf de papieren voor je organisatie: privacytekst, DPIA, brief en meer, met de feiten van nu."""
    settings = offline_settings()
    told = Organisation(name=organisation, contact=contact, officer=officer, host=host, ground=ground, council=council)
    paper.hand_out(make_deps(settings), settings, told, to=to, overwrite=overwrite, console=out)


@app.command()
def audit(
    *,
    short: Annotated[bool, typer.Option("--short", help="Een klein deel van alles, in een paar seconden.")] = False,
    every_table: Annotated[
        bool, typer.Option("--every-table", help="Elke tabel zelf, ook waar één van elke soort genoeg is. Duurt uren.")
    ] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Geef de cijfers als JSON.")] = False,
) -> None:
    """Reken na of een overzicht ooit iemands antwoord verraadt, voor elke mogelijke verdeling van antwoorden."""
    from bot.auditing import run_audit, tables_of, with_progress

    report = with_progress(err, partial(run_audit, short=short, every_table=every_table))
    if as_json:
        out.print_json(data=report.to_json())
    else:
        for part in tables_of(report):
            out.print(part, markup=False, highlight=False)
    if not report.passed:
        raise typer.Exit(1)


@app.command()
def walk(
    element: Annotated[str, typer.Argument(help="Welke dialoog, bijvoorbeeld: trust.")],
    *,
    audience: Annotated[Audience, typer.Option(help="practice (professional) of strategic (leiding en beleid).")] = (
        Audience.PRACTICE
    ),
    sector: Annotated[Sector, typer.Option(help="Waar je werkt: dat kiest de vragen die passen.")] = Sector.JGZ,
    number: Annotated[int, typer.Option(min=1, help="De hoeveelste keer: wisselt de open vraag af.")] = 1,
    profile: Annotated[str, typer.Option(help="Hoe het team is, met komma's: bijvoorbeeld large,0-100.")] = "",
    way: Annotated[Way, typer.Option(help="full, short (zin en thema's) of brief (alleen de zin).")] = Way.FULL,
    transcript: Annotated[Path | None, typer.Option(help="Schrijf wat je speelt ook naar dit bestand.")] = None,
) -> None:
    """Speel een dialoog in de terminal, zonder dat er iets geteld wordt."""
    from bot.walking import walk_through

    try:
        facts = facts_in(profile)
    except UnknownFact as error:
        err.print(str(error), markup=False)
        raise typer.Exit(2) from None
    library = open_library(offline_settings())
    walker = Walker(dialogue=element, audience=audience, sector=sector, number=number, facts=facts, way=way)
    played = walk_through(library.get(element), walker, console=out)
    if transcript is not None:
        transcript.write_text(played, encoding="utf-8")
