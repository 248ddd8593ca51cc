"""The fields of the index, and records as tantivy is given them."""

import hashlib
from collections.abc import Callable, Iterator
from pathlib import Path

import pyarrow as pa
import tantivy

from search import prepared, schema
from search.batch import Batch, listed
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


def documents(batch: Batch, analyzer: Analyzer) -> Iterator[tantivy.Document]:
    """Records as tantivy is given them: morphemes to rank, bigrams to match.

    The terms of all cells of a record stand in one text a field: positions are not kept.
    """
    new, text, number = tantivy.Document, tantivy.Document.add_text, tantivy.Document.add_float
    code = dataset_code(batch.dataset)
    columns: list[tuple[Callable[..., None], str, pa.Array]] = [
        *((text, name, values) for name, values in prepared.keywords(batch).items()),
        *((text, name, values) for name, values in prepared.matched(batch, analyzer).items()),
        (new.add_integer, "year", batch.year),
        (new.add_unsigned, "ordinal", batch.ordinal),
        (new.add_unsigned, "dataset_code", pa.repeat(pa.scalar(code, pa.uint64()), len(batch))),
        *((number, slot, values) for slot, values in batch.measures.items()),
        (new.add_bytes, "record", records_to_json(batch).cast(pa.large_binary())),
    ]
    ways = [(add, name) for add, name, _ in columns]
    for values in zip(*(listed(column) for *_, column in columns), strict=True):
        made = new()
        for (add, name), value in zip(ways, values, strict=True):
            if value is not None:
                add(made, name, value)
        yield made
