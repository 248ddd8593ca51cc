"""A record as it is stored with its document, and back: the row as published is never lost."""

import json
from typing import Any

import pyarrow as pa

from search.batch import Batch, texts
from search.documents import Record
from search.json_lines import Fragments, as_json, as_object, encoded, members, nested, number_members, written


def records_to_json(batch: Batch) -> pa.Array:
    """A text for each record: a JSON object with what is needed to show it again; what it has not is left out."""
    return written(as_stored(batch))


def as_stored(batch: Batch) -> Fragments:
    """The same in fragments."""
    parts = [
        (_same("dataset", batch.dataset),),
        number_members("ordinal", batch.ordinal),
        (_same("area", batch.area),),
        (_same("provider", batch.provider),),
        members("title", batch.titles()),
        nested("row", [members(name, values) for name, values in batch.row.items()]),
        number_members("year", batch.year),
        members("period", batch.period),
        members("region", batch.region),
        _locations(batch),
        nested("measures", [number_members(slot, values) for slot, values in batch.measures.items()]),
        nested("dimensions", [members(slot, values) for slot, values in batch.dimensions.items()]),
        nested("extra", [as_json(values) for values in batch.extra], "[]"),
    ]
    return as_object(parts)


def _same(name: str, value: str) -> str:
    return f"{encoded(name)}:{encoded(value)}"


def _locations(batch: Batch) -> Fragments | None:
    if batch.lat.null_count == len(batch):
        return None
    return (
        texts([None if one is None else f'"location":[{one[0]!r},{one[1]!r}]' for one in batch.located()]),
    )


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


def record_from_json(text: str | bytes) -> Record:
    return record_from_dict(json.loads(text))
