"""A typed table becomes a dataset and its records; nothing of a row is lost."""

import random
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

import pandas as pd

from catalogue.datasets import Current
from indexer.flatten import Sum, flatten
from search.documents import MEASURE_SLOTS


def current(columns: Sequence[tuple[str, str, str | None]], records: int) -> Current:
    described = [{"name": n, "role": role, "kind": kind, "unit": None} for n, role, kind in columns]
    return Current(
        "d", "d.csv", "공중화장실 현황", "환경 > 화장실", "강동구", "", False, "h" * 64,
        datetime(2026, 1, 1, tzinfo=UTC), records, {"columns": described}, {"messages": []},
    )  # fmt: skip


def table(
    rows: int, texts: dict[str, list[str]], numbers: dict[str, list[float]], **typed: Any
) -> pd.DataFrame:
    plain = {
        "#year": pd.array([None] * rows, dtype="Int64"),
        "#period": [""] * rows,
        "#region": [None] * rows,
        "#lat": [float("nan")] * rows,
        "#lon": [float("nan")] * rows,
    }
    named = {f"#{name}": values for name, values in {**typed, **numbers}.items()}
    return pd.DataFrame({**texts, **plain, **named})


def test_a_record_has_the_row_the_place_and_the_words_people_use_for_it() -> None:
    frame = table(
        2,
        {"이름": ["가", "나"], "칸": ["1,200", ""]},
        {"칸": [1200.0, float("nan")]},
        year=pd.array([2020, None], dtype="Int64"),
        period=["2020-05", None],
        region=["천호1동", None],
        lat=[37.5, float("nan")],
        lon=[127.1, 127.1],
    )
    found = flatten(
        current([("이름", "label", None), ("칸", "measure", "stock")], 2), frame, {"천호1동": ("천호동",)}
    )
    first, second = found.records()
    assert first.row == {"이름": "가", "칸": "1,200"}
    assert (first.title, first.year, first.period, first.region) == ("가", 2020, "2020-05", "천호1동")
    assert first.location == (37.5, 127.1)
    assert first.measures == {"m0": 1200.0}
    assert {"2020", "천호1동", "천호동"} <= set(first.extra)
    assert second.row == {"이름": "나"}
    assert (second.year, second.region, second.location, second.measures) == (None, None, None, {})
    assert found.sums() == {"m0": Sum(1, 1200.0, 1200.0)}


def test_a_row_without_a_label_is_named_by_time_place_and_categories() -> None:
    frame = table(1, {"성별": ["여"], "동": ["길동"], "연도": ["2020"]}, {})
    columns = [("성별", "category", None), ("동", "region", None), ("연도", "time", None)]
    (record,) = flatten(current(columns, 1), frame, {}).records()
    assert record.title == "2020 · 길동 · 여"


def test_columns_beyond_the_slots_stay_findable_and_are_reported() -> None:
    names = [f"수{n}" for n in range(MEASURE_SLOTS + 3)]
    frame = table(1, {name: ["7"] for name in names}, {name: [7.0] for name in names})
    found = flatten(current([(name, "measure", "flow") for name in names], 1), frame, {})
    (record,) = found.records()
    assert len(record.measures) == MEASURE_SLOTS
    assert set(record.row) == set(names)
    assert "3개는" in found.dataset.report["messages"][-1]


def test_a_column_with_endless_values_is_text_and_no_dimension() -> None:
    chance = random.Random(1)
    values = [str(chance.random()) for _ in range(3_000)]
    found = flatten(current([("무엇", "category", None)], 3_000), table(3_000, {"무엇": values}, {}), {})
    assert found.dataset.columns[0].slot is None
