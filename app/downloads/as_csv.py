"""Tables as CSV: streamed, with a byte-order mark and escaped formulas for people, raw for programs."""

import csv
import io
import re
from collections.abc import Iterator, Sequence
from itertools import chain, islice

from flask import Response, request

from app.downloads.sheet import LINES_A_PIECE, Cell, Row, Sheet, attached, begun, plain, sound

_HARMLESS = re.compile(r"[-+]?[\d,]*\.?\d+%?|-+")
"""Numbers, and the minus by which offices say that there is nothing."""

_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "\0", "＝", "＋", "－", "＠")


def csv_response(sheet: Sheet) -> Response:
    """A CSV attachment; ``?raw=1`` leaves out mark and escapes."""
    raw = request.args.get("raw") == "1"
    lines = chain([sheet.header], begun(sheet.rows))
    return attached(Response(_pieces(lines, raw=raw), mimetype="text/csv"), sheet.file, "csv")


def _pieces(lines: Iterator[Row], *, raw: bool) -> Iterator[str]:
    # spreadsheets read UTF-8 as Korean only behind a byte-order mark
    mark = "" if raw else "\ufeff"
    while piece := list(islice(lines, LINES_A_PIECE)):
        yield mark + sound(_text([[_written(cell, raw=raw) for cell in row] for row in piece]))
        mark = ""


def _written(cell: Cell, *, raw: bool) -> str:
    """Numbers are never formulas, whatever sign they begin with."""
    if isinstance(cell, str):
        return cell if raw else escaped(cell)
    value = plain(cell)
    return "" if value is None else str(value)


def _text(rows: Sequence[Sequence[str]]) -> str:
    text = io.StringIO()
    csv.writer(text, lineterminator="\r\n").writerows(rows)
    return text.getvalue()


def escaped(cell: str) -> str:
    """A cell that no spreadsheet takes for a formula; real numbers stay (ui-ops.md §5.8), and so does a lone minus."""
    return "'" + cell if cell.startswith(_FORMULA) and not _HARMLESS.fullmatch(cell) else cell
