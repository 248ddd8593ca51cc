"""OpenSearch 3 with analysis-nori. The only module that imports opensearchpy.

A dataset's records carry a version; a build is a list of versions. Readers follow two aliases that
change in one step: ``gbp-live``, filtered to the versions, and ``gbp-build-<id>``, which names the
build. New records are written beside the old ones and seen by nobody until then.
"""

import threading
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from opensearchpy import OpenSearch, exceptions, helpers

from search import aggregations, bodies, mapping
from search.documents import Dataset, Record
from search.engine import Build, EngineDown, EngineError, NothingPublished
from search.manifest import Manifest
from search.plan import Answer, Groups, Hit, Question
from search.stored import record_from_dict

LIVE = "gbp-live"
BUILD_MARK = "gbp-build-"
RECORDS = "gbp-records-"
BUILDS = "gbp-builds"
SEARCH_SECONDS = 5
WRITE_SECONDS = 120
BULK_BYTES = 5_000_000

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
        raise EngineError(f"OpenSearch refused: {error.status_code} {error.error}") from error
    except helpers.errors.BulkIndexError as error:
        raise EngineError(
            f"OpenSearch refused records: {error.args[0]}; first: {error.errors[:1]}"
        ) from error


@dataclass(frozen=True)
class OpenSearchSnapshot:
    """A build, read by its versions: what is written beside them stays unseen."""

    published: Manifest
    _client: OpenSearch

    @property
    def build(self) -> Build:
        return self.published.build

    @property
    def datasets(self) -> Mapping[str, Dataset]:
        return self.published.datasets

    def ask(self, questions: Sequence[Question]) -> list[Answer]:
        if not questions:
            return []
        live = bodies.versions(dict(self.published.versions))
        lines: list[Body] = []
        for question in questions:
            lines += [{"index": self.published.index}, bodies.request(question, live)]
        with _our_errors():
            found = self._client.msearch(body=lines)
        return [_answer(question, said) for question, said in zip(questions, found["responses"], strict=True)]


def _answer(question: Question, said: Body) -> Answer:
    if "error" in said:
        status = int(said.get("status", 0))
        kind = EngineDown if status in {404, 429, 503} else EngineError
        raise kind(f"OpenSearch could not answer: {said['error'].get('type')} {said['error'].get('reason')}")
    partial = bool(said["timed_out"]) or said["_shards"]["failed"] > 0
    if isinstance(question, Groups):
        total = 0 if question.by else int(said["hits"]["total"]["value"])
        groups = aggregations.read(question, said.get("aggregations", {}), total)
        return Answer(groups=groups, partial=partial)
    hits = tuple(
        Hit(record_from_dict(hit["_source"]["record"]), float(hit["_score"] or 0))
        for hit in said["hits"]["hits"]
    )
    return Answer(hits=hits, partial=partial)


@dataclass
class OpenSearchStage:
    """The next build: an index of its own when fresh, else new versions beside the live ones."""

    id: str
    client: OpenSearch
    clock: Callable[[], str]
    base: Manifest | None
    fresh: bool
    versions: dict[str, str] = field(default_factory=dict)
    datasets: dict[str, Dataset] = field(default_factory=dict)
    puts: int = 0

    def __post_init__(self) -> None:
        if self.base and not self.fresh:
            self.base.same_fields()
            self.index = self.base.index
            self.versions = dict(self.base.versions)
            self.datasets = dict(self.base.datasets)
        else:
            self.index = RECORDS + self.id.lower()
            with _our_errors():
                self.client.indices.create(
                    index=self.index, body=mapping.records(), params={"timeout": WRITE_SECONDS}
                )

    def put(self, dataset: Dataset, records: Iterable[Record]) -> int:
        # a version of its own for every put: what an earlier one in this stage wrote is then in no build
        self.puts += 1
        version = f"{dataset.id}@{self.id}.{self.puts}"
        actions = (
            {
                "_op_type": "index",
                "_index": self.index,
                # an id of its own: a request sent again after a lost answer doubles nothing
                "_id": f"{version}.{record.ordinal}",
                "_source": bodies.document(record, version),
            }
            for record in records
        )
        with _our_errors():
            written, _ = helpers.bulk(
                self.client,
                actions,
                max_chunk_bytes=BULK_BYTES,
                max_retries=5,
                initial_backoff=1,
                stats_only=False,
                request_timeout=WRITE_SECONDS,
            )
        self.versions[dataset.id] = version
        self.datasets[dataset.id] = dataset
        return int(written)

    def drop(self, dataset: str) -> None:
        self.versions.pop(dataset, None)
        self.datasets.pop(dataset, None)

    def seal(self) -> OpenSearchSnapshot:
        previous = self.base.build.id if self.base else None
        build = Build(self.id, self.clock())
        published = Manifest(build, previous, self.datasets, self.index, self.versions)
        with _our_errors():
            self.client.indices.refresh(index=self.index, params={"timeout": WRITE_SECONDS})
            self.client.index(index=BUILDS, id=self.id, body=published.as_json(), params={"refresh": "true"})
        return OpenSearchSnapshot(published, self.client)

    def publish(self) -> Build:
        with _our_errors():
            sealed = Manifest.from_json(self.client.get(index=BUILDS, id=self.id)["_source"])
        _point(self.client, sealed)
        return sealed.build

    def abandon(self) -> None:
        with _our_errors():
            self.client.delete(index=BUILDS, id=self.id, params={"ignore": 404, "refresh": "true"})
            if self.fresh or self.base is None:
                self.client.indices.delete(index=self.index, params={"ignore_unavailable": "true"})


def _aliases(client: OpenSearch, pattern: str) -> list[tuple[str, str]]:
    """Index and alias of every alias of ours; removing takes names, a wildcard removes nothing."""
    with _our_errors():
        found = client.indices.get_alias(name=pattern, params={"allow_no_indices": "true"})
    return [(index, alias) for index, entry in sorted(found.items()) for alias in sorted(entry["aliases"])]


def _point(client: OpenSearch, published: Manifest) -> None:
    """Publish: both aliases leave the old build and name the new one in one step."""
    actions: list[Body] = [
        *({"remove": {"index": index, "alias": alias}} for index, alias in _aliases(client, "gbp-*")),
        {
            "add": {
                "index": published.index,
                "alias": LIVE,
                "filter": bodies.versions(dict(published.versions)),
            }
        },
        {"add": {"index": published.index, "alias": BUILD_MARK + published.build.id.lower()}},
    ]
    with _our_errors():
        client.indices.update_aliases(body={"actions": actions}, params={"timeout": WRITE_SECONDS})


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
        build = self._live_id()
        with self._lock:
            opened = self._opened
        if opened is not None and opened.build.id.lower() == build:
            return opened
        opened = OpenSearchSnapshot(self._published(build), self._client)
        with self._lock:
            self._opened = opened
        return opened

    def _live_id(self) -> str:
        marks = [alias for _, alias in _aliases(self._client, BUILD_MARK + "*")]
        if not marks:
            raise NothingPublished("no build is published yet: run gbp index")
        return marks[0].removeprefix(BUILD_MARK)

    def _published(self, build: str) -> Manifest:
        with _our_errors():
            return Manifest.from_json(self._client.get(index=BUILDS, id=build)["_source"])

    def _live_published(self) -> Manifest | None:
        try:
            return self._published(self._live_id())
        except NothingPublished:
            return None

    def stage(self, build: str, *, fresh: bool = False) -> OpenSearchStage:
        with _our_errors():
            if not self._client.indices.exists(index=BUILDS):
                self._client.indices.create(index=BUILDS, body=mapping.builds())
        return OpenSearchStage(build.lower(), self._client, self._clock, self._live_published(), fresh)

    def builds(self) -> tuple[Build, ...]:
        found = sorted(self._all(), key=lambda one: one.build.published_at, reverse=True)
        return tuple(one.build for one in found)

    def _all(self) -> list[Manifest]:
        with _our_errors():
            if not self._client.indices.exists(index=BUILDS):
                return []
            found = self._client.search(index=BUILDS, body={"size": 1_000})
        return [Manifest.from_json(hit["_source"]) for hit in found["hits"]["hits"]]

    def rollback(self) -> Build:
        live = self._published(self._live_id())
        known = {one.build.id: one for one in self._all()}
        if live.previous is None or live.previous not in known:
            raise NothingPublished("there is no build before the live one to go back to")
        _point(self._client, known[live.previous])
        return known[live.previous].build

    def sweep(self) -> tuple[str, ...]:
        live = self._live_published()
        known = {one.build.id: one for one in self._all()}
        kept = [known[key] for key in (live.build.id, live.previous) if key in known] if live else []
        gone = [key for key in known if key not in {one.build.id for one in kept}]
        with _our_errors():
            indices = set(self._client.indices.get(index=RECORDS + "*")) - {one.index for one in kept}
            for index in sorted(indices):
                self._client.indices.delete(index=index)
            for index in sorted({one.index for one in kept}):
                self._forget(index, [one for one in kept if one.index == index])
            for build in gone:
                self._client.delete(index=BUILDS, id=build, params={"refresh": "true"})
        return tuple(sorted({*indices, *gone}))

    def _forget(self, index: str, kept: list[Manifest]) -> None:
        """Delete records of versions that no kept build names."""
        versions = sorted({version for one in kept for version in one.versions.values()})
        self._client.delete_by_query(
            index=index,
            body={"query": {"bool": {"must_not": [{"terms": {"version": versions}}]}}},
            params={"conflicts": "proceed", "refresh": "true", "timeout": WRITE_SECONDS},
        )
