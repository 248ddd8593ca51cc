"""A record as it is stored with its document, and back: the row as published is never lost."""

import json
from typing import Any

from search.documents import Record

_ENCODE = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


def record_as_dict(record: Record) -> dict[str, Any]:
    """What is needed to show the record again; blanks are left out."""
    body: dict[str, Any] = {
        "dataset": record.dataset,
        "ordinal": record.ordinal,
        "area": record.area,
        "provider": record.provider,
        "title": record.title,
        "row": dict(record.row),
        "year": record.year,
        "period": record.period,
        "region": record.region,
        "location": record.location,
        "measures": dict(record.measures),
        "dimensions": dict(record.dimensions),
        "extra": list(record.extra),
    }
    return {name: value for name, value in body.items() if value not in (None, {}, [])}


def record_to_json(record: Record) -> bytes:
    return _ENCODE(record_as_dict(record)).encode()


def record_from_dict(body: dict[str, Any]) -> Record:
    location = body.get("location")
    return Record(
        dataset=body["dataset"],
        ordinal=body["ordinal"],
        area=body["area"],
        provider=body["provider"],
        title=body["title"],
        row=body.get("row", {}),
        year=body.get("year"),
        period=body.get("period"),
        region=body.get("region"),
        location=(location[0], location[1]) if location else None,
        measures=body.get("measures", {}),
        dimensions=body.get("dimensions", {}),
        extra=tuple(body.get("extra", ())),
    )


def record_from_json(text: bytes) -> Record:
    return record_from_dict(json.loads(text))
