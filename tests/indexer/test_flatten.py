"""A typed table becomes a dataset and its records; nothing of a row is lost."""

import random
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from catalogue.datasets import Current
from indexer import flatten as flatten_module
from indexer.flatten import Sum, _may_hold_hanja, flatten
from search.batch import texts
from search.documents import DIMENSION_SLOTS, MEASURE_SLOTS
from search.language.hanja import HANJA
from search.stored import record_from_json, records_to_json


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


def test_of_two_columns_that_are_one_in_the_table_the_last_is_told() -> None:
    frame = table(1, {"월": ["1월"], "값": ["7"]}, {"값": [7.0]})
    columns = [("월", "text", None), ("월", "time", None), ("값", "text", None), ("값", "measure", "flow")]
    found = flatten(current(columns, 1), frame, {})
    (batch,) = found.batches()
    assert [(one.name, one.role) for one in found.dataset.columns] == [("월", "time"), ("값", "measure")]
    (stored,) = records_to_json(batch).to_pylist()
    assert [record_from_json(stored, found.dataset)] == list(found.records())


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


def test_dimensions_beyond_the_slots_stay_findable_and_are_reported() -> None:
    names = [f"분류{n}" for n in range(DIMENSION_SLOTS + 2)]
    frame = table(2, {name: ["가", "나"] for name in names}, {})
    found = flatten(current([(name, "category", None) for name in names], 2), frame, {})
    first, _ = found.records()
    assert len(first.dimensions) == DIMENSION_SLOTS
    assert set(first.row) == set(names)
    assert (
        f"2개는 찾을 수만 있고 나누어 세지 않습니다(분류{DIMENSION_SLOTS}, "
        in found.dataset.report["messages"][-1]
    )


def test_three_hundred_columns_lose_no_cell() -> None:
    numbers, words = [f"수{n}" for n in range(150)], [f"말{n}" for n in range(150)]
    texts = {name: [f"{name}칸"] for name in words} | {name: ["1"] for name in numbers}
    columns = [(n, "measure", "flow") for n in numbers] + [(n, "text", None) for n in words]
    (record,) = flatten(current(columns, 1), table(1, texts, {name: [1.0] for name in numbers}), {}).records()
    assert len(record.row) == 300


def test_what_is_no_number_reaches_no_engine() -> None:
    values = [1.0, float("inf"), float("-inf"), float("nan")]
    frame = table(4, {"칸": ["1", "∞", "-∞", ""]}, {"칸": values})
    found = flatten(current([("칸", "measure", "flow")], 4), frame, {})
    assert [record.measures for record in found.records()] == [{"m0": 1.0}, {}, {}, {}]
    assert found.sums() == {"m0": Sum(1, 1.0, 1.0)}
    assert frame["#칸"].tolist()[1] == float("inf"), "the stored table is not touched"


def test_a_number_column_called_year_does_not_pass_for_the_year_of_a_row() -> None:
    frame = table(1, {"year": ["300"], "period": ["7"]}, {"year": [300.0], "period": [7.0]})
    found = flatten(current([("year", "measure", "flow"), ("period", "measure", "flow")], 1), frame, {})
    (record,) = found.records()
    assert (record.year, record.period, record.measures) == (None, None, {})
    assert record.row == {"year": "300", "period": "7"}
    assert "(year, period)" in found.dataset.report["messages"][-1]


def test_rows_are_numbered_on_past_every_slice(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(flatten_module, "ROWS_AT_A_TIME", 4)
    frame = table(
        10, {"이름": [f"가{n}" for n in range(10)], "수": ["1"] * 10}, {"수": [float(n) for n in range(10)]}
    )
    found = list(
        flatten(current([("이름", "label", None), ("수", "measure", "flow")], 10), frame, {}).records()
    )
    assert [record.ordinal for record in found] == list(range(10))
    assert [record.title for record in found] == [f"가{n}" for n in range(10)]
    assert [record.dimensions["d0"] for record in found] == [f"가{n}" for n in range(10)]


def test_a_cell_in_hanja_is_also_found_as_it_is_read() -> None:
    frame = table(2, {"이름": ["江東區 敬老堂", "길동 경로당"]}, {})
    first, second = flatten(current([("이름", "label", None)], 2), frame, {}).records()
    assert first.extra == ("강동구", "경로당")
    assert second.extra == ()


@given(st.text(max_size=5), st.from_regex(HANJA, fullmatch=True), st.text(max_size=5))
def test_no_column_with_hanja_is_passed_over(before: str, letter: str, after: str) -> None:
    assert _may_hold_hanja(texts(["길동", before + letter + after]))
    assert not _may_hold_hanja(texts(["길동 12-3", None, "Café"]))


def test_the_places_of_a_dataset_are_told_once_each_without_blanks() -> None:
    frame = table(3, {"이름": ["가", "나", "다"]}, {}, region=["길동", "", "길동"])
    assert flatten(current([("이름", "label", None)], 3), frame, {}).dataset.regions == ("길동",)
