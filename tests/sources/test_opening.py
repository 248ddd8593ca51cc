"""Answers as a table under our names, and editions that carry all that is needed to make it again."""

import io
import json
import zipfile
from collections.abc import Mapping, Sequence
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sources.errors import SourceError
from sources.opening import doubled, has_rows, opened, rows_of, table_of
from sources.packing import Packed, pack, unpack

Names = Mapping[str, tuple[str, ...]]


def page(*rows: Mapping[str, str]) -> bytes:
    return json.dumps({"data": list(rows)}).encode()


def packed(pages: Sequence[bytes], columns: Names | None = None, **more: object) -> Packed:
    made = Packed("datagokr", "entry", tuple(pages), ("",) * len(pages), columns or {})
    return replace(made, **more)  # type: ignore[arg-type]


def table(*pages: bytes, columns: Names | None = None, **more: object) -> list[dict[str, str]]:
    return rows_of(table_of(packed(pages, columns, **more)).data)


def test_our_names_stand_in_place_of_the_wire_and_the_others_stay() -> None:
    found = table(page({"NM": "가", "더": "1"}), columns={"이름": ("NM",)})
    assert found == [{"이름": "가", "더": "1"}]


def test_names_differ_in_case_now_and_then() -> None:
    assert table(page({"prkplceNm": "가"}), columns={"이름": ("PRKPLCENM",)}) == [{"이름": "가"}]


@pytest.mark.parametrize("wire", ["NEW", "OLD"])
def test_old_and_new_names_are_one_column(wire: str) -> None:
    assert table(page({wire: "1"}), columns={"값": ("NEW", "OLD")}) == [{"값": "1"}]


def test_a_name_that_changes_between_two_pages_is_still_one_column() -> None:
    pages = page({"NEW": "1", "x": "a"}), page({"OLD": "2", "x": "b"})
    for told in (pages, pages[::-1]):
        found = table(*told, columns={"값": ("NEW", "OLD")})
        assert sorted(row["값"] for row in found) == ["1", "2"]
        assert set(found[0]) == {"값", "x"}


def test_what_stands_beside_the_first_name_is_another_thing() -> None:
    """Two pairs of coordinates: one is read, the other keeps its name."""
    found = table(page({"LAT": "37.5", "YCORD": "453000"}), columns={"위도": ("LAT", "YCORD")})
    assert found == [{"위도": "37.5", "YCORD": "453000"}]


def test_a_field_called_as_one_of_ours_does_not_overwrite_it() -> None:
    found = table(page({"동명": "길동", "동": "1174068500"}), columns={"동": ("동명",)})
    assert found == [{"동": "길동", "동 (원래 이름)": "1174068500"}]


def test_fields_that_only_some_rows_have_are_empty_in_the_others() -> None:
    assert table(page({"a": "1"}, {"b": "2"})) == [{"a": "1", "b": ""}, {"a": "", "b": "2"}]


@pytest.mark.parametrize("needed", ["key", "newest_by", "where"])
def test_a_field_is_missed_without_which_the_table_is_another(needed: str) -> None:
    more: dict[str, object] = {
        "key": {"key": ("번호",)},
        "newest_by": {"key": ("이름",), "newest_by": "번호"},
        "where": {"where": {"번호": ("1",)}},
    }[needed]  # type: ignore[assignment]
    columns: Names = {"이름": ("NM",), "번호": ("NO", "MANAGE_NO"), "값": ("V",)}
    with pytest.raises(SourceError) as error:
        table(page({"NM": "가", "NO_NEW": "1", "V": "3"}), columns=columns, **more)
    assert error.value.kind == "fields"
    for named in ("번호(NO·MANAGE_NO)", "NO_NEW"):
        assert named in str(error.value)


def test_a_table_of_which_most_is_gone_is_another_one() -> None:
    columns: Names = {"가": ("A",), "나": ("B",), "다": ("C",)}
    with pytest.raises(SourceError, match="나"):
        table(page({"A": "1", "B2": "2", "C2": "3"}), columns=columns)


def test_one_field_less_is_said_and_left_to_the_gate() -> None:
    columns: Names = {"가": ("A",), "나": ("B",), "다": ("C",)}
    found = table_of(packed([page({"A": "1", "B": "2", "C2": "3"})], columns))
    assert any("다(C)" in note for note in found.notes)


def test_no_rows_are_no_loss_of_fields() -> None:
    found = table_of(packed([page()], {"가": ("A",)}, key=("가",)))
    assert (found.rows, has_rows(found.data)) == (0, False)


def test_only_wanted_rows_are_kept_and_that_is_said() -> None:
    rows = ({"GU": "강동구", "n": "1"}, {"GU": "송파구", "n": "2"}, {"GU": "강동", "n": "3"})
    found = table_of(packed([page(*rows)], {"구": ("GU",)}, where={"구": ("강동구", "강동")}))
    assert [row["n"] for row in rows_of(found.data)] == ["1", "3"]
    assert found.rows == 2
    assert "3행 가운데 구 강동구·강동인 2행" in found.notes[0]


def test_of_rows_with_one_key_the_newest_is_kept_in_place_of_the_first() -> None:
    rows = [("1", "20260101", "a"), ("2", "20260101", "b"), ("1", "20260301", "c"), ("1", "20260201", "d")]
    made = page(*({"NO": no, "AT": at, "V": value} for no, at, value in rows))
    found = table_of(packed([made], {"번호": ("NO",), "때": ("AT",)}, key=("번호",), newest_by="때"))
    assert [row["V"] for row in rows_of(found.data)] == ["c", "b"]
    assert "2행" in found.notes[0]


def test_without_a_time_rows_of_one_key_are_counted() -> None:
    rows = rows_of(b"a,b,c\n1,1,x\n1,2,x\n1,1,y\n1,1,z\n")
    assert (doubled(rows, ["a", "b"]), doubled(rows, ["c"]), doubled([], ["a"])) == (2, 1, 0)


def test_signs_of_csv_within_values_are_kept() -> None:
    value = 'a,"b"\nc\r\nd'
    assert table(page({"x": value, "y": "1"})) == [{"x": value, "y": "1"}]


@given(
    st.lists(st.binary(max_size=60), max_size=5),
    st.dictionaries(st.text(max_size=8), st.lists(st.text(max_size=8), max_size=3).map(tuple), max_size=4),
    st.lists(st.text(max_size=8), max_size=3).map(tuple),
)
def test_what_is_packed_comes_out_again(
    pages: list[bytes], columns: dict[str, tuple[str, ...]], key: tuple[str, ...]
) -> None:
    made = packed(pages, columns, key=key, where=columns, newest_by="x")
    assert unpack(pack(made)) == made
    assert pack(made) == pack(made)


ZIP = pack(packed([page({"a": "1"})]))


def zipped(about: object, name: str = "gbp-edition.json") -> bytes:
    sink = io.BytesIO()
    with zipfile.ZipFile(sink, "w") as archive:
        archive.writestr(name, json.dumps(about))
    return sink.getvalue()


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"PK",
        "이름,값\n가,1\n".encode(),
        ZIP[:-30],
        ZIP[:60] + b"\x00" * 8 + ZIP[68:],
        zipped({}, "other.json"),
        zipped({}),
        zipped([]),
        zipped("x"),
        zipped({"source": "seoul", "entry": "x", "asked": 3, "columns": {}, "where": {}, "key": 1}),
        zipped({"source": "seoul", "entry": "x", "asked": [], "columns": [], "where": {}, "key": []}),
    ],
)
def test_what_only_looks_like_an_edition_is_a_file_like_any_other(data: bytes) -> None:
    assert unpack(data) is None
    assert opened(data) is None


def test_an_edition_of_an_unknown_source_is_refused() -> None:
    with pytest.raises(SourceError, match="nowhere"):
        opened(pack(packed([page()], source="nowhere")))


def test_a_damaged_page_is_refused() -> None:
    with pytest.raises(SourceError) as error:
        opened(pack(packed([page({"a": "1"})[:-5]])))
    assert error.value.kind == "cut"
