"""What a request works with, hung on the Flask application once."""

from dataclasses import dataclass
from importlib.metadata import version

from flask import current_app, g

from catalogue.store import Catalogue
from search.engine import Engine, Snapshot
from search.query import Synonyms
from settings import Settings


@dataclass(frozen=True)
class Portal:
    """The portal's parts. ``name``, ``official`` and ``version`` are what templates may print."""

    settings: Settings
    engine: Engine
    catalogue: Catalogue
    synonyms: Synonyms

    @property
    def name(self) -> str:
        return self.settings.portal_name

    @property
    def official(self) -> bool:
        return self.settings.official

    @property
    def version(self) -> str:
        return version("gbp")


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


def read_build() -> str | None:
    """Id of the build this request has read, if it has read one."""
    return g.snapshot.build.id if "snapshot" in g else None
