"""A record as it is stored with its document, and back: the row as published is never lost.

A list without names. What its dataset says of all its records, the names of the columns first, no record repeats.
"""

import json

import pyarrow as pa

from search.batch import Batch, texts
from search.documents import Dataset, Record
from search.json_lines import Fragments, as_json, as_list, as_list_of_present, as_numbers, written


def records_to_json(batch: Batch) -> pa.Array:
    """A text for each record: a JSON list with what is needed, beside its dataset, to show it again."""
    return written(as_stored(batch))


def as_stored(batch: Batch) -> Fragments:
    """The same in fragments."""
    return as_list(
        [
            as_numbers(batch.ordinal),
            as_json(batch.titles()),
            as_list([as_json(values) for values in batch.row.values()]),
            as_numbers(batch.year),
            as_json(batch.period),
            as_json(batch.region),
            _locations(batch),
            as_list([as_numbers(values) for values in batch.measures.values()]),
            as_list_of_present([as_json(values) for values in batch.extra]),
        ]
    )


def _locations(batch: Batch) -> Fragments:
    return (texts([None if one is None else f"[{one[0]!r},{one[1]!r}]" for one in batch.located()]),)


def record_from_json(text: str | bytes, dataset: Dataset) -> Record:
    """A record of the dataset, read from what was stored of it."""
    ordinal, title, cells, year, period, region, location, numbers, extra = json.loads(text)
    columns = zip(dataset.columns, cells, strict=True)
    held = [(column, cell) for column, cell in columns if cell is not None]
    slots = zip(dataset.numbers(), numbers, strict=True)
    return Record(
        dataset=dataset.id,
        ordinal=ordinal,
        area=dataset.area,
        provider=dataset.provider,
        title=title,
        row={column.name: cell for column, cell in held},
        year=year,
        period=period,
        region=region,
        location=(location[0], location[1]) if location else None,
        measures={str(column.slot): number for column, number in slots if number is not None},
        dimensions={column.slot: cell for column, cell in held if column.slot and not column.is_number},
        extra=tuple(extra),
    )
