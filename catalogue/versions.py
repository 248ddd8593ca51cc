"""What answers are made of beside the build: asked of the catalogue with every request, so in one short question."""

from typing import NamedTuple

from sqlalchemy import func, select

from catalogue.store import Catalogue
from catalogue.tables import Fetch, LanguageEdit


class Versions(NamedTuple):
    """Another number after every edit of the language, and after every fetch; 0 before the first."""

    language: int
    fetches: int


_NEWEST = select(*(select(func.max(table.id)).scalar_subquery() for table in (LanguageEdit, Fetch)))


def versions(catalogue: Catalogue) -> Versions:
    return Versions(*(newest or 0 for newest in catalogue.one(_NEWEST)))
