"""JSON tables to a grid: row lists in any envelope, named fields beside records, columns side by side."""

import json
from collections.abc import Iterator
from typing import Any

from indexer.intake.reading.decode import decode
from indexer.intake.reading.grid import Grid, numbered
from indexer.intake.table import Outcome, Refused

_COUNTS = ("list_total_count", "totalCount", "matchCount")


def read_json(data: bytes) -> Grid:
    decoded = decode(data)
    text = decoded.text.removeprefix("\ufeff")
    try:
        # services write raw tabs inside strings, so strict=False
        document = json.loads(text, strict=False)
    except RecursionError as error:
        raise Refused("json이 지나치게 깊이 겹쳐 있습니다: 표로 된 json을 올려 주십시오") from error
    except json.JSONDecodeError as error:
        if lines := _json_lines(text):
            return _grid(lines, decoded.encoding, {})
        raise Refused(
            f"json 문법이 {error.lineno}행 {error.colno}번째 글자에서 깨졌습니다({error.msg}): "
            "값의 경계를 짐작할 수 없으니 원본을 다시 내려받거나 csv·xlsx를 올려 주십시오"
        ) from error
    if isinstance(document, dict) and _is_geojson(document):
        raise Refused("GeoJSON 경계 자료입니다: 레코드 표가 아니므로 색인하지 않습니다", Outcome.NOT_TABULAR)
    records = _records(document)
    if not records:
        raise Refused(
            f"json에 레코드 목록이 없습니다{_service_message(document)}: 행 목록이 든 json을 올려 주십시오"
        )
    return _grid(records, decoded.encoding, _captions(document), tuple(_page(document, len(records))))


def _grid(
    records: list[dict[str, Any]], encoding: str, captions: dict[str, str], messages: tuple[str, ...] = ()
) -> Grid:
    names = list(dict.fromkeys(key for record in records for key in record))
    rows = [names, *([as_text(record.get(name)) for name in names] for record in records)]
    return Grid(rows, numbered(rows), "json", encoding, named=True, captions=captions, messages=messages)


def as_text(value: Any) -> str:
    if value is None or value == "null":
        return ""
    if isinstance(value, bool):
        return str(value).upper()
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() and abs(value) < 1e15 else repr(value)
    if isinstance(value, dict | list):
        return json.dumps(value, ensure_ascii=False)
    return str(value).strip()


def _json_lines(text: str) -> list[dict[str, Any]]:
    try:
        lines = [json.loads(line) for line in text.splitlines() if line.strip()]
    except (json.JSONDecodeError, RecursionError):
        return []
    return lines if all(isinstance(line, dict) for line in lines) else []


def _is_geojson(document: dict[str, Any]) -> bool:
    return document.get("type") in ("FeatureCollection", "Feature", "Topology", "GeometryCollection")


def _records(document: Any) -> list[dict[str, Any]]:
    """The longest list of flat objects in the document, whatever envelope is around it."""
    lists = [found for found in _lists(document, 0) if found]
    if lists:
        return max(lists, key=lambda found: len(found) * len(found[0]))
    columns = _columns(document)
    if columns:
        return columns
    single = _single(document)
    return [single] if single else []


def _lists(node: Any, depth: int) -> Iterator[list[dict[str, Any]]]:
    if depth > 6:
        return
    if isinstance(node, list):
        if node and all(isinstance(item, dict) for item in node):
            # data.go.kr's standard json has [{"id": name}, …] for fields beside the records
            if all(set(item) == {"id"} for item in node):
                return
            yield node
            return
        if len(node) > 1 and all(isinstance(item, list) for item in node):
            names = [as_text(cell) for cell in node[0]]
            if all(names) and len(set(names)) == len(names):
                yield [dict(zip(names, row, strict=False)) for row in node[1:]]
        return
    if isinstance(node, dict):
        for value in node.values():
            yield from _lists(value, depth + 1)


def _columns(document: Any) -> list[dict[str, Any]]:
    """``{"name": [..], "name": [..]}`` or pandas' ``{"name": {"0": ..}}``: columns side by side."""
    if not isinstance(document, dict) or len(document) < 2:
        return []
    values = list(document.values())
    if all(isinstance(v, dict) and v for v in values) and len({tuple(v) for v in values}) == 1:
        values = [list(v.values()) for v in values]
    elif not all(isinstance(v, list) for v in values) or len({len(v) for v in values}) != 1:
        return []
    if any(isinstance(cell, dict | list) for column in values for cell in column):
        return []
    return [dict(zip(document, row, strict=True)) for row in zip(*values, strict=True)]


def _single(node: Any) -> dict[str, Any] | None:
    """One record comes bare where a list would hold it (``items.item`` of one row)."""
    while isinstance(node, dict):
        inner = next((node[key] for key in ("response", "body", "items", "item", "row") if key in node), None)
        if inner is None:
            return None
        if (
            isinstance(inner, dict)
            and not any(isinstance(v, dict | list) for v in inner.values())
            and len(inner) > 1
        ):
            return inner
        node = inner
    return None


def _captions(document: Any) -> dict[str, str]:
    """DESCRIPTION of the Seoul portal: field code to Korean name, the codes in the other case than the data."""
    found = document.get("DESCRIPTION") if isinstance(document, dict) else None
    if not isinstance(found, dict):
        return {}
    return {key.lower(): str(name).strip() for key, name in found.items() if name}


def _envelope(node: Any, depth: int = 0) -> Iterator[tuple[str, Any]]:
    if isinstance(node, dict) and depth < 5:
        for key, value in node.items():
            if isinstance(value, dict):
                yield from _envelope(value, depth + 1)
            elif not isinstance(value, list):
                yield key, value


def _page(document: Any, rows: int) -> list[str]:
    for key, value in _envelope(document):
        if key in _COUNTS and str(value).isdigit() and int(str(value)) > rows:
            return [
                f"전체 {int(str(value)):,}건 중 {rows:,}건만 들어 있는 한 쪽입니다: 나머지를 마저 받아 주십시오"
            ]
    return []


def _service_message(document: Any) -> str:
    for key, value in _envelope(document):
        if key.lower() in ("message", "resultmsg", "errmsg") and value:
            return f"(서비스의 응답: {value})"
    return ""
