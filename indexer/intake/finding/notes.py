"""Lines below the table that are no rows of it: sources, remarks, explanations."""

import re

from indexer.intake.cells import number
from indexer.intake.reading.grid import Grid
from indexer.intake.table import SetAside

NOTE = re.compile(
    r"^(※|＊|\*|◎|○|▶|☞|#|\(?주\s*[)\d:]|주석|자료\s*[:)]|자료출처|출처|비\s*고(?:\s*[:)]|$)|참고|단위\s*:|주\s*:|註|\d\)\s)"
)
_LAST_ROWS = 40
_MOST_FILLED = 3


def split_notes(grid: Grid) -> tuple[list[list[str]], tuple[SetAside, ...]]:
    """The rows without the notes at the end, and the notes."""
    rows = grid.rows
    first = len(rows)
    for index in range(len(rows) - 1, max(0, len(rows) - _LAST_ROWS), -1):
        cells = [cell for cell in rows[index] if cell]
        if any(number(cell) is not None for cell in cells) or len(cells) > _MOST_FILLED:
            break
        if cells and NOTE.match(cells[0]):
            first = index
    # one row of header and one of data stay whatever they are called
    if sum(1 for row in rows[:first] if any(row)) < 2:
        return rows, ()
    aside = tuple(
        SetAside(at, "주석", tuple(cell for cell in row if cell))
        for at, row in zip(grid.numbers[first:], rows[first:], strict=True)
        if any(row)
    )
    return rows[:first], aside
