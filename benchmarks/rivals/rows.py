"""The one table every rival holds, and the one answer they all give."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any, NamedTuple

from search.documents import Dataset, Record

FACETS = ("area", "year", "provider", "region")
HITS = 10


class Row(NamedTuple):
    """A record of the portal as a flat table has it; ``body`` holds the title and all cells as published."""

    dataset: str
    area: str
    provider: str
    region: str | None
    year: int | None
    title: str
    body: str
    value: float | None
    """The first measure. Rates are no measures: nobody adds them up."""


Facets = dict[str, dict[str, int]]
"""Of each facet the records of its values; records without a value are in none."""


@dataclass(frozen=True)
class Page:
    """Answer to a search: how many records there are, the ids of the first, and the facets over all of them."""

    total: int
    hits: tuple[int, ...]
    facets: Facets


def rows(dataset: Dataset, records: Iterable[Record]) -> Iterator[Row]:
    """Rows of one dataset, in the order of its records."""
    measured = next((str(one.slot) for one in dataset.numbers() if one.role == "measure"), None)
    for record in records:
        yield Row(
            dataset=record.dataset,
            area=record.area,
            provider=record.provider,
            region=record.region or None,
            year=record.year,
            title=record.title,
            body=" ".join((record.title, *record.row.values())),
            value=record.measures.get(measured) if measured else None,
        )


def facets(counted: Iterable[tuple[Any, ...]]) -> Facets:
    """From lines of facet, value, records."""
    found: Facets = {name: {} for name in FACETS}
    for name, value, records in counted:
        found[name][str(value)] = int(records)
    return found


def by_year(lines: Iterable[tuple[Any, ...]]) -> dict[int, float]:
    return {int(year): float(value) for year, value in lines}
