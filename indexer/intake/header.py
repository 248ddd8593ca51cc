"""Finding the table in the grid: preamble, header of one to five rows, notes at the foot, ragged rows."""

import re
from dataclasses import dataclass, field, replace

import pandas as pd

from indexer.intake.cells import is_blank_mark, number
from indexer.intake.filldown import fill_down
from indexer.intake.grid import Grid, is_blank
from indexer.intake.names import clean, joined, unique
from indexer.intake.notes import NOTE, split_notes
from indexer.intake.period import looks_like_period
from indexer.intake.table import Outcome, Refused, SetAside, Table

_MOST_HEADER_ROWS = 6
_MOST_COLUMNS = 3_000
# what stands in front of a title, a unit or a date above the table, with the saying in the next cell
_SAID = re.compile(
    r"^[○◎*]?\s*(?:통계표\S*|단위|출처|자료\S*|조회기간|작성일\S*|기준일\S*|수록기간|제목)\s*[:：]\s*$"
)
_MOST_SAID = 3
_DICTIONARY = (
    re.compile(
        r"(컬럼|칼럼|항목|필드|변수|속성|column|field).{0,4}(명|id|name|코드)|한글명|영문명", re.IGNORECASE
    ),
    re.compile(r"타입|자료형|데이터\s*유형|형식|type", re.IGNORECASE),
    re.compile(r"길이|크기|length|size|자릿수", re.IGNORECASE),
)


@dataclass
class _Layout:
    """Where in the grid what stands: indexes into ``grid.rows``."""

    first_header: int
    first_data: int
    names: list[str]
    preamble: list[str] = field(default_factory=list)
    messages: list[str] = field(default_factory=list)


def find_table(grid: Grid, header_rows: int | None = None) -> Table:
    """The table in ``grid``; ``header_rows`` overrides what is found. Raises ``Refused``."""
    if all(is_blank(row) for row in grid.rows):
        raise Refused("모든 칸이 비어 있습니다: 자료가 든 파일을 올려 주십시오")
    grid = _without_empty_columns(grid)
    width = max(map(len, grid.rows))
    if width > _MOST_COLUMNS:
        raise Refused(f"열이 {width:,}개입니다: {_MOST_COLUMNS:,}개 아래로 나누어 올려 주십시오")
    rows, notes = ([], ()) if grid.named else split_notes(grid)
    if notes:
        grid = replace(grid, rows=rows, numbers=grid.numbers[: len(rows)])
    layout = _layout(grid, header_rows)
    if _is_dictionary(layout.names):
        raise Refused(
            "컬럼 정의서입니다: 다른 파일의 열을 설명할 뿐 레코드가 없어 색인하지 않습니다",
            Outcome.NOT_TABULAR,
        )
    table = _table(grid, layout)
    return replace(table, set_aside=(*table.set_aside, *notes))


def _without_empty_columns(grid: Grid) -> Grid:
    """Columns without a name and without a value (trailing delimiters, formatted but empty cells)."""
    width = max(map(len, grid.rows))
    used = [any(c < len(row) and row[c] for row in grid.rows) for c in range(width)]
    if all(used):
        return grid
    messages = list(grid.messages)
    first = next(row for row in grid.rows if any(row))
    full = sum(1 for row in grid.rows if len(row) == width)
    if grid.format in ("csv", "tsv", "zip/csv") and full > len(grid.rows) / 2:
        what = "행이 머리글보다 한 칸 깁니다" if len(first) < width else "이름도 값도 없는 열이 있습니다"
        messages.append(f"{what}({width}번째 칸이 모두 비어 있음): 빈 열은 빼고 읽었습니다")
    rows = [[cell for cell, keep in zip(row, used, strict=False) if keep] for row in grid.rows]
    return replace(grid, rows=rows, messages=tuple(messages))


def _layout(grid: Grid, header_rows: int | None) -> _Layout:
    rows = grid.rows
    if grid.named:
        return _Layout(0, 1, unique([clean(cell) for cell in rows[0]]))
    width = _table_width(rows)
    start = _series_start(rows) if width == 2 else None
    if start:
        lines = [" ".join(cell for cell in row if cell) for row in rows[:start]]
        return _Layout(start, start, unique([""] * width), lines)
    start = _skip_preamble(rows, width)
    preamble = [" ".join(cell for cell in row if cell) for row in rows[:start] if any(row)]
    split, messages = _split_header(rows[start], width)
    if header_rows is None and not split and _is_headerless(rows, start):
        message = (
            "머리글 행이 없습니다: 열을 column 1부터 번호로 부릅니다(컬럼 정의서가 있으면 함께 올려 주십시오)"
        )
        return _Layout(start, start, unique([""] * width), preamble, [message])
    height = header_rows or (1 if split else _header_height(rows, start, width))
    head = [split] if split else [_padded(row, width) for row in rows[start : start + height]]
    parts = _fill_right(head)
    names = unique([joined(column) for column in zip(*parts, strict=True)])
    return _Layout(start, start + height, names, preamble, messages)


def _padded(row: list[str], width: int) -> list[str]:
    return row[:width] + [""] * (width - len(row))


def _table_width(rows: list[list[str]]) -> int:
    return max((max(i for i, cell in enumerate(row) if cell) + 1 for row in rows if any(row)), default=0)


def _filled(row: list[str]) -> int:
    return sum(1 for cell in row if cell)


def _skip_preamble(rows: list[list[str]], width: int) -> int:
    """Titles, conditions, units and dates above the header fill a cell or two of a wider table."""
    typical = sorted(_filled(row) for row in rows[:400] if any(row))
    usual = typical[len(typical) // 2]
    for index, row in enumerate(rows[:40]):
        filled = _filled(row)
        if filled == 0:
            continue
        alone = filled == 1 or (filled <= 2 and usual >= 5)
        pair = all(":" in cell or NOTE.match(cell) or "단위" in cell for cell in row if cell)
        pair = pair or (filled <= _MOST_SAID and bool(_SAID.match(next(filter(None, row)))))
        # one label over the second of two columns is a header whose first cell is blank
        alone = alone and not (width == 2 and not row[0] and _is_point(_next_filled(rows, index)))
        if width > 1 and usual > 1 and (alone or pair) and not _is_joined_header(row, width):
            continue
        return index
    return next(i for i, row in enumerate(rows) if any(row))


def _series_start(rows: list[list[str]]) -> int | None:
    """Where two columns of times and numbers begin below lines of names and values (단위: 연%)."""
    first = next((i for i, row in enumerate(rows) if _is_point(row)), None)
    if first is None or first < 2 or not all(_is_point(row) for row in rows[first:] if any(row)):
        return None
    return first if all(all(_padded(row, 2)) for row in rows[:first]) else None


def _next_filled(rows: list[list[str]], index: int) -> list[str]:
    return next((row for row in rows[index + 1 :] if any(row)), [])


def _is_point(row: list[str]) -> bool:
    return len(row) == 2 and looks_like_period(row[0]) and number(row[1]) is not None


def _is_joined_header(row: list[str], width: int) -> bool:
    cells = [cell for cell in row if cell]
    return len(cells) == 1 and width > 1 and cells[0].count(",") == width - 1 and ":" not in cells[0]


def _split_header(row: list[str], width: int) -> tuple[list[str], list[str]]:
    """A header that was pasted into one single cell: ``년월,지점,강수량`` above three columns."""
    if not _is_joined_header(row, width):
        return [], []
    cell = next(cell for cell in row if cell)
    return cell.split(","), ["머리글이 한 칸에 모여 있어 쉼표로 나누어 열 이름으로 삼았습니다"]


def _is_headerless(rows: list[list[str]], start: int) -> bool:
    """The first row holds numbers where the rows below do, and they are no years or months."""
    below = [row for row in rows[start + 1 : start + 40] if any(row)]
    if len(below) < 2:
        return False
    like_data = numeric = 0
    for place, cell in enumerate(rows[start]):
        values = [row[place] for row in below if place < len(row) and row[place]]
        if len(values) < 2 or sum(number(v) is not None for v in values) < 0.8 * len(values):
            continue
        numeric += 1
        if number(cell) is not None and not (looks_like_period(cell) and cell not in values):
            like_data += 1
    return numeric > 0 and like_data > numeric / 2


def _header_height(rows: list[list[str]], start: int, width: int) -> int:
    height = 1
    while height < _MOST_HEADER_ROWS and start + height < len(rows) - 1:
        head = [_padded(row, width) for row in rows[start : start + height]]
        row = _padded(rows[start + height], width)
        if not _continues_header(head, row):
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
    values = [cell for cell in row if cell]
    if any(number(cell) is not None and not looks_like_period(cell) for cell in values):
        return False
    if all(_is_unit(cell) for cell in values):
        return True
    if len(head) == 1 and _is_translation(above, values):
        return True
    tops = ["".join(column) for column in zip(*head, strict=True)]
    repeats = any(
        cell and cell == label and number(cell) is None for cell, label in zip(row, above, strict=True)
    )
    refines = any(cell for cell, label in zip(row, above, strict=True) if not label)
    hangs = (
        not row[0]
        and bool(tops[0])
        and any(cell for cell, top in zip(row, tops, strict=True) if cell and top)
    )
    merged = len(set(filter(None, above))) < len([cell for cell in above if cell])
    few_heads = len([cell for cell in above if cell]) < 0.5 * len(above)
    # the heads of merged cells, and below each of them the head of the next merged cell
    sparse = len(values) < 0.5 * len(row) and len(values) >= 2
    under = few_heads and sparse and all(label for cell, label in zip(row, above, strict=True) if cell)
    return (
        repeats
        or (refines and (not row[0] or (few_heads and not tops[0])))
        or hangs
        or under
        or (merged and not _blank_marks(values))
    )


def _is_translation(above: list[str], values: list[str]) -> bool:
    """Field names of the system, then the same in Korean, as older sheets of the Seoul portal have them."""
    names = [cell for cell in above if cell]
    codes = all(re.fullmatch(r"[A-Z][A-Z0-9_]*", name) for name in names)
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


def _fill_right(head: list[list[str]]) -> list[list[str]]:
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


def _is_dictionary(names: list[str]) -> bool:
    """A file that describes columns has names for a field's name, type and length."""
    return all(any(pattern.search(name) for name in names) for pattern in _DICTIONARY)


def _table(grid: Grid, layout: _Layout) -> Table:
    width = len(layout.names)
    messages = [*grid.messages, *layout.messages]
    rows, numbers, aside, short, long = [], [], [], [], []
    headed = layout.first_data > layout.first_header
    header = (
        [clean(cell) for cell in _padded(grid.rows[layout.first_header], width)] if headed else ["\0"] * width
    )
    last = _last_filled(grid.rows)
    for index in range(layout.first_data, len(grid.rows)):
        row, at = grid.rows[index], grid.numbers[index]
        if not any(row):
            continue
        why = _why_not_record(row, width, header, near_end=index > last - 15)
        if why:
            aside.append(SetAside(at, why, tuple(cell for cell in row if cell)))
            continue
        if len(row) < width:
            short.append(at)
        elif len(row) > width:
            long.append(at)
        rows.append(_padded(row, width))
        numbers.append(at)
    messages += _ragged(short, long, grid, numbers)
    if not rows:
        raise Refused("머리글 아래에 자료 행이 없습니다: 자료가 든 파일을 올려 주십시오")
    columns = {
        name: pd.array(cells, dtype="str")
        for name, cells in zip(layout.names, zip(*rows, strict=True), strict=True)
    }
    columns = {
        name: cells
        for name, cells in columns.items()
        if not name.startswith("column ") or any(cell for cell in cells)
    }
    frame, filled = fill_down(pd.DataFrame(columns, index=pd.Index(numbers, name="row")))
    messages += filled
    return Table(
        frame=frame,
        format=grid.format,
        encoding=grid.encoding,
        header_rows=layout.first_data - layout.first_header,
        preamble=(*layout.preamble, *grid.notes),
        set_aside=tuple(aside),
        messages=tuple(messages),
    )


def _last_filled(rows: list[list[str]]) -> int:
    return max(i for i, row in enumerate(rows) if any(row))


def _why_not_record(row: list[str], width: int, header: list[str], *, near_end: bool) -> str | None:
    cells = [cell for cell in row if cell]
    if width >= 3 and len(cells) == 1 and NOTE.match(cells[0]):
        return "주석"
    if width >= 3 and len(cells) == 1 and row[0] and near_end and len(row[0]) > 12:
        return "표 아래의 설명"
    if row[0] == header[0] and [clean(cell) for cell in _padded(row, width)] == header:
        return "되풀이된 머리글"
    return None


def _ragged(short: list[int], long: list[int], grid: Grid, numbers: list[int]) -> list[str]:
    if grid.format not in ("csv", "tsv", "zip/csv", "zip/tsv"):
        return []
    messages = []
    if short and short == [numbers[-1]]:
        messages.append(
            f"마지막 {short[0]}행의 칸이 모자랍니다: 파일이 잘렸을 수 있으니 원본과 견주어 주십시오"
        )
    elif short:
        messages.append(
            f"칸이 모자란 행이 {len(short):,}개 있습니다(처음은 {short[0]}행): 빈 칸으로 채웠습니다"
        )
    if long:
        messages.append(
            f"칸이 넘치는 행이 {len(long):,}개 있습니다(처음은 {long[0]}행): 넘친 칸은 읽지 않았습니다"
        )
    return messages
