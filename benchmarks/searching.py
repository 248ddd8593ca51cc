"""How long a search takes as the index grows: ``python -m benchmarks.searching``.

Queries are words drawn from records; a query is the whole path of ``/search``: facets, totals, hits.
"""

import random
from time import perf_counter

from werkzeug.datastructures import MultiDict

from app.find import search
from app.forms import search_form
from app.params import read
from benchmarks import bench
from catalogue import datasets
from search.engine import Snapshot
from search.language.query import Language
from search.language.synonyms import Synonyms

SIZES = (4_000, 40_000)
QUERIES = 200
THIS_YEAR = 2026


def main() -> None:
    """Print the table."""
    rows: list[tuple[object, ...]] = []
    for size in SIZES:
        with bench.workshop(40, size) as (shop, files):
            bench.take_in(shop, files)
            bench.index(shop)
            words = _words(shop.flat(datasets.current(shop.catalogue)[0]).frame.iloc[:, 0].tolist())
            times = _times(shop.engine.live(), words)
        rows.append((f"{size:,}", *(f"{bench.quantile(times, share) * 1000:.1f}" for share in (0.5, 0.95))))
    growth = float(str(rows[-1][2])) / float(str(rows[0][2]))
    print(bench.table(("records", "p50 ms", "p95 ms"), rows))
    print(f"p95 grows {growth:.2f} times while records grow {SIZES[-1] / SIZES[0]:.0f} times")


def _words(values: list[str]) -> list[str]:
    chance = random.Random(1)
    return chance.choices([word for value in values for word in value.split()] or ["강동구"], k=QUERIES)


def _times(snapshot: Snapshot, words: list[str]) -> list[float]:
    language = Language.of(snapshot.datasets.values(), Synonyms.load(), THIS_YEAR)
    times = []
    for word in words:
        params = read(MultiDict({"q": word}), search_form(10))
        started = perf_counter()
        search(snapshot, params, language)
        times.append(perf_counter() - started)
    return times


if __name__ == "__main__":
    main()
