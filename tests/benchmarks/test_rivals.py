"""Rivals answer what a plain filter over the same rows answers; else their times would mean nothing."""

import sqlite3
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import closing
from importlib.util import find_spec
from pathlib import Path

import pytest

from benchmarks.rivals import datasette, sqlite
from benchmarks.rivals.rows import FACETS, Facets, Page, Row, rows
from indexer.workshop import Workshop
from search.documents import Column, Dataset, Record

WORDS = [
    "",
    "강동구",
    "공중화장실",
    "강동구 공중화장실",
    "천호동 도서관",
    "없는말",
    "1,234",
    'OR "강동구',
    "NEAR(",
]
NEEDS_DATASETTE = pytest.mark.skipif(not find_spec("datasette"), reason="only `make setup-bench` installs it")


@pytest.fixture(scope="module")
def table() -> list[Row]:
    def row(number: int) -> Row:
        kind = ("공중화장실", "도서관", "열린도서관")[number % 3]
        place = ("강동구 천호동", "강동구 길동", "송파구")[number % 7 % 3]
        body = f"{place} {kind} {number} 1,234"
        area, region = ("시설", "문화")[number % 2], (place, None)[number % 5 == 0]
        return Row(f"d{number % 4}", area, "강동구청", region, 2015 + number % 6, kind, body, number / 2)

    return [*map(row, range(200)), Row("d9", "시설", "서울시", None, None, "무제", "무제 강동구", None)]


@pytest.fixture(scope="module", params=sqlite.TOKENIZERS)
def built(request: pytest.FixtureRequest, table: list[Row], tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("rival") / f"{request.param}.sqlite"
    sqlite.build(table, path, request.param)
    return path


def plain(table: list[Row], matches: Callable[[Row], bool]) -> tuple[int, Facets]:
    found = [row for row in table if matches(row)]
    counts = {name: Counter(str(getattr(row, name)) for row in found) for name in FACETS}
    for count in counts.values():
        count.pop("None", None)
    return len(found), {name: dict(count) for name, count in counts.items()}


def whole_words(words: str) -> Callable[[Row], bool]:
    """As unicode61 reads a text: letters and digits make words, everything else parts them; a quote finds runs."""

    def read(text: str) -> str:
        return " ".join(["", *"".join(c if c.isalnum() else " " for c in text.lower()).split(), ""])

    return lambda row: all(read(word) in read(row.body) for word in words.split() if read(word).strip())


def parts(words: str) -> Callable[[Row], bool]:
    return lambda row: all(word.lower() in row.body.lower() for word in words.replace('"', " ").split())


def expected(path: Path, table: list[Row], words: str) -> tuple[int, Facets]:
    if path.stem == "unicode61":
        return plain(table, whole_words(words))
    # words of two characters have no trigram: alone they find nothing, beside others they are passed over
    long = [word for word in words.replace('"', " ").split() if len(word) > 2]
    return plain(table, parts(" ".join(long)) if long or not words else lambda _: False)


def answered(page: Page) -> tuple[int, Facets]:
    return page.total, page.facets


@pytest.mark.parametrize("words", WORDS)
def test_sqlite_finds_and_counts_what_a_filter_does(built: Path, table: list[Row], words: str) -> None:
    with closing(sqlite.opened(built)) as database:
        page = sqlite.page(database, words)
    assert answered(page) == expected(built, table, words)
    assert len(page.hits) == min(10, page.total)


@NEEDS_DATASETTE
def test_datasette_finds_and_counts_the_same(built: Path, table: list[Row]) -> None:
    with datasette.serving(built) as server:
        pages = {words: server.page(words) for words in WORDS if '"' not in words}
    for words, page in pages.items():
        assert answered(page) == expected(built, table, words), words
        assert len(page.hits) == min(10, page.total)


@pytest.mark.parametrize("words", [words for words in WORDS if '"' not in words])
def test_duckdb_finds_and_counts_what_a_filter_does(table: list[Row], tmp_path: Path, words: str) -> None:
    pytest.importorskip("duckdb", reason="only `make setup-bench` installs it")
    from benchmarks.rivals import duckdb

    duckdb.build(iter(table), tmp_path / "rival.duckdb")
    with duckdb.opened(tmp_path / "rival.duckdb") as database:
        page, sums = duckdb.page(database, words), duckdb.yearly(database)
    assert answered(page) == plain(table, parts(words))
    assert len(page.hits) == min(10, page.total)
    assert sums == yearly(table)


def yearly(table: list[Row]) -> dict[int, float]:
    years = {row.year for row in table if row.year and row.value is not None}
    return {year: sum(row.value or 0 for row in table if row.year == year) for year in years}


def test_sqlite_adds_up_by_year_and_gives_its_rows_back(built: Path, table: list[Row]) -> None:
    with closing(sqlite.opened(built)) as database:
        assert sqlite.yearly(database) == yearly(table)
        with pytest.raises(sqlite3.OperationalError):
            database.execute("DELETE FROM records")
    assert list(sqlite.stored(built)) == table


@pytest.fixture
def answer() -> dict[str, object]:
    facet = {"results": [{"value": "시설", "count": 3}]}
    return {
        "rows": [[7, "시설"]],
        "columns": ["id", "area"],
        "filtered_table_rows_count": 3,
        "facet_results": dict.fromkeys(FACETS, facet),
        "query": {"sql": "select * from records where rowid in (… records_fts match escape_fts(:search))"},
    }


def test_a_complete_page_of_datasette_is_an_answer(answer: dict[str, object]) -> None:
    page = datasette.complete(answer, searched=True)
    assert (page.total, page.hits, page.facets["area"]) == (3, (7,), {"시설": 3})


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("facet_results", {"area": {"results": []}}),
        ("filtered_table_rows_count", None),
        ("query", {"sql": "select * from records"}),
    ],
)
def test_a_page_on_which_something_timed_out_is_none(
    answer: dict[str, object], key: str, value: object
) -> None:
    with pytest.raises(datasette.Incomplete):
        datasette.complete({**answer, key: value}, searched=True)


def test_a_row_holds_the_title_the_cells_and_the_first_measure() -> None:
    columns = (
        Column("비율", "rate", slot="m0"),
        Column("건수", "measure", slot="m1"),
        Column("동", "region", slot="d0"),
    )
    dataset = Dataset("d", "민원", "행정", "강동구청", "", "f.csv", "e", "2026-01-01", 2, columns)
    record = Record(
        "d",
        0,
        "행정",
        "강동구청",
        "길동",
        {"동": "길동", "건수": "7"},
        2024,
        region="",
        measures={"m0": 0.5, "m1": 7.0},
    )
    rate_only = Record("d", 1, "행정", "강동구청", "길동", {}, measures={"m0": 0.5})
    assert list(rows(dataset, [record, rate_only])) == [
        Row("d", "행정", "강동구청", None, 2024, "길동", "길동 길동 7", 7.0),
        Row("d", "행정", "강동구청", None, None, "길동", "길동", None),
    ]


def flat_rows(workshop: Workshop) -> Iterator[Row]:
    from catalogue import datasets

    for flat in map(workshop.flat, datasets.current(workshop.catalogue)):
        yield from rows(flat.dataset, flat.records())


def test_the_rows_of_a_portal_are_its_records(published: Workshop, tmp_path: Path) -> None:
    sqlite.build(flat_rows(published), tmp_path / "portal.sqlite")
    with closing(sqlite.opened(tmp_path / "portal.sqlite")) as database:
        counted = sqlite.page(database, "")
    live = published.engine.live().datasets.values()
    assert counted.total == sum(one.records for one in live)
    assert set(counted.facets["provider"]) == {one.provider for one in live}
