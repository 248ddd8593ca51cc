"""A table as the kind of file its address ends in."""

from collections.abc import Callable

from flask import Response

from app.downloads.as_csv import csv_response
from app.downloads.as_json import json_response
from app.downloads.as_xlsx import xlsx_response
from app.downloads.sheet import Kind, Sheet

_KINDS: dict[Kind, Callable[[Sheet], Response]] = {
    "csv": csv_response,
    "xlsx": xlsx_response,
    "json": json_response,
}


def respond(kind: Kind, sheet: Sheet) -> Response:
    """The file. Raises TooManyRows."""
    return _KINDS[kind](sheet)
