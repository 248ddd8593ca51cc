"""The fields of the index, and records as tantivy is given them."""

import hashlib
from binascii import b2a_base64
from collections import deque
from collections.abc import Callable, Iterable
from itertools import compress, repeat
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import tantivy

from search import prepared, schema
from search.batch import TEXT, Batch, laid, listed, texts
from search.json_lines import Fragments, as_object, members, number_members, written
from search.morphology import Analyzer
from search.stored import records_to_json

WRITER_HEAP_BYTES = 128_000_000


def index_schema() -> tantivy.Schema:
    """The fields of the index; a change of them raises FIELDS_VERSION."""
    builder = tantivy.SchemaBuilder()
    for name in (*schema.KEYWORDS, *schema.DIMENSIONS):
        builder.add_text_field(name, fast=True, tokenizer_name="raw", index_option="basic")
    for name in schema.INTEGERS:
        builder.add_integer_field(name, indexed=True, fast=True)
    for name in schema.NUMBERS:
        builder.add_float_field(name, fast=True)
    builder.add_unsigned_field("ordinal", indexed=True, fast=True)
    builder.add_unsigned_field("dataset_code", fast=True)
    for name in ("title", "body"):
        builder.add_text_field(name, tokenizer_name="whitespace", index_option="freq")
    for name in (schema.INSIDE, schema.ACROSS, schema.SINGLE):
        builder.add_text_field(name, tokenizer_name="whitespace", index_option="basic")
    builder.add_bytes_field("record", stored=True)
    return builder.build()


def new_index(folder: Path) -> tantivy.Index:
    """The index in a folder, made where there is none."""
    return tantivy.Index(index_schema(), path=str(folder))


def dataset_code(dataset: str) -> int:
    """A number for a dataset: of many hits the engine hands out numbers at once, texts one by one."""
    return int.from_bytes(hashlib.blake2b(dataset.encode(), digest_size=8).digest())


SHORT_DECIMALS, SHORT_NUMBER, SHORT_INTEGER = 6, 1e9, 1e14
"""Numbers below these have 15 digits at most."""

_BARE = frozenset({"title", "body", schema.INSIDE, schema.ACROSS, schema.SINGLE})
"""Texts of letters, digits and blanks: nothing in them is to be escaped."""

Columns = list[tuple[str, str, pa.Array]]
"""Of what kind a value is, its field, and the values of a batch."""

_ADD: dict[str, Callable[..., None]] = {
    "text": tantivy.Document.add_text,
    "integer": tantivy.Document.add_integer,
    "unsigned": tantivy.Document.add_unsigned,
    "float": tantivy.Document.add_float,
    "bytes": tantivy.Document.add_bytes,
}


def columns(batch: Batch, analyzer: Analyzer) -> Columns:
    """What tantivy is given of a batch: morphemes to rank, bigrams to match.

    The terms of all cells of a record stand in one text a field: positions are not kept.
    """
    code = pa.scalar(dataset_code(batch.dataset), pa.uint64())
    return [
        *(("text", name, values) for name, values in prepared.keywords(batch).items()),
        *(("text", name, values) for name, values in prepared.matched(batch, analyzer).items()),
        ("integer", "year", batch.year),
        ("unsigned", "ordinal", batch.ordinal),
        ("unsigned", "dataset_code", pa.repeat(code, len(batch))),
        *(("float", slot, values) for slot, values in batch.measures.items()),
        ("bytes", "record", records_to_json(batch)),
    ]


def documents(given: Columns) -> list[tantivy.Document]:
    """The records of a batch as documents, filled field by field: so the loops are not Python's."""
    made = [tantivy.Document() for _ in range(len(given[0][2]))]
    for kind, name, values in given:
        found: Iterable[Any] = listed(values.cast(pa.large_binary()) if kind == "bytes" else values)
        filled: Iterable[tantivy.Document] = made
        if values.null_count:
            there = listed(values.is_valid())
            found, filled = compress(found, there), compress(made, there)
        deque(map(_ADD[kind], filled, repeat(name), found), maxlen=0)
    return made


def lines(given: Columns) -> list[str]:
    """The records of a batch as JSON, which tantivy reads faster than it is handed documents."""
    *others, (_, name, stored) = given
    parts = [_members(kind, key, values) for kind, key, values in others]
    packed = (f'"{name}":"', _base64(stored), '"')
    return listed(written(as_object([*parts, packed])))


def _base64(values: pa.Array) -> pa.Array:
    """JSON texts in base64. Filled up with blanks to threes of bytes, they can be packed as one."""
    lacking = -pc.binary_length(values).to_numpy() % 3
    blanks = texts(["", " ", "  "]).take(pa.array(lacking))
    places, data = laid(pc.binary_join_element_wise(values, blanks, pa.scalar("", TEXT)))
    packed = b2a_base64(data[int(places[0]) : int(places[-1])], newline=False)
    ends = (places - places[0]) // 3 * 4
    return pa.LargeStringArray.from_buffers(len(values), pa.py_buffer(ends), pa.py_buffer(packed))


def _members(kind: str, name: str, values: pa.Array) -> Fragments:
    if kind != "text":
        return number_members(name, values)
    return (f'"{name}":"', values, '"') if name in _BARE else members(name, values)


def reads_alike(batch: Batch) -> bool:
    """Whether tantivy reads the same numbers out of JSON: of more than 15 digits it may miss the last bit.

    Its reader multiplies digits by a power of ten (serde_json without ``float_roundtrip``): exact up to 2^53.
    """
    return all(map(_is_short, batch.measures.values()))


def _is_short(values: pa.Array) -> bool:
    found = values.drop_null().to_numpy()
    size = np.abs(found)
    if (size >= SHORT_INTEGER).any():
        return False
    short = (size < SHORT_NUMBER) & (np.round(found, SHORT_DECIMALS) == found)
    return bool(np.all(short | (np.rint(found) == found)))
