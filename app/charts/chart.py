"""A chart, what it tells, and what a kind of chart can do."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Protocol

import pandas as pd

from app.charts.boundaries import Boundaries
from app.charts.narrowing import Narrowed
from app.charts.shape import Shape
from app.forms import Facet
from app.wording import each, plain_name
from search.documents import Column
from search.engine import Snapshot

YEAR = Facet("year", "year", "연도")
REGION = Facet("region", "region", "지역")
RECORDS = Column("건수", "measure", "flow", "건", None)
"""Counting records needs no column: a list of places is charted by how many there are."""


@dataclass(frozen=True)
class Chart:
    """A chart of one column by one or two fields. ``kind`` is the name of its kind, ``why`` why it was chosen."""

    kind: str
    column: Column
    by: tuple[Facet, ...]
    why: str

    @property
    def id(self) -> str:
        fields = "-".join(facet.field for facet in self.by)
        return f"{self.kind}-{self.column.slot or 'records'}-{fields}".rstrip("-")

    @property
    def title(self) -> str:
        return " ".join([*(each(facet.label) for facet in self.by), plain_name(self.column)])


@dataclass(frozen=True)
class Told:
    """What a chart tells. ``frame`` holds the numbers that the figure draws and the files hold.

    ``names`` calls the columns of the frame that people see, in their order. A frame of two fields has the
    columns ``key`` and ``column`` and is shown crosswise. ``worth``, 0 to 1, says how much the chart tells.
    """

    chart: Chart
    frame: pd.DataFrame
    names: dict[str, str]
    summary: str
    rule: str
    worth: float
    height_px: int
    partial: bool = False
    notes: tuple[str, ...] = ()
    broken: tuple[int, ...] = ()
    """Years from which on the numbers mean something else than before."""
    title: str = ""
    links: tuple[str, ...] = ()


@dataclass(frozen=True)
class Source:
    """Where the numbers of a dataset's charts come from. ``boundaries``: of the district's dong, if any.

    ``narrowed`` where one value was taken of what must not be added up: ``shape`` is then the narrowest.
    """

    snapshot: Snapshot
    shape: Shape
    boundaries: Boundaries | None = None
    narrowed: Narrowed | None = None

    @property
    def whole(self) -> Shape:
        """All records under the filters: what is counted, not measured."""
        return self.narrowed.whole if self.narrowed else self.shape

    @property
    def hourly(self) -> Shape:
        """For charts that show the hours side by side."""
        return self.narrowed.hourly if self.narrowed else self.shape

    def notes(self, by: Iterable[Facet] = ()) -> tuple[str, ...]:
        """What was taken of what; a chart by a column shows all of its values."""
        shown = set(by)
        found = self.narrowed.narrowings if self.narrowed else ()
        return tuple(one.note for one in found if one.facet not in shown)


class Kind(Protocol):
    """A kind of chart: a module of ``app.charts.kinds``."""

    NAME: str

    def charts(self, source: Source) -> Iterable[Chart]:
        """Charts that the shape of the data allows, the likeliest first."""

    def tell(self, source: Source, chart: Chart) -> Told | None:
        """The numbers of a chart, from engine aggregations alone; None where they say nothing."""

    def draw(self, told: Told, boundaries: Boundaries | None) -> Any:
        """The Bokeh figure."""
