"""A build while it is made."""

from collections.abc import Callable, Iterable
from contextlib import ExitStack
from dataclasses import dataclass, field

from search.batch import Batch
from search.dictionary import Dictionary
from search.documents import Dataset
from search.embedded.crew import Crew
from search.embedded.joining import join
from search.embedded.snapshot import EmbeddedSnapshot, Read, open_build
from search.embedded.writing import OwnWriting, Writing
from search.engine import Build, EngineError
from search.folders import Folders
from search.manifest import Manifest, version

ALONE_RECORDS = 10_000
"""So many are written before more processes are worth their start."""


@dataclass
class EmbeddedStage:
    """A build folder with a writer on it; of many records ``processes`` others write the rest."""

    id: str
    folders: Folders
    clock: Callable[[], str]
    analyzer: Read
    dictionary: Dictionary
    previous: str | None
    fresh: bool
    held: ExitStack
    processes: int
    datasets: dict[str, Dataset] = field(default_factory=dict)
    versions: dict[str, str] = field(default_factory=dict)
    puts: int = 0

    def __post_init__(self) -> None:
        base = None if self.fresh else self.previous
        if base:
            manifest = self.folders.manifest(base)
            manifest.same_words(self.dictionary)
            self.datasets = dict(manifest.datasets)
            self.versions = dict(manifest.versions)
        self._folder = self.folders.begin(self.id, base)
        self._own: OwnWriting | None = OwnWriting(self._folder, self.analyzer(self.dictionary))
        self._crew: Crew | None = None
        self._written = 0

    def put(self, dataset: Dataset, batches: Iterable[Batch]) -> int:
        self.drop(dataset.id)
        before = self._written
        for batch in batches:
            self._writing().put(batch)
            self._written += len(batch)
        self.datasets[dataset.id] = dataset
        self.puts += 1
        self.versions[dataset.id] = version(self.id, self.puts)
        return self._written - before

    def drop(self, dataset: str) -> None:
        self._open().drop(dataset)
        if self._crew:
            self._crew.drop(dataset)
        self.datasets.pop(dataset, None)
        self.versions.pop(dataset, None)

    def _open(self) -> OwnWriting:
        if self._own is None:
            raise EngineError("the staged build is sealed: begin another stage")
        return self._own

    def _writing(self) -> Writing:
        """Who writes the next batch."""
        own = self._open()
        if self._crew is None and self.processes > 1 and self._written >= ALONE_RECORDS:
            beside = [self._folder / f"part{number}" for number in range(self.processes)]
            self._crew = Crew(beside, self.dictionary)
        return self._crew or own

    def seal(self) -> EmbeddedSnapshot:
        self._open().close()
        self._own = None
        if self._crew:
            self._crew.close()
            join(self._folder, self._crew.folders)
            self._crew = None
        build = Build(self.id, self.clock())
        self.folders.complete(
            Manifest(build, self.previous, self.datasets, versions=self.versions, dictionary=self.dictionary)
        )
        return open_build(self.folders, self.id, self.analyzer, None)

    def publish(self) -> Build:
        with self.held:
            build = self.folders.manifest(self.id).build
            self.folders.point(self.id)
            return build

    def abandon(self) -> None:
        self._own = None
        if self._crew:
            self._crew.stop()
        with self.held:
            if self.folders.pointed() != self.id:
                self.folders.remove(self.id)
