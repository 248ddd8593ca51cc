"""Commands that run: up, serve, worker, scheduler."""

import os
import signal
import socket
import subprocess
import sys
import tempfile
import threading
from collections.abc import Sequence
from pathlib import Path
from queue import SimpleQueue
from time import monotonic

import click

from catalogue import datasets, runs
from catalogue.cron import trigger
from catalogue.store import Catalogue
from catalogue.tables import Dataset
from indexer import scheduler as schedule
from indexer.adding import add as add_files
from indexer.areas import Areas
from indexer.cli import fetch_lines
from indexer.cli.progress import log_line, logged, shown
from indexer.cli.workplace import supply, workshop
from indexer.jobs import run_now
from indexer.lock import only_one
from indexer.working import alone, teller, work
from indexer.workshop import Workshop
from search.engine import NothingPublished
from settings import Settings
from sources import folder, metadata
from sources.contract import Facts

STOP_SECONDS = 20
SAMPLE_DATASETS = 16


@click.command()
def serve() -> None:
    """Serve the portal with waitress; worker and scheduler are started apart."""
    # the web process is started, not imported: the indexer knows nothing of the app
    os.execv(sys.executable, [sys.executable, "-m", "app"])


@click.command()
@click.option("--json", "as_lines", is_flag=True, help="What is done as JSON lines, for a log.")
def worker(as_lines: bool) -> None:
    """Do runs as they are queued, until told to stop."""
    settings = Settings.from_env()
    stop = threading.Event()
    _on_signal(stop)
    shop = workshop(settings)
    say = log_line if as_lines else click.echo
    tell = teller(shop, settings.notify, say)
    work(shop, stop, say, tell=tell, watch=logged if as_lines else alone)


@click.command(name="scheduler")
def scheduler() -> None:
    """Queue the re-index on schedule (GBP_SCHEDULE, a cron line, Seoul time), and every fetch on its own."""
    settings = Settings.from_env()
    stop = threading.Event()
    _on_signal(stop)
    with only_one(settings.var, "scheduler.lock", stop) as alone_here:
        if alone_here:
            catalogue = Catalogue(settings.database_url)
            schedule.run(catalogue, settings.schedule, stop, supply(settings).planned())
            catalogue.close()


@click.command()
@click.argument("names", metavar="[DATASET]…", nargs=-1)
@click.option("--list", "only_list", is_flag=True, help="What can be fetched; nothing is called.")
@click.option("--json", "as_lines", is_flag=True, help="Progress and outcomes as JSON lines on stdout.")
def fetch(names: tuple[str, ...], only_list: bool, as_lines: bool) -> None:
    """Run connectors for the datasets named, or for all whose key is set; then index what is new.

    Exit status 1 when a dataset failed or is held back.
    """
    shop = workshop(Settings.from_env())
    if only_list:
        for line in fetch_lines.listed(shop.supply, as_lines=as_lines):
            click.echo(line)
        return
    with shown(as_lines=as_lines, unit="개") as progress:
        run = run_now(shop, progress, "command line", names, everything=False, job=runs.FETCH)
    for line in fetch_lines.outcomes(shop.catalogue, run, as_lines=as_lines):
        click.echo(line)
    sys.exit(0 if run.state == runs.DONE else 1)


@click.command()
def up() -> None:
    """First run: sample data, index, serve. Later runs: serve. Worker and scheduler included."""
    settings = Settings.from_env()
    _free_port(settings)
    trigger(settings.schedule)
    shop = workshop(settings)
    click.echo(shop.engine.name)
    if _is_sample_wanted(datasets.everything(shop.catalogue)):
        _put_boundaries(settings)  # before the sample: broken off in between, both are tried again
        _load_sample(shop)
    try:
        shop.engine.live()
    except NothingPublished:
        with shown(as_lines=False) as progress:
            click.echo(run_now(shop, progress, "up", everything=False).message)
    shop.catalogue.close()
    click.echo(f"http://{settings.host}:{settings.port}/  (Ctrl-C ends it)")
    sys.exit(_together((("-m", "app"), ("-m", "indexer", "worker"), ("-m", "indexer", "scheduler"))))


def _is_sample_wanted(known: Sequence[Dataset]) -> bool:
    """Whether there are no data of the office, shown or not, and the sample is missing or was broken off."""
    return all(one.sample for one in known) and len(known) < SAMPLE_DATASETS


def _free_port(settings: Settings) -> None:
    """Better said before the sample is made than after."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((settings.host, settings.port))
        except OSError as error:
            where = f"{settings.host}:{settings.port}"
            raise click.ClickException(f"{where} cannot be used ({error.strerror}): set GBP_PORT") from error


def _load_sample(shop: Workshop) -> None:
    from indexer import sample  # as in files.py: no other command waits for it

    click.echo("표본 자료를 만듭니다 …")
    with tempfile.TemporaryDirectory() as made:
        sample.write_sample(Path(made), datasets=SAMPLE_DATASETS)
        facts = metadata.read(Path(made) / "metadata.tsv")
        found = folder.read([Path(made)], facts, Facts(sample=True))
        for one in add_files(shop.catalogue, shop.storage, Areas.load(), found):
            if one.dataset is None:
                raise click.ClickException(f"sample file {one.file}: {one.why}")


def _put_boundaries(settings: Settings) -> None:
    """Schematic borders for the maps of the sample, unless the operator has others or names a file of theirs."""
    from indexer.sample.boundaries import write_boundaries

    if settings.boundaries_file is None and not settings.boundaries.exists():
        write_boundaries(settings.boundaries)


def _together(commands: Sequence[Sequence[str]]) -> int:
    """Run processes side by side until one ends or a signal comes; then end the others."""
    stop = threading.Event()
    _on_signal(stop)
    started = [subprocess.Popen([sys.executable, *command]) for command in commands]
    for process in started:
        threading.Thread(target=_watch, args=(process, stop), daemon=True).start()
    stop.wait()
    ended = [(command, process.poll()) for command, process in zip(commands, started, strict=True)]
    for command, status in ended:
        if status is not None:
            click.echo(f"{' '.join(command[1:])} ended by itself (status {status})", err=True)
    _end(started)
    return 1 if any(status is not None for _, status in ended) else 0


def _end(processes: Sequence["subprocess.Popen[bytes]"]) -> None:
    """All at once, and those by force that do not end in time."""
    for process in processes:
        if process.poll() is None:
            process.terminate()
    deadline = monotonic() + STOP_SECONDS
    for process in processes:
        try:
            process.wait(max(deadline - monotonic(), 0))
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def _watch(process: "subprocess.Popen[bytes]", stop: threading.Event) -> None:
    process.wait()
    stop.set()


def _on_signal(stop: threading.Event) -> None:
    """Set the event when told to end.

    A handler may interrupt another, or the very lock inside the event (Ctrl-C and the parent's SIGTERM
    come together), so it only leaves a word in a queue made for that; a thread sets the event.
    """
    told: SimpleQueue[int] = SimpleQueue()

    def pass_on() -> None:
        told.get()
        stop.set()

    threading.Thread(target=pass_on, daemon=True).start()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda got, _: told.put(got))
