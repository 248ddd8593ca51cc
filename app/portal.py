"""What a request works with, hung on the Flask application once."""

from dataclasses import dataclass
from importlib.metadata import version

from flask import current_app

from catalogue.store import Catalogue
from search.engine import Engine
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
