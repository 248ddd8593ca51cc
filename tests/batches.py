"""Records side by side, as engines take them in."""

from collections.abc import Iterable

import pyarrow as pa

from search.batch import TEXT, Batch, texts
from search.documents import Dataset, Record


def beside(records: Iterable[Record], dataset: Dataset | None = None) -> list[Batch]:
    """A batch of the records of one dataset; none for none. What an engine is to give back needs the dataset's columns."""
    found = list(records)
    if not found:
        return []
    first = found[0]
    held = [_named(found, what) for what in ("row", "measures", "dimensions")]
    names, measures, dimensions = of = _of(dataset) if dataset else held
    if unknown := {
        name for there, known in zip(held, of, strict=True) for name in there if name not in known
    }:
        raise ValueError(f"{first.dataset}: no columns for {sorted(unknown)}")
    extra = max(len(one.extra) for one in found)
    return [
        Batch(
            dataset=first.dataset,
            area=first.area,
            provider=first.provider,
            called=first.title,
            ordinal=pa.array([one.ordinal for one in found], pa.int64()),
            title=(texts([one.title for one in found]),),
            row={name: texts([one.row.get(name) or None for one in found]) for name in names},
            year=pa.array([one.year for one in found], pa.int64()),
            period=texts([one.period for one in found]),
            region=texts([one.region for one in found]),
            lat=pa.array([one.location and one.location[0] for one in found], pa.float64()),
            lon=pa.array([one.location and one.location[1] for one in found], pa.float64()),
            measures={
                slot: pa.array([one.measures.get(slot) for one in found], pa.float64()) for slot in measures
            },
            dimensions={
                slot: pa.array([one.dimensions.get(slot) for one in found], TEXT) for slot in dimensions
            },
            extra=tuple(texts([dict(enumerate(one.extra)).get(at) for one in found]) for at in range(extra)),
        )
    ]


def _named(records: list[Record], what: str) -> list[str]:
    return list(dict.fromkeys(name for one in records for name in getattr(one, what)))


def _of(dataset: Dataset) -> list[list[str]]:
    slots = [str(column.slot) for column in dataset.columns if column.slot]
    numbers = [str(column.slot) for column in dataset.numbers()]
    return [
        [column.name for column in dataset.columns],
        numbers,
        [slot for slot in slots if slot not in numbers],
    ]
