"""What ``/compare`` shows, beside what all pages share (``app/views.py``)."""

from dataclasses import dataclass

from app.views import BuildView, ChartView


@dataclass(frozen=True)
class Option:
    """A choice of a list in a form."""

    value: str
    label: str
    chosen: bool = False


@dataclass(frozen=True)
class Select:
    """A list to choose from; ``name`` as it stands in the address."""

    name: str
    label: str
    options: tuple[Option, ...]


@dataclass(frozen=True)
class SeriesView:
    """A series as its part of the form; ``name`` is how the chart calls it."""

    at: int
    dataset: str
    title: str
    url: str
    selects: tuple[Select, ...]
    remove_url: str
    sample: bool


@dataclass(frozen=True)
class ComparePage:
    """``/compare``. ``hint`` says what to do where there is no chart, or why there is none."""

    series: tuple[SeriesView, ...]
    add: Select | None
    ways: tuple[Select, ...]
    chart: ChartView | None
    hint: str
    permalink: str
    embed: str
    build: BuildView
    sample: bool
