"""Builds on a server: read, staged, rolled back, swept."""

import threading
from collections.abc import Callable

from opensearchpy import OpenSearch

from search.dictionary import NO_WORDS, Dictionary
from search.dividing import DividedSnapshot
from search.engine import Build, Damaged, NothingPublished
from search.manifest import Manifest
from search.opensearch import aliases, bodies, mapping
from search.opensearch.aliases import BUILDS
from search.opensearch.client import our_errors
from search.opensearch.publishing import WRITE_SECONDS, known, point
from search.opensearch.snapshot import OpenSearchSnapshot
from search.opensearch.stage import OpenSearchStage

KEPT_BUILDS = 1_000


class OpenSearchEngine:
    """Implements ``search.engine.Engine`` over a server. Threads of one process may share it."""

    def __init__(self, client: OpenSearch, clock: Callable[[], str]) -> None:
        self._client = client
        self._clock = clock
        self._opened: DividedSnapshot | None = None
        self._lock = threading.Lock()

    @property
    def name(self) -> str:
        with our_errors():
            return f"OpenSearch {self._client.info()['version']['number']}"

    def live(self) -> DividedSnapshot:
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
                    opened = OpenSearchSnapshot(manifest, self._client, bodies.TIME_LIMIT_SECONDS)
                    self._opened = DividedSnapshot(opened, self._opened)

    def _live_id(self) -> str:
        marks = [alias for _, alias in known(self._client, aliases.BUILD_MARK + "*")]
        if not marks:
            raise NothingPublished("no build is published yet: run gbp index")
        return marks[0].removeprefix(aliases.BUILD_MARK)

    def _manifest(self, build: str) -> Manifest:
        """What is written down of a build. Raises Damaged, EngineDown."""
        with our_errors():
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
        with our_errors():
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
        with our_errors():
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
        point(self._client, before, instead_of=live)
        return before.build

    def sweep(self) -> tuple[str, ...]:
        live = self._live_manifest()
        known = {one.build.id: one for one in self._all()}
        kept = [known[key] for key in (live.build.id, live.previous) if key in known] if live else []
        gone = sorted(set(known) - {one.build.id for one in kept})
        with our_errors():
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
