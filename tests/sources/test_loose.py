"""JSON without quotation marks around its keys, whatever its values hold."""

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sources.loose import quoted

keys = st.from_regex(r"[A-Za-z_가-힣][A-Za-z0-9_가-힣]{0,8}", fullmatch=True)
plain = (
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text()
)
values = st.recursive(
    plain, lambda inner: st.lists(inner, max_size=4) | st.dictionaries(keys, inner, max_size=4), max_leaves=20
)
blanks = st.sampled_from(["", " ", "\n", "\t  "])


def loose(value: Any, blank: str = "") -> str:
    """As KOSIS writes it, with blanks where JSON lets them be."""
    if isinstance(value, list):
        return f"[{blank}" + f"{blank},{blank}".join(loose(one, blank) for one in value) + f"{blank}]"
    if isinstance(value, dict):
        members = (f"{name}{blank}:{blank}{loose(one, blank)}" for name, one in value.items())
        return f"{{{blank}" + f"{blank},{blank}".join(members) + f"{blank}}}"
    return json.dumps(value, ensure_ascii=False)


@given(st.dictionaries(keys, values, max_size=5), blanks)
def test_any_object_comes_out_as_it_was(value: dict[str, Any], blank: str) -> None:
    assert json.loads(quoted(loose(value, blank))) == value


@given(st.lists(st.dictionaries(keys, values, max_size=4), max_size=4), blanks)
def test_any_list_of_objects_comes_out_as_it_was(value: list[Any], blank: str) -> None:
    assert json.loads(quoted(loose(value, blank))) == value


@given(value=values, ascii_only=st.booleans())
def test_strict_json_is_left_as_it_is(value: Any, *, ascii_only: bool) -> None:
    text = json.dumps(value, ensure_ascii=ascii_only)
    assert quoted(text) == text


@pytest.mark.parametrize(
    ("text", "value"),
    [
        (
            '{err:"10",errMsg:"인증KEY값이 누락되었습니다."}',
            {"err": "10", "errMsg": "인증KEY값이 누락되었습니다."},
        ),
        ('[{TBL_NM:"a {b, c: d} \\"e\\", f"}]', [{"TBL_NM": 'a {b, c: d} "e", f'}]),
        ('{a:[true,null,{b:false}],"c":1e5}', {"a": [True, None, {"b": False}], "c": 1e5}),
    ],
)
def test_as_it_was_seen(text: str, value: Any) -> None:
    assert json.loads(quoted(text)) == value


@given(st.text())
def test_no_text_brings_it_down(text: str) -> None:
    assert isinstance(quoted(text), str)
