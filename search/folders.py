"""Builds of the embedded engine on disk: a folder each, and one pointer that readers follow.

A build is made in a folder of its own that starts as hard links to the files of the build before it
(the engine's files never change once written). It is whole when its ``build.json`` stands, and
public when the pointer names it: a rename, which happens or does not, whatever kills the writer.
"""

import fcntl
import json
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from search.engine import Build, Busy, Damaged, EngineError, NothingPublished
from search.manifest import Manifest

MANIFEST = "build.json"
META, MANAGED = "meta.json", ".managed.json"
"""tantivy's lists of the segments of an index and of its files."""

_REWRITTEN = frozenset({META, MANAGED})
_LEFT_BEHIND = frozenset({MANIFEST, ".tantivy-writer.lock", ".tantivy-meta.lock"})


@dataclass(frozen=True)
class Folders:
    """The folder of the embedded index: ``builds/<id>/`` and the file ``live``."""

    root: Path

    @property
    def _pointer(self) -> Path:
        return self.root / "live"

    def of(self, build: str) -> Path:
        return self.root / "builds" / build

    def live(self) -> str:
        """Id of the published build. Raises NothingPublished."""
        try:
            return self._pointer.read_text(encoding="utf-8").strip()
        except FileNotFoundError:
            raise NothingPublished("no build is published yet: run gbp index") from None

    def pointed(self) -> str | None:
        """Id of the published build, None where there is none."""
        try:
            return self.live()
        except NothingPublished:
            return None

    def point(self, build: str) -> None:
        """Publish a whole build: the one step that readers notice."""
        write_whole(self._pointer, build)

    def manifest(self, build: str) -> Manifest:
        """What ``build.json`` says. Raises Damaged."""
        try:
            said = (self.of(build) / MANIFEST).read_text(encoding="utf-8")
        except (FileNotFoundError, NotADirectoryError):
            raise Damaged(f"build {build} is gone or damaged: run gbp index --all") from None
        return Manifest.from_json(json.loads(said))

    def complete(self, manifest: Manifest) -> None:
        """Mark a build as whole."""
        text = json.dumps(manifest.as_json(), ensure_ascii=False)
        folder = self.of(manifest.build.id)
        write_whole(folder / MANIFEST, text)
        _sync(folder.parent)  # the folder itself is on disk before a pointer names it

    def whole(self) -> list[str]:
        """Ids of whole builds."""
        builds = self.root / "builds"
        found = builds.iterdir() if builds.is_dir() else iter(())
        return sorted(path.name for path in found if (path / MANIFEST).is_file())

    def begin(self, build: str, base: str | None) -> Path:
        """A folder for the next build, with the files of ``base`` linked in."""
        folder = self.of(build)
        try:
            folder.mkdir(parents=True)
        except FileExistsError:
            raise EngineError(f"there is a build {build} already: choose another id") from None
        for path in self.of(base).iterdir() if base else ():
            if path.name in _REWRITTEN:
                shutil.copy2(path, folder)
            elif path.name not in _LEFT_BEHIND:
                os.link(path, folder / path.name)
        return folder

    def remove(self, build: str) -> None:
        """Take a build away; its manifest first, so that no half of it ever counts as whole."""
        (self.of(build) / MANIFEST).unlink(missing_ok=True)
        shutil.rmtree(self.of(build), ignore_errors=True)

    def builds(self) -> tuple[Build, ...]:
        """Builds that can be published, newest first."""
        found = []
        for build in self.whole():
            with suppress(Damaged):  # swept away since it was listed
                found.append(self.manifest(build).build)
        return tuple(sorted(found, key=lambda build: build.published_at, reverse=True))

    def before(self) -> Manifest:
        """The build before the live one. Raises NothingPublished, FieldsChanged."""
        before = self.manifest(self.live()).previous
        if before is None or before not in self.whole():
            raise NothingPublished("there is no build before the live one to go back to")
        manifest = self.manifest(before)
        manifest.same_fields()
        return manifest

    def rollback(self) -> Build:
        """Publish the build before the live one. Raises NothingPublished, FieldsChanged, Busy."""
        with self.writing():
            build = self.before().build
            self.point(build.id)
            return build

    def sweep(self) -> tuple[str, ...]:
        """Remove every build, whole or not, but the live one and the one before it. Raises Busy."""
        with self.writing():
            live = self.pointed()
            kept = {live, self.manifest(live).previous} if live in self.whole() else {live}
            folders = self.of("").iterdir() if self.of("").is_dir() else iter(())
            gone = sorted(path.name for path in folders if path.name not in kept)
            for build in gone:
                self.remove(build)
            return tuple(gone)

    @contextmanager
    def writing(self) -> Iterator[None]:
        """Hold the writer's lock; it falls with its process. Raises Busy if another holds it."""
        self.root.mkdir(parents=True, exist_ok=True)
        with (self.root / "writer.lock").open("a+", encoding="utf-8") as lock:
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                raise Busy("another process is building the index: wait for it to end") from None
            yield


def write_whole(path: Path, text: str) -> None:
    """Write a file so that it is there whole or not at all, also after a power cut."""
    path.parent.mkdir(parents=True, exist_ok=True)
    beside = path.with_name(path.name + ".new")
    with beside.open("w", encoding="utf-8") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    beside.replace(path)
    _sync(path.parent)


def _sync(folder: Path) -> None:
    opened = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(opened)
    finally:
        os.close(opened)
