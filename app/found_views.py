"""What the search page shows, beside what all pages share (``app/views.py``)."""

from dataclasses import dataclass

from app.views import Bar, BuildView, ChartView, Choice, DatasetSummary, FacetView, Pager, RecordView


@dataclass(frozen=True)
class DatasetHit:
    """A dataset found: ``count`` of its records match, the first of them in ``records``."""

    dataset: DatasetSummary
    count: int
    records: tuple[RecordView, ...]
    url: str


@dataclass(frozen=True)
class MeaningView:
    """A word of the query that names a value of a facet; ``url`` turns the word into that choice."""

    word: str
    label: str
    url: str


@dataclass(frozen=True)
class WordView:
    """A word of a query that found nothing as a whole, with what it finds alone."""

    word: str
    records: int
    url: str | None


@dataclass(frozen=True)
class RepairView:
    """Words that were searched for instead of those typed; ``url`` asks for them, ``typed_url`` for those typed."""

    sentence: str
    q: str
    url: str
    typed_url: str


@dataclass(frozen=True)
class NumberView:
    """A number that the words of a search fix, with where it comes from; ``url`` leads to its records."""

    value: str
    unit: str
    sentence: str
    note: str
    source: str
    date: str
    sample: bool
    url: str


@dataclass(frozen=True)
class AnswerView:
    """What stands above the list: numbers, one chart, one map."""

    numbers: tuple[NumberView, ...] = ()
    chart: ChartView | None = None
    map: ChartView | None = None


@dataclass(frozen=True)
class SearchPage:
    """``/search``. ``hint`` is a sentence for the reader where there is something to say.

    ``notes`` say which signs of the query were taken as words. ``chosen`` are ``facets`` and those that
    can only be taken back.
    """

    q: str
    repair: RepairView | None
    notes: tuple[str, ...]
    ways: tuple[WordView, ...]
    sentence: str
    total: int
    datasets_total: int
    meanings: tuple[MeaningView, ...]
    words: tuple[WordView, ...]
    hits: tuple[DatasetHit, ...]
    near: tuple[DatasetSummary, ...]
    facets: tuple[FacetView, ...]
    chosen: tuple[FacetView, ...]
    answer: AnswerView
    by_year: tuple[Bar, ...]
    by_area: tuple[Bar, ...]
    pager: Pager
    sorts: tuple[Choice, ...]
    hint: str | None
    share_url: str
    build: BuildView
    partial: bool
    sample: bool
