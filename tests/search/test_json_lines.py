"""JSON of many records is what Python writes of each, whatever a record lacks."""

import json

from hypothesis import given
from hypothesis import strategies as st

from search.batch import texts
from search.json_lines import as_json, as_object, members, nested, written

TEXTS = st.text(alphabet='가나 12a,."\\\n𠮷', max_size=6)
COLUMNS = st.integers(1, 4).flatmap(
    lambda rows: st.lists(st.lists(st.none() | TEXTS, min_size=rows, max_size=rows), min_size=1, max_size=4)
)


def whole(columns: list[list[str | None]]) -> list[dict[str, str]]:
    rows = zip(*columns, strict=True)
    return [{f"열{at}": cell for at, cell in enumerate(row) if cell is not None} for row in rows]


@given(COLUMNS)
def test_an_object_holds_what_a_record_has_in_the_order_of_the_columns(
    columns: list[list[str | None]],
) -> None:
    found = written(as_object([members(f"열{at}", texts(column)) for at, column in enumerate(columns)]))
    read = [json.loads(one) for one in found.to_pylist()]
    assert read == whole(columns)
    assert [list(one) for one in read] == [list(one) for one in whole(columns)]


@given(COLUMNS)
def test_an_object_in_an_object_is_left_out_where_it_is_empty(columns: list[list[str | None]]) -> None:
    inner = nested("행", [members(f"열{at}", texts(column)) for at, column in enumerate(columns)])
    found = written(as_object([inner, members("끝", texts(["z"] * len(columns[0])))]))
    wanted = [{"행": row, "끝": "z"} if row else {"끝": "z"} for row in whole(columns)]
    assert [json.loads(one) for one in found.to_pylist()] == wanted


@given(COLUMNS)
def test_a_list_holds_what_a_record_has(columns: list[list[str | None]]) -> None:
    listed = nested("목록", [as_json(texts(column)) for column in columns], "[]")
    found = written(as_object([listed, members("끝", texts(["z"] * len(columns[0])))]))
    kept = [[cell for cell in row if cell is not None] for row in zip(*columns, strict=True)]
    assert [json.loads(one).get("목록", []) for one in found.to_pylist()] == kept


def test_what_is_the_same_for_all_needs_no_column() -> None:
    found = written(as_object([('"같음":1',), members("이름", texts(["가", None]))]))
    assert found.to_pylist() == ['{"같음":1,"이름":"가"}', '{"같음":1}']
