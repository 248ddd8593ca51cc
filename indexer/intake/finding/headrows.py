"""How many rows the header has, and what its merged cells reach over."""

import re

from indexer.intake.cells import is_blank_mark, number
from indexer.intake.period import looks_like_period
from indexer.intake.reading.grid import is_blank

_MOST_HEADER_ROWS = 6
_HANGUL = re.compile(r"[가-힣]")


def padded(row: list[str], width: int) -> list[str]:
    """The row at the width of the table; itself, where it has it."""
    return row if len(row) == width else row[:width] + [""] * (width - len(row))


def header_height(rows: list[list[str]], start: int, width: int) -> int:
    height = 1
    while height < _MOST_HEADER_ROWS and start + height < len(rows) - 1:
        head = [padded(row, width) for row in rows[start : start + height]]
        row = padded(rows[start + height], width)
        below = [
            padded(other, width) for other in rows[start + height + 1 : start + height + 40] if any(other)
        ]
        if not _continues_header(head, row) and not (height == 1 and _is_caption(head[0], row, below)):
            break
        height += 1
    # blank lines inside the header count only if something follows them
    while height > 1 and is_blank(rows[start + height - 1]):
        height -= 1
    return height


def _continues_header(head: list[list[str]], row: list[str]) -> bool:
    """Does ``row`` refine the labels above it?"""
    above = head[-1]
    if is_blank(row):
        # stacked headers that came out of a spreadsheet keep empty lines of their merged cells
        return len(head) > 1 or any(not cell for cell in above)
    if _is_surely_header(head, row):
        return True
    values = [cell for cell in row if cell]
    if any(number(cell) is not None and not looks_like_period(cell) for cell in values):
        return _is_graded(head, row)
    plain = all(map(_is_unit, values)) or (len(head) == 1 and _is_translation(above, values))
    return plain or _hangs(head, row)


def _is_surely_header(head: list[list[str]], row: list[str]) -> bool:
    """Whatever numbers it holds: a head cut in two by a diagonal, labels merged down from above."""
    values = [cell for cell in row if cell]
    if values == row[:1] and not any(label[0] for label in head) and number(row[0]) is None:
        # 차종별 above, 구별 below
        return True
    again = [cell for cell, label in zip(row, head[-1], strict=True) if cell and cell == label]
    # "20대" below 연령 is no number
    return sum(number(cell) is None for cell in again) >= 2


def _hangs(head: list[list[str]], row: list[str]) -> bool:
    """Words below merged, repeated or missing labels."""
    above, values = head[-1], [cell for cell in row if cell]
    tops = ["".join(column) for column in zip(*head, strict=True)]
    pairs = list(zip(row, above, strict=True))
    repeats = any(cell and cell == label and number(cell) is None for cell, label in pairs)
    refines = any(cell for cell, label in pairs if not label)
    below = any(cell for cell, top in zip(row, tops, strict=True) if cell and top)
    merged = len(set(filter(None, above))) < len([cell for cell in above if cell])
    few_heads = len([cell for cell in above if cell]) < 0.5 * len(above)
    # the heads of merged cells, and below each of them the head of the next merged cell
    sparse = few_heads and 2 <= len(values) < 0.5 * len(row) and all(label for cell, label in pairs if cell)
    # the keys of the table have no label yet: here they get it
    keys = not any(tops[:2]) and len(row) > 2 and all(row[:2])
    return (
        repeats
        or sparse
        or keys
        or (refines and (not row[0] or (few_heads and not tops[0])))
        or (not row[0] and bool(tops[0]) and below)
        or (merged and not _blank_marks(values))
    )


def _is_graded(head: list[list[str]], row: list[str]) -> bool:
    """Grades below their heading, some of them digits: 1++, 1+, 1, 2, 3 and A, B, C."""
    values = [cell for cell in row if cell]
    digits = [cell for cell in values if number(cell) is not None]
    return (
        not row[0]
        and bool(head[-1][0])
        and len(digits) <= 0.5 * len(values)
        and all(re.fullmatch(r"\d", cell) for cell in digits)
    )


def _is_caption(names: list[str], row: list[str], below: list[list[str]]) -> bool:
    """Korean names below those of the system (``actRmks``, ``lat``): words where the rows below have none."""
    if not all(re.fullmatch(r"[A-Za-z][A-Za-z0-9_]*", name) for name in names if name) or len(below) < 3:
        return False
    if (
        not all(re.search(r"[가-힣]", cell) and len(cell) <= 30 for cell in row if cell)
        or sum(map(bool, row)) < 3
    ):
        return False
    columns = [[other[place] for other in below if other[place]] for place in range(len(row))]
    wordless = sum(
        bool(row[c]) and bool(column) and not any(map(_HANGUL.search, column))
        for c, column in enumerate(columns)
    )
    return wordless >= 1 and not any(
        cell in column for cell, column in zip(row, columns, strict=True) if cell
    )


def _is_translation(above: list[str], values: list[str]) -> bool:
    """Field names of the system, then the same in Korean, as older sheets of the Seoul portal have them."""
    names = [cell for cell in above if cell]
    codes = all(re.fullmatch(r"[A-Z][A-Z0-9_]*", name) for name in names)
    if len(names) >= 2 and all(re.search(r"[가-힣]", name) for name in names):
        # the other way round; codes that come again below are data
        return len(values) == len(names) and all(
            re.fullmatch(r"[A-Z]+(?:_[A-Z0-9]+)+", value) for value in values
        )
    return (
        codes
        and len(names) >= 2
        and len(values) == len(names)
        and all(re.search(r"[가-힣]", v) for v in values)
    )


def _blank_marks(values: list[str]) -> bool:
    return any(is_blank_mark(value) for value in values)


def _is_unit(cell: str) -> bool:
    return bool(
        re.fullmatch(
            r"[(\[]?\s*(명|개|개소|건|대|원|천원|백만원|억원|%|％|㎡|㎢|ha|km|㎞|m|톤|세대|가구|호|회|년|점)\s*[)\]]?",
            cell,
        )
    )


def fill_right(head: list[list[str]]) -> list[list[str]]:
    """Labels of merged cells reach over the blanks to their right that have labels below them."""
    filled: list[list[str]] = []
    for level, row in enumerate(head):
        below = [any(lower[c] for lower in head[level + 1 :]) for c in range(len(row))]
        parents = ["\0".join(upper[c] for upper in filled) for c in range(len(row))]
        cells = list(row)
        for c in range(1, len(cells)):
            same_group = parents[c] == parents[c - 1]
            if not cells[c] and below[c] and below[c - 1] and same_group:
                cells[c] = cells[c - 1]
        filled.append(cells)
    return filled
