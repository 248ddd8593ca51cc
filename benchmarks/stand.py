"""A portal of a chosen size to measure on: a sample, a state folder with its index, a truth to hold answers to."""

import argparse
import subprocess
import sys
import tempfile
from argparse import ArgumentParser
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path

from benchmarks import command, truth
from benchmarks.truth import Truth
from catalogue import datasets
from catalogue.store import Catalogue
from indexer.storage import Storage
from indexer.workshop import Workshop
from search.engine import NothingPublished
from search.language.successive import Successive
from search.opening import open_engine
from settings import Settings
from tests.opensearch.server import Server

RECORDS, DATASETS = 1_326_785, 269
FEWEST = 10
"""Records that a dataset of the sample needs."""
SEED = 2020
HEAP = "4g"
"""What a server of our own may use: one node of 4 GB."""


@dataclass(frozen=True)
class Wanted:
    """What to measure on. ``opensearch``: None for the embedded engine, "" for a server of our own, or an address.

    ``files`` and ``var`` are used again where they hold a sample and an index already.
    """

    records: int = RECORDS
    datasets: int = 0
    files: Path | None = None
    var: Path | None = None
    opensearch: str | None = None

    @property
    def areas(self) -> int:
        """Datasets, as many as there are at the seed scale if records allow."""
        return self.datasets or min(DATASETS, max(1, self.records // FEWEST))


@dataclass
class Stand:
    """A published portal; ``wrong`` gathers every answer that was not what the generator's truth says."""

    shop: Workshop
    settings: Settings
    files: Path
    truth: Truth
    wrong: list[str] = field(default_factory=list)

    @property
    def records(self) -> int:
        return self.truth.records

    def check(self) -> None:
        """Hold the live build to the truth."""
        self.wrong += truth.faults(self.shop.engine.live(), self.truth)


def parser(about: str | None) -> ArgumentParser:
    """The arguments that all benchmarks of the portal take."""
    made = ArgumentParser(description=about, formatter_class=argparse.RawDescriptionHelpFormatter)
    made.add_argument("records", nargs="?", type=int, default=RECORDS)
    made.add_argument("--datasets", type=int, default=0, help=f"{DATASETS} where records allow")
    made.add_argument("--files", type=Path, metavar="DIR", help="the sample; made there if it is not there")
    made.add_argument(
        "--var", type=Path, metavar="DIR", help="state folder; one with an index is used as it is"
    )
    made.add_argument(
        "--opensearch",
        nargs="?",
        const="",
        metavar="URL",
        help="measure OpenSearch, else a server of our own",
    )
    return made


def wanted(given: argparse.Namespace) -> Wanted:
    return Wanted(given.records, given.datasets, given.files, given.var, given.opensearch)


def ended(wrong: list[str]) -> None:
    """Say what was wrong; the exit status tells it too."""
    if wrong:
        print("\nWRONG:\n" + "\n".join(f"- {one}" for one in dict.fromkeys(wrong)))
        raise SystemExit(1)
    print("\nall totals are those of the generator")


@contextmanager
def files_of(what: Wanted) -> Iterator[Path]:
    """The sample. A process of its own writes it: what it takes in memory is not ours."""
    with ExitStack() as held:
        folder = what.files or Path(held.enter_context(tempfile.TemporaryDirectory())) / "files"
        if not (folder / truth.FILE).exists():
            scale = what.records // RECORDS if what.records % RECORDS == 0 else 1
            numbers = ("--datasets", what.areas, "--records", what.records // scale, "--seed", SEED)
            words = [*map(str, numbers), "--scale", str(scale), str(folder)]
            command = [sys.executable, "-m", "indexer", "sample", *words]
            subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
        yield folder


@contextmanager
def opensearch(given: str | None, folder: Path) -> Iterator[str | None]:
    """Address of the server: the one given, or one of our own with its data in the folder."""
    if given != "":
        yield given
        return
    with Server(folder, flags=(f"-Xmx{HEAP}",)) as server:
        yield server.url


@contextmanager
def empty(what: Wanted) -> Iterator[Stand]:
    """The sample beside a state folder; nothing is taken in or indexed that is not there already."""
    with ExitStack() as held:
        files = held.enter_context(files_of(what))
        var = what.var or Path(held.enter_context(tempfile.TemporaryDirectory())) / "var"
        url = held.enter_context(opensearch(what.opensearch, var / "opensearch"))
        settings = Settings(var.absolute(), f"sqlite:///{var.absolute() / 'catalogue.sqlite'}", url)
        catalogue = Catalogue(settings.database_url)
        held.callback(catalogue.close)
        engine = open_engine(url, None, settings.index)
        yield Stand(Workshop(catalogue, Storage(settings.var), engine), settings, files, Truth.load(files))


@contextmanager
def published(what: Wanted) -> Iterator[Stand]:
    """The same, taken in and indexed, and checked."""
    with empty(what) as stand:
        if not datasets.current(stand.shop.catalogue):
            command.take_in(stand.settings, stand.files)
        if not _is_published(stand):
            command.index(stand.settings)
        stand.check()
        yield stand


def _is_published(stand: Stand) -> bool:
    try:
        return bool(stand.shop.engine.live().datasets)
    except NothingPublished:
        return False


def fresh_engine(stand: Stand) -> Stand:
    """The same with an engine opened anew, of which nothing is kept yet."""
    settings = stand.settings
    engine = open_engine(settings.opensearch_url, None, settings.index)
    return replace(stand, shop=replace(stand.shop, engine=engine, languages=Successive()))
