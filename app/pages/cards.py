"""Big numbers of a dataset, each with the rule it was made by."""

from app.totals import Totals, totals
from app.views import Card
from app.wording import number
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
        found.append(Card("기간", period, "년", "레코드가 말하는 해"))
    for column in dataset.numbers()[:MAX_NUMBERS]:
        by, field = ("연도", "year") if years.groups else ("데이터셋", "dataset")
        found += _newest(totals(snapshot, selection, column, by, field))
    return tuple(found)


def _newest(found: Totals) -> list[Card]:
    if not found.values:
        return []
    last = found.values[-1]
    when = f"{last.period or last.key} 기준. " if found.by == "연도" else ""
    return [Card(found.column.name, number(last.value), found.column.unit or "", when + found.rule)]
