"""What each page shows: the contract between the code that computes and the template that prints.

Templates do no arithmetic and build no addresses: every count, label and link stands here ready.
The API prints the same objects (``app/api/bodies.py``).
"""

from dataclasses import dataclass
from datetime import datetime

Marks = tuple[tuple[int, int], ...]


@dataclass(frozen=True)
class BuildView:
    """The published state of the index every number of a page comes from."""

    id: str
    published_at: datetime


@dataclass(frozen=True)
class Choice:
    """A value of a facet. ``url`` toggles it; a chosen value stays even with no hits."""

    value: str
    label: str
    count: int
    chosen: bool
    url: str


@dataclass(frozen=True)
class FacetView:
    name: str
    label: str
    choices: tuple[Choice, ...]
    clear_url: str

    @property
    def chosen(self) -> tuple[Choice, ...]:
        return tuple(choice for choice in self.choices if choice.chosen)


@dataclass(frozen=True)
class Cell:
    """A cell of a record as published; ``marks`` are [start, end) of the words that matched."""

    column: str
    text: str
    marks: Marks = ()
    numeric: bool = False

    def pieces(self) -> tuple[tuple[str, bool], ...]:
        """The text cut at its marks, each piece with whether it matched."""
        cut: list[tuple[str, bool]] = []
        at = 0
        for start, end in self.marks:
            if start > at:
                cut.append((self.text[at:start], False))
            cut.append((self.text[start:end], True))
            at = end
        if at < len(self.text):
            cut.append((self.text[at:], False))
        return tuple(cut)


@dataclass(frozen=True)
class RecordView:
    """One record; ``cells`` in the order of the dataset's columns, blanks left out on result lists."""

    id: str
    title: str
    cells: tuple[Cell, ...]


@dataclass(frozen=True)
class DatasetSummary:
    """A dataset where it is listed. ``title`` comes with marks where a search found words in it."""

    id: str
    title: str
    area: str
    provider: str
    description: str
    records: int
    years: str
    fetched_at: datetime
    sample: bool
    url: str
    marks: Marks = ()

    def pieces(self) -> tuple[tuple[str, bool], ...]:
        return Cell("", self.title, self.marks).pieces()


@dataclass(frozen=True)
class Bar:
    """A line of a small total: ``share`` of the largest, 0 to 100, for the bar beside it."""

    label: str
    records: int
    share: int
    url: str | None = None


@dataclass(frozen=True)
class PageLink:
    label: str
    url: str | None
    current: bool = False


@dataclass(frozen=True)
class Pager:
    """Pages by number up to 10,000 records; ``next_url`` goes on by cursor beyond."""

    page: int
    last: int
    links: tuple[PageLink, ...]
    previous_url: str | None
    next_url: str | None


@dataclass(frozen=True)
class AreaTile:
    """A 대분류 with its 분야."""

    name: str
    datasets: int
    records: int
    url: str
    leaves: tuple["AreaTile", ...] = ()


@dataclass(frozen=True)
class HomePage:
    records: int
    datasets: int
    areas_count: int
    providers: int
    areas: tuple[AreaTile, ...]
    newest: tuple[DatasetSummary, ...]
    build: BuildView
    sample: bool


@dataclass(frozen=True)
class DatasetsPage:
    """``/datasets``: all datasets, filtered by facets and ordered."""

    total: int
    datasets: tuple[DatasetSummary, ...]
    facets: tuple[FacetView, ...]
    sorts: tuple[Choice, ...]
    pager: Pager
    build: BuildView
    sample: bool


@dataclass(frozen=True)
class AreasPage:
    areas: tuple[AreaTile, ...]
    build: BuildView
    sample: bool


@dataclass(frozen=True)
class Card:
    """A big number with its unit and the rule it was made by; ``change`` against the year before, if known."""

    label: str
    value: str
    unit: str
    note: str
    change: str = ""


@dataclass(frozen=True)
class ChartView:
    """A chart by the chart contract: the table holds the same numbers as the figure at ``figure_url``.

    ``links``, where there are any, lead from each row to a place in an outside map.
    """

    id: str
    title: str
    summary: str
    why: str
    unit: str
    source: str
    date: str
    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    figure_url: str
    files: tuple["FileLink", ...]
    height_px: int
    links: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()


@dataclass(frozen=True)
class FileLink:
    """A file of what is shown, by its kind."""

    label: str
    url: str


@dataclass(frozen=True)
class ColumnView:
    """A column of a dataset in words for people."""

    name: str
    role: str
    kind: str
    unit: str
    rule: str


@dataclass(frozen=True)
class RecordsTable:
    """Records of one dataset under the filters of the address."""

    q: str
    notes: tuple[str, ...]
    total: int
    columns: tuple[ColumnView, ...]
    records: tuple[RecordView, ...]
    facets: tuple[FacetView, ...]
    pager: Pager
    files: tuple[FileLink, ...]


@dataclass(frozen=True)
class DatasetPage:
    dataset: DatasetSummary
    source_file: str
    edition: str
    cards: tuple[Card, ...]
    charts: tuple[ChartView, ...]
    records: RecordsTable
    columns: tuple[ColumnView, ...]
    quality: tuple[str, ...]
    late: str
    jsonld: str
    share_url: str
    compare_url: str | None
    build: BuildView
    partial: bool
    sample: bool


@dataclass(frozen=True)
class RunView:
    """A run of a job as residents may see it."""

    id: int
    job: str
    state: str
    state_label: str
    trigger: str
    queued_at: datetime
    started_at: datetime | None
    finished_at: datetime | None
    progress: str
    message: str


@dataclass(frozen=True)
class SourceView:
    """A source on ``/status``; ``failing`` and ``late`` count its datasets. Times in Seoul."""

    label: str
    datasets: int
    failing: int
    late: int
    succeeded_at: datetime | None
    tried_at: datetime | None


@dataclass(frozen=True)
class StatusPage:
    """``/status``. ``build`` is None while nothing has been published."""

    engine: str
    engine_answers: bool
    build: BuildView | None
    datasets: tuple[DatasetSummary, ...]
    sources: tuple[SourceView, ...]
    runs: tuple[RunView, ...]
    last_success: RunView | None
    sample: bool


@dataclass(frozen=True)
class ErrorPage:
    """An error in plain words: what is wrong and what to do. ``q`` stays in the search box."""

    status: int
    title: str
    detail: str
    advice: str
    q: str = ""
