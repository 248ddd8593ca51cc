"""A day is found however it is written, in queries and in records, and no other day is; on both engines."""

import pytest

from search.documents import Column
from search.engine import Engine, Snapshot
from search.finding.find import Asked, find
from search.language.query import Language
from search.language.synonyms import Synonyms
from tests.app.tiny import dataset, publish, record

CELLS = {
    "가": ("2024-07-15", "15시"),
    "나": ("2024.7.15", "1"),
    "다": ("20240715", "1"),
    "라": ("2024년 7월 15일 신고", "1"),
    "마": ("2024-07-14", "15시, 7건"),
    "바": ("2024년 15월", "7"),
    "사": ("2024.11.1", "1"),
    "아": ("2024.1.11", "1"),
    "차": ("접수 2024-09-30 09:30~2024-10-02", "1"),
}
DATED = {"자": "2024-07-15"}
"""By its time alone: its cells say it in two columns."""


@pytest.fixture
def snapshot(engine: Engine) -> Snapshot:
    records = [
        record("날", n, {"이름": name, "날": cells[0], "그밖에": cells[1]})
        for n, (name, cells) in enumerate(CELLS.items())
    ]
    records += [
        record("날", len(CELLS), {"이름": name, "날": "7/15", "그밖에": "2024"}, period=period)
        for name, period in DATED.items()
    ]
    columns = [Column("이름", "label", slot="d0"), Column("날", "text"), Column("그밖에", "text")]
    return publish(engine, (dataset("날", columns, records, years=(2024,)), records))


@pytest.mark.parametrize(
    ("q", "names"),
    [
        *(
            (q, "가나다라자")
            for q in (
                "2024-07-15",
                "2024.7.15",
                "2024. 7. 15.",
                "2024/7/15",
                "20240715",
                "2024년 7월 15일",
                "2024년07월15일",
            )
        ),
        ("2024-11-01", "사"),
        ("2024.1.11", "아"),
        ("2024.9.30", "차"),
        ("2024.10.2", "차"),
        ("2024년 7월 15일 신고", "라"),
        ("15시 -2024-07-15", "가마"),
        ('15시 -"2024-07-15"', "마"),
        ('"2024-07-15"', "가나다"),
    ],
)
def test_a_day_is_found_however_it_is_written(snapshot: Snapshot, q: str, names: str) -> None:
    language = Language.of(snapshot.datasets.values(), Synonyms({}), 2026)
    found = find(snapshot, Asked(q, records=20), language)
    shown = sorted(hit.record.row["이름"] for one in found.datasets for hit in one.hits)
    assert shown == sorted(names)
    assert found.total == len(names)
