"""``구분:개방화장실``: which values of a column hold a word, asked of the engine before the search itself."""

from collections.abc import Iterable
from dataclasses import replace
from typing import NamedTuple

from search.engine import Snapshot
from search.language.fields import fitting
from search.plan import Case, Clause, ColumnValue, Filter, Groups, Selection


class Cased(NamedTuple):
    """Clauses whose columns are cases; ``partial``: not every value could be looked at in time."""

    clauses: tuple[Clause, ...]
    partial: bool


def with_cases(snapshot: Snapshot, clauses: Iterable[Clause]) -> Cased:
    """The clauses with what they ask of columns made cases. One trip to the engine, none without columns."""
    clauses = tuple(clauses)
    asked = list(dict.fromkeys(one for clause in clauses for one in clause.columns))
    if not asked:
        return Cased(clauses, partial=False)
    places = list(dict.fromkeys((one.dataset, one.slot) for one in asked))
    questions = [Groups(Selection(filters=(Filter("dataset", (key,)),)), by=(slot,)) for key, slot in places]
    answers = snapshot.ask(questions)
    values = {
        place: [str(group.keys[0]) for group in answer.groups]
        for place, answer in zip(places, answers, strict=True)
    }
    made = (replace(clause, cases=(*clause.cases, *_cases(clause.columns, values))) for clause in clauses)
    return Cased(tuple(made), any(answer.partial for answer in answers))


def _cases(asked: Iterable[ColumnValue], values: dict[tuple[str, str], list[str]]) -> list[Case]:
    """A case for each slot: whether a value holds the word does not depend on the dataset it stands in."""
    datasets: dict[str, dict[str, None]] = {}
    fit: dict[str, dict[str, None]] = {}
    for one in asked:
        for value in fitting(one, values[one.dataset, one.slot]):
            datasets.setdefault(one.slot, {})[one.dataset] = None
            fit.setdefault(one.slot, {})[value] = None
    return [
        (Filter("dataset", tuple(datasets[slot])), Filter(slot, tuple(found))) for slot, found in fit.items()
    ]
