"""The documents both engines hold: what a dataset and a record are once they can be searched."""

from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, field, fields
from math import floor
from typing import Any

MEASURE_SLOTS = 64
DIMENSION_SLOTS = 24
"""One mapping serves every dataset: measures go to m0…, keywords to d0…; a column beyond stays text."""


@dataclass(frozen=True)
class Column:
    """A column of a dataset: its meaning, and the slot its values stand in (None: text only)."""

    name: str
    role: str
    kind: str | None = None
    unit: str | None = None
    slot: str | None = None

    @property
    def is_number(self) -> bool:
        """Whether its slot holds numbers: measures may be added, rates only averaged."""
        return self.slot is not None and self.slot.startswith("m")


@dataclass(frozen=True)
class Dataset:
    """A dataset's metadata as published with a build. Times are ISO 8601 text."""

    id: str
    title: str
    area: str
    provider: str
    description: str
    source_file: str
    edition: str
    fetched_at: str
    records: int
    columns: tuple[Column, ...] = ()
    years: tuple[int, ...] = ()
    sample: bool = False
    regions: tuple[str, ...] = ()
    """The places of its records, by name."""
    words: str = ""
    """Words of its records, the commonest first: a line for each, with the number of records that hold it."""
    report: Mapping[str, Any] = field(default_factory=dict)

    def names(self) -> Iterator[str]:
        """What the dataset is called and filed under."""
        yield self.title
        yield self.area
        yield self.provider

    def texts(self) -> Iterator[str]:
        """Everything by which all records of the dataset are found: a record carries its dataset's words."""
        yield from self.names()
        yield self.description
        for column in self.columns:
            yield column.name

    def column(self, name: str) -> Column | None:
        return next((column for column in self.columns if column.name == name), None)

    def numbers(self) -> tuple[Column, ...]:
        """Columns with numbers, in file order."""
        return tuple(column for column in self.columns if column.is_number)

    def as_json(self) -> dict[str, Any]:
        body = {each.name: getattr(self, each.name) for each in fields(self)}
        return {**body, "columns": [asdict(column) for column in self.columns]}

    @classmethod
    def from_json(cls, body: Mapping[str, Any]) -> "Dataset":
        columns = tuple(Column(**column) for column in body["columns"])
        lists = {name: tuple(body.get(name, ())) for name in ("years", "regions")}
        return cls(**{**body, **lists, "columns": columns})


CELLS_DEGREES = {"cell_200m": 0.002, "cell_2km": 0.02}
"""Cells of a map by the field that holds them: places are counted by cell, so that a map costs one question."""


def cells(location: tuple[float, float] | None) -> dict[str, str]:
    """The cells a place (latitude, longitude) lies in, each named by its middle: ``37.539,127.123``."""
    if location is None:
        return {}
    return {
        name: ",".join(cell_middle(floor(degree / size), size) for degree in location)
        for name, size in CELLS_DEGREES.items()
    }


def cell_middle(number: float, size: float) -> str:
    """In degrees, of the so many-th cell of a size from 0° on."""
    return f"{(number + 0.5) * size:.3f}"


@dataclass(frozen=True, slots=True)
class Record:
    """A row of a dataset after intake.

    ``row`` holds the cells as published; ``extra`` the words by which the record is found although
    no cell holds them (a year from the header, the legal dong of a dong). ``location`` is
    (latitude, longitude) in WGS84.
    """

    dataset: str
    ordinal: int
    area: str
    provider: str
    title: str
    row: Mapping[str, str]
    year: int | None = None
    period: str | None = None
    region: str | None = None
    location: tuple[float, float] | None = None
    measures: Mapping[str, float] = field(default_factory=dict)
    dimensions: Mapping[str, str] = field(default_factory=dict)
    extra: tuple[str, ...] = ()

    @property
    def id(self) -> str:
        return f"{self.dataset}.{self.ordinal}"

    def values(self) -> tuple[str, ...]:
        """All values that are matched."""
        return (*self.row.values(), *self.extra)
