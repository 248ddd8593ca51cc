"""Sheets of one workbook that continue each other: a year, a line, a weekday each, under the same header."""

from indexer.intake.cells import number
from indexer.intake.reading.grid import is_title_in_cells

Sheets = dict[str, list[list[str]]]

SHEET, FILE = "시트", "파일"
_HEADER_WITHIN = 12
_MOST_HEADER_ROWS = 4


def is_table(rows: list[list[str]]) -> bool:
    """A header and a few rows of several columns with numbers in them."""
    place = _place(rows)
    below = [row for row in rows[place + 1 :] if len([cell for cell in row if cell]) >= 3]
    return (
        place >= 0
        and len(below) >= 5
        and any(number(cell) is not None for row in below for cell in row if cell)
    )


def same_tables(sheets: Sheets, chosen: str) -> list[str]:
    """Names of the sheets whose header is that of the chosen one, itself included; [] if it is alone."""
    wanted = _header(sheets[chosen])
    alike = [name for name, rows in sheets.items() if wanted and _header(rows) == wanted]
    return alike if len(alike) > 1 else []


def join_sheets(sheets: Sheets, names: list[str], called: str = SHEET) -> tuple[list[list[str]], list[int]]:
    """One grid with a first column, ``called`` so, that names the sheet; rows are numbered on from sheet to sheet."""
    first = sheets[names[0]]
    head = _place(first)
    height = _height([sheets[name][_place(sheets[name]) :] for name in names])
    rows = [["", *row] for row in first[:head]]
    rows += [[called, *row] for row in first[head : head + height]]
    numbers = list(range(1, head + height + 1))
    before = 0
    for name in names:
        numbers += range(before + _place(sheets[name]) + height + 1, before + len(sheets[name]) + 1)
        start = _place(sheets[name]) + height
        rows += [[name if any(row) else "", *row] for row in sheets[name][start:]]
        before += len(sheets[name])
    return rows, numbers


def _place(rows: list[list[str]]) -> int:
    """Where the header begins: the first row of three or more words and no number."""
    for index, row in enumerate(rows[:_HEADER_WITHIN]):
        cells = [cell for cell in row if cell]
        if is_title_in_cells(cells):
            continue
        if len(cells) >= 3 and not any(number(cell) is not None for cell in cells):
            return index
    return -1


def _header(rows: list[list[str]]) -> tuple[str, ...]:
    place = _place(rows)
    return () if place < 0 else tuple(cell for cell in rows[place] if cell)


def _height(tables: list[list[list[str]]]) -> int:
    """How many rows from the header on are the same in all sheets: those of the header."""
    height = 1
    while height < _MOST_HEADER_ROWS and all(len(table) > height + 1 for table in tables):
        row = tables[0][height]
        if any(table[height] != row for table in tables) or any(
            number(cell) is not None for cell in row if cell
        ):
            break
        height += 1
    return height
