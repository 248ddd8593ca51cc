"""Datasets that are called what was searched for, although no record of theirs holds all of its words."""

from collections.abc import Mapping

from search.documents import Dataset
from search.finding.find import Asked, Found
from search.finding.ranking import newest, told_by_name, weighed
from search.language.holders import Holders
from search.language.query import decides

ENOUGH_DATASETS = 5
"""Who has found as many is only told of what is called so more than all of them."""

MOST_NEAR = 3


def near(
    datasets: Mapping[str, Dataset], asked: Asked, found: Found, holders: Holders
) -> tuple[Dataset, ...]:
    """Datasets not found whose title or columns hold a word of the search, those first that tell most of it.

    None beside filters, which say what is wanted, and beside words that are excluded or held to a column.
    """
    if asked.filters or asked.page > 1 or found.datasets_total > len(found.datasets):
        return ()  # of more than are shown some may be called so, too
    clauses = [clause for clause in found.resolved.values() if not clause.general]
    if any(clause.excluded or clause.cases for clause in clauses):
        return ()
    telling = [clause for clause in clauses if clause.datasets and decides(clause, len(datasets))]
    holding = {key for clause in telling for key in clause.datasets}
    words = weighed(telling, holders)
    told = {key: told_by_name(datasets[key], words) for key in holding}
    shown = [told.pop(one.dataset.id, 0.0) for one in found.datasets]
    least = max(shown, default=0.0) if len(shown) >= ENOUGH_DATASETS else 0.0
    # sorted() keeps the order of equals: of two that are called alike the fresher edition stands first
    more = newest(datasets[key] for key, much in told.items() if much > least)
    order = sorted(more, key=lambda one: -told[one.id])
    return tuple(order[:MOST_NEAR])
