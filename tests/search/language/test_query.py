"""What people type becomes clauses; nothing in it is syntax."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.documents import Dataset
from search.language import query
from search.language.holders import Holders
from search.language.query import Language, QueryTooLong
from search.language.synonyms import Synonyms
from search.marks import Marker
from search.plan import Clause, Filter, Word

THIS_YEAR = 2026
PLAIN = Language.of((), Synonyms({}), THIS_YEAR)
RICH = Language.of((), Synonyms.load(), THIS_YEAR)


def clauses(q: str, language: Language = PLAIN) -> tuple[Clause, ...]:
    return query.parse(q, language).clauses


def dataset(key: str, title: str) -> Dataset:
    return Dataset(key, title, "환경 > 화장실", "강동구", "", f"{key}.csv", "e", "2026", 1)


def test_each_word_is_a_clause_once() -> None:
    assert [c.word for c in clauses("천호동 화장실 천호동")] == ["천호동", "화장실"]


def test_a_year_is_found_with_and_without_its_unit() -> None:
    (clause,) = clauses("2020년")
    assert Word("2020", across=False) in clause.variants


@pytest.mark.parametrize(
    "q", ["약국 몇 곳", "약국은 몇 곳인가요", "약국 몇개", "약국 몇 개나", "약국 얼마나"]
)
def test_how_many_there_are_is_no_word_to_find_them_by(q: str) -> None:
    *_, asking = clauses(q)
    assert len(clauses(q)) == 2
    assert asking.general


@pytest.mark.parametrize(
    ("q", "day"),
    [
        ("2024-07-15", "2024-07-15"),
        ("2024. 7. 15.", "2024-07-15"),
        ("2024년 7월 15일", "2024-07-15"),
        ("20240715", "2024-07-15"),
        ("2024-02-30", None),
        ("2024-07.15", None),
        ("02-820-1522", None),
        ("2024년 7월", None),
    ],
)
def test_a_day_with_its_year_is_one_condition(q: str, day: str | None) -> None:
    cases = [case for clause in clauses(q) for case in clause.cases]
    assert cases == ([(Filter("period", (day,)),)] if day else [])
    assert day is None or len(clauses(q)) == 1


def test_synonyms_find_each_other() -> None:
    (clause,) = clauses("씨씨티비", RICH)
    assert "cctv" in {word.text for word in clause.variants}


OWN = Language.of(
    [
        replace(
            dataset("a", "공공화장실"),
            words="천호 40 천호대로 9 천호대로113길 2 버스 7 버스로 1 교통과 2 교통 6 장애인 5 장애 2",
        )
    ],
    Synonyms({}),
    THIS_YEAR,
)


@pytest.mark.parametrize(
    ("q", "variants"),
    [
        ("천호대로", ["천호대로"]),
        ("천호대로113길", ["천호대로113길"]),
        ("천호대로에서", ["천호대로에서", "천호대로"]),
        ("버스로", ["버스로", "버스"]),
        ("교통과", ["교통과"]),
        ("교통과에", ["교통과에", "교통과"]),
        ("교통은", ["교통은", "교통"]),
        ("장애인", ["장애인"]),
    ],
)
def test_a_word_of_its_own_is_not_taken_apart(q: str, variants: list[str]) -> None:
    assert [word.text for clause in clauses(q, OWN) for word in clause.variants] == variants


@pytest.mark.parametrize("q", ["", "  ", "()", "* ' \" --", "😀"])
def test_a_query_without_words_has_no_clauses(q: str) -> None:
    assert clauses(q) == ()


@pytest.mark.parametrize("q", ["가" * 201, " ".join(f"낱말{n}" for n in range(33))])
def test_a_query_that_is_too_long_is_refused_in_korean(q: str) -> None:
    with pytest.raises(QueryTooLong, match="쓸 수 있습니다"):
        clauses(q)


@given(st.text(max_size=200))
def test_no_text_breaks_the_parser(q: str) -> None:
    try:
        found = clauses(q)
    except QueryTooLong:
        return
    assert all(clause.word and clause.variants for clause in found)


def test_a_word_of_the_title_stands_for_all_records_of_the_dataset() -> None:
    held = Holders.of(dataset(key, title) for key, title in (("a", "공중화장실"), ("b", "주차장")))
    resolved = query.resolve(clauses("주차장"), held)
    assert resolved == (Clause("주차장", (Word("주차장", across=False),), ("b",)),)


def test_a_word_that_every_dataset_holds_decides_nothing() -> None:
    held = Holders.of(dataset(key, "화장실") for key in "ab")
    assert query.resolve(clauses("강동구"), held) == ()


@pytest.mark.parametrize(
    ("value", "q", "marked"),
    [
        ("천호동 공중화장실", "화장실", ["화장실"]),
        ("공영 주차장", "공영주차장", ["공영 주차장"]),
        ("CCTV 설치", "씨씨티비", ["CCTV"]),
        ("02-820-1522", "820-1522", ["820-1522"]),
        ("천호동 동", "동", ["동"]),
        ("없음", "화장실", []),
        ("<b>화장실</b>", "화장실", ["화장실"]),
    ],
)
def test_what_matched_is_marked_in_the_cell_itself(value: str, q: str, marked: list[str]) -> None:
    spans = Marker.of(clauses(q, RICH)).marks(value)
    assert [value[start:end] for start, end in spans] == marked


@given(st.text(max_size=20), st.text(max_size=8))
def test_marks_lie_inside_the_cell_in_order(value: str, q: str) -> None:
    at = 0
    for start, end in Marker.of(clauses(q)).marks(value):
        assert at <= start < end <= len(value)
        at = end
