"""A number finds what holds this number, not what holds its figures, on both engines."""

import pytest

from search.documents import Column
from search.engine import Engine, Snapshot
from search.finding.find import Asked, find
from search.language.query import Language
from search.language.synonyms import Synonyms
from tests.app.tiny import dataset, publish, record

CELLS = {
    "가": ("천호대로 1005", "02-820-1522", "1,200", "118900050"),
    "나": ("천호대로1005번지", "15220", "74151", "37.5"),
    "다": ("천호대로 21005", "82.01", "10", "05"),
    "라": ("성내로 10", "1005-12, 342-3번지", "2020-01-05", "1189 0005 0"),
}


@pytest.fixture
def snapshot(engine: Engine) -> Snapshot:
    names = ("주소", "전화", "수", "번호")
    records = [
        record("수", n, {"이름": name, **dict(zip(names, cells, strict=True))})
        for n, (name, cells) in enumerate(CELLS.items())
    ]
    columns = [Column("이름", "label", slot="d0"), *(Column(name, "text") for name in names)]
    return publish(engine, (dataset("수", columns, records), records))


@pytest.mark.parametrize(
    ("q", "names"),
    [
        ("1005", "가나라"),
        ("21005", "다"),
        ("천호대로 1005", "가나"),
        ("1005번지", "나"),
        ("118900050", "가라"),
        ("1189", "라"),
        ("02-820-1522", "가"),
        ("820-1522", "가"),
        ("028201522", "가"),
        ("1522", "가"),
        ("1200", "가"),
        ("1,200", "가"),
        ("74,151", "나"),
        ("37.5", "나"),
        ("10-05", "다라"),
        ("100-5", ""),
        ("342-3", "라"),
        ("3", "라"),
        ("34-3", ""),
        ("7-4", ""),
        ("820", "가"),
        ("10", "다라"),
        ("1005-12", "라"),
        ("20200105", "라"),
        ("2020", "라"),
        ('"1005"', "가나라"),
        ('천호대로 -"1005"', "다"),
    ],
)
def test_a_number_is_found_where_it_stands_alone(snapshot: Snapshot, q: str, names: str) -> None:
    found = find(snapshot, Asked(q, records=9), Language.of(snapshot.datasets.values(), Synonyms({}), 2026))
    shown = sorted(hit.record.row["이름"] for one in found.datasets for hit in one.hits)
    assert shown == sorted(names)
    assert found.total == len(names)
