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
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from search.engine import Busy, NothingPublished
from search.manifest import Manifest

MANIFEST = "build.json"
_REWRITTEN = frozenset({"meta.json", ".managed.json"})
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

    def point(self, build: str) -> None:
        """Publish a whole build: the one step that readers notice."""
        write_whole(self._pointer, build)

    def manifest(self, build: str) -> Manifest:
        """What ``build.json`` says. Raises FileNotFoundError for a build that is not whole."""
        return Manifest.from_json(json.loads((self.of(build) / MANIFEST).read_text(encoding="utf-8")))

    def complete(self, manifest: Manifest) -> None:
        """Mark a build as whole."""
        text = json.dumps(manifest.as_json(), ensure_ascii=False)
        write_whole(self.of(manifest.build.id) / MANIFEST, text)

    def whole(self) -> list[str]:
        """Ids of whole builds."""
        builds = self.root / "builds"
        found = builds.iterdir() if builds.is_dir() else iter(())
        return sorted(path.name for path in found if (path / MANIFEST).is_file())

    def begin(self, build: str, base: str | None) -> Path:
        """A folder for the next build, with the files of ``base`` linked in."""
        folder = self.of(build)
        folder.mkdir(parents=True)
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

    def sweep(self, keep: frozenset[str]) -> tuple[str, ...]:
        """Remove every build, whole or not, that is not to be kept."""
        builds = self.root / "builds"
        gone = (
            sorted(path.name for path in builds.iterdir() if path.name not in keep) if builds.is_dir() else []
        )
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
    folder = os.open(path.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)
