"""``구분:개방화장실``: which values of a column hold a word, asked of the engine before the search itself."""

from collections.abc import Iterable
from dataclasses import replace

from search.engine import Snapshot
from search.language.fields import case_of
from search.plan import Clause, Filter, Groups, Selection

MOST_COLUMNS = 2_000
"""More columns of one name than any office has: a bound for the engine, not for people."""


def with_cases(snapshot: Snapshot, clauses: Iterable[Clause]) -> tuple[Clause, ...]:
    """The clauses with what they ask of columns made cases. One trip to the engine, none without columns."""
    clauses = tuple(clauses)
    asked = list(dict.fromkeys(one for clause in clauses for one in clause.columns))[:MOST_COLUMNS]
    if not asked:
        return clauses
    questions = [
        Groups(Selection(filters=(Filter("dataset", (one.dataset,)),)), by=(one.slot,)) for one in asked
    ]
    cases = {
        one: case_of(one, (str(group.keys[0]) for group in answer.groups))
        for one, answer in zip(asked, snapshot.ask(questions), strict=True)
    }
    return tuple(
        replace(clause, cases=(*clause.cases, *(case for one in clause.columns if (case := cases.get(one)))))
        for clause in clauses
    )
