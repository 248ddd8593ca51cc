"""The same records in what people would use instead: Datasette, SQLite's full-text index, DuckDB.

They look for other things than the portal: whole words (SQLite, Datasette) or bare substrings (DuckDB), in the
record's title and cells only. What is compared is the time to total, first hits and four facets, for queries that
find something in SQLite too: of many it knows no word, and to have nothing to count takes no time.
"""

from collections.abc import Iterator, Sequence
from contextlib import closing
from math import isclose
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter
from urllib.parse import urlencode

from benchmarks import asking, bench
from benchmarks.asking import YEARLY_TIMES
from benchmarks.load import Ask, Closed, Plan, Result, run
from benchmarks.portal import serving
from benchmarks.rivals import datasette, duckdb, sqlite
from benchmarks.rivals.rows import HITS, Row, rows
from benchmarks.stand import Stand
from benchmarks.truth import CLOSE
from catalogue import datasets

HEAD = ("beside each other", "queries", "p50 ms", "p95 ms", "times ours, p50", "times ours, p95")
Line = tuple[str, list[float]]


def compared(stand: Stand, drawn: Sequence[str], most: int) -> str:
    """A table: each rival on the same queries, and how many times our own time it takes.

    Of the queries drawn those that find something in SQLite, ``most`` at most, by one user and each for the first time.
    """
    with TemporaryDirectory() as made:
        table, columns = Path(made) / "records.sqlite", Path(made) / "records.duckdb"
        sqlite.build(_rows(stand), table)
        duckdb.build(sqlite.stored(table), columns)
        stand.wrong += _faults(stand, table, columns)
        queries = _finding(table, drawn)[:most]
        ours = asking.measured(stand, queries)
        lines = [
            *_pages(stand, queries, _datasette(table, queries)),
            *_beside("search in process", ours.search, ("SQLite FTS5", _sqlite(table, queries))),
            *_beside(
                "sums of everything by year",
                ours.yearly,
                ("DuckDB", _duckdb_sums(columns)),
                ("SQLite", _sqlite_sums(table)),
            ),
        ]
    found = f"of {len(drawn)} queries {len(queries)} that find something in SQLite too"
    return f"{found}\n\n{bench.table(HEAD, lines)}"


def _finding(table: Path, queries: Sequence[str]) -> list[str]:
    with closing(sqlite.opened(table)) as database:
        return [one for one in queries if sqlite.page(database, one).total]


def _rows(stand: Stand) -> Iterator[Row]:
    for flat in map(stand.shop.flat, datasets.current(stand.shop.catalogue)):
        yield from rows(flat.dataset, flat.records())


def _pages(stand: Stand, queries: Sequence[str], theirs: Result) -> list[tuple[object, ...]]:
    """By HTTP: what Datasette answers is what our API does; our page for people has charts and a map besides."""
    ours = _portal(stand, [f"/api/v1/search?{urlencode({'q': one, 'size': HITS})}" for one in queries])
    page = _portal(stand, [f"/search?{urlencode({'q': one})}" for one in queries])
    lines = [
        ("total, hits and facets by HTTP: the portal's API", ours),
        ("the portal's page, with charts and map", page),
        ("Datasette, the same by its API", theirs),
    ]
    return [
        _line(name, one.answers, (one.p50_ms, one.p95_ms), (ours.p50_ms, ours.p95_ms)) for name, one in lines
    ]


def _portal(stand: Stand, paths: Sequence[str]) -> Result:
    asks = tuple(map(Ask, paths))
    with serving(stand) as portal:
        return run(Plan(portal.base, asks, Closed(1), requests=len(asks)))


def _beside(what: str, ours: list[float], *theirs: Line) -> list[tuple[object, ...]]:
    shares = [(name, len(times), _ms(times)) for name, times in ((f"{what}: the portal", ours), *theirs)]
    return [_line(name, number, times, _ms(ours)) for name, number, times in shares]


def _ms(seconds: Sequence[float]) -> tuple[float, float]:
    return bench.quantile(seconds, 0.5) * 1000, bench.quantile(seconds, 0.95) * 1000


def _line(
    name: str, number: int, times: tuple[float, float], ours: tuple[float, float]
) -> tuple[object, ...]:
    shown = (f"{one:.1f}" for one in times)
    return (
        name,
        number,
        *shown,
        *(f"{one / own:.1f}" if own else "-" for one, own in zip(times, ours, strict=True)),
    )


def _datasette(table: Path, queries: Sequence[str]) -> Result:
    with datasette.serving(table) as server:
        asks = tuple(Ask(server.path(one)) for one in queries)
        server.page("")  # its own first answer
        return run(Plan(server.base, asks, Closed(1), requests=len(asks), timeout=datasette.LIMIT_MS / 1000))


def _sqlite(table: Path, queries: Sequence[str]) -> list[float]:
    with closing(sqlite.opened(table)) as database:
        found = []
        for one in queries:
            started = perf_counter()
            sqlite.page(database, one)
            found.append(perf_counter() - started)
        return found


def _sqlite_sums(table: Path) -> list[float]:
    with closing(sqlite.opened(table)) as database:
        return [bench.timed(lambda: sqlite.yearly(database)) for _ in range(3)]


def _duckdb_sums(columns: Path) -> list[float]:
    with duckdb.opened(columns) as database:
        return [bench.timed(lambda: duckdb.yearly(database)) for _ in range(YEARLY_TIMES)]


def _faults(stand: Stand, table: Path, columns: Path) -> Iterator[str]:
    """Whether the rivals hold what the portal holds: the same records, and between them the same sums."""
    with closing(sqlite.opened(table)) as database, duckdb.opened(columns) as other:
        total = sqlite.page(database, "").total
        sums, others = sqlite.yearly(database), duckdb.yearly(other)
    if total != stand.records:
        yield f"records beside the portal: {total:,}, not {stand.records:,}"
    for year in sorted({*sums, *others}):
        if not isclose(sums.get(year, 0.0), others.get(year, 0.0), rel_tol=CLOSE):
            yield f"sum of {year}: SQLite says {sums.get(year)}, DuckDB {others.get(year)}"
