"""Which categories of a dataset the words of a search mean: values of its own columns."""

from app.forms import Facet, dataset_facets
from search import text
from search.documents import Dataset
from search.engine import Snapshot
from search.plan import Clause, Filter, Groups, Selection

MOST_CATEGORIES = 8
_ITEMS = frozenset({"항목", "지표", "측정항목", "통계항목", "조사항목"})
"""Columns that say what a number is; their values are never added up."""


def categories(
    snapshot: Snapshot, dataset: Dataset, own: list[Clause], others: list[Clause]
) -> dict[Facet, str] | None:
    """For each of the other words the category it is a value of; None where one is no such value.

    Where a column says which of several things a number is (항목), one of them must be meant.
    """
    roles = {column.name: column.role for column in dataset.columns}
    facets = [facet for facet in dataset_facets(dataset) if roles.get(facet.name) == "category"]
    offered = [facet for facet in facets if others or _is_item(facet)][:MOST_CATEGORIES]
    only = Selection(filters=(Filter("dataset", (dataset.id,)),))
    answers = snapshot.ask([Groups(only, by=(facet.field,)) for facet in offered])
    values = {
        facet: [str(group.keys[0]) for group in answer.groups]
        for facet, answer in zip(offered, answers, strict=True)
    }
    found: dict[Facet, str] = {}
    for clause in others:
        match = next(((facet, one) for facet in offered for one in values[facet] if _is(one, clause)), None)
        if match is None or match[0] in found:
            return None
        found[match[0]] = match[1]
    for facet in offered:
        if _is_item(facet) and facet not in found and len(values[facet]) > 1:
            meant = [one for one in values[facet] if any(clause.stands_in(one) for clause in own)]
            if len(meant) != 1:
                return None
            found[facet] = meant[0]
    return found


def _is_item(facet: Facet) -> bool:
    return text.joined(facet.name).rstrip("명") in _ITEMS


def _is(value: str, clause: Clause) -> bool:
    return any(text.joined(value) == word.text for word in clause.variants)
