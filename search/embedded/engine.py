"""Builds in a folder: read, staged, rolled back, swept."""

import threading
from collections.abc import Callable, Mapping
from contextlib import ExitStack
from importlib.metadata import version
from pathlib import Path

from search.dictionary import NO_WORDS, Dictionary
from search.dividing import DividedSnapshot
from search.documents import Dataset
from search.embedded.snapshot import Read, open_build
from search.embedded.stage import EmbeddedStage
from search.engine import Build, Damaged
from search.folders import Folders
from search.patience import Patience

SEARCH_SECONDS = 5.0


class EmbeddedEngine:
    """Implements ``search.engine.Engine`` over a folder. Threads of one process may share it.

    Many records are written by so many ``processes`` side by side.
    """

    def __init__(self, root: Path, clock: Callable[[], str], analyzer: Read, processes: int = 1) -> None:
        self._folders = Folders(root)
        self._clock = clock
        self._analyzer = analyzer
        self._processes = processes
        self._opened: DividedSnapshot | None = None
        self._lock = threading.Lock()
        self._patience = Patience(SEARCH_SECONDS)

    @property
    def name(self) -> str:
        return f"내장 엔진 (tantivy {version('tantivy')})"

    def live(self) -> DividedSnapshot:
        with self._lock:
            while True:
                build = self._folders.live()
                if self._opened is not None and self._opened.build.id == build:
                    return self._opened
                try:
                    opened = open_build(self._folders, build, self._analyzer, self._patience)
                    self._opened = DividedSnapshot(opened, self._opened)
                except Damaged:
                    # two publishings passed between reading the pointer and opening: read it again
                    if self._folders.live() == build:
                        raise

    def stage(self, build: str, *, fresh: bool = False, dictionary: Dictionary = NO_WORDS) -> EmbeddedStage:
        held = ExitStack()
        held.enter_context(self._folders.writing())
        try:
            return EmbeddedStage(
                build,
                self._folders,
                self._clock,
                self._analyzer,
                dictionary,
                self._folders.pointed(),
                fresh,
                held,
                self._processes,
            )
        except BaseException:
            held.close()
            raise

    def builds(self) -> tuple[Build, ...]:
        return self._folders.builds()

    def before(self) -> Mapping[str, Dataset]:
        return self._folders.before().datasets

    def rollback(self) -> Build:
        return self._folders.rollback()

    def sweep(self) -> tuple[str, ...]:
        return self._folders.sweep()
