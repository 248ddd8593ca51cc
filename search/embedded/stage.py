"""A build while it is made."""

from collections import deque
from collections.abc import Callable, Iterable
from contextlib import ExitStack
from dataclasses import dataclass, field

import tantivy

from search.batch import Batch
from search.dictionary import Dictionary
from search.documents import Dataset
from search.embedded.fields import WRITER_HEAP_BYTES, columns, documents, new_index
from search.embedded.snapshot import EmbeddedSnapshot, Read, open_build
from search.engine import Build, EngineError
from search.folders import Folders
from search.manifest import Manifest


@dataclass
class EmbeddedStage:
    """A build folder with a writer on it."""

    id: str
    folders: Folders
    clock: Callable[[], str]
    analyzer: Read
    dictionary: Dictionary
    previous: str | None
    fresh: bool
    held: ExitStack
    datasets: dict[str, Dataset] = field(default_factory=dict)

    def __post_init__(self) -> None:
        base = None if self.fresh else self.previous
        if base:
            manifest = self.folders.manifest(base)
            manifest.same_words(self.dictionary)
            self.datasets = dict(manifest.datasets)
        folder = self.folders.begin(self.id, base)
        self._writer: tantivy.IndexWriter | None = new_index(folder).writer(WRITER_HEAP_BYTES, num_threads=1)

    def put(self, dataset: Dataset, batches: Iterable[Batch]) -> int:
        self.drop(dataset.id)
        analyzer = self.analyzer(self.dictionary)
        writer = self._open_writer()
        written = 0
        for batch in batches:
            deque(map(writer.add_document, documents(columns(batch, analyzer))), maxlen=0)
            written += len(batch)
        self.datasets[dataset.id] = dataset
        return written

    def drop(self, dataset: str) -> None:
        self._open_writer().delete_documents_by_term("dataset", dataset)
        self.datasets.pop(dataset, None)

    def _open_writer(self) -> tantivy.IndexWriter:
        if self._writer is None:
            raise EngineError("the staged build is sealed: begin another stage")
        return self._writer

    def seal(self) -> EmbeddedSnapshot:
        writer = self._open_writer()
        writer.commit()
        writer.wait_merging_threads()
        self._writer = None
        self.folders.complete(
            Manifest(Build(self.id, self.clock()), self.previous, self.datasets, dictionary=self.dictionary)
        )
        return open_build(self.folders, self.id, self.analyzer, None)

    def publish(self) -> Build:
        with self.held:
            build = self.folders.manifest(self.id).build
            self.folders.point(self.id)
            return build

    def abandon(self) -> None:
        self._writer = None
        with self.held:
            if self.folders.pointed() != self.id:
                self.folders.remove(self.id)
