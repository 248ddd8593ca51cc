"""The kinds of requests that people and programs make of the portal, each a list of addresses.

Where it is known from the generator what an answer must say, it is looked at: of words nobody knows, so every
tenth search is one whose total is known.
"""

import random
from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import quote, urlencode

from benchmarks import truth, words
from benchmarks.load import Ask
from benchmarks.stand import Stand
from search.documents import Column, Dataset

KNOWN = 10
"""Every tenth search has a known total."""
LARGEST = 20
"""Datasets whose totals are asked for."""
SEEDS = {"search": 1, "facets": 2}


@dataclass(frozen=True)
class Kind:
    """Addresses that are asked for alike. ``cold``: each once, of a portal that has just been started."""

    name: str
    asks: tuple[Ask, ...]
    cold: bool = False


def kinds(stand: Stand, number: int) -> list[Kind]:
    """All kinds, each of about so many requests."""
    live = stand.shop.engine.live()
    searches = search_pages(stand, number)
    pages = tuple(truth.dataset_pages(live, stand.truth))[:number]
    return [
        Kind("search page, first time", searches, cold=True),
        Kind("search page, again", searches),
        Kind("facets by API, first time", facets(stand, number), cold=True),
        Kind("suggest", suggest(list(live.datasets.values()), number)),
        Kind("yearly sums of a dataset", sums(stand)),
        Kind("dataset page, first time", pages, cold=True),
        Kind("dataset page, again", pages),
    ]


def search_pages(stand: Stand, number: int) -> tuple[Ask, ...]:
    asked = words.queries(stand.shop, number, SEEDS["search"])
    known = truth.pages(stand.shop.engine.live(), stand.truth)
    return mixed([Ask(f"/search?{urlencode({'q': one})}") for one in asked], known)


def facets(stand: Stand, number: int) -> tuple[Ask, ...]:
    """What a program asks for that wants facets and totals: of the records as few as can be."""
    live = stand.shop.engine.live()
    asked = words.queries(stand.shop, number, SEEDS["facets"])
    known = [*truth.values(live, stand.truth), *truth.searches(live, stand.truth)]
    return mixed([Ask(f"/api/v1/search?{urlencode({'q': one, 'size': 1})}") for one in asked], known)


def mixed(asks: Sequence[Ask], known: Sequence[Ask]) -> tuple[Ask, ...]:
    """One of those whose answer is known after every nine, in an order of chance that is always the same."""
    chosen = random.Random(1).sample(known, min(len(known), max(1, len(asks) // (KNOWN - 1))))
    found: list[Ask] = []
    for at, ask in enumerate(asks):
        found.append(ask)
        if at % (KNOWN - 1) == 0 and chosen:
            found.append(chosen.pop())
    return tuple(found)


def suggest(datasets: Sequence[Dataset], number: int) -> tuple[Ask, ...]:
    """Beginnings of titles, as they come while somebody types."""
    typed = {one.title[:end] for one in datasets for end in range(1, len(one.title) + 1)}
    chosen = random.Random(1).sample(sorted(typed), min(number, len(typed)))
    return tuple(Ask(f"/api/v1/suggest?{urlencode({'q': one})}") for one in chosen)


def sums(stand: Stand) -> tuple[Ask, ...]:
    """Sums by year of every measure of the largest datasets; those of flows are the generator's."""
    largest = sorted(stand.shop.engine.live().datasets.values(), key=lambda one: -one.records)[:LARGEST]
    measured = [(one, column) for one in largest for column in one.numbers() if column.role == "measure"]
    return tuple(_sum(stand, one, column) for one, column in measured)


def _sum(stand: Stand, one: Dataset, column: Column) -> Ask:
    path = f"/api/v1/datasets/{quote(one.id)}/totals?{urlencode({'measure': column.name, 'by': 'year'})}"
    told = stand.truth.of(one)
    sums = told["sums"].get(column.name, {}).get("by_year", {}) if told else {}
    # of decimals the last digit may differ: only whole numbers are compared as they stand
    if column.kind != "flow" or not sums or not all(isinstance(value, int) for value in sums.values()):
        return Ask(path, {"measure": column.name})
    records = told["records_by_year"]
    values = [
        {"key": int(year), "value": float(value), "records": records[year], "period": None}
        for year, value in sorted(sums.items())
    ]
    return Ask(path, {"measure": column.name, "values": values})
