"""The records in one SQLite file, set up as a careful person does it for Datasette.

Words are found in an FTS5 index over title and body that takes its text from the table (so no text is stored
twice, and Datasette finds the index by itself); columns that facets count have an ordinary index each.
"""

import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Literal, get_args

from benchmarks.rivals.rows import HITS, Page, Row, by_year, facets

TABLE = "records"
Tokenizer = Literal["unicode61", "trigram"]
TOKENIZERS: tuple[Tokenizer, ...] = get_args(Tokenizer)
"""SQLite's default, which knows whole words, or the one that finds parts of words from three characters on: of two
characters, as many Korean words have, it finds nothing, and passes over them beside longer ones."""

_TABLE = """
CREATE TABLE records (
    -- its rowid: neither Datasette's order nor the join with the words needs a further index
    id INTEGER PRIMARY KEY,
    dataset TEXT, area TEXT, provider TEXT, region TEXT, year INTEGER, title TEXT, body TEXT, value REAL
)"""
_INSERT = """
INSERT INTO records (dataset, area, provider, region, year, title, body, value) VALUES (?, ?, ?, ?, ?, ?, ?, ?)
"""
# Datasette knows an index by content="…", in these quotes; one that it does not know it leaves out without a word
_WORDS = """
CREATE VIRTUAL TABLE records_fts USING FTS5 (title, body, content="records", content_rowid="id", tokenize="{}")
"""
_READY = """
INSERT INTO records_fts (records_fts) VALUES ('rebuild');
INSERT INTO records_fts (records_fts) VALUES ('optimize');
CREATE INDEX records_dataset ON records (dataset);
CREATE INDEX records_area ON records (area);
CREATE INDEX records_provider ON records (provider);
CREATE INDEX records_region ON records (region);
CREATE INDEX records_year ON records (year);
ANALYZE;
"""
_HITS = """
SELECT records.* FROM records_fts JOIN records ON records.id = records_fts.rowid
WHERE records_fts MATCH ? ORDER BY records_fts.rank LIMIT ?
"""
_COUNT = "SELECT count(*) FROM records_fts WHERE records_fts MATCH ?"
_FACETS = """
WITH matched AS MATERIALIZED (
    SELECT area, year, provider, region FROM records_fts JOIN records ON records.id = records_fts.rowid
    WHERE records_fts MATCH ?
)
SELECT 'area', area, count(*) FROM matched WHERE area IS NOT NULL GROUP BY area
UNION ALL SELECT 'year', year, count(*) FROM matched WHERE year IS NOT NULL GROUP BY year
UNION ALL SELECT 'provider', provider, count(*) FROM matched WHERE provider IS NOT NULL GROUP BY provider
UNION ALL SELECT 'region', region, count(*) FROM matched WHERE region IS NOT NULL GROUP BY region
"""
_ALL_HITS = "SELECT * FROM records ORDER BY id LIMIT ?"
_ALL_COUNT = "SELECT count(*) FROM records"
_ALL_FACETS = """
SELECT 'area', area, count(*) FROM records WHERE area IS NOT NULL GROUP BY area
UNION ALL SELECT 'year', year, count(*) FROM records WHERE year IS NOT NULL GROUP BY year
UNION ALL SELECT 'provider', provider, count(*) FROM records WHERE provider IS NOT NULL GROUP BY provider
UNION ALL SELECT 'region', region, count(*) FROM records WHERE region IS NOT NULL GROUP BY region
"""
_YEARLY = "SELECT year, sum(value) FROM records WHERE year IS NOT NULL AND value IS NOT NULL GROUP BY year"


def build(rows: Iterable[Row], path: Path, tokenizer: Tokenizer = "unicode61") -> None:
    """A new file with all rows. Indexes are made once the rows are in: that is the fastest order."""
    path.unlink(missing_ok=True)
    with closing(sqlite3.connect(path)) as database:
        # a file that is made anew can be made again: no journal is kept, nothing waits for the disk
        database.execute("PRAGMA journal_mode = OFF")
        database.execute("PRAGMA synchronous = OFF")
        database.execute(_TABLE)
        database.executemany(_INSERT, rows)
        database.execute(_WORDS.format(tokenizer))
        database.executescript(_READY)
        database.commit()


def stored(path: Path) -> Iterator[Row]:
    """The rows of a file: for another rival, so that records need not be flattened twice."""
    with closing(opened(path)) as database:
        for _, *cells in database.execute("SELECT * FROM records ORDER BY id"):
            yield Row(*cells)


def opened(path: Path) -> sqlite3.Connection:
    """A connection that reads, knowing that nobody writes, with more cache than the 2 MB it would have."""
    database = sqlite3.connect(f"{path.absolute().as_uri()}?immutable=1", uri=True)
    database.execute("PRAGMA cache_size = -200000")  # KiB
    database.execute("PRAGMA query_only = ON")
    return database


def quoted(words: str) -> str:
    """Words as FTS5 takes them literally: all of them must be there, none is an operator."""
    return " ".join(f'"{word}"' for word in words.replace('"', " ").split())


def page(database: sqlite3.Connection, words: str) -> Page:
    """Count, first hits by rank, and facets. What matches is gathered once for all four facets, not once for each."""
    match = quoted(words)
    if not match:
        return _all(database)
    (total,) = database.execute(_COUNT, (match,)).fetchone()
    hits = tuple(line[0] for line in database.execute(_HITS, (match, HITS)))
    return Page(total, hits, facets(database.execute(_FACETS, (match,))))


def _all(database: sqlite3.Connection) -> Page:
    (total,) = database.execute(_ALL_COUNT).fetchone()
    hits = tuple(line[0] for line in database.execute(_ALL_HITS, (HITS,)))
    return Page(total, hits, facets(database.execute(_ALL_FACETS)))


def yearly(database: sqlite3.Connection) -> dict[int, float]:
    """The values of everything, added up by year."""
    return by_year(database.execute(_YEARLY))
