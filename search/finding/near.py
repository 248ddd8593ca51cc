"""Datasets that are called what was searched for, although no record of theirs holds all of its words."""

from collections.abc import Iterable

from search.documents import Dataset
from search.finding.find import Asked, Found
from search.finding.ranking import newest, told_by_name
from search.language.query import decides

ENOUGH_DATASETS = 5
"""Who has found as many is only told of what is called so more than all of them."""

MOST_NEAR = 3


def near(datasets: Iterable[Dataset], asked: Asked, found: Found) -> tuple[Dataset, ...]:
    """Datasets not found whose title or columns hold a word of the search, those first that tell most of it.

    None beside filters, which say what is wanted, and beside words that are excluded or held to a column.
    """
    there = newest(datasets)
    clauses = [clause for clause in found.resolved.values() if not clause.general]
    if asked.filters or asked.page > 1 or any(clause.excluded or clause.cases for clause in clauses):
        return ()
    telling = [clause for clause in clauses if clause.datasets and decides(clause, len(there))]
    told = {one.id: told_by_name(one, telling, len(there)) for one in there}
    shown = [told.pop(one.dataset.id) for one in found.datasets]
    if found.datasets_total > len(found.datasets):
        return ()  # those not shown may be called so, too
    least = max(shown, default=0.0) if len(shown) >= ENOUGH_DATASETS else 0.0
    # sorted() keeps the order of equals: of two that are called alike the fresher edition stands first
    order = sorted((one for one in there if told.get(one.id, 0.0) > least), key=lambda one: -told[one.id])
    return tuple(order[:MOST_NEAR])
