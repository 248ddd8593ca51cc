"""Marks lie on what matched, in offsets of the cell itself, whatever its normal form."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search import text
from search.language.query import Language, parse
from search.language.synonyms import Synonyms
from search.marks import Marker
from search.plan import Clause, Word

PLAIN = Language.of((), Synonyms({}), 2026)
ALPHABET = st.sampled_from("가각한글大동구ab012２Ａ ㆍ·-()\u200b\u0301\u1100\u1161\u11a8İΣς😀")
CELLS = st.text(ALPHABET, max_size=24)


def marked(value: str, q: str) -> list[str]:
    return [value[start:end] for start, end in Marker.of(parse(q, PLAIN).clauses).marks(value)]


def pieces_of(clause: Clause) -> list[Word]:
    """What a cell may hold of it: numbers of one word may stand in several cells of a record."""
    return [Word(piece, word.across) for word in clause.variants for piece in word.text.split(" ")]


@pytest.mark.parametrize(
    ("value", "q", "found"),
    [
        (unicodedata.normalize("NFD", "천호동 각시"), "각시", [unicodedata.normalize("NFD", "각시")]),
        ("주\u200b차장", "주차장", ["주\u200b차장"]),
        ("서울 특별 시청", "서울특별시", ["서울 특별 시"]),
        ("수원시 장안구", "시장", []),
        ("ＣＣＴＶ", "cctv", ["ＣＣＴＶ"]),
        ("İSTANBUL", "istanbul", ["İSTANBUL"]),
        ("가가가가", "가가", ["가가가가"]),
        ("7동 7 17", "7", ["7", "7"]),
        ("가나 가", "가", ["가"]),
        ("2021년 2020년 120200 2020-01", "2020", ["2020", "2020"]),
        ("2020 20-20", "20-20", ["20", "20"]),
        ("02-820-1522 1522", "028201522", ["02-820-1522"]),
        ("02-820-1522 21522", "820-1522", ["820-1522"]),
        ("화장실 화장실", "화장실", ["화장실", "화장실"]),
        ("", "화장실", []),
    ],
)
def test_what_matched_is_marked_whole(value: str, q: str, found: list[str]) -> None:
    assert marked(value, q) == found


@given(CELLS, st.data())
def test_a_word_of_the_cell_is_marked_and_a_mark_folds_to_the_word(value: str, data: st.DataObject) -> None:
    parts = [part for part in value.split() if text.joined(part)]
    if not parts:
        return
    part = data.draw(st.sampled_from(parts))
    (clause,) = parse(part, PLAIN).clauses
    found = marked(value, part)
    assert found
    # overlapping finds are one mark: each holds the word, or one of its numbers, and begins and ends with it
    pieces = tuple(piece.text for piece in pieces_of(clause))
    for mark in found:
        letters = text.joined(mark)
        assert letters.startswith(pieces)
        assert letters.endswith(pieces)


@given(CELLS, CELLS)
def test_a_cell_is_marked_if_and_only_if_it_matches(value: str, q: str) -> None:
    for clause in parse(q, PLAIN).clauses:
        if clause.excluded:
            continue
        holds = any(text.holds(value, one.text, across=one.across) for one in pieces_of(clause))
        assert bool(Marker.of([clause]).marks(value)) is holds


@given(CELLS)
def test_a_value_folds_the_same_whole_and_in_clusters(value: str) -> None:
    parts = list(text.clusters(value))
    assert "".join(value[start:end] for start, end in parts) == value
    assert "".join(text.fold(value[start:end]) for start, end in parts) == text.fold(value)
