"""How long a search takes as the index grows: ``python -m benchmarks.searching``.

Queries are words drawn from records; a query is the whole path of ``/search``: facets, totals, hits.
"""

import random
from time import perf_counter

from werkzeug.datastructures import MultiDict

from app.find import search
from app.forms import search_form
from app.params import read
from app.suggest import Suggester, leading_somewhere
from benchmarks import bench
from catalogue import datasets
from search.engine import Snapshot
from search.language import hangul
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
            live = shop.engine.live()
            times, keystrokes = _times(live, words), _keystrokes(live)
        measured = [bench.quantile(kind, share) for kind in (times, keystrokes) for share in (0.5, 0.95)]
        rows.append((f"{size:,}", *(f"{seconds * 1000:.1f}" for seconds in measured)))
    growth = float(str(rows[-1][2])) / float(str(rows[0][2]))
    print(bench.table(("records", "search p50 ms", "p95 ms", "suggest p50 ms", "p95 ms"), rows))
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


def _keystrokes(snapshot: Snapshot) -> list[float]:
    """Suggestions for every beginning of titles, as they are and on the other keyboard."""
    datasets = tuple(snapshot.datasets.values())
    language = Language.of(datasets, Synonyms.load(), THIS_YEAR)
    suggester = Suggester.of(datasets, language.vocabulary)
    suggester.warm()
    times = []
    for one in datasets[:QUERIES]:
        for typed in (one.title, hangul.in_latin(one.title)):
            for end in range(1, len(typed) + 1):
                started = perf_counter()
                leading_somewhere(snapshot, language, suggester.suggest(typed[:end]))
                times.append(perf_counter() - started)
    return times


if __name__ == "__main__":
    main()
