"""Records side by side are the records: nothing is lost, added or changed by making many at once."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search import prepared, text
from search.batch import Batch
from search.documents import CELLS_DEGREES, Column, Record, cells
from search.json_lines import inside_json, written
from search.morphology import Analyzer, load
from search.opensearch import bulk
from search.stored import as_stored, record_from_json, records_to_json
from tests.app.tiny import dataset
from tests.batches import beside
from tests.contracts.corpus import corpus

CELLS = st.text(alphabet='가나다 12a,."\\·\n大ß𠮷\u200b', min_size=1, max_size=12)
SLOTS = st.sampled_from(["m0", "m1"])
NUMBERS = st.floats(allow_nan=False, allow_infinity=False)


DATASET = dataset(
    "가",
    [
        Column("이름", "label", slot="d0"),
        Column('주"소', "text"),
        Column("대수", "measure", "stock", "대", "m0"),
        Column("비율", "rate", None, "%", "m1"),
    ],
    [],
)


@st.composite
def wild_records(draw: st.DrawFn) -> list[Record]:
    """Records of one dataset with any cells; some have no place, no year, no numbers."""
    count = draw(st.integers(1, 6))
    place = st.one_of(st.none(), st.tuples(st.floats(33, 39), st.floats(124, 132)))
    rows = [draw(st.dictionaries(st.sampled_from(["이름", '주"소']), CELLS)) for _ in range(count)]
    return [
        Record(
            dataset=DATASET.id,
            ordinal=at,
            area=DATASET.area,
            provider=DATASET.provider,
            title=draw(CELLS),
            # cells in the order of their columns
            row={column.name: row[column.name] for column in DATASET.columns if column.name in row},
            year=draw(st.one_of(st.none(), st.integers(1900, 2100))),
            period=draw(st.one_of(st.none(), st.just("2020-05"))),
            region=draw(st.one_of(st.none(), CELLS)),
            location=draw(place),
            measures=draw(st.dictionaries(SLOTS, NUMBERS)),
            dimensions={"d0": row["이름"]} if "이름" in row else {},
            extra=tuple(draw(st.lists(CELLS, max_size=2))),
        )
        for at, row in enumerate(rows)
    ]


@pytest.fixture(scope="module")
def analyzer() -> Analyzer:
    return load()


@given(wild_records())
def test_records_are_the_same_side_by_side_and_one_by_one(records: list[Record]) -> None:
    (batch,) = beside(records)
    assert list(batch.records()) == records


@given(wild_records())
def test_what_is_stored_reads_back_the_same(records: list[Record]) -> None:
    (batch,) = beside(records, DATASET)
    stored = records_to_json(batch).to_pylist()
    assert [record_from_json(one.encode(), DATASET) for one in stored] == records
    inside = written(inside_json(as_stored(batch))).to_pylist()
    assert [record_from_json(json.loads(one), DATASET) for one in inside] == records


@given(wild_records())
def test_a_record_lies_in_the_cells_of_its_place(records: list[Record]) -> None:
    (batch,) = beside(records)
    found = prepared.keywords(batch)
    for name in CELLS_DEGREES:
        values = found[name].to_pylist() if name in found else [None] * len(records)
        assert values == [cells(record.location).get(name) for record in records]


def terms_of(batch: Batch, analyzer: Analyzer) -> list[tuple[str | None, ...]]:
    fields = prepared.matched(batch, analyzer)
    return list(zip(*(fields[name].to_pylist() for name in fields), strict=True))


def test_a_record_has_the_terms_of_each_of_its_cells_and_no_others(analyzer: Analyzer) -> None:
    for records in corpus(seed=4).records.values():
        (batch,) = beside(records)
        for record, found in zip(records, terms_of(batch, analyzer), strict=True):
            cells = zip(*(analyzer.terms(value) for value in record.values()), strict=True)
            wanted = [analyzer.terms(record.title)[0], *(" ".join(part) for part in cells)]
            # the order of cells says nothing: positions are not kept
            assert [sorted((one or "").split()) for one in found] == [sorted(one.split()) for one in wanted]


def test_a_record_without_a_title_is_called_as_its_dataset(analyzer: Analyzer) -> None:
    (batch,) = beside(corpus(seed=4).all()[:1])
    nameless = Batch(**{**batch.__dict__, "title": (), "called": "공중화장실"})
    assert nameless.titles().to_pylist() == ["공중화장실"]
    assert terms_of(nameless, analyzer)[0][0] == analyzer.terms("공중화장실")[0]


def test_opensearch_is_given_the_runs_of_every_cell() -> None:
    for records in corpus(seed=4).records.values():
        (batch,) = beside(records)
        for record, line in zip(records, bulk.documents(batch, "v").to_pylist(), strict=True):
            document = json.loads(line)
            runs = [run for value in record.values() for run in text.runs(value)]
            inside = document.get("inside", [])
            assert len(inside) <= 1
            assert sorted(document.get("body", [])) == sorted(runs)
            words = [value for value in record.values() if not all(map(text.is_digits, text.runs(value)))]
            assert sorted(" ".join(inside).split()) == sorted(
                run for value in words for run in text.runs(value)
            )
            across = [whole for value in words if len(whole := text.joined(value)) > 1]
            assert sorted(document.get("across", [])) == sorted(across)
            alone = [one for value in record.values() for one in text.singles(text.runs(value))]
            assert sorted(document.get("single", [])) == sorted(alone)
