"""xls and xlsx to a grid, by what the cells hold and not by what the file says of itself."""

import datetime as dt
import io
import re
import zipfile
from typing import Any

import python_calamine as calamine

from indexer.intake.reading.grid import MOST_CELLS, Grid, is_blank, numbered
from indexer.intake.reading.sheets import SHEET, is_table, join_sheets, same_tables
from indexer.intake.table import Refused

# sheets that explain the table beside them (KOSIS and Seoul statistics write one in every workbook)
_NOTES = re.compile(r"메타|설명|주석|코드|정의|안내|참고|범례|표지|목차|meta|note|readme", re.IGNORECASE)
_ONE_CELL = re.compile(rb'<dimension ref="([A-Z]+\d+)(?::\1)?"\s*/?>')


def read_workbook(data: bytes, kind: str) -> Grid:
    """The sheet with the table; other filled sheets become notes or are named in a message."""
    try:
        book = calamine.CalamineWorkbook.from_filelike(io.BytesIO(data))
        sheets = {name: book.get_sheet_by_name(name) for name in book.sheet_names}
        cells = {name: _cells(sheet) for name, sheet in sheets.items()}
    except (calamine.CalamineError, ValueError, OSError) as error:
        why = "암호가 걸려 있습니다" if "assword" in str(error) else f"손상되었습니다({error})"
        raise Refused(f"{kind} 파일이 {why}: 암호를 풀거나 다시 내려받아 csv로 저장해 주십시오") from error
    filled = {name: rows for name, rows in cells.items() if any(not is_blank(row) for row in rows)}
    if not filled:
        raise Refused("모든 시트가 비어 있습니다: 자료가 든 시트를 올려 주십시오")
    chosen = _main_sheet(filled)
    first = {name: _first_row(sheets[name]) for name in filled}
    alike = same_tables(filled, chosen)
    rows, numbers = join_sheets(filled, alike) if alike else (filled[chosen], numbered(filled[chosen]))
    return Grid(
        rows,
        [n + first[chosen] for n in numbers],
        kind,
        notes=tuple(_lines(filled, chosen)),
        messages=(*_dimension(data, kind, rows), *_other_tables(filled, chosen, alike)),
    )


def _cells(sheet: calamine.CalamineSheet) -> list[list[str]]:
    if sheet.total_height * sheet.total_width > MOST_CELLS:
        raise Refused(f"시트 '{sheet.name}'의 칸이 너무 많습니다: 빈 칸을 지우고 나누어 올려 주십시오")
    raw = sheet.to_python(skip_empty_area=True)
    if _is_double_read(raw):
        raw = [[_once(value) if isinstance(value, str) else value for value in row] for row in raw]
    rows = [[cell_text(value) for value in row] for row in raw]
    width = max((i + 1 for row in rows for i, cell in enumerate(row) if cell), default=0)
    rows = [row[:width] for row in rows]
    while rows and is_blank(rows[-1]):
        rows.pop()
    return rows


def _is_double_read(raw: list[list[Any]]) -> bool:
    """Old xls files without a code page: two-byte letters come out as pairs of one-byte ones, with zeros."""
    texts = [value for row in raw[:200] for value in row if isinstance(value, str) and value]
    return sum("\0" in text for text in texts) > 0.3 * len(texts)


def _once(text: str) -> str:
    data = b"".join(_byte(letter) for letter in text)
    return data.decode("utf-16-le", errors="strict") if len(data) % 2 == 0 else text


def _byte(letter: str) -> bytes:
    try:
        return letter.encode("latin-1") if ord(letter) < 256 else letter.encode("cp1252")
    except UnicodeEncodeError:
        return b"??"


def _first_row(sheet: calamine.CalamineSheet) -> int:
    return sheet.start[0] if sheet.start else 0


def cell_text(value: Any) -> str:
    """A cell as the reader of the sheet sees it: no '.0' on whole numbers, days without midnight."""
    if isinstance(value, str):
        return value.replace("\xa0", " ").strip()
    if isinstance(value, bool):
        return str(value).upper()
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() and abs(value) < 1e15 else repr(value)
    if isinstance(value, dt.datetime):
        return (
            value.date().isoformat()
            if value.time() == dt.time()
            else value.isoformat(sep=" ", timespec="minutes")
        )
    return "" if value is None else str(value)


def _main_sheet(filled: dict[str, list[list[str]]]) -> str:
    """The first sheet that holds a table and does not call itself notes, as every spreadsheet opens it."""
    tables = [name for name in filled if not _NOTES.search(name)] or list(filled)
    proper = [name for name in tables if is_table(filled[name])]
    if proper:
        return proper[0]
    return max(tables, key=lambda name: sum(1 for row in filled[name] for cell in row if cell))


def _lines(filled: dict[str, list[list[str]]], chosen: str) -> list[str]:
    return [
        " ".join(cell for cell in row if cell)
        for name, rows in filled.items()
        if name != chosen and _NOTES.search(name)
        for row in rows[:200]
        if any(row)
    ]


def _other_tables(filled: dict[str, list[list[str]]], chosen: str, alike: list[str]) -> list[str]:
    others = [name for name in filled if name not in {chosen, *alike} and not _NOTES.search(name)]
    listed = ", ".join(f"'{name}'" for name in others[:8]) + (" …" if len(others) > 8 else "")
    messages = (
        [f"머리글이 같은 시트 {len(alike)}개를 이어 읽었습니다(열 '{SHEET}', 행 번호도 이어 셉니다)"]
        if alike
        else []
    )
    if others:
        messages.append(f"시트 '{chosen}'만 읽었습니다; 다른 시트 {listed}는 따로 올려 주십시오")
    return messages


def _dimension(data: bytes, kind: str, rows: list[list[str]]) -> list[str]:
    """Programs that write the sheet as a stream leave the size tag at A1; readers that trust it see one cell."""
    if kind != "xlsx" or len(rows) < 2:
        return []
    with zipfile.ZipFile(io.BytesIO(data)) as book:
        for name in book.namelist():
            if name.startswith("xl/worksheets/sheet"):
                with book.open(name) as sheet:
                    if _ONE_CELL.search(sheet.read(4096)):
                        size = f"{len(rows)}행 × {max(map(len, rows))}열"
                        return [
                            f"파일이 적어 둔 표 크기(한 칸)와 실제 크기({size})가 다릅니다: 실제 칸을 모두 읽었습니다"
                        ]
    return []
