"""Finding the table in the grid: preamble, header of one to five rows, notes at the foot, ragged rows."""

import re
from dataclasses import dataclass, field, replace

import pandas as pd

from indexer.intake.cells import number
from indexer.intake.finding.body import Body, split_body
from indexer.intake.finding.days import complete_days
from indexer.intake.finding.filldown import fill_down
from indexer.intake.finding.headrows import fill_right, header_height, padded
from indexer.intake.finding.notes import NOTE, split_notes
from indexer.intake.names import NAMELESS, clean, joined, unique
from indexer.intake.period import looks_like_period, parse
from indexer.intake.reading.description import is_dictionary
from indexer.intake.reading.grid import Grid, is_blank, is_title_in_cells
from indexer.intake.table import Outcome, Refused, Table

_MOST_COLUMNS = 3_000
# what stands in front of a title, a unit or a date above the table, with the saying in the next cell
_SAID = re.compile(
    r"^[○◎*]?\s*(?:통계표\S*|단위|출처|자료\S*|조회기간|작성일\S*|기준일\S*|수록기간|제목)\s*[:：]\s*$"
)
_MOST_SAID = 3
_PAIR = re.compile(r"^[가-힣][가-힣 ]{1,11}\s*:\s*\S")
_ANNOTATION = re.compile(r"^[(\[]?\s*(?:기간|단위|조회기간|인쇄일자|작성일|기준일)\s*[:：]")
_SECTION = "구획"


@dataclass
class _Layout:
    """Where in the grid what stands: indexes into ``grid.rows``."""

    first_header: int
    first_data: int
    names: list[str]
    preamble: list[str] = field(default_factory=list)
    messages: list[str] = field(default_factory=list)


def find_table(grid: Grid, header_rows: int | None = None, names: tuple[str, ...] = ()) -> Table:
    """The table in ``grid``; ``header_rows`` overrides what is found, ``names`` are for a headerless one.

    Raises ``Refused``.
    """
    if all(is_blank(row) for row in grid.rows):
        raise Refused("모든 칸이 비어 있습니다: 자료가 든 파일을 올려 주십시오")
    if not names or max(map(len, grid.rows)) != len(names):
        grid = _without_empty_columns(grid)
    width = max(map(len, grid.rows))
    if width > _MOST_COLUMNS:
        raise Refused(f"열이 {width:,}개입니다: {_MOST_COLUMNS:,}개 아래로 나누어 올려 주십시오")
    rows, notes = ([], ()) if grid.named else split_notes(grid)
    if notes:
        grid = replace(grid, rows=rows, numbers=grid.numbers[: len(rows)])
    layout = _layout(grid, header_rows, names)
    if is_dictionary(layout.names):
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


def _layout(grid: Grid, header_rows: int | None, given: tuple[str, ...]) -> _Layout:
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
        return _headerless(start, width, preamble, given)
    height = header_rows or (1 if split else header_height(rows, start, width))
    head = [split] if split else [padded(row, width) for row in rows[start : start + height]]
    # a unit or a period beside the heads is no head
    preamble += [cell for row in head for cell in row if _ANNOTATION.match(cell)]
    head = [["" if _ANNOTATION.match(cell) else cell for cell in row] for row in head]
    parts = fill_right(head)
    names = unique([joined(column) for column in zip(*parts, strict=True)])
    return _Layout(start, start + height, names, preamble, messages)


def _headerless(start: int, width: int, preamble: list[str], given: tuple[str, ...]) -> _Layout:
    if not given:
        message = (
            "머리글 행이 없습니다: 열을 column 1부터 번호로 부릅니다(컬럼 정의서가 있으면 함께 주십시오)"
        )
        return _Layout(start, start, unique([""] * width), preamble, [message])
    if len(given) != width:
        raise Refused(
            f"컬럼 정의서의 열은 {len(given)}개인데 파일의 열은 {width}개입니다: 이 파일의 정의서를 주십시오"
        )
    message = "머리글 행이 없어 열 이름을 컬럼 정의서에서 가져왔습니다"
    return _Layout(start, start, unique(list(given)), preamble, [message])


def _table_width(rows: list[list[str]]) -> int:
    widest, found = max(map(len, rows), default=0), 0
    for row in rows:
        found = max(found, _last_filled(row))
        if found == widest:
            break
    return found


def _last_filled(row: list[str]) -> int:
    """Place behind the last filled cell."""
    return next((place + 1 for place in reversed(range(len(row))) if row[place]), 0) if row else 0


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
        pair = (
            pair
            or (filled <= max(_MOST_SAID, width // 2) and _PAIR.match(row[0]) is not None)
            or (filled <= _MOST_SAID and bool(_SAID.match(next(filter(None, row)))))
        )
        alone = alone and not _is_period_over_heads(rows, index)
        # one label over the second of two columns is a header whose first cell is blank
        alone = alone and not (width == 2 and not row[0] and _is_point(_next_filled(rows, index)))
        spread = usual >= 5 and filled <= 6 and is_title_in_cells([cell for cell in row if cell])
        if width > 1 and usual > 1 and (alone or pair or spread) and not _is_joined_header(row, width):
            continue
        return index
    return next(i for i, row in enumerate(rows) if any(row))


def _is_period_over_heads(rows: list[list[str]], index: int) -> bool:
    """``| | 2023년12월`` over ``| | 계 | 남자``: the top of stacked heads, right of those that have no top."""
    row, below = rows[index], _next_filled(rows, index)
    found = parse(next(filter(None, row)))
    over = not row[0] and bool(below) and not below[0]
    # a day is the day of the whole table
    return over and found is not None and found.granularity != "day"


def _series_start(rows: list[list[str]]) -> int | None:
    """Where two columns of times and numbers begin below lines of names and values (단위: 연%)."""
    first = next((i for i, row in enumerate(rows) if _is_point(row)), None)
    if first is None or first < 2 or not all(_is_point(row) for row in rows[first:] if any(row)):
        return None
    return first if all(all(padded(row, 2)) for row in rows[:first]) else None


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


def _table(grid: Grid, layout: _Layout) -> Table:
    body = split_body(grid, layout.first_header, layout.first_data, len(layout.names))
    if not body.rows:
        raise Refused("머리글 아래에 자료 행이 없습니다: 자료가 든 파일을 올려 주십시오")
    frame, filled = fill_down(_frame(layout.names, body))
    frame, completed = complete_days(frame)
    return Table(
        frame=frame,
        format=grid.format,
        encoding=grid.encoding,
        header_rows=layout.first_data - layout.first_header,
        preamble=(*layout.preamble, *grid.notes),
        set_aside=tuple(body.aside),
        messages=(
            *grid.messages,
            *layout.messages,
            *body.messages,
            *_ragged(body, grid, layout.names),
            *filled,
            *completed,
        ),
    )


def _frame(names: list[str], body: Body) -> pd.DataFrame:
    columns = {}
    for place, name in enumerate(names):
        cells = [row[place] for row in body.rows]
        if not name.startswith(NAMELESS) or any(cells):
            columns[name] = pd.array(cells, dtype="str")
    if len(set(body.sections)) > 1:
        columns = {_SECTION: pd.array(body.sections, dtype="str"), **columns}
    return pd.DataFrame(columns, index=pd.Index(body.numbers, name="row"))


def _ragged(body: Body, grid: Grid, names: list[str]) -> list[str]:
    """Which rows have fewer or more cells than others. It is the fewer rows that are amiss, not those like the header."""
    if grid.format not in ("csv", "tsv", "zip/csv", "zip/tsv"):
        return []
    messages = []
    headed = next((at for at in range(len(names), 0, -1) if not names[at - 1].startswith(NAMELESS)), 0)
    sizes = dict(zip(grid.numbers, map(len, grid.rows), strict=True))
    beyond = [at for at in body.numbers if sizes[at] > headed]
    short, long = body.short, body.long
    if headed and beyond and len(beyond) < len(body.numbers) / 2:
        messages.append(
            f"칸이 머리글({headed}칸)보다 많은 행이 {len(beyond):,}개 있습니다(처음은 {beyond[0]}행, {sizes[beyond[0]]}칸): "
            f"넘친 칸은 '{names[headed]}'부터 담았습니다. 쉼표가 든 칸이라면 따옴표로 감싸 주십시오"
        )
        short, long = [at for at in short if sizes[at] < headed], []
    if short and short == [body.numbers[-1]]:
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
