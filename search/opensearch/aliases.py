"""Names on the OpenSearch server, and the one step that publishes: pure, tested whole."""

from collections.abc import Iterable
from typing import Any

from search.manifest import Manifest
from search.opensearch import selecting

Body = dict[str, Any]
Alias = tuple[str, str]
"""Index and alias."""

EVERY = "gbp-*"
LIVE = "gbp-live"
BUILD_MARK = "gbp-build-"
RECORDS = "gbp-records-"
BUILDS = "gbp-builds"
DATASETS = "gbp-datasets"


def mark(build: str) -> str:
    """The alias that names a build; names on the server are lower case."""
    return BUILD_MARK + build.lower()


def records(build: str) -> str:
    """The index of a build made from nothing."""
    return RECORDS + build.lower()


def marks(aliases: Iterable[Alias]) -> set[Alias]:
    """Those of the aliases that name a build: one, or none before the first."""
    return {one for one in aliases if one[1].startswith(BUILD_MARK)}


def moved(live: Iterable[Alias], to: Manifest) -> Body:
    """The body by which both aliases leave the live build and name another.

    must_exist: the whole step fails where another publisher was faster.
    """
    leaving = [{"remove": {"index": index, "alias": alias, "must_exist": True}} for index, alias in live]
    return {
        "actions": [
            *leaving,
            {"add": {"index": to.index, "alias": LIVE, "filter": selecting.versions(to.versions.values())}},
            {"add": {"index": to.index, "alias": mark(to.build.id)}},
        ]
    }
