"""Signs of a query: quotes, minus, fields, OR. What is no syntax is words, and said; nothing is an error."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search import text
from search.language.syntax import Note, Part, Term, Typed, read, written

FIELDS = {"분야", "시설명"}


def typed(q: str) -> Typed:
    return read(q, FIELDS.__contains__)


def term(word: str, *, exact: bool = False, field: str = "", excluded: bool = False) -> Term:
    return Term((Part(word, exact, field),), excluded)


@pytest.mark.parametrize(
    ("q", "terms"),
    [
        ("천호동 화장실", [term("천호동"), term("화장실")]),
        ('"공중 화장실" 천호동', [term("공중 화장실", exact=True), term("천호동")]),
        ("“공중 화장실”", [term("공중 화장실", exact=True)]),
        ("화장실 -개방", [term("화장실"), term("개방", excluded=True)]),
        ('화장실 -"개방 화장실"', [term("화장실"), term("개방 화장실", exact=True, excluded=True)]),
        ("분야:환경", [term("환경", field="분야")]),
        ("분야：환경", [term("환경", field="분야")]),
        ('시설명:"길동 공원"', [term("길동 공원", exact=True, field="시설명")]),
        ("화장실 -분야:환경", [term("화장실"), term("환경", field="분야", excluded=True)]),
        ("화장실 OR 도서관", [Term((Part("화장실"), Part("도서관")))]),
        ("화장실 or 도서관", [Term((Part("화장실"), Part("도서관")))]),
        ("인구 -2020", [term("인구"), term("2020", excluded=True)]),
        ("인구 -2020년", [term("인구"), term("2020년", excluded=True)]),
        ("화장실 | 도서관 | 공원 길동", [Term((Part("화장실"), Part("도서관"), Part("공원"))), term("길동")]),
    ],
)
def test_signs_say_what_they_say_elsewhere(q: str, terms: list[Term]) -> None:
    assert list(typed(q).terms) == terms


@pytest.mark.parametrize(
    ("q", "words"),
    [
        ("OR", ["OR"]),
        ("OR 화장실", ["화장실"]),
        ("화장실 OR", ["화장실"]),
        ("화장실 OR -공원", ["화장실", "공원"]),
        ("this or that", ["this", "or", "that"]),
        ("10:30 1:100 http://강동구", ["10:30", "1:100", "http://강동구"]),
        ("기온 -5 -12.5", ["기온", "-5", "-12.5"]),
        ("2-3 02-820-1522", ["2-3", "02-820-1522"]),
        ("--화장실", ["--화장실"]),
        ("주소:천호동", ["주소:천호동"]),
        ("-화장실", ["화장실"]),
    ],
)
def test_what_is_no_syntax_is_words(q: str, words: list[str]) -> None:
    assert [part.text for term in typed(q).terms for part in term.parts] == words


@pytest.mark.parametrize(
    ("q", "note"),
    [
        ('"공중 화장실', Note("quote")),
        ("-화장실", Note("alone")),
        ("주소:천호동", Note("field", "주소:천호동", "주소")),
        ("화장실 -개방", Note("excluded", "개방")),
        ("화장실 OR", Note("or")),
        ("화장실 -분야:환경", Note("excluded", "환경", "분야")),
    ],
)
def test_what_became_of_a_sign_is_said(q: str, note: Note) -> None:
    assert typed(q).notes == (note,)


@pytest.mark.parametrize("q", ["천호동 화장실", "10:30", "https://www.go.kr", "-5", "가 OR 나", '"가 나"'])
def test_nothing_is_said_where_nothing_was_lost(q: str) -> None:
    assert typed(q).notes == ()


@given(st.text(alphabet='가나 "-:|OR분야환경5', max_size=30))
def test_no_letter_of_a_query_is_lost(q: str) -> None:
    left = "".join(part.field + part.text for term in typed(q).terms for part in term.parts)
    assert sorted(text.joined(left).replace("or", "")) == sorted(text.joined(q).replace("or", ""))


@given(st.text(alphabet='가나 "-:|OR분야환경5', max_size=30))
def test_terms_written_out_read_as_the_same_terms(q: str) -> None:
    terms = typed(q).terms
    assert typed(written(terms)).terms == terms
