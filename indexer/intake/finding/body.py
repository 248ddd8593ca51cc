"""What stands below the header: records, notes, repeated headers, sections of one table, other tables."""

from dataclasses import dataclass, field

from indexer.intake.cells import number
from indexer.intake.finding.headrows import padded
from indexer.intake.finding.notes import NOTE
from indexer.intake.names import clean
from indexer.intake.reading.grid import Grid
from indexer.intake.table import SetAside

_REMARK_LENGTH = 12


@dataclass
class Body:
    """Rows of the width of the table with their numbers; ``sections`` names the part each belongs to."""

    rows: list[list[str]] = field(default_factory=list)
    numbers: list[int] = field(default_factory=list)
    sections: list[str] = field(default_factory=list)
    aside: list[SetAside] = field(default_factory=list)
    short: list[int] = field(default_factory=list)
    long: list[int] = field(default_factory=list)
    messages: list[str] = field(default_factory=list)

    def set_aside(self, at: int, why: str, row: list[str]) -> None:
        self.aside.append(SetAside(at, why, tuple(cell for cell in row if cell)))


@dataclass(frozen=True)
class _Above:
    """What stands above the first record: rows that come again are no records."""

    header: list[str]
    seen: frozenset[tuple[str, ...]]
    firsts: frozenset[str]
    title: str


def split_body(grid: Grid, first_header: int, first_data: int, width: int) -> Body:
    """``first_header`` and ``first_data`` are places in ``grid.rows``; equal ones mean that there is no header."""
    above = _above(grid.rows, first_header, first_data, width)
    body = Body()
    section, last = above.title, _last_record(grid.rows)
    for index in range(first_data, len(grid.rows)):
        row, at = grid.rows[index], grid.numbers[index]
        if not any(row):
            continue
        if (
            body.rows
            and not any(grid.rows[index - 1])
            and (title := _other_table(grid.rows, index, above, body))
        ):
            _leave(body, grid, index, title)
            break
        alone = _is_alone(row)
        if index == first_data and _is_caption(grid.rows, index, width):
            body.set_aside(at, "구획 제목", row)
        elif alone and _is_section(grid.rows, index, above, width):
            section = next(cell for cell in row if cell)
            body.set_aside(at, "구획 제목", row)
        elif why := (alone and _remark(row, width, near_end=index > last)) or _again(row, width, above):
            body.set_aside(at, why, row)
        else:
            _take(body, row, at, width, section)
    return body


def _is_alone(row: list[str]) -> bool:
    """One cell is filled."""
    return row.count("") == len(row) - 1


def _above(rows: list[list[str]], first_header: int, first_data: int, width: int) -> _Above:
    headed = first_data > first_header
    header = [clean(cell) for cell in padded(rows[first_header], width)] if headed else ["\0"] * width
    seen = frozenset(_plain(row, width) for row in rows[:first_data] if any(row)) if headed else frozenset()
    lone = [row for row in rows[:first_header] if len([cell for cell in row if cell]) == 1]
    firsts = frozenset(row[0] for row in seen)
    return _Above(header, seen, firsts, next(filter(None, lone[-1]), "") if lone else "")


def _plain(row: list[str], width: int) -> tuple[str, ...]:
    return tuple(clean(cell) for cell in padded(row, width))


def _take(body: Body, row: list[str], at: int, width: int, section: str) -> None:
    if len(row) < width:
        body.short.append(at)
    elif len(row) > width:
        body.long.append(at)
    body.rows.append(padded(row, width))
    body.numbers.append(at)
    body.sections.append(section)


def _remark(row: list[str], width: int, *, near_end: bool) -> str:
    """What a line of one cell is that is no record."""
    if width >= 3 and NOTE.match(next(cell for cell in row if cell)):
        return "주석"
    return "표 아래의 설명" if width >= 3 and near_end and len(row[0]) > _REMARK_LENGTH else ""


def _again(row: list[str], width: int, above: _Above) -> str:
    # nearly every row is known to be none by its first cell
    seen = clean(row[0]) in above.firsts and _plain(row, width) in above.seen
    return "되풀이된 머리글" if seen else ""


def _is_caption(rows: list[list[str]], index: int, width: int) -> bool:
    """One word right below the header, above everything: 원시자료."""
    row = rows[index]
    if width < 4 or not row[0] or any(row[1:]) or number(row[0]) is not None:
        return False
    following = next((other for other in rows[index + 1 :] if any(other)), [])
    return len([cell for cell in following if cell]) > 1


def _is_section(rows: list[list[str]], index: int, above: _Above, width: int) -> bool:
    """A line of one cell above the header that comes again."""
    cells = [cell for cell in rows[index] if cell]
    if len(cells) != 1 or width < 3 or number(cells[0]) is not None:
        return False
    following = next((row for row in rows[index + 1 : index + 4] if any(row)), [])
    return list(_plain(following, width)) == above.header


def _other_table(rows: list[list[str]], index: int, above: _Above, body: Body) -> str:
    """Title of another table that begins here, below a blank line: a title or none, a header of other names, numbers."""
    if not _has_numbers(body.rows[-1]) or not _has_numbers(body.rows[0]):
        return ""
    cells = [cell for cell in rows[index] if cell]
    if any(number(cell) is not None for cell in cells) or NOTE.match(cells[0]):
        return ""
    ahead = [row for row in rows[index : index + 6] if any(row)]
    heads = [row for row in ahead if len([cell for cell in row if cell]) >= 2]
    if not heads or _has_numbers(heads[0]) or _plain(heads[0], len(above.header)) in above.seen:
        return ""
    after = ahead[ahead.index(heads[0]) + 1 :]
    return cells[0] if any(map(_has_numbers, after)) else ""


def _has_numbers(row: list[str]) -> bool:
    return any(number(cell) is not None for cell in row if cell)


def _leave(body: Body, grid: Grid, index: int, title: str) -> None:
    body.messages.append(
        f"{grid.numbers[index]}행 '{title[:30]}'부터는 다른 표입니다: 첫 표만 읽었으니 나머지는 따로 올려 주십시오"
    )
    for row, at in zip(grid.rows[index:], grid.numbers[index:], strict=True):
        if any(row):
            body.set_aside(at, "다른 표", row)


def _last_record(rows: list[list[str]]) -> int:
    """The last row of several cells: lines below it are remarks, labels above it are records without figures."""
    return next((i for i in reversed(range(len(rows))) if len(rows[i]) - rows[i].count("") > 1), len(rows))
