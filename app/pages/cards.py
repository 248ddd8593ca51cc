"""Big numbers of a dataset, each with the rule it was made by."""

from dataclasses import replace

from app.charts.album import CARDS
from app.charts.chart import REGION, YEAR, Source
from app.charts.shape import Shape
from app.charts.yearly import yearly
from app.forms import DATASET
from app.look import Asked
from app.portal import portal
from app.telling import of_all, source_of
from app.totals import Totals, totals
from app.trends.series import Series, changes, steps
from app.views import Card
from app.wording import measured, number, plain_name, when
from search.documents import Column
from search.engine import Snapshot

MAX_NUMBERS = 3


def cards(snapshot: Snapshot, what: Asked) -> tuple[Card, ...]:
    """Records, period, the newest value of the first number columns, and where the first is highest and lowest."""
    key = ("cards", what.dataset.id, what.selection)
    return portal().memory.of(snapshot, key, lambda: _cards(snapshot, what))


def _cards(snapshot: Snapshot, what: Asked) -> tuple[Card, ...]:
    return of_all(snapshot, what, CARDS, lambda: cards_of(snapshot, source_of(snapshot, what)))


def cards_of(snapshot: Snapshot, source: Source) -> tuple[Card, ...]:
    """Of all records how many, and of what years; of the numbers what may be added up, and which that is."""
    shape, whole = source.shape, source.whole
    found = [Card("레코드", number(whole.records), "건", "조건에 맞는 레코드 수")]
    if years := [int(year) for year in whole.years.counts]:
        first, last = min(years), max(years)
        span = f"{first}" if first == last else f"{first}–{last}"
        found.append(Card("기간", span, "년", "레코드에 적힌 해"))
    numbers = shape.numbers[:MAX_NUMBERS]
    told = [card for column in numbers for card in _newest(snapshot, shape, column)]
    if numbers and len(shape.regions.counts) > 1:
        told += _ends(totals(snapshot, shape.dataset, shape.selection, numbers[0], REGION))
    said = " ".join(source.notes())
    return (*found, *(replace(card, note=f"{card.note} {said}".strip()) for card in told))


def _newest(snapshot: Snapshot, shape: Shape, column: Column) -> list[Card]:
    """The last year's value, with the change; of a list without years, or dated by inspection, the whole."""
    found = totals(snapshot, shape.dataset, shape.selection, column, YEAR)
    if found.register or shape.is_register or not found.values:
        found = totals(snapshot, shape.dataset, shape.selection, column, DATASET)
    if not found.values:
        return []
    last = found.values[-1]
    told = yearly(found, shape) if found.by == YEAR else Series(())
    moment = when(last.period or (str(last.key) if found.by == YEAR else ""))
    parts = next((point.parts for point in told.points if point.year == last.key and point.parts), "")
    note = (f"{moment} {parts} 기준. ".replace("  ", " ") if moment else "") + found.rule
    mean = "평균 " if found.kind == "rate" and "평균" not in plain_name(column) else ""
    change = _change(told, int(last.key), found) if found.by == YEAR else ""
    return [Card(mean + plain_name(column), number(last.value), column.unit or "", note, change)]


def _change(told: Series, year: int, found: Totals) -> str:
    """In percent, of a rate the difference."""
    if found.kind == "rate":
        step = steps(told).get(year)
        unit = "%p" if found.column.unit == "%" else found.column.unit or ""
        return "" if step is None else f"전년보다 {step:+,.2f}{unit}"
    change = changes(told).get(year)
    return "" if change is None else f"전년보다 {change:+,.1f}%"


def _ends(found: Totals) -> list[Card]:
    """Where the value is highest and lowest, at one moment."""
    values = sorted((one for one in found.values if str(one.key)), key=lambda one: -one.value)
    if len(values) < 2 or found.register or values[0].value == values[-1].value:
        return []
    name, unit = plain_name(found.column), found.column.unit
    moment = f"{when(values[0].period)} 기준. " if values[0].period else ""
    return [
        Card(f"{name}: {label}", str(one.key), "", f"{measured(one.value, unit)}. {moment}{found.rule}")
        for label, one in (("가장 큰 곳", values[0]), ("가장 작은 곳", values[-1]))
    ]
