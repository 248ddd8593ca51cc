"""Stage, gate, publish: one dataset or all, readers see the old build until the new one is whole."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass

from indexer import gate
from indexer.flatten import Flat, Sum
from search.documents import Dataset, Record
from search.engine import Build, Engine, EngineError, NothingPublished, Stage

Progress = Callable[[str, int, int], None]
"""Called with what is being done, how many records are done, of how many. What it raises ends the run."""

WRITING, CHECKING, PUBLISHING = "쓰기", "검사", "공개"
"""The steps after the last dataset."""

REPORT_EVERY_RECORDS = 1_000


@dataclass(frozen=True)
class Change:
    """A dataset to put in; ``load`` reads its table only when its turn comes."""

    dataset: str
    records: int
    load: Callable[[], Flat]


def published(engine: Engine) -> dict[str, Dataset]:
    """Datasets of the live build; empty where there is none yet."""
    try:
        return dict(engine.live().datasets)
    except NothingPublished:
        return {}


def publish(
    engine: Engine,
    build: str,
    changes: Sequence[Change],
    gone: Iterable[str],
    progress: Progress,
    *,
    fresh: bool,
) -> Build:
    """Publish a build with the changes in it. Raises GateClosed, EngineError; the live build then stands."""
    engine.sweep()
    total = sum(change.records for change in changes)
    stage = engine.stage(build, fresh=fresh)
    try:
        written: dict[str, tuple[Dataset, Mapping[str, Sum]]] = {}
        done = 0
        for change in changes:
            written[change.dataset] = _put(stage, change, done, total, progress)
            done += change.records
        for dataset in gone:
            stage.drop(dataset)
        progress(WRITING, done, total)
        snapshot = stage.seal()
        progress(CHECKING, done, total)
        gate.check(snapshot, written)
        progress(PUBLISHING, done, total)
    except BaseException:
        with suppress(EngineError):  # what went wrong first says more; the next run sweeps
            stage.abandon()
        raise
    return stage.publish()


def _put(
    stage: Stage, change: Change, done: int, total: int, progress: Progress
) -> tuple[Dataset, Mapping[str, Sum]]:
    """Put one dataset in; its table is let go before the next is read."""
    flat = change.load()
    progress(f"색인 {flat.dataset.title}", done, total)
    stage.put(flat.dataset, _counted(flat, done, total, progress))
    return flat.dataset, flat.sums()


def _counted(flat: Flat, done: int, total: int, progress: Progress) -> Iterator[Record]:
    for number, record in enumerate(flat.records(), start=1):
        if number % REPORT_EVERY_RECORDS == 0:
            progress(f"색인 {flat.dataset.title}", done + number, total)
        yield record
