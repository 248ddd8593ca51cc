"""Stage, gate, publish: one dataset or all, readers see the old build until the new one is whole."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from indexer import gate
from indexer.flatten import Flat
from search.documents import Dataset, Record
from search.engine import Build, Engine, NothingPublished

Progress = Callable[[str, int, int], None]
"""Called with what is being done, how many records are done, of how many."""

REPORT_EVERY_RECORDS = 5_000


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
        written = {}
        done = 0
        for change in changes:
            flat = change.load()
            progress(f"색인 {flat.dataset.title}", done, total)
            stage.put(flat.dataset, _counted(flat, done, total, progress))
            written[change.dataset] = (flat.dataset, flat.sums())
            done += change.records
        for dataset in gone:
            stage.drop(dataset)
        progress("쓰기", done, total)
        snapshot = stage.seal()
        progress("검사", done, total)
        gate.check(snapshot, written)
    except BaseException:
        stage.abandon()
        raise
    progress("공개", done, total)
    return stage.publish()


def _counted(flat: Flat, done: int, total: int, progress: Progress) -> Iterator[Record]:
    for number, record in enumerate(flat.records(), start=1):
        if number % REPORT_EVERY_RECORDS == 0:
            progress(f"색인 {flat.dataset.title}", done + number, total)
        yield record
