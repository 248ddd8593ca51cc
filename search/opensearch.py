"""OpenSearch 3 with analysis-nori. The only module that imports opensearchpy.

A dataset's records carry a version; a build is a list of versions. Readers follow two aliases that
change in one step: ``gbp-live``, filtered to the versions, and ``gbp-build-<id>``, which names the
build. New records are written beside the old ones and seen by nobody until then.
"""

import threading
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from opensearchpy import OpenSearch, exceptions, helpers

from search import aliases, bodies, bulk, mapping
from search.aliases import BUILDS
from search.batch import Batch
from search.dictionary import NO_WORDS, Dictionary
from search.documents import Dataset
from search.engine import Build, Busy, Damaged, EngineDown, EngineError, NothingPublished
from search.in_order import in_order
from search.manifest import Manifest
from search.plan import Answer, Question

SEARCH_SECONDS = 5
ROUND_TRIP_SECONDS = 2
GATE_SECONDS = 120
WRITE_SECONDS = 600
KEPT_BUILDS = 1_000
BULK_BYTES = 5_000_000
SENDERS = 2

Body = dict[str, Any]


def connect(url: str, ca: Path | None = None) -> OpenSearch:
    """A client with pooled connections. Certificates are checked wherever the address is https."""
    return OpenSearch(
        hosts=[url],
        timeout=SEARCH_SECONDS,
        max_retries=0,
        http_compress=True,
        verify_certs=True,
        ca_certs=str(ca) if ca else None,
    )


@contextmanager
def _our_errors() -> Iterator[None]:
    """The client's errors in our words."""
    try:
        yield
    except exceptions.ConnectionError as error:
        raise EngineDown(f"OpenSearch does not answer: {type(error).__name__}") from error
    except exceptions.TransportError as error:
        if error.status_code in {429, 502, 503, 504}:
            raise EngineDown(f"OpenSearch is too busy or starting: status {error.status_code}") from error
        if error.error == "aliases_not_found_exception":
            raise Busy("another build was published meanwhile: index again") from error
        raise EngineError(f"OpenSearch refused: {error.status_code} {error.error}") from error
    except helpers.errors.BulkIndexError as error:
        raise EngineError(f"OpenSearch refused records: {error.args[0]}: {_reason(error)}") from error


def _reason(error: helpers.errors.BulkIndexError) -> str:
    """Why the first record was refused; not the record itself, which may hold what no log should."""
    first: Body = next(iter(error.errors[0].values()), {}) if error.errors else {}
    return str(first.get("error"))[:500]


@dataclass(frozen=True)
class OpenSearchSnapshot:
    """A build, read by its versions: what is written beside them stays unseen."""

    _manifest: Manifest
    _client: OpenSearch
    _seconds: int  # for each question

    @property
    def build(self) -> Build:
        return self._manifest.build

    @property
    def datasets(self) -> Mapping[str, Dataset]:
        return self._manifest.datasets

    def ask(self, questions: Sequence[Question]) -> list[Answer]:
        if not questions:
            return []
        live = bodies.versions(self._manifest.versions)
        lines: list[Body] = []
        for question in questions:
            lines += [{"index": self._manifest.index}, bodies.request(question, live, self._seconds)]
        with _our_errors():
            found = self._client.msearch(body=lines, params={"timeout": self._seconds + ROUND_TRIP_SECONDS})
        said = found["responses"]
        return [bodies.answer(question, one) for question, one in zip(questions, said, strict=True)]


@dataclass
class OpenSearchStage:
    """The next build: an index of its own when fresh, else new versions beside the live ones."""

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
            self.base.same_words(self.dictionary)
            self.index = self.base.index
            self.versions = dict(self.base.versions)
            self.datasets = dict(self.base.datasets)
        else:
            self.index = aliases.records(self.id)
            with _our_errors():
                self.client.indices.create(
                    index=self.index, body=mapping.records(self.dictionary), params={"timeout": WRITE_SECONDS}
                )

    def put(self, dataset: Dataset, batches: Iterable[Batch]) -> int:
        # a version of its own for every put: what an earlier one in this stage wrote is then in no build
        self.puts += 1
        version = f"{dataset.id}@{self.id}.{self.puts}"
        # the next batch is made while the server works on the last ones
        written = sum(in_order(lambda batch: self._send(batch, version), batches, SENDERS))
        self.versions[dataset.id] = version
        self.datasets[dataset.id] = dataset
        return written

    def _send(self, batch: Batch, version: str) -> int:
        """Send a batch; what the server refuses for being busy is sent again, more and more slowly."""
        with _our_errors():
            written, _ = helpers.bulk(
                self.client,
                bulk.lines(batch, version),
                index=self.index,
                expand_action_callback=tuple,  # they are lines already
                chunk_size=len(batch),
                max_chunk_bytes=BULK_BYTES,
                max_retries=5,
                initial_backoff=1,
                stats_only=True,
                raise_on_error=True,
                request_timeout=WRITE_SECONDS,
            )
        return int(written)

    def drop(self, dataset: str) -> None:
        self.versions.pop(dataset, None)
        self.datasets.pop(dataset, None)

    def seal(self) -> OpenSearchSnapshot:
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
        with _our_errors():
            self.client.indices.refresh(index=self.index, params={"timeout": WRITE_SECONDS})
            self.client.index(
                index=BUILDS,
                id=self.id.lower(),
                body=self.sealed.as_json(),
                params={"refresh": "true", "timeout": WRITE_SECONDS},
            )
        return OpenSearchSnapshot(self.sealed, self.client, GATE_SECONDS)

    def publish(self) -> Build:
        if self.sealed is None:
            raise EngineError("the staged build is not sealed: nothing to publish")
        _point(self.client, self.sealed, instead_of=self.base)
        return self.sealed.build

    def abandon(self) -> None:
        with suppress(EngineError), _our_errors():
            if _aliases(self.client, aliases.mark(self.id)):
                return
            self.client.delete(index=BUILDS, id=self.id.lower(), params={"ignore": 404, "refresh": "true"})
            if self.base is None or self.index != self.base.index:
                self.client.indices.delete(index=self.index, params={"ignore_unavailable": "true"})


def _aliases(client: OpenSearch, pattern: str) -> list[aliases.Alias]:
    """Index and alias of every alias of ours; removing takes names, a wildcard removes nothing."""
    with _our_errors():
        found = client.indices.get_alias(name=pattern, params={"allow_no_indices": "true"})
    return [(index, alias) for index, entry in sorted(found.items()) for alias in sorted(entry["aliases"])]


def _point(client: OpenSearch, published: Manifest, instead_of: Manifest | None) -> None:
    """Publish: both aliases leave the old build and name the new one, in one step.

    Raises Busy where the old build is not the live one any more: what came between would be lost.
    """
    live = _aliases(client, aliases.EVERY)
    expected = {(instead_of.index, aliases.mark(instead_of.build.id))} if instead_of else set()
    if aliases.marks(live) != expected:
        raise Busy("another build was published meanwhile: index again")
    with _our_errors():
        client.indices.update_aliases(
            body=aliases.moved(live, to=published), params={"timeout": WRITE_SECONDS}
        )


class OpenSearchEngine:
    """Implements ``search.engine.Engine`` over a server. Threads of one process may share it."""

    def __init__(self, client: OpenSearch, clock: Callable[[], str]) -> None:
        self._client = client
        self._clock = clock
        self._opened: OpenSearchSnapshot | None = None
        self._lock = threading.Lock()

    @property
    def name(self) -> str:
        with _our_errors():
            return f"OpenSearch {self._client.info()['version']['number']}"

    def live(self) -> OpenSearchSnapshot:
        with self._lock:
            while True:
                build = self._live_id()
                if self._opened is not None and self._opened.build.id.lower() == build:
                    return self._opened
                try:
                    manifest = self._manifest(build)
                except Damaged:
                    # two publishings passed between reading the alias and opening: read it again
                    if self._live_id() == build:
                        raise
                else:
                    manifest.same_fields()
                    self._opened = OpenSearchSnapshot(manifest, self._client, bodies.TIME_LIMIT_SECONDS)

    def _live_id(self) -> str:
        marks = [alias for _, alias in _aliases(self._client, aliases.BUILD_MARK + "*")]
        if not marks:
            raise NothingPublished("no build is published yet: run gbp index")
        return marks[0].removeprefix(aliases.BUILD_MARK)

    def _manifest(self, build: str) -> Manifest:
        """What is written down of a build. Raises Damaged, EngineDown."""
        with _our_errors():
            found = self._client.get(index=BUILDS, id=build, params={"ignore": 404})
        if not found.get("found"):
            raise Damaged(f"build {build} is gone or damaged: run gbp index --all")
        return Manifest.from_json(found["_source"])

    def _live_manifest(self) -> Manifest | None:
        """The live build without a look at its fields; None where there is none."""
        try:
            build = self._live_id()
        except NothingPublished:
            return None
        return self._manifest(build)

    def stage(self, build: str, *, fresh: bool = False, dictionary: Dictionary = NO_WORDS) -> OpenSearchStage:
        with _our_errors():
            if self._client.indices.exists(index=BUILDS):
                fields = mapping.builds()["mappings"]
                self._client.indices.put_mapping(index=BUILDS, body=fields, params={"timeout": WRITE_SECONDS})
            else:
                self._client.indices.create(
                    index=BUILDS, body=mapping.builds(), params={"timeout": WRITE_SECONDS}
                )
        return OpenSearchStage(build, self._client, self._clock, self._live_manifest(), fresh, dictionary)

    def builds(self) -> tuple[Build, ...]:
        found = (one.build for one in self._all())
        return tuple(sorted(found, key=lambda build: build.published_at, reverse=True))

    def _all(self) -> list[Manifest]:
        """Every build that is written down, without its datasets."""
        body = {"size": KEPT_BUILDS, "_source": {"excludes": ["datasets"]}}
        with _our_errors():
            if not self._client.indices.exists(index=BUILDS):
                return []
            found = self._client.search(index=BUILDS, body=body)
        return [Manifest.from_json(hit["_source"]) for hit in found["hits"]["hits"]]

    def rollback(self) -> Build:
        live = self._manifest(self._live_id())
        before = {one.build.id: one for one in self._all()}.get(live.previous or "")
        if before is None:
            raise NothingPublished("there is no build before the live one to go back to")
        before.same_fields()
        _point(self._client, before, instead_of=live)
        return before.build

    def sweep(self) -> tuple[str, ...]:
        live = self._live_manifest()
        known = {one.build.id: one for one in self._all()}
        kept = [known[key] for key in (live.build.id, live.previous) if key in known] if live else []
        gone = sorted(set(known) - {one.build.id for one in kept})
        with _our_errors():
            # first what names a build, then what it is made of: no half of one is ever offered
            for build in gone:
                self._client.delete(index=BUILDS, id=build.lower(), params={"ignore": 404, "refresh": "true"})
            indices = sorted(
                set(self._client.indices.get(index=aliases.RECORDS + "*")) - {one.index for one in kept}
            )
            for index in indices:
                self._client.indices.delete(index=index, params={"ignore_unavailable": "true"})
            for index in sorted({one.index for one in kept}):
                self._forget(index, [one for one in kept if one.index == index])
        return (*gone, *indices)

    def _forget(self, index: str, kept: list[Manifest]) -> None:
        """Delete records of versions that no kept build names."""
        versions = sorted({version for one in kept for version in one.versions.values()})
        # what a dead writer left is seen, and so deleted, only after a refresh
        self._client.indices.refresh(index=index, params={"timeout": WRITE_SECONDS})
        self._client.delete_by_query(
            index=index,
            body={"query": {"bool": {"must_not": [{"terms": {"version": versions}}]}}},
            params={"conflicts": "proceed", "refresh": "true", "timeout": WRITE_SECONDS},
        )
