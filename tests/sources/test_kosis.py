"""KOSIS: questions by periods, answers as the statistic is printed."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from settings import SEOUL
from sources.errors import SourceError
from sources.kosis import read, table
from sources.opening import opened, rows_of
from sources.packing import unpack
from sources.paging import Page
from tests.sources.calling import Fetching
from tests.sources.entries import KOSIS, made
from tests.sources.stubs import Fault, Stub


@pytest.fixture
def stub() -> Iterator[Stub]:
    with Stub() as serving:
        yield serving


def cell(value: str = "1", time: str = "202608", kind: str = "M", **more: str) -> dict[str, str]:
    return {
        "PRD_DE": time,
        "PRD_SE": kind,
        "C1": "11740",
        "C1_NM": "강동구",
        "C1_OBJ_NM": "행정구역별",
        "ITM_ID": "T20",
        "ITM_NM": "총인구수",
        "UNIT_NM": "명",
        "DT": value,
        **more,
    }


def printed(*cells: dict[str, str]) -> list[dict[str, str]]:
    return [dict(row) for row in table([Page(cells)]).rows]


def asked(stub: Stub, name: str = "prdSe") -> list[str]:
    return [call.params[name] for call in stub.calls]


@pytest.mark.parametrize(
    ("kind", "time", "shown"),
    [
        ("A", "2024", "2024"),
        ("F", "2020", "2020"),
        ("M", "202402", "2024-02"),
        ("Q", "202402", "2024 2/4"),
        ("S", "202401", "2024 상반기"),
        ("S", "202402", "2024 하반기"),
        ("H", "202402", "2024 하반기"),
        ("D", "20240815", "2024-08-15"),
        ("IR", "2019", "2019"),
        ("IR", "202011", "2020-11"),
    ],
)
def test_a_time_means_what_its_kind_says(kind: str, time: str, shown: str) -> None:
    (row,) = printed(cell(time=time, kind=kind))
    assert row["시점"] == shown


def test_items_and_units_become_columns() -> None:
    found = printed(
        cell("480000"),
        cell("237000", ITM_ID="T21", ITM_NM="남자인구수"),
        cell("1.94", ITM_ID="T30", ITM_NM="세대당 인구(명)"),
        cell("107.1", ITM_ID="T40", ITM_NM="지수<br>(잠정)", UNIT_NM="2020＝100"),
        cell("3", ITM_ID="T50", ITM_NM="건수", UNIT_NM=""),
    )
    assert found == [
        {
            "시점": "2026-08",
            "행정구역별": "강동구",
            "총인구수 (명)": "480000",
            "남자인구수 (명)": "237000",
            "세대당 인구(명)": "1.94",
            "지수 (잠정) (2020=100)": "107.1",
            "건수": "3",
        }
    ]


def test_symbols_are_left_to_the_one_who_reads_the_file() -> None:
    values = ["-", "", "X", "1,234 (p)", "…"]
    found = printed(*(cell(value, time=f"20260{n + 1}") for n, value in enumerate(values)))
    assert [row["총인구수 (명)"] for row in found] == values


def test_places_of_one_name_are_told_apart_by_their_codes() -> None:
    """There is a 중구 in Seoul and one in Busan."""
    found = printed(cell("1", C1="11140", C1_NM="중구"), cell("2", C1="26110", C1_NM="중구"), cell("3"))
    names = [row["행정구역별"] for row in found]
    assert names == ["중구 (11140)", "중구 (26110)", "강동구"]
    assert [row["총인구수 (명)"] for row in found] == ["1", "2", "3"]


def test_a_place_that_was_given_another_code_keeps_its_name() -> None:
    found = printed(cell("1", "2020", "A", C1="11250510"), cell("2", "2021", "A", C1="11250750"))
    assert [row["행정구역별"] for row in found] == ["강동구", "강동구"]


def test_items_of_one_name_are_told_apart_too() -> None:
    (row,) = printed(cell("1", ITM_ID="A", ITM_NM="계"), cell("2", ITM_ID="B", ITM_NM="계"))
    assert (row["계 (A) (명)"], row["계 (B) (명)"]) == ("1", "2")


def test_a_cell_may_come_twice_with_one_value_but_not_with_two() -> None:
    assert len(printed(cell("1"), cell("1"))) == 1
    with pytest.raises(SourceError, match=r"2026-08, 강동구의 총인구수 \(명\) 값이 두 번") as error:
        printed(cell("1"), cell("2"))
    assert error.value.kind == "form"


def test_levels_that_a_table_does_not_have_are_no_columns() -> None:
    (row,) = printed(cell(C2="0", C2_NM="계", C2_OBJ_NM="5세별", C3="1", C3_NM="남"))
    assert list(row) == ["시점", "행정구역별", "5세별", "분류3", "총인구수 (명)"]


@pytest.mark.parametrize(
    ("period", "newest", "first", "last"),
    [
        ("M", 5, "202509", "202601"),
        ("M", 1, "202601", "202601"),
        ("M", 14, "202412", "202601"),
        ("Q", 4, "202502", "202601"),
        ("S", 3, "202501", "202601"),
        ("Y", 30, "1997", "2026"),
    ],
)
def test_the_newest_periods_are_asked_for(
    stub: Stub, tmp_path: Path, period: str, newest: int, first: str, last: str
) -> None:
    Fetching(stub, tmp_path).fetch(entry(period=period, newest=newest))
    (call,) = stub.calls
    assert [call.params[name] for name in ("prdSe", "startPrdDe", "endPrdDe")] == [period, first, last]


@pytest.mark.parametrize(
    ("period", "month", "last"), [("Q", 12, "202604"), ("S", 6, "202601"), ("S", 7, "202602")]
)
def test_the_running_period_is_the_last(
    stub: Stub, tmp_path: Path, period: str, month: int, last: str
) -> None:
    at = datetime(2026, month, 30, tzinfo=SEOUL)
    Fetching(stub, tmp_path, now=at).fetch(entry(period=period, newest=2))
    assert asked(stub, "endPrdDe") == [last]


def test_a_period_that_is_none_is_our_mistake(stub: Stub, tmp_path: Path) -> None:
    with pytest.raises(SourceError, match="Y, S, Q, M"):
        Fetching(stub, tmp_path).fetch(entry(period="W"))


def entry(**more: Any) -> Any:
    return replace(KOSIS.entry, request={**KOSIS.entry.request, **more})


def test_items_are_a_list_that_ends_in_a_plus_and_all_is_none(stub: Stub, tmp_path: Path) -> None:
    Fetching(stub, tmp_path).fetch(KOSIS.entry)
    Fetching(stub, tmp_path).fetch(entry(items=["ALL"]))
    assert asked(stub, "itmId") == ["T20+T21+T22+", "ALL"]


def test_years_come_back_as_a_and_census_codes_are_others(stub: Stub, tmp_path: Path) -> None:
    request = {
        "org": "101",
        "table": "DT_1IN1502",
        "items": ["T00"],
        "levels": {"objL1": "ALL"},
        "period": "Y",
        "newest": 3,
    }
    edition = opened(Fetching(stub, tmp_path).fetch(made("census", "kosis", request)))
    assert edition
    rows = rows_of(edition.data)
    assert (len(rows), {row["시점"] for row in rows}) == (40, {"2024", "2025"})


def test_too_many_cells_are_asked_for_in_halves_and_make_the_same_table(stub: Stub, tmp_path: Path) -> None:
    whole = opened(Fetching(stub, tmp_path).fetch(KOSIS.entry))
    stub.calls.clear()
    stub.kosis_most_cells = 12
    parts = Fetching(stub, tmp_path)
    edition = parts.fetch(KOSIS.entry)
    assert opened(edition) == whole
    packed = unpack(edition)
    assert packed
    assert packed.asked == ("202509-202510", "202511-202511", "202512-202601")
    assert len(stub.calls) == 5
    assert parts.pages[-1] == (3, 3)


def test_one_period_with_too_many_cells_is_our_mistake(stub: Stub, tmp_path: Path) -> None:
    stub.kosis_most_cells = 3
    with pytest.raises(SourceError, match="항목이나 분류를 줄여") as error:
        Fetching(stub, tmp_path).fetch(KOSIS.entry)
    assert error.value.kind == "request"


def test_a_tab_in_a_text_and_keys_without_quotation_marks(stub: Stub, tmp_path: Path) -> None:
    right = opened(Fetching(stub, tmp_path).fetch(KOSIS.entry))
    for fault in ("kosis_tab", "kosis_unquoted"):
        stub.fault = Fault(fault)
        assert opened(Fetching(stub, tmp_path).fetch(KOSIS.entry)) == right


def test_a_bad_key_says_which_setting_it_is() -> None:
    with pytest.raises(SourceError, match="GBP_KOSIS_KEY"):
        read(b'{err:"11",errMsg:"key"}')


@pytest.mark.parametrize("body", [b"12", b'"x"', b"[1]", b"{}x", b"[[]]"])
def test_what_is_built_otherwise_is_said_to_be(body: bytes) -> None:
    with pytest.raises(SourceError) as error:
        read(body)
    assert error.value.kind == "form"
