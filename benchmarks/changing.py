"""One dataset in a large index, changed: from the arrival of its file until a search finds what is new in it."""

import shutil
import time
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter

import pandas as pd
from werkzeug.datastructures import MultiDict

from app.find import search
from app.params import read
from benchmarks.asking import FORM
from benchmarks.stand import SEED, Stand, fresh_engine
from catalogue import runs
from catalogue.tables import Run
from indexer.adding import add
from indexer.areas import Areas
from indexer.jobs import run_next, run_now
from indexer.sample.kind import FEWEST_RECORDS
from indexer.sample.plan import plan
from indexer.sample.writers import write_table
from search.engine import Engine, Snapshot
from sources import folder, metadata
from sources.contract import Facts

RECORDS = 10_000
SHAPES = 16
"""Kinds of files that every sample of some size has."""
LOOKED_SECONDS = 0.1
"""So much later than it is published it may be noticed."""
MARK = "새로들어온표지"
"""A word that no record holds before."""


def until_found(stand: Stand, records: int = RECORDS) -> tuple[float, float]:
    """Seconds until it is found, and of these the seconds until it was in the catalogue.

    The first time a process does it, it pays what a worker has long paid. The dataset is put back to what it was, so
    that the state folder can be used again.
    """
    with TemporaryDirectory() as made:
        name = _file(stand, Path(made), records)
        found = _seconds(stand, Path(made) / name, records)
        shutil.copy(stand.files / name, Path(made) / name)
        _take_in(stand, Path(made) / name)
        return found


def _seconds(stand: Stand, path: Path, records: int) -> tuple[float, float]:
    reader = fresh_engine(stand)  # another process, which has been asked before, as a portal has
    if there := _total(reader, reader.shop.engine.live(), MARK):
        raise RuntimeError(f"{there} records hold the mark already")
    started = perf_counter()
    dataset = _added(stand, path)
    added = perf_counter() - started
    with ThreadPoolExecutor(1) as worker:
        before = stand.shop.engine.live().build.id
        queued = runs.enqueue(stand.shop.catalogue, "benchmark", [dataset])
        run = worker.submit(run_next, stand.shop, run=queued)  # as the worker does it, who sweeps later
        live = _next(reader.shop.engine, before, run)
        seconds = _found(reader, live, started, records, dataset)
        run.result()
    return seconds, added


def _next(reader: Engine, before: str, run: Future[Run | None]) -> Snapshot:
    """The build after, as the reader finds it, as soon as it is published."""
    while True:
        ended = run.done()  # asked first: it may end between the two
        if (live := reader.live()).build.id != before:
            return live
        if ended:
            run.result()
            raise RuntimeError("nothing was published")
        time.sleep(LOOKED_SECONDS)


def _found(stand: Stand, live: Snapshot, started: float, records: int, dataset: str) -> float:
    total = _total(stand, live, MARK)
    seconds = perf_counter() - started
    everything = _total(stand, live, "", dataset)
    if (total, everything) != (1, records):
        stand.wrong.append(
            f"changed dataset: {everything:,} records, {total} with its mark, not {records:,} and 1"
        )
    return seconds


def _total(stand: Stand, live: Snapshot, q: str, dataset: str = "") -> int:
    """Records that a reader of the build finds, who is the first to ask."""
    params = read(MultiDict({"q": q, "dataset": dataset}), FORM)
    return search(live, params, stand.shop.language_of(live)).found.total


def _take_in(stand: Stand, path: Path) -> None:
    run_now(stand.shop, None, "benchmark", [_added(stand, path)], everything=False)


def _added(stand: Stand, path: Path) -> str:
    facts = metadata.read(stand.files / "metadata.tsv")
    found = folder.read([path], facts, Facts())
    (one,) = add(stand.shop.catalogue, stand.shop.storage, Areas.load(), found)
    if one.dataset is None:
        raise RuntimeError(f"{one.file}: {one.why}")
    return one.dataset


def _file(stand: Stand, to: Path, records: int) -> str:
    """Another edition of a list of places, with the mark in the name of the last."""
    item = next(one for one in plan(SHAPES, FEWEST_RECORDS * SHAPES) if one.kind.snapshots and one.encoding)
    item = replace(item, records=records)
    if item.file not in stand.truth.files:
        raise RuntimeError(f"{item.file}: not in this sample")
    frame = pd.concat(item.kind.build(item.order(SEED)), ignore_index=True)
    name = next(one for one in frame if one not in {*item.kind.numbers, *item.kind.categories})
    frame[name] = frame[name].astype(str)
    frame.loc[len(frame) - 1, name] = MARK
    write_table([frame], to / item.file, item.form)
    return item.file
