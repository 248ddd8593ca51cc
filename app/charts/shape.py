"""What the records of a dataset are like under the filters that are chosen: which charts there can be."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from app.forms import Facet
from app.naming import named
from app.totals import holds_things
from search.documents import Column, Dataset
from search.engine import Snapshot
from search.plan import Groups, Selection

MOST_PERIODS = 60_000
"""Days of a century and a half; engines count up to 65,000 groups."""

_MONTHLY = re.compile(r"\d{4}-\d\d")
_LOOKED_AT = re.compile(r"기준|갱신|수정|점검|확인|변경|조사|입력|등록일시")
_DAILY = re.compile(r"\d{4}-\d\d-\d\d")


@dataclass(frozen=True)
class Values:
    """The values of a field in the records, each with the number of records; ``cut``: there are more."""

    counts: Mapping[str, int]
    cut: bool = False

    @property
    def records(self) -> int:
        return sum(self.counts.values())


@dataclass(frozen=True)
class Shape:
    """A dataset under a selection. ``dimensions`` by slot, the order that of the columns."""

    dataset: Dataset
    selection: Selection
    records: int
    years: Values
    periods: Values
    regions: Values
    cells: Values
    dimensions: Mapping[str, Values]
    chosen_places: tuple[str, ...]

    @property
    def is_monthly(self) -> bool:
        """Whether every dated record names a month at least."""
        return bool(self.periods.counts) and all(map(_MONTHLY.match, self.periods.counts))

    @property
    def is_daily(self) -> bool:
        return bool(self.periods.counts) and all(map(_DAILY.fullmatch, self.periods.counts))

    @property
    def is_register(self) -> bool:
        """Whether records are things dated by when they were last looked at: such dates are no course of time."""
        times = [column.name for column in self.dataset.columns if column.role == "time"]
        looked = bool(times) and all(map(_LOOKED_AT.search, times))
        return holds_things(self.dataset) and self.is_daily and looked

    @property
    def categories(self) -> tuple[tuple[Facet, Values], ...]:
        """Categories with more than one value, by their facets."""
        found = ((column, self.dimensions.get(str(column.slot))) for column in self.dataset.columns)
        return tuple(
            (Facet(column.name, str(column.slot), column.name), values)
            for column, values in found
            if column.role == "category" and values and len(values.counts) > 1
        )

    @property
    def numbers(self) -> tuple[Column, ...]:
        """Number columns as people call them."""
        return tuple(named(self.dataset, column) for column in self.dataset.numbers())

    @property
    def compared(self) -> tuple[Column | None, ...]:
        """What places and categories are compared by: things are counted (None) first, then measured."""
        things = holds_things(self.dataset) and not self.is_moving
        first = self.numbers[:1]
        return (None, *first) if things or not first else first

    @property
    def is_moving(self) -> bool:
        """Whether things stand in the table again and again, with a number for each period."""
        return len(self.dataset.years) > 1 or any(column.kind == "flow" for column in self.dataset.columns)


def shape(snapshot: Snapshot, dataset: Dataset, selection: Selection) -> Shape:
    """One round trip to the engine."""
    slots = [str(column.slot) for column in dataset.columns if column.slot and not column.is_number]
    fields = ("year", "period", "region", "cell_2km", *slots)
    counted, *answers = snapshot.ask(
        [
            Groups(selection),
            *(Groups(selection, by=(field,), limit=MOST_PERIODS) for field in fields),
        ]
    )
    values = [
        Values({str(group.keys[0]): group.records for group in answer.groups}, answer.partial)
        for answer in answers
    ]
    years, periods, regions, cells, *dimensions = values
    chosen = next((one.values for one in selection.filters if one.field == "region"), ())
    return Shape(
        dataset=dataset,
        selection=selection,
        records=counted.groups[0].records,
        years=years,
        periods=periods,
        regions=regions,
        cells=cells,
        dimensions=dict(zip(slots, dimensions, strict=True)),
        chosen_places=tuple(map(str, chosen)),
    )
