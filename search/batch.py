"""Records of one dataset side by side: a column for each thing a record says of itself, as engines are given them.

Public data repeat their values; what is made of a value is made once for all rows of a batch that hold it.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import reduce
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from search.documents import Record

TEXT = pa.large_string()
"""The type of all texts here: arrow joins only texts of one type."""

TITLE_SIGN = " · "


@dataclass(frozen=True)
class Batch:
    """Rows of a dataset as arrow arrays of one length; null where a record has nothing.

    ``title`` holds the parts a record is called by, joined where it has them; ``called`` names one that has
    none. ``row`` holds the cells as published by column, ``dimensions`` and ``measures`` what stands in the
    slots, all in the order of the dataset's columns; ``extra`` words of the record that stand in no cell.
    ``lat`` and ``lon`` are WGS84.
    """

    dataset: str
    area: str
    provider: str
    called: str
    ordinal: pa.Array
    title: tuple[pa.Array, ...]
    row: Mapping[str, pa.Array]
    year: pa.Array
    period: pa.Array
    region: pa.Array
    lat: pa.Array
    lon: pa.Array
    measures: Mapping[str, pa.Array]
    dimensions: Mapping[str, pa.Array]
    extra: tuple[pa.Array, ...] = ()

    def __len__(self) -> int:
        return len(self.ordinal)

    def titles(self) -> pa.Array:
        """What each record is called."""
        return filled(joined(self.title, TITLE_SIGN), self.called) if self.title else self.all(self.called)

    def values(self) -> tuple[pa.Array, ...]:
        """All values that are matched, a column each."""
        return (*self.row.values(), *self.extra)

    def all(self, text: str) -> pa.Array:
        """The text for every record."""
        return pa.repeat(pa.scalar(text, TEXT), len(self))

    def located(self) -> list[tuple[float, float] | None]:
        """Latitude and longitude of each record; None without both."""
        pairs = zip(listed(self.lat), listed(self.lon), strict=True)
        return [None if lat is None or lon is None else (lat, lon) for lat, lon in pairs]

    def records(self) -> Iterator[Record]:
        """The same one by one."""
        row, extra = _rows(self.row), [list(map(_there, cells)) for cells in _cells(self, self.extra)]
        measures, dimensions = _rows(self.measures), _rows(self.dimensions)
        lists = (self.ordinal, self.titles(), self.year, self.period, self.region)
        for at, (ordinal, title, year, period, region) in enumerate(zip(*map(listed, lists), strict=True)):
            yield Record(
                dataset=self.dataset,
                ordinal=ordinal,
                area=self.area,
                provider=self.provider,
                title=title,
                row=row[at] if row else {},
                year=year,
                period=period,
                region=region,
                location=self._location(at),
                measures=measures[at] if measures else {},
                dimensions=dimensions[at] if dimensions else {},
                extra=tuple(word for words in extra[at] for word in words),
            )

    def _location(self, at: int) -> tuple[float, float] | None:
        lat, lon = self.lat[at].as_py(), self.lon[at].as_py()
        return None if lat is None or lon is None else (lat, lon)


def _there(value: str | None) -> tuple[str, ...]:
    return () if value is None else (value,)


def _cells(batch: Batch, columns: Sequence[pa.Array]) -> Iterator[tuple[str | None, ...]]:
    return zip(*map(listed, columns), strict=True) if columns else iter([()] * len(batch))


def _rows(columns: Mapping[str, pa.Array]) -> list[dict[str, Any]]:
    cells = zip(*map(listed, columns.values()), strict=True)
    return [
        {name: cell for name, cell in zip(columns, row, strict=True) if cell is not None} for row in cells
    ]


def listed(values: pa.Array) -> list[Any]:
    """The values in Python, None for null; texts by way of numpy, three times as fast as one by one."""
    as_texts = pa.types.is_large_string(values.type) or pa.types.is_large_binary(values.type)
    found: list[Any] = values.to_numpy(zero_copy_only=False).tolist() if as_texts else values.to_pylist()
    return found


def texts(values: Sequence[str | None]) -> pa.Array:
    """Texts as an array."""
    return pa.array(values, TEXT)


def present(values: pa.Array) -> pa.Array:
    """The texts, null where they are blank; their bytes are not copied."""
    places, data = laid(values)
    there = np.diff(places) > 0
    if values.null_count:
        there &= values.is_valid().to_numpy(zero_copy_only=False)
    if there.all():
        return values
    bits = pa.py_buffer(np.packbits(there, bitorder="little"))
    return pa.LargeStringArray.from_buffers(len(values), pa.py_buffer(places), data, bits)


def filled(values: pa.Array, text: str) -> pa.Array:
    """The texts, and ``text`` where they are blank or null."""
    return pc.fill_null(present(values), text)


def laid(values: pa.Array) -> tuple[npt.NDArray[np.int64], pa.Buffer]:
    """Where texts begin and end, one place more than there are texts, in the bytes of all, which lie one after another."""
    _, places, data = values.buffers()
    whole = np.frombuffer(places, np.int64)[values.offset : values.offset + len(values) + 1]
    return whole, data


def joined(parts: Sequence[pa.Array], by: str) -> pa.Array:
    """The parts of each row that are there, joined; blank where none is."""
    none = reduce(pc.and_, map(pc.is_null, parts))
    # arrow leaves a row out altogether that has nothing to join (26.0)
    first = pc.if_else(none, "", parts[0]) if pc.any(none).as_py() else parts[0]
    return pc.binary_join_element_wise(first, *parts[1:], pa.scalar(by, TEXT), null_handling="skip")


def mapped(values: pa.Array, made: Callable[[str], tuple[str, ...]], parts: int) -> tuple[pa.Array, ...]:
    """What is made of each value, ``parts`` texts, as so many columns; made once for equal values."""
    encoded = values.dictionary_encode()
    found = [made(value) for value in listed(encoded.dictionary)]
    columns = zip(*found, strict=True) if found else [()] * parts
    return tuple(texts(column).take(encoded.indices) for column in columns)
