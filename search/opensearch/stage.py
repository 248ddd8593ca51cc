"""A build while it is made."""

from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import dataclass, field

from opensearchpy import OpenSearch

from search.batch import Batch
from search.dictionary import Dictionary
from search.documents import Dataset
from search.engine import Build, EngineError
from search.manifest import Manifest, version
from search.opensearch import aliases, manifests, mapping
from search.opensearch.client import our_errors
from search.opensearch.publishing import WRITE_SECONDS, known, point
from search.opensearch.sending import Sending
from search.opensearch.snapshot import OpenSearchSnapshot

GATE_SECONDS = 120


@dataclass
class OpenSearchStage:
    """The next build: an index of its own when fresh, else new versions beside the live ones.

    ``base``: the live build; only one that is built upon needs its datasets.
    """

    id: str
    client: OpenSearch
    clock: Callable[[], str]
    base: Manifest | None
    fresh: bool
    dictionary: Dictionary
    versions: dict[str, str] = field(default_factory=dict)
    datasets: dict[str, Dataset] = field(default_factory=dict)
    puts: int = 0
    sealed: Manifest | None = None

    def __post_init__(self) -> None:
        if self.base and not self.fresh:
            self.index = self.base.index
            self.versions = dict(self.base.versions)
            self.datasets = dict(self.base.datasets)
        else:
            self.index = aliases.records(self.id)
            with our_errors():
                self.client.indices.create(
                    index=self.index,
                    body=mapping.building(mapping.records(self.dictionary)),
                    params={"timeout": WRITE_SECONDS},
                )
        self.sending = Sending(self.client, self.index)

    def put(self, dataset: Dataset, batches: Iterable[Batch]) -> int:
        # a version of its own for every put: what an earlier one in this stage wrote is then in no build
        self.puts += 1
        called = version(self.id, self.puts)
        written = 0
        for batch in batches:
            self.sending.put(batch, called)
            written += len(batch)
        self.versions[dataset.id] = called
        self.datasets[dataset.id] = dataset
        return written

    @property
    def _is_new(self) -> bool:
        return self.base is None or self.index != self.base.index

    def drop(self, dataset: str) -> None:
        self.versions.pop(dataset, None)
        self.datasets.pop(dataset, None)

    def seal(self) -> OpenSearchSnapshot:
        self.sending.wait()
        self.sending.stop()
        previous = self.base.build.id if self.base else None
        build = Build(self.id, self.clock())
        self.sealed = Manifest(
            build,
            previous,
            dict(self.datasets),
            self.index,
            dict(self.versions),
            dictionary=self.dictionary,
        )
        with our_errors():
            self.client.indices.refresh(index=self.index, params={"timeout": WRITE_SECONDS})
            if self._is_new:
                self.client.indices.flush(index=self.index, params={"timeout": WRITE_SECONDS})
                served = mapping.serving(mapping.records(self.dictionary))
                self.client.indices.put_settings(
                    index=self.index, body=served, params={"timeout": WRITE_SECONDS}
                )
        manifests.write(self.client, self.sealed, self.base)
        return OpenSearchSnapshot(self.sealed, self.client, GATE_SECONDS)

    def publish(self) -> Build:
        if self.sealed is None:
            raise EngineError("the staged build is not sealed: nothing to publish")
        point(self.client, self.sealed, instead_of=self.base)
        return self.sealed.build

    def abandon(self) -> None:
        self.sending.stop()
        with suppress(EngineError), our_errors():
            if known(self.client, aliases.mark(self.id)):
                return
            manifests.forget(self.client, self.id)
            if self._is_new:
                self.client.indices.delete(index=self.index, params={"ignore_unavailable": "true"})
