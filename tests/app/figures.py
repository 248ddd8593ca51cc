"""What a figure sent to the browser holds."""

import math
from collections.abc import Iterator
from typing import Any

from app.charts.drawing import VALUES


def objects(body: Any) -> Iterator[dict[str, Any]]:
    """Every object of a figure's JSON."""
    if isinstance(body, dict):
        yield body
    for inner in body.values() if isinstance(body, dict) else body if isinstance(body, list) else ():
        yield from objects(inner)


def drawn(item: Any) -> dict[str, list[Any]]:
    """The columns of the source that holds the numbers of the table."""
    found = [
        one["attributes"]
        for one in objects(item)
        if one.get("name") == "ColumnDataSource" and one.get("attributes", {}).get("name") == VALUES
    ]
    assert len(found) == 1
    return {name: list(map(_value, column)) for name, column in found[0]["data"]["entries"]}


def _value(cell: Any) -> Any:
    """NaN is written as an object."""
    return math.nan if isinstance(cell, dict) and cell.get("value") == "nan" else cell


def same(one: Any, other: Any) -> bool:
    """Equal, a gap to a gap."""
    both_gaps = all(isinstance(cell, float) and math.isnan(cell) for cell in (one, other))
    return both_gaps or bool(one == other)
