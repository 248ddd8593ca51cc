"""What a request works with, hung on the Flask application once."""

import threading
from dataclasses import dataclass
from importlib.metadata import version

from flask import current_app, g

from app.suggest import Suggester
from catalogue.store import Catalogue
from search.engine import Engine, Snapshot
from search.query import Synonyms
from search.vocabulary import Vocabulary
from settings import Settings


@dataclass(frozen=True)
class Portal:
    """The portal's parts. ``name``, ``official`` and ``version`` are what templates may print."""

    settings: Settings
    engine: Engine
    catalogue: Catalogue
    synonyms: Synonyms
    suggesters: "Suggesters"

    @property
    def name(self) -> str:
        return self.settings.portal_name

    @property
    def official(self) -> bool:
        return self.settings.official

    @property
    def version(self) -> str:
        return version("gbp")


class Suggesters:
    """What can be suggested of the build that is read now, and its words: made once."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._build = ""
        self._made = Suggester.of((), Vocabulary({}))

    def of(self, snapshot: Snapshot) -> Suggester:
        with self._lock:
            if self._build != snapshot.build.id:
                datasets = tuple(snapshot.datasets.values())
                self._made = Suggester.of(datasets, Vocabulary.of(datasets))
                self._build = snapshot.build.id
            return self._made


def portal() -> Portal:
    """The portal of the current request."""
    found = current_app.extensions["portal"]
    assert isinstance(found, Portal)  # noqa: S101 - for the type checker: create_app has put it there
    return found


def live() -> Snapshot:
    """The published build, the same one for all of a request. Raises NothingPublished, EngineDown."""
    if "snapshot" not in g:
        g.snapshot = portal().engine.live()
    found: Snapshot = g.snapshot
    return found


def vocabulary() -> Vocabulary:
    """Words of the published build. Raises NothingPublished, EngineDown."""
    return suggester().vocabulary


def suggester() -> Suggester:
    """What can be suggested of the published build. Raises NothingPublished, EngineDown."""
    return portal().suggesters.of(live())


def read_build() -> str | None:
    """Id of the build this request has read, if it has read one."""
    return g.snapshot.build.id if "snapshot" in g else None
