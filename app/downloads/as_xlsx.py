"""Tables as a spreadsheet: text stays text, numbers stay numbers, and a second sheet says what they are.

Written row by row to a file without a name, which is gone once it is sent or nobody waits for it.
"""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from itertools import chain, islice, zip_longest
from tempfile import TemporaryDirectory, TemporaryFile
from typing import IO

from flask import Response
from werkzeug.wsgi import FileWrapper
from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from app.downloads.about import About
from app.downloads.as_csv import escaped
from app.downloads.sheet import EXACT, Row, Sheet, attached, plain, sound

MIMETYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
MAX_ROWS = 1_048_575
"""Rows of a spreadsheet below its header."""
MAX_COLUMNS = 16_384
MAX_UNITS = 32_767
"""UTF-16 units of text in one cell: an emoji is two."""
CUT = "…(뒤를 줄임)"
DATA, ABOUT = "자료", "설명"

MEASURED_ROWS = 200
PIECE_BYTES = 65_536
NARROW, WIDE = 8, 50
_LINE_ENDS = re.compile("\r\n?")
_UNHELD = re.compile("[\x00-\x08\x0b-\x1f\ufffe\uffff]")


class TooManyRows(ValueError):
    """More than one spreadsheet holds; the message says what to do."""

    def __init__(self) -> None:
        super().__init__(
            f"엑셀 파일 하나에는 {MAX_ROWS:,}행, {MAX_COLUMNS:,}열까지만 담을 수 있습니다. "
            "연도나 지역을 골라 자료를 좁히거나, 모두 담을 수 있는 CSV로 내려받아 주세요."
        )


def xlsx_response(sheet: Sheet) -> Response:
    """A spreadsheet with the table and what it is. Raises TooManyRows."""
    file = written(sheet)
    response = Response(FileWrapper(file, PIECE_BYTES), mimetype=MIMETYPE)
    response.content_length = file.seek(0, 2)
    file.seek(0)
    return attached(response, sheet.file, "xlsx")


def written(sheet: Sheet) -> IO[bytes]:
    """The whole file, of which memory never holds more than a few rows. Raises TooManyRows."""
    if (sheet.total or 0) > MAX_ROWS or len(sheet.header) > MAX_COLUMNS:
        raise TooManyRows
    with ExitStack() as kept:
        file = kept.enter_context(TemporaryFile())
        with TemporaryDirectory() as folder:
            options = {"constant_memory": True, "tmpdir": folder, "use_zip64": True}
            with Workbook(file, options) as book:
                cut = _write_data(book, sheet)
                _write_about(book, sheet.about, cut)
        kept.pop_all()
    return file


def _write_data(book: Workbook, sheet: Sheet) -> int:
    """The table; how many cells held more text than fits."""
    pen = _Pen(book.add_worksheet(DATA), book.add_format({"quote_prefix": True}))
    first = list(islice(sheet.rows, MEASURED_ROWS))
    for at, width in enumerate(_widths([sheet.header, *first])):
        pen.page.set_column(at, at, width)
    pen.page.freeze_panes(1, 0)
    pen.write(0, sheet.header, book.add_format({"bold": True}))
    last = 0
    for last, row in enumerate(chain(first, sheet.rows), 1):
        if last > MAX_ROWS:
            raise TooManyRows
        pen.write(last, row)
    if sheet.header:
        pen.page.autofilter(0, 0, last, len(sheet.header) - 1)
    return pen.cut


def _write_about(book: Workbook, about: About, cut: int) -> None:
    """What the table is, in two columns."""
    pen = _Pen(book.add_worksheet(ABOUT), book.add_format({"quote_prefix": True}))
    pen.page.set_column(0, 0, 16, book.add_format({"bold": True, "valign": "top"}))
    pen.page.set_column(1, 1, 100, book.add_format({"text_wrap": True, "valign": "top"}))
    said = f"엑셀 한 칸에는 {MAX_UNITS:,}자까지 담깁니다. 더 긴 {cut:,}칸을 줄이고 ‘{CUT}’로 표시했습니다. 전문은 CSV에 있습니다."
    for at, line in enumerate((*about.lines(), *([("줄인 글", said)] if cut else []))):
        pen.write(at, line)


@dataclass
class _Pen:
    """Writes rows of one worksheet and counts the cells it had to cut."""

    page: Worksheet
    quoted: Format
    cut: int = 0

    def write(self, at: int, row: Row, form: Format | None = None) -> None:
        for column, cell in enumerate(row):
            value = plain(cell)
            if isinstance(value, str):
                self._write_text(at, column, value, form)
            elif isinstance(value, int) and abs(value) >= EXACT:
                # as a number it would lose its last digits
                self._write_text(at, column, str(value), form)
            elif value is not None:
                self.page.write_number(at, column, value, form)

    def _write_text(self, at: int, column: int, text: str, form: Format | None) -> None:
        whole = _clean(text)
        held = _fitted(whole)
        self.cut += held != whole
        if held:
            # the quote is a spreadsheet's own mark for text: no formula even after the cell is edited
            form = self.quoted if form is None and escaped(held) != held else form
            self.page.write_string(at, column, held, form)


def _clean(text: str) -> str:
    """Text as XML holds it: no characters that it lacks, one kind of line end."""
    kept = text if text.isprintable() else _UNHELD.sub("", _LINE_ENDS.sub("\n", sound(text)))
    # XlsxWriter takes this for markup of its own and would write it into the file as it is
    return "'" + kept if kept.startswith("<r>") and kept.endswith("</r>") else kept


def _fitted(text: str) -> str:
    """As much of a text as a cell holds, with a mark where that is not all."""
    if len(text) <= MAX_UNITS // 2 or len(text.encode("utf-16-le")) <= 2 * MAX_UNITS:
        return text
    room = 2 * (MAX_UNITS - len(CUT))
    return text.encode("utf-16-le")[:room].decode("utf-16-le", "ignore") + CUT


def _widths(rows: Sequence[Row]) -> Iterator[int]:
    """Widths of the columns by their first rows, within bounds."""
    for column in zip_longest(*rows):
        widest = max((_width(str(cell)) for cell in column if cell is not None), default=0)
        yield min(max(widest + 2, NARROW), WIDE)


def _width(text: str) -> int:
    """Places a text takes: Hangul takes two."""
    return sum(2 if unicodedata.east_asian_width(char) in "WF" else 1 for char in text[:WIDE])
