"""The words of a table and how many records hold them, all at once as one by one."""

from collections import Counter

import pandas as pd
from hypothesis import given
from hypothesis import strategies as st

from indexer.wordlist import words
from search import text
from search.documents import Column

CELLS = st.text("가나각 ·12aB-/高\u3000\U00020000", max_size=8)


def one_by_one(cells: list[str], *, label: bool) -> Counter[str]:
    """What the words of cells are, said plainly."""
    found: Counter[str] = Counter()
    for cell in cells:
        runs = text.cut(cell)
        held = {run for run in runs if 1 < len(run) <= 30 and not run.isdigit()}
        joined = {"".join(runs)} if label and 1 < len("".join(runs)) <= 30 else set()
        found.update(held | joined)
    return found


def counted(said: str) -> Counter[str]:
    return Counter({line.split()[0]: int(line.split()[1]) for line in said.splitlines()})


@given(st.lists(CELLS, max_size=12), st.lists(CELLS, max_size=12))
def test_words_are_those_of_every_cell(names: list[str], notes: list[str]) -> None:
    size = min(len(names), len(notes))
    frame = pd.DataFrame({"이름": names[:size], "비고": notes[:size]}, dtype="string[pyarrow]")
    said = words((Column("이름", "label"), Column("비고", "text")), frame)
    assert counted(said) == one_by_one(names[:size], label=True) + one_by_one(notes[:size], label=False)


def test_the_commonest_come_first_and_codes_and_numbers_say_nothing() -> None:
    frame = pd.DataFrame(
        {"이름": ["달님", "해님", "해님"], "번호": ["A1", "A2", "A3"], "수": ["1", "2", "3"]}, dtype="string"
    )
    columns = (Column("이름", "label"), Column("번호", "code"), Column("수", "measure", slot="m0"))
    assert words(columns, frame) == "해님 2\n달님 1"
