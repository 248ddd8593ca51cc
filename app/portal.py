"""What a request works with, hung on the Flask application once."""

import threading
from dataclasses import dataclass
from datetime import datetime
from importlib.metadata import version

from flask import current_app, g

from app.suggest import Suggester
from catalogue import language as edits
from catalogue.store import Catalogue
from search.engine import Engine, Snapshot
from search.language.query import Language
from search.language.synonyms import Synonyms, defaults, edited
from settings import SEOUL, Settings


@dataclass(frozen=True)
class Portal:
    """The portal's parts. ``name``, ``official`` and ``version`` are what templates may print."""

    settings: Settings
    engine: Engine
    catalogue: Catalogue
    readings: "Readings"

    @property
    def name(self) -> str:
        return self.settings.portal_name

    @property
    def official(self) -> bool:
        return self.settings.official

    @property
    def version(self) -> str:
        return version("gbp")


class Readings:
    """What the build that is read now is searched with, and what can be suggested of it: made once a build.

    A new year is a new reading too: 작년 is another year then. So is an edit of the synonyms by staff.
    """

    def __init__(self, catalogue: Catalogue) -> None:
        self._lock = threading.Lock()
        self._catalogue = catalogue
        self._made: tuple[str, int, int] | None = None
        self._language: Language
        self._suggester: Suggester

    def of(self, snapshot: Snapshot, this_year: int) -> tuple[Language, Suggester]:
        with self._lock:
            wanted = (snapshot.build.id, this_year, edits.version(self._catalogue))
            if self._made != wanted:
                datasets = tuple(snapshot.datasets.values())
                self._language = Language.of(datasets, self._synonyms(), this_year)
                self._suggester = Suggester.of(datasets, self._language.vocabulary)
                self._made = wanted
                threading.Thread(target=self._suggester.warm, daemon=True).start()
            return self._language, self._suggester

    def _synonyms(self) -> Synonyms:
        return Synonyms.of(edited(defaults(), edits.edits(self._catalogue, "synonyms")))


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


def language() -> Language:
    """What the published build is searched with. Raises NothingPublished, EngineDown."""
    return _reading()[0]


def suggester() -> Suggester:
    """What can be suggested of the published build. Raises NothingPublished, EngineDown."""
    return _reading()[1]


def _reading() -> tuple[Language, Suggester]:
    return portal().readings.of(live(), datetime.now(SEOUL).year)


def read_build() -> str | None:
    """Id of the build this request has read, if it has read one."""
    return g.snapshot.build.id if "snapshot" in g else None
