"""Records of a dataset as rows of a file, all of them, in file order, fetched by cursor."""

from collections.abc import Iterator, Sequence

from app.downloads.sheet import Cell
from search.documents import Column, Record
from search.engine import Snapshot
from search.plan import Selection, Top

ROWS_A_TRIP = 2_000


def record_rows(snapshot: Snapshot, selection: Selection, names: list[str]) -> Iterator[list[str]]:
    """Records as published."""
    for record in _records(snapshot, selection):
        yield [record.row.get(name, "") for name in names]


def record_cells(snapshot: Snapshot, selection: Selection, columns: Sequence[Column]) -> Iterator[list[Cell]]:
    """Records with numbers where intake read numbers, for files that tell them from text: 1,234 → 1234."""
    for record in _records(snapshot, selection):
        yield [_cell(record, column) for column in columns]


def _cell(record: Record, column: Column) -> Cell:
    published = record.row.get(column.name, "")
    return record.measures.get(column.slot, published) if column.slot and published else published


def _records(snapshot: Snapshot, selection: Selection) -> Iterator[Record]:
    after: int | None = None
    while True:
        (answer,) = snapshot.ask([Top(selection, ROWS_A_TRIP, order="row", after=after)])
        for hit in answer.hits:
            yield hit.record
        if len(answer.hits) < ROWS_A_TRIP:
            return
        after = answer.hits[-1].record.ordinal
