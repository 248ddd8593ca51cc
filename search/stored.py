"""A record as it is stored with its document, and back: the row as published is never lost."""

import json
from collections.abc import Mapping
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from search.batch import TEXT, Batch, joined, listed, mapped, texts
from search.documents import Record

encoded = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode
"""Any value as JSON, as short as it can be."""

_QUOTE, _BACKSLASH, _FIRST_PLAIN = ord('"'), ord("\\"), 0x20
"""What cannot stand in a JSON string as it is (RFC 8259, 7), and all that is below the blank; few columns have any."""


def records_to_json(batch: Batch) -> pa.Array:
    """A text for each record: a JSON object with what is needed to show it again; what it has not is left out."""
    constant = {name: batch.all(f"{encoded(name)}:{encoded(value)}") for name, value in _same(batch).items()}
    parts = [
        constant["dataset"],
        number_members("ordinal", batch.ordinal),
        constant["area"],
        constant["provider"],
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
    return surrounded("{", joined([part for part in parts if part is not None], ","), "}")


def _same(batch: Batch) -> Mapping[str, str]:
    return {"dataset": batch.dataset, "area": batch.area, "provider": batch.provider}


def surrounded(before: str, values: pa.Array, after: str) -> pa.Array:
    """Each text between two others; null stays null."""
    return pc.binary_join_element_wise(
        pa.scalar(before, TEXT), values, pa.scalar(after, TEXT), pa.scalar("", TEXT)
    )


def as_json(values: pa.Array) -> pa.Array:
    """Texts as JSON strings."""
    return _strings("", values)


def inside_json(written: pa.Array) -> pa.Array:
    """JSON texts as JSON strings: no sign in them is to be escaped but these two."""
    for sign in ("\\", '"'):
        written = pc.replace_substring(written, sign, "\\" + sign)
    return surrounded('"', written, '"')


def members(name: str, values: pa.Array) -> pa.Array:
    """Texts as members of a JSON object: ``"name":"value"``."""
    return _strings(encoded(name) + ":", values)


def _strings(before: str, values: pa.Array) -> pa.Array:
    if not _is_to_escape(values):
        return surrounded(before + '"', values, '"')
    return mapped(values, lambda value: (before + encoded(value),), 1)[0]


def _is_to_escape(values: pa.Array) -> bool:
    """Whether one of the texts may have to be written otherwise: their bytes are looked at all at once."""
    data = values.buffers()[2]
    if data is None:
        return False
    letters = np.frombuffer(data, np.uint8)
    return bool(((letters == _QUOTE) | (letters == _BACKSLASH) | (letters < _FIRST_PLAIN)).any())


def number_members(name: str, values: pa.Array) -> pa.Array:
    """Numbers as members of a JSON object; doubles in the shortest form that reads back the same."""
    key = encoded(name) + ":"
    if pa.types.is_integer(values.type):
        return surrounded(key, values.cast(TEXT), "")
    distinct = values.dictionary_encode()
    return texts([key + repr(value) for value in listed(distinct.dictionary)]).take(distinct.indices)


def nested(name: str, parts: list[pa.Array], signs: str = "{}") -> pa.Array | None:
    """Members gathered in an object (or a list) that is itself a member; null where it would be empty."""
    if not parts:
        return None
    inner = joined(parts, ",")
    full = surrounded(f"{encoded(name)}:{signs[0]}", inner, signs[1])
    return pc.if_else(pc.equal(inner, ""), pa.scalar(None, TEXT), full)


def _locations(batch: Batch) -> pa.Array | None:
    if batch.lat.null_count == len(batch):
        return None
    return texts([None if one is None else f'"location":[{one[0]!r},{one[1]!r}]' for one in batch.located()])


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
