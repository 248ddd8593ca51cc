"""Records as pages show them: their cells with the words that matched, long ones cut to what matters."""

from collections.abc import Iterable

from app.views import Cell, RecordView
from app.wording import shortened
from search.documents import Column, Dataset
from search.marks import Marker, Marks
from search.plan import Hit

MAX_TITLE = 120
MAX_CELL = 300
AROUND = 60
"""Characters kept before the first match of a long cell."""


def found_record(hit: Hit, dataset: Dataset, marker: Marker) -> RecordView:
    """A record on a result list: what is filled, in the order of the columns."""
    row = hit.record.row
    return _view(hit, [column for column in dataset.columns if row.get(column.name)], marker)


def whole_record(hit: Hit, dataset: Dataset, marker: Marker) -> RecordView:
    """A record in a table: a cell for each column, blank ones too."""
    return _view(hit, dataset.columns, marker)


def _view(hit: Hit, columns: Iterable[Column], marker: Marker) -> RecordView:
    cells = tuple(_cell(column, hit.record.row.get(column.name, ""), marker) for column in columns)
    return RecordView(hit.record.id, shortened(hit.record.title, MAX_TITLE), cells)


def _cell(column: Column, value: str, marker: Marker) -> Cell:
    text, spans = excerpt(value, marker.marks(value))
    return Cell(column.name, text, spans, column.is_number)


def excerpt(value: str, spans: Marks) -> tuple[str, Marks]:
    """A long cell cut around its first match, the marks moved with it. The download has it whole."""
    if len(value) <= MAX_CELL:
        return value, spans
    start = max(0, spans[0][0] - AROUND) if spans else 0
    end = start + MAX_CELL
    head = "…" if start else ""
    moved = tuple(
        (first - start + len(head), min(last, end) - start + len(head))
        for first, last in spans
        if first < end
    )
    return head + value[start:end] + ("…" if end < len(value) else ""), moved
