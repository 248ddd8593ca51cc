"""Big numbers of a dataset, each with the rule it was made by."""

from app.charts.entries import YEAR
from app.forms import DATASET
from app.totals import Totals, totals
from app.views import Card
from app.wording import number, plain_name, when
from search.documents import Dataset
from search.engine import Snapshot
from search.plan import Groups, Selection

MAX_NUMBERS = 3


def cards(snapshot: Snapshot, dataset: Dataset, selection: Selection) -> tuple[Card, ...]:
    """Records, period, and the newest value of the first number columns."""
    counted, years = snapshot.ask([Groups(selection), Groups(selection, by=("year",))])
    found = [Card("레코드", number(counted.groups[0].records), "건", "조건에 맞는 레코드 수")]
    if years.groups:
        first, last = years.groups[0].keys[0], years.groups[-1].keys[0]
        period = f"{first}" if first == last else f"{first}–{last}"
        found.append(Card("기간", period, "년", "레코드에 적힌 해"))
    for column in dataset.numbers()[:MAX_NUMBERS]:
        newest = totals(snapshot, dataset, selection, column, YEAR)
        if newest.register or not newest.values:
            newest = totals(snapshot, dataset, selection, column, DATASET)
        found += _newest(newest)
    return tuple(found)


def _newest(found: Totals) -> list[Card]:
    if not found.values:
        return []
    last = found.values[-1]
    moment = when(last.period or (str(last.key) if found.by == YEAR else ""))
    mean = "평균 " if found.kind == "rate" else ""
    note = (f"{moment} 기준. " if moment else "") + found.rule
    return [Card(mean + plain_name(found.column), number(last.value), found.column.unit or "", note)]
