"""The records in one DuckDB file: columns, no index of words.

DuckDB's full-text extension is fetched from the network when it is first used; here words are looked for as
``LIKE '%word%'`` does it. That finds parts of words and tells capital letters from small ones.
"""

from collections.abc import Iterable, Iterator
from itertools import islice
from pathlib import Path

import duckdb
import pyarrow as pa

from benchmarks.rivals.rows import HITS, Page, Row, by_year, facets

_ROWS_AT_A_TIME = 50_000
_SCHEMA = pa.schema(
    [
        ("dataset", pa.string()),
        ("area", pa.string()),
        ("provider", pa.string()),
        ("region", pa.string()),
        ("year", pa.int32()),
        ("title", pa.string()),
        ("body", pa.string()),
        ("value", pa.float64()),
    ]
)
_TABLE = "CREATE TABLE records AS SELECT row_number() OVER () AS id, * FROM given"
_COUNTED = """
WITH matched AS MATERIALIZED (SELECT area, year, provider, region FROM records WHERE {})
SELECT 'area', area, count(*) FROM matched WHERE area IS NOT NULL GROUP BY area
UNION ALL SELECT 'year', year::TEXT, count(*) FROM matched WHERE year IS NOT NULL GROUP BY year
UNION ALL SELECT 'provider', provider, count(*) FROM matched WHERE provider IS NOT NULL GROUP BY provider
UNION ALL SELECT 'region', region, count(*) FROM matched WHERE region IS NOT NULL GROUP BY region
UNION ALL SELECT NULL, NULL, count(*) FROM matched
"""
_HITS = "SELECT * FROM records WHERE {} ORDER BY id LIMIT ?"
_YEARLY = "SELECT year, sum(value) FROM records WHERE year IS NOT NULL AND value IS NOT NULL GROUP BY year"


def build(rows: Iterable[Row], path: Path) -> None:
    """A new file with all rows."""
    path.unlink(missing_ok=True)
    given = pa.RecordBatchReader.from_batches(_SCHEMA, _batches(iter(rows)))
    with duckdb.connect(path) as database:
        database.register("given", given)
        database.execute(_TABLE)


def _batches(rows: Iterator[Row]) -> Iterator[pa.RecordBatch]:
    while part := list(islice(rows, _ROWS_AT_A_TIME)):
        columns = zip(*part, strict=True)
        arrays = [pa.array(cells, one.type) for cells, one in zip(columns, _SCHEMA, strict=True)]
        yield pa.record_batch(arrays, schema=_SCHEMA)


def opened(path: Path) -> duckdb.DuckDBPyConnection:
    """A connection that reads; it uses all processors, as is DuckDB's own way."""
    return duckdb.connect(path, read_only=True)


def page(database: duckdb.DuckDBPyConnection, words: str) -> Page:
    """Count, first hits in the order of the file (there is no rank), and facets, counted in one pass."""
    asked = words.split()
    # contains() is what DuckDB makes of LIKE '%word%'; it needs no escapes
    matching = " AND ".join(["contains(body, ?)"] * len(asked)) or "true"
    counted = database.execute(_COUNTED.format(matching), asked).fetchall()
    hits = database.execute(_HITS.format(matching), [*asked, HITS]).fetchall()
    total = next(records for name, _, records in counted if name is None)
    return Page(total, tuple(line[0] for line in hits), facets(line for line in counted if line[0]))


def yearly(database: duckdb.DuckDBPyConnection) -> dict[int, float]:
    """The values of everything, added up by year."""
    return by_year(database.execute(_YEARLY).fetchall())
