"""What a request works with, hung on the Flask application once."""

import threading
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property, partial
from importlib.metadata import version

from flask import current_app, g

from app.charts.album import Album
from app.charts.boundaries import Boundaries
from app.find import beside
from app.memory import Memory
from app.sharing.lettering import Lettering
from app.suggest import Suggester
from catalogue import language as edits
from catalogue.store import Catalogue
from catalogue.versions import Versions, versions
from search.around import Around
from search.engine import Engine, EngineError, Snapshot
from search.language import synonyms
from search.language.query import Language
from search.language.successive import Successive
from search.plan import Answer, Question, Selection
from settings import SEOUL, Settings


@dataclass(frozen=True)
class Portal:
    """The portal's parts. ``name``, ``official`` and ``version`` are what templates may print."""

    settings: Settings
    engine: Engine
    catalogue: Catalogue
    readings: "Readings"
    boundaries: Boundaries | None
    memory: Memory
    lettering: Lettering
    album: Album

    @property
    def name(self) -> str:
        return self.settings.portal_name

    @property
    def official(self) -> bool:
        return self.settings.official

    @cached_property
    def version(self) -> str:
        return version("gbp")


class Readings:
    """What the build that is read now is searched with, and what can be suggested of it: made once a build.

    A new year is a new reading too: 작년 is another year then. So is an edit of the synonyms by staff.
    """

    def __init__(self, catalogue: Catalogue) -> None:
        self._lock = threading.Lock()
        self._catalogue = catalogue
        self._made: _Reading | None = None
        self._languages = Successive()

    def of(self, snapshot: Snapshot, this_year: int, edited: int) -> "_Reading":
        wanted = (snapshot.build.id, this_year, edited)
        made = self._made
        if made is not None and made.key == wanted:
            return made
        with self._lock:  # one makes it, the others wait for it
            if self._made is None or self._made.key != wanted:
                self._made = self._make(snapshot, wanted)
            return self._made

    def _make(self, snapshot: Snapshot, key: tuple[str, int, int]) -> "_Reading":
        datasets = tuple(snapshot.datasets.values())
        groups = synonyms.known(edits.edits(self._catalogue, "synonyms"))
        language = self._languages.of(datasets, groups, key[1])
        suggester = Suggester.of(datasets, language.vocabulary)
        threading.Thread(target=partial(_warm, snapshot, suggester), daemon=True).start()
        return _Reading(key, language, suggester)


def _warm(snapshot: Snapshot, suggester: Suggester) -> None:
    """What every reader of a build needs, so that the first does not wait for it."""
    suggester.warm()
    with suppress(EngineError):  # a reader who asks is told why
        snapshot.ask(list(beside(Selection()).values()))


@dataclass(frozen=True)
class _Reading:
    """``key``: the build, the year and the edits it was made of."""

    key: tuple[str, int, int]
    language: Language
    suggester: Suggester


def portal() -> Portal:
    """The portal of the current request."""
    found = current_app.extensions["portal"]
    assert isinstance(found, Portal)  # noqa: S101 - for the type checker: create_app has put it there
    return found


def live() -> Snapshot:
    """The published build, the same one for all of a request. Raises NothingPublished, EngineDown."""
    if "snapshot" not in g:
        g.snapshot = _Watched(portal().engine.live())
    found: Snapshot = g.snapshot
    return found


class _Watched(Around):
    """A build as one request reads it; implements ``search.engine.Snapshot``."""

    late = False
    """Whether the clock has cut an answer short: what is made of it may be whole the next time."""

    def ask(self, questions: Sequence[Question]) -> list[Answer]:
        answers = self.asked.ask(questions)
        self.late = self.late or any(answer.late for answer in answers)
        return answers


def was_late() -> bool:
    """Whether an answer to this request was cut short by the clock."""
    return "snapshot" in g and g.snapshot.late


def language() -> Language:
    """What the published build is searched with. Raises NothingPublished, EngineDown."""
    return _reading().language


def suggester() -> Suggester:
    """What can be suggested of the published build. Raises NothingPublished, EngineDown."""
    return _reading().suggester


def _reading() -> _Reading:
    """The same one for all of a request."""
    if "reading" not in g:
        g.reading = portal().readings.of(live(), datetime.now(SEOUL).year, read_versions().language)
    found: _Reading = g.reading
    return found


def read_versions() -> Versions:
    """Of the language and of the fetches, the same ones for all of a request."""
    if "versions" not in g:
        g.versions = versions(portal().catalogue)
    found: Versions = g.versions
    return found


def read_build() -> str | None:
    """Id of the build this request has read, if it has read one."""
    return g.snapshot.build.id if "snapshot" in g else None
