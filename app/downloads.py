"""Tables as CSV: streamed, with a byte-order mark and escaped formulas for people, raw for programs."""

import csv
import io
import re
from collections.abc import Iterable, Iterator
from itertools import chain, islice
from urllib.parse import quote

from flask import Response, request

from search.engine import Snapshot
from search.plan import Selection, Top

ROWS_A_TRIP = 2_000
LINES_A_PIECE = 500
_NUMBER = re.compile(r"[-+]?[\d,]*\.?\d+%?")
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "\0", "＝", "＋", "－", "＠")


def csv_response(name: str, header: Iterable[str], rows: Iterator[list[str]]) -> Response:
    """A CSV attachment; ``?raw=1`` leaves out mark and escapes."""
    raw = request.args.get("raw") == "1"
    # the first row is fetched here, so that an engine that is down is an error and not half a file
    first = list(islice(rows, 1))
    found = Response(_pieces([list(header)], chain(first, rows), raw=raw), mimetype="text/csv")
    found.headers["Content-Disposition"] = (
        f"attachment; filename=data.csv; filename*=UTF-8''{quote(name)}.csv"
    )
    return found


def _pieces(header: list[list[str]], rows: Iterator[list[str]], *, raw: bool) -> Iterator[str]:
    lines = chain(header, rows)
    # spreadsheets read UTF-8 as Korean only behind a byte-order mark
    mark = "" if raw else "\ufeff"
    while piece := list(islice(lines, LINES_A_PIECE)):
        yield mark + _text(piece if raw else [[escaped(cell) for cell in row] for row in piece])
        mark = ""


def _text(rows: list[list[str]]) -> str:
    text = io.StringIO()
    csv.writer(text, lineterminator="\r\n").writerows(rows)
    return text.getvalue()


def escaped(cell: str) -> str:
    """A cell that no spreadsheet takes for a formula; real numbers stay (ui-ops.md §5.8)."""
    return "'" + cell if cell.startswith(_FORMULA) and not _NUMBER.fullmatch(cell) else cell


def record_rows(snapshot: Snapshot, selection: Selection, names: list[str]) -> Iterator[list[str]]:
    """All records in file order, fetched by cursor."""
    after: int | None = None
    while True:
        (answer,) = snapshot.ask([Top(selection, ROWS_A_TRIP, order="row", after=after)])
        for hit in answer.hits:
            yield [hit.record.row.get(name, "") for name in names]
        if len(answer.hits) < ROWS_A_TRIP:
            return
        after = answer.hits[-1].record.ordinal
