"""Addresses are read in one place, refuse what cannot be used by name, and come back as they went."""

from urllib.parse import parse_qsl, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st
from werkzeug.datastructures import MultiDict

from app.forms import Form, list_form, records_form, search_form
from app.params import ParamError, Params, read
from search.documents import Column
from tests.app.tiny import dataset

SEARCH = search_form(10)
RECORDS = records_form(
    dataset("x", [Column("구분", "category", slot="d0"), Column("q", "category", slot="d1")], []), 20
)


def args(address: str) -> MultiDict[str, str]:
    return MultiDict(parse_qsl(urlsplit(address).query))


def asked(form: Form = SEARCH, *, strict: bool = True, **given: str | list[str]) -> Params:
    return read(MultiDict(given), form, strict=strict)


words = st.text(st.characters(exclude_categories=["Cs"]), max_size=30)
values = st.lists(words.filter(bool), max_size=3)


asking = st.fixed_dictionaries(
    {
        "q": words,
        "area": values,
        "provider": values,
        "year": st.lists(st.integers(1900, 2100).map(str), max_size=3),
        "page": st.integers(1, 10**6).map(str),
        "size": st.integers(1, 100).map(str),
        "sort": st.sampled_from(["", "relevance", "newest", "name"]),
    }
)


@given(asking)
def test_a_state_and_its_address_are_the_same(given: dict[str, str | list[str]]) -> None:
    try:
        params = read(MultiDict(given), SEARCH)
    except ParamError:
        return
    address = params.url("/search", SEARCH.size)
    assert read(args(address), SEARCH, strict=True) == params
    assert read(args(address), SEARCH).url("/search", SEARCH.size) == address


def test_what_is_usual_is_left_out_of_the_address() -> None:
    assert asked(q="화장실", page="1", sort="relevance", size="10").url("/search", 10).count("=") == 1
    assert asked(sort="newest").url("/search", 10) == "/search"


def test_equal_states_have_one_address() -> None:
    one = asked(area=["가", "나"], year=["2020"])
    other = asked(year=["2020", "2020"], area=["나", "가"])
    assert one == other
    assert one.toggled("area", "다").toggled("area", "다") == one


def test_relevance_needs_words() -> None:
    assert asked(q="화장실").sort == "relevance"
    assert asked().sort == "newest"
    assert asked(sort="relevance").sort == "newest"


def test_an_order_that_was_chosen_stays_when_the_words_change() -> None:
    assert asked(q="화장실", sort="name").asking("").sort == "name"
    assert asked(q="화장실").asking("").sort == "newest"
    assert asked().asking("화장실").sort == "relevance"


def test_line_breaks_are_blanks_and_invisible_characters_are_nothing() -> None:
    assert asked(q=" 천호동\t\n 화장\u200b실 ").q == "천호동 화장실"


@pytest.mark.parametrize(
    ("form", "name", "value"),
    [
        (SEARCH, "q", "가\x00나"),
        (SEARCH, "q", "\x1b[2J"),
        (SEARCH, "area", "가\x00"),
        (SEARCH, "year", "이천"),
        (SEARCH, "year", "20200"),
        (SEARCH, "page", "0"),
        (SEARCH, "page", "-1"),
        (SEARCH, "page", "１"),
        (SEARCH, "page", "9" * 400),
        (SEARCH, "size", "101"),
        (SEARCH, "sort", "best"),
        (SEARCH, "cursor", "1"),
        (SEARCH, "nonsense", "1"),
        (list_form(30), "sort", "relevance"),
        (list_form(30), "q", "화장실"),
        (RECORDS, "page", "501"),
        (RECORDS, "cursor", "x"),
        (RECORDS, "sort", "name"),
    ],
)
def test_a_refusal_names_the_parameter(form: Form, name: str, value: str) -> None:
    with pytest.raises(ParamError) as refused:
        read(MultiDict({name: value}), form, strict=True)
    assert refused.value.name == name
    assert name in str(refused.value)


def test_too_many_values_are_refused() -> None:
    with pytest.raises(ParamError, match="area"):
        asked(area=[str(n) for n in range(51)])


def test_cursor_and_page_exclude_each_other() -> None:
    with pytest.raises(ParamError, match="cursor"):
        asked(RECORDS, cursor="1", page="2")


def test_pages_pass_over_what_they_do_not_know() -> None:
    assert asked(strict=False, q="화장실", utm_source="모임", fbclid="x") == asked(q="화장실")


def test_a_column_cannot_take_the_place_of_a_parameter() -> None:
    assert [facet.name for facet in RECORDS.facets] == ["year", "region", "구분"]
    assert asked(RECORDS, 구분="가").values("구분") == ("가",)
