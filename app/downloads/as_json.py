"""Tables as JSON for programs: streamed, numbers as numbers, with where they are from."""

import json
from collections.abc import Iterator
from itertools import islice
from typing import Any

from flask import Response

from app.downloads.sheet import LINES_A_PIECE, Row, Sheet, attached, begun, plain, sound, unique


def json_response(sheet: Sheet) -> Response:
    """``{about, citation, columns, rows: [{column: value}]}``; columns of one name are numbered."""
    pieces = _pieces(sheet, begun(sheet.rows))
    return attached(Response(pieces, mimetype="application/json"), sheet.file, "json")


def _pieces(sheet: Sheet, rows: Iterator[Row]) -> Iterator[str]:
    columns = unique(sheet.header)
    head = _text(
        {"about": sheet.about.as_json(), "citation": sheet.about.citation(), "columns": list(columns)}
    )
    yield head.removesuffix("}") + ', "rows": ['
    mark = "\n"
    while piece := list(islice(rows, LINES_A_PIECE)):
        yield mark + ",\n".join(_text(dict(zip(columns, map(plain, row), strict=True))) for row in piece)
        mark = ",\n"
    yield "\n]}\n"


def _text(body: dict[str, Any]) -> str:
    return sound(json.dumps(body, ensure_ascii=False, allow_nan=False))
