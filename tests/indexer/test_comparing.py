"""The gate between two editions: what it lets pass, what it holds, and what it says."""

from collections.abc import Mapping
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from catalogue.holds import GATES, RELEASES_NEEDED, releases_needed
from indexer.comparing import Bounds, Shape, compare, new_columns

ANY = Bounds()
COLUMNS = {"이름": "text", "동": "place", "연도": "time", "건수": "number"}


def shape(records: int = 100, columns: Mapping[str, str] | None = None, values: int = 0) -> Shape:
    return Shape(records, COLUMNS if columns is None else columns, values)


def kinds(before: Shape | None, after: Shape, bounds: Bounds = ANY, doubled: int = 0) -> list[str]:
    return [str(one["kind"]) for one in compare(before, after, bounds, doubled)]


def said(*given: Any, **more: Any) -> str:
    return " ".join(str(one["message"]) for one in compare(*given, **more))


def test_the_first_edition_has_nothing_to_be_compared_with() -> None:
    assert kinds(None, shape(5), Bounds(at_least=5)) == []
    assert kinds(None, shape(4), Bounds(at_least=5)) == ["few"]


@pytest.mark.parametrize(
    ("after", "most_drop", "held"),
    [
        (100, 0.3, False),
        (500, 0.3, False),
        (70, 0.3, False),
        (69, 0.3, True),
        (1, 1.0, False),
        (49, 0.5, True),
        (50, 0.5, False),
    ],
)
def test_a_share_of_the_rows_may_be_lost(after: int, most_drop: float, *, held: bool) -> None:
    assert kinds(shape(100), shape(after), Bounds(1, most_drop)) == (["drop"] if held else [])


def test_what_is_lost_is_said_in_figures() -> None:
    assert "12,000건에서 4,800건으로 60% 줄었습니다" in said(shape(12_000), shape(4_800), Bounds())
    assert "3건뿐입니다(적어도 1,000건" in said(None, shape(3), Bounds(1_000))


def test_an_edition_after_an_empty_one_has_lost_nothing() -> None:
    assert kinds(shape(0), shape(0), Bounds(1)) == ["few"]
    assert kinds(shape(0), shape(10)) == []


def test_rows_may_be_there_and_their_numbers_gone() -> None:
    assert kinds(shape(100, values=300), shape(100, values=200)) == ["drop"]
    assert "수치가 든 칸이 300개에서 200개로 33%" in said(
        shape(100, values=300), shape(100, values=200), Bounds()
    )
    assert kinds(shape(100, values=300), shape(100, values=290)) == []
    assert kinds(shape(100), shape(100, values=0)) == [], "nobody has counted before"


def test_a_lost_column_is_named() -> None:
    after = {name: role for name, role in COLUMNS.items() if name != "건수"}
    assert kinds(shape(), shape(columns=after)) == ["columns"]
    assert said(shape(), shape(columns=after), Bounds()) == "없어진 항목: 건수"


def test_a_new_column_of_the_same_role_may_be_a_renamed_one() -> None:
    after = {"이름": "text", "행정동": "place", "연도": "time", "건수": "number", "비고": "text"}
    assert said(shape(), shape(columns=after), Bounds()) == "이름이 바뀐 듯한 항목: 동→행정동; 새 항목: 비고"


def test_a_new_column_of_another_role_is_no_renamed_one() -> None:
    after = {"이름": "text", "비고": "text", "연도": "time", "건수": "number"}
    assert said(shape(), shape(columns=after), Bounds()) == "없어진 항목: 동; 새 항목: 비고"


def test_each_new_column_stands_for_one_lost_only() -> None:
    before = {"가": "number", "나": "number"}
    assert said(shape(columns=before), shape(columns={"다": "number"}), Bounds()) == (
        "없어진 항목: 나; 이름이 바뀐 듯한 항목: 가→다"
    )


def test_new_columns_hold_nothing_back_and_are_told() -> None:
    after = shape(columns={**COLUMNS, "비고": "text", "단위": "text"})
    assert kinds(shape(), after) == []
    assert new_columns(shape(), after) == "새 항목: 비고, 단위"
    assert new_columns(shape(), shape()) == new_columns(None, after) == ""


def test_of_many_columns_the_first_are_named() -> None:
    before = shape(columns={f"열{n}": "number" for n in range(30)})
    assert said(before, shape(columns={"열0": "number"}), Bounds()).endswith("열8 외 21개")


def test_repeated_keys_are_counted() -> None:
    assert kinds(None, shape(), doubled=3) == ["doubled"]
    assert "3행에서 되풀이" in said(None, shape(), Bounds(), 3)


def test_everything_that_is_wrong_is_said_at_once() -> None:
    found = kinds(shape(100), shape(5, {"이름": "text"}), Bounds(10), 2)
    assert found == ["few", "doubled", "drop", "columns"]
    assert set(found) <= GATES


counts_ = st.integers(0, 10_000)


@given(counts_, counts_, st.floats(0.01, 1.0))
def test_more_rows_never_hold_an_edition_back(before: int, more: int, most_drop: float) -> None:
    assert "drop" not in kinds(shape(before), shape(before + more), Bounds(0, most_drop))


@given(
    st.dictionaries(st.text(min_size=1, max_size=5), st.sampled_from(["text", "number"]), max_size=8), counts_
)
def test_an_edition_like_the_one_before_passes(columns: dict[str, str], records: int) -> None:
    assert kinds(shape(records, columns, records), shape(records, columns, records), Bounds(0)) == []


def test_a_shape_is_read_from_what_the_catalogue_keeps() -> None:
    kept = {"columns": [{"name": "동", "role": "place", "kind": "", "unit": ""}]}
    assert Shape.of(3, kept, {"values": 7}) == Shape(3, {"동": "place"}, 7)
    assert Shape.of(3, kept, {}) == Shape(3, {"동": "place"}, 0), "of a time before anybody counted"


def test_one_person_may_accept_what_a_gate_holds_and_two_what_is_personal() -> None:
    gate = compare(shape(100), shape(5), Bounds())
    personal = [{"kind": "주민등록번호", "column": "동"}]
    assert (releases_needed(gate), releases_needed(personal)) == (1, RELEASES_NEEDED)
    assert releases_needed([*gate, *personal]) == RELEASES_NEEDED, "one of them is enough"
