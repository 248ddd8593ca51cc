"""Stage, gate, publish: one dataset or all, readers see the old build until the new one is whole."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass

from indexer import gate
from indexer.flatten import Flat, Sum
from indexer.relevance import Jury
from indexer.storage import Missing
from search.batch import Batch
from search.dictionary import Dictionary
from search.documents import Dataset
from search.engine import Build, Engine, EngineError, NothingPublished, Snapshot, Stage

Progress = Callable[[str, int, int], None]
"""Called with what is being done, how many records are done, of how many. What it raises ends the run."""

WRITING, CHECKING, PUBLISHING = "쓰기", "검사", "공개"
"""The steps after the last dataset."""


@dataclass(frozen=True)
class Change:
    """A dataset to put in; ``load`` reads its table only when its turn comes."""

    dataset: str
    records: int
    load: Callable[[], Flat]


def published(engine: Engine) -> dict[str, Dataset]:
    """Datasets of the live build; empty where there is none yet."""
    live = _live(engine)
    return dict(live.datasets) if live else {}


def _live(engine: Engine) -> Snapshot | None:
    """The live build; None where there is none that can be read."""
    try:
        return engine.live()
    except NothingPublished:
        return None


@dataclass(frozen=True)
class Next:
    """The build to be made: on top of the published one, or ``fresh``; read with the dictionary.

    ``jury`` is None where it may be worse to search than the published one.
    """

    id: str
    fresh: bool
    dictionary: Dictionary
    jury: Jury | None


def publish(
    engine: Engine, to: Next, changes: Sequence[Change], gone: Iterable[str], progress: Progress
) -> Build:
    """Publish a build with the changes in it. Raises GateClosed, EngineError; the live build then stands.

    What no build needs any more is left to a sweep when there is a moment for it: readers come first.
    """
    if to.fresh:
        engine.sweep()  # a whole build needs much room
    total = sum(change.records for change in changes)
    stage = engine.stage(to.id, fresh=to.fresh, dictionary=to.dictionary)
    try:
        written: dict[str, tuple[Dataset, Mapping[str, Sum]]] = {}
        done = 0
        for change in changes:
            written[change.dataset] = _put(stage, change, done, total, progress)
            done += change.records
        for dataset in gone:
            stage.drop(dataset)
        progress(WRITING, done, total)
        with ThreadPoolExecutor(1) as beside:
            # while an engine writes out what it has it leaves a processor idle now and then
            language = to.jury and beside.submit(to.jury.language, tuple(stage.datasets.values()))
            snapshot = stage.seal()
        progress(CHECKING, done, total)
        gate.check(snapshot, written)
        if to.jury and language:
            to.jury.check(_live(engine), snapshot, language.result())
        progress(PUBLISHING, done, total)
    except BaseException:
        with suppress(EngineError):  # what went wrong first says more; the next run sweeps
            stage.abandon()
            engine.sweep()
        raise
    return stage.publish()


def _put(
    stage: Stage, change: Change, done: int, total: int, progress: Progress
) -> tuple[Dataset, Mapping[str, Sum]]:
    """Put one dataset in; its table is let go before the next is read."""
    try:
        flat = change.load()
    except Missing as error:
        raise gate.Unfit(change.dataset, str(error)) from error
    progress(f"색인 {flat.dataset.title}", done, total)
    stage.put(flat.dataset, _counted(flat, done, total, progress))
    return flat.dataset, flat.sums()


def _counted(flat: Flat, done: int, total: int, progress: Progress) -> Iterator[Batch]:
    """The batches; how far it has come is told between them."""
    for number, batch in enumerate(flat.batches()):
        if number:
            progress(f"색인 {flat.dataset.title}", done, total)
        yield batch
        done += len(batch)
