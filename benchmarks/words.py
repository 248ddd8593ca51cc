"""Queries of words that stand together in a record: a word is as common among them as it is among the records."""

import random
from bisect import bisect
from collections import defaultdict
from itertools import accumulate

from catalogue import datasets
from catalogue.datasets import Current
from indexer.tables import table_of
from indexer.workshop import Workshop
from search import text

MOST = 3
"""Words of a query."""
TRIES = 5
"""Records looked at for a query that has not been drawn before."""


def queries(shop: Workshop, number: int, seed: int, most: int = MOST, least: int = 1) -> list[str]:
    """Different queries of so many words, the same for the same seed; fewer where the records hold no more.

    More of them begin with the same ones.
    """
    chance, places = random.Random(seed), random.Random(f"places {seed}")
    found: dict[str, None] = {}
    for said in _drawn(shop, number * TRIES, places):
        words = words_of(said)
        length = chance.randint(least, most)
        if len(words) >= length:
            found[" ".join(chance.sample(words, length))] = None
        if len(found) == number:
            break
    return list(found)


def words_of(values: list[str]) -> list[str]:
    """Words that people would type, each once: of two characters or more, a letter among them."""
    found = (word for value in values for word in text.cut(value))
    return [word for word in dict.fromkeys(found) if len(word) > 1 and not word.isdigit()]


def _drawn(shop: Workshop, number: int, chance: random.Random) -> list[list[str]]:
    """Titles and cells of records, each record as likely as any other; a table is read once for all of its own."""
    known = datasets.current(shop.catalogue)
    ends = list(accumulate(one.records for one in known))
    places = [chance.randrange(ends[-1]) for _ in range(number)]
    wanted: defaultdict[int, list[tuple[int, int]]] = defaultdict(list)
    for at, place in enumerate(places):
        which = bisect(ends, place)
        wanted[which].append((at, place - (ends[which - 1] if which else 0)))
    found: list[list[str]] = [[] for _ in places]
    for which, rows in wanted.items():
        cells = _cells(shop, known[which], [row for _, row in rows])
        for (at, _), values in zip(rows, cells, strict=True):
            found[at] = values
    return found


def _cells(shop: Workshop, current: Current, rows: list[int]) -> list[list[str]]:
    _, frame = table_of(shop.catalogue, shop.storage, current)
    names = [column["name"] for column in current.columns["columns"]]
    chosen = frame[names].iloc[rows].fillna("").astype(str)
    return [[current.title, *map(str, line)] for line in chosen.itertuples(index=False, name=None)]
