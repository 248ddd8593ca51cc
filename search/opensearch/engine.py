"""Builds on a server: read, staged, rolled back, swept."""

import threading
from collections.abc import Callable, Mapping

from opensearchpy import OpenSearch

from search.dictionary import NO_WORDS, Dictionary
from search.dividing import DividedSnapshot
from search.documents import Dataset
from search.engine import Build, Damaged, NothingPublished
from search.manifest import Manifest
from search.opensearch import aliases, bodies, manifests
from search.opensearch.client import our_errors
from search.opensearch.publishing import known, point
from search.opensearch.snapshot import OpenSearchSnapshot
from search.opensearch.stage import OpenSearchStage


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
                    manifest = self._whole(manifests.outline(self._client, build))
                except Damaged:
                    # two publishings passed between reading the alias and opening: read it again
                    if self._live_id() == build:
                        raise
                else:
                    opened = OpenSearchSnapshot(manifest, self._client, bodies.TIME_LIMIT_SECONDS)
                    self._opened = DividedSnapshot(opened, self._opened)

    def _live_id(self) -> str:
        marks = [alias for _, alias in known(self._client, aliases.BUILD_MARK + "*")]
        if not marks:
            raise NothingPublished("no build is published yet: run gbp index")
        return marks[0].removeprefix(aliases.BUILD_MARK)

    def _whole(self, outline: Manifest) -> Manifest:
        """A build with its datasets, most of which are known of the build that was read last."""
        outline.same_fields()
        last = self._opened
        there = manifests.by_version(last.datasets, last.versions) if last else {}
        return manifests.whole(self._client, outline, there)

    def _live_outline(self) -> Manifest | None:
        """The live build without a look at its fields; None where there is none."""
        try:
            build = self._live_id()
        except NothingPublished:
            return None
        return manifests.outline(self._client, build)

    def stage(self, build: str, *, fresh: bool = False, dictionary: Dictionary = NO_WORDS) -> OpenSearchStage:
        manifests.prepare(self._client)
        base = self._live_outline()
        if base and not fresh:
            base.same_words(dictionary)
            base = self._whole(base)
        return OpenSearchStage(build, self._client, self._clock, base, fresh, dictionary)

    def builds(self) -> tuple[Build, ...]:
        found = (one.build for one in manifests.outlines(self._client))
        return tuple(sorted(found, key=lambda build: build.published_at, reverse=True))

    def before(self) -> Mapping[str, Dataset]:
        return self._whole(self._before(manifests.outline(self._client, self._live_id()))).datasets

    def _before(self, live: Manifest) -> Manifest:
        """The outline of the build before the live one."""
        before = {one.build.id: one for one in manifests.outlines(self._client)}.get(live.previous or "")
        if before is None:
            raise NothingPublished("there is no build before the live one to go back to")
        before.same_fields()
        return before

    def rollback(self) -> Build:
        live = manifests.outline(self._client, self._live_id())
        before = self._before(live)
        point(self._client, before, instead_of=live)
        return before.build

    def sweep(self) -> tuple[str, ...]:
        live = self._live_outline()
        known = {one.build.id: one for one in manifests.outlines(self._client)}
        kept = [known[key] for key in (live.build.id, live.previous) if key in known] if live else []
        gone = sorted(set(known) - {one.build.id for one in kept})
        with our_errors():
            # first what names a build, then what it is made of: no half of one is ever offered
            for build in gone:
                manifests.forget(self._client, build)
            manifests.sweep(self._client, kept)
            indices = sorted(
                set(self._client.indices.get(index=aliases.RECORDS + "*")) - {one.index for one in kept}
            )
            for index in indices:
                self._client.indices.delete(index=index, params={"ignore_unavailable": "true"})
            for index in sorted({one.index for one in kept}):
                named = [version for one in kept if one.index == index for version in one.versions.values()]
                manifests.delete_but(self._client, index, {"terms": {"version": sorted(set(named))}})
        return (*gone, *indices)
