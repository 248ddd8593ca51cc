"""What is asked of the different cells of a column is true of its rows, whatever the cells hold."""

import csv
import io
import re

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.intake.cells import is_blank_mark, number
from indexer.intake.distinct import combined, distinct, first_rows, reaches
from indexer.intake.meaning.facts import Facts
from indexer.intake.meaning.lexicon import is_total_word
from indexer.intake.period import parse
from indexer.intake.reading.delimited import lines_of
from indexer.intake.screening import mask, suspects

WILD = st.one_of(
    st.text(st.sampled_from("0１٣39-,.() \n\t@aMxe계합소시동구길천호서울강제?*%명"), max_size=14),
    st.sampled_from(
        ["", "-", "1,234", "△5", "１２", "0012", "2023-04", "소 계", "합계 (명)", "천호제2동", "N/A"]
    ),
    st.text(max_size=6).filter(lambda text: text.isprintable()),
)
COLUMNS = st.lists(WILD, min_size=1, max_size=30)


def facts(cells: list[str]) -> Facts:
    return Facts("열", pd.Series(cells, dtype="str", index=range(2, len(cells) + 2)))


@given(COLUMNS)
def test_a_column_is_measured_as_if_each_of_its_cells_had_been_asked(cells: list[str]) -> None:
    found, held = facts(cells), [cell for cell in cells if not is_blank_mark(cell)]
    assert found.filled.tolist() == [not is_blank_mark(cell) for cell in cells]
    assert found.count == len(held)
    assert found.distinct == list(dict.fromkeys(held))
    numbers = [number(cell) for cell in cells]
    assert [None if pd.isna(value) else value for value in found.numbers] == pytest.approx(numbers)
    numeric = sum(number(cell) is not None for cell in held)
    assert found.numeric_share == (numeric / len(held) if held else 0)
    assert found.mean_length == (sum(map(len, held)) / len(held) if held else 0)
    assert found.total_words == {cell for cell in cells if is_total_word(cell)}
    assert [found.periods[place] for place in found.cells.places] == [parse(cell) for cell in cells]


@given(COLUMNS, st.sampled_from([r"\d", r"^\d+$", r"[시군구]\s", r"(?<!서)울", r"계\Z"]))
def test_a_pattern_is_found_in_the_rows_in_which_python_finds_it(cells: list[str], pattern: str) -> None:
    found, held = facts(cells), [cell for cell in cells if not is_blank_mark(cell)]
    assert found.rows_like(pattern).tolist() == [re.search(pattern, cell) is not None for cell in cells]
    hits = sum(re.search(pattern, cell) is not None for cell in held)
    assert found.share_like(pattern) == (hits / len(held) if held else 0)


@given(st.lists(st.tuples(WILD, WILD), min_size=1, max_size=30))
def test_combined_columns_tell_apart_what_differs_in_any_of_them(rows: list[tuple[str, str]]) -> None:
    columns = [distinct(pd.Series([row[place] for row in rows], dtype="str")) for place in (0, 1)]
    codes = combined([column.places for column in columns])
    order = list(dict.fromkeys(rows))
    assert codes.tolist() == [order.index(row) for row in rows]
    assert first_rows(codes).tolist() == [rows.index(row) for row in order]


@given(st.lists(st.booleans(), max_size=20), st.floats(0, 20))
def test_enough_answers_are_known_before_all_are_given(answers: list[bool], needed: float) -> None:
    assert reaches(answers, len(answers), needed) == (sum(answers) >= needed)


def test_no_more_answers_are_asked_for_than_decide() -> None:
    asked = iter([False] * 4 + [True] * 6)
    assert not reaches(asked, 10, 7)
    assert len(list(asked)) == 6


@given(st.text(st.sampled_from('a,"1 \r\n\x0b\u2028가'), max_size=30))
def test_lines_are_those_that_python_reads(text: str) -> None:
    assert list(lines_of(text)) == list(io.StringIO(text, newline=""))


@given(st.lists(st.lists(st.text('a"1 \n가,', max_size=5), min_size=2, max_size=3), min_size=1, max_size=8))
def test_lines_keep_the_cells_that_hold_line_ends(rows: list[list[str]]) -> None:
    written = io.StringIO()
    csv.writer(written).writerows(rows)
    assert list(csv.reader(lines_of(written.getvalue()))) == rows


LIKE_PERSONS = st.from_regex(
    r"\A(?:[가는 ]{0,3}|[a-z@.]{0,4})(?:[0-9]{6} ?[-–]? ?[0-9]{7}|[MSRODG][0-9]{3}[A-Z]?[0-9]{4,5}|1[1-9]-[0-9][0-9]-[0-9]{6}-[0-9][0-9]"
    r"|(?:[0-9]{4}-){3}[0-9]{4}|01[016789][-. ]?[0-9]{3,4}[-. ]?[0-9]{4}|[a-z]{1,3}@[a-z]{1,3}\.kr)[가-힣 ]{0,3}\Z"
)


@given(st.lists(st.one_of(WILD.filter(str.isascii), LIKE_PERSONS), min_size=1, max_size=10))
def test_the_quick_look_of_screening_misses_nothing_that_is_masked(cells: list[str]) -> None:
    assert {cell for cell in cells if mask(cell) != cell} <= set(suspects(facts(cells)))
