"""Which categories of a dataset the words of a search mean: values of its own columns."""

from collections.abc import Iterable

from app.charts.order import order
from app.forms import Facet, dataset_facets
from app.naming import is_item
from search import text
from search.documents import Dataset
from search.engine import Snapshot
from search.plan import Clause, Filter, Groups, Selection

MOST_CATEGORIES = 8


def categories(
    snapshot: Snapshot, dataset: Dataset, own: list[Clause], others: list[Clause]
) -> dict[Facet, str] | None:
    """For each of the other words the category it is a value of; None where one is no such value.

    Where a column says which of several things a number is (항목), one of them must be meant.
    """
    offered = [facet for facet in _facets(dataset) if others or is_item(facet)][:MOST_CATEGORIES]
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
        if is_item(facet) and facet not in found and values[facet]:
            meant = [one for one in values[facet] if any(clause.stands_in(one) for clause in own)]
            known = values[facet] if len(values[facet]) == 1 else meant
            if len(known) != 1:
                return None
            found[facet] = known[0]
    return found


def added_up(
    snapshot: Snapshot, dataset: Dataset, selection: Selection, chosen: Iterable[str]
) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """The categories that a number takes together: of each column that is not chosen its values, in their own order (``charts.order``)."""
    facets = [facet for facet in _facets(dataset) if facet.name not in set(chosen)][:MOST_CATEGORIES]
    answers = snapshot.ask([Groups(selection, by=(facet.field,)) for facet in facets])
    return tuple(
        (facet.label, _in_order(facet.label, [str(group.keys[0]) for group in answer.groups]))
        for facet, answer in zip(facets, answers, strict=True)
        if answer.groups
    )


def _in_order(name: str, values: list[str]) -> tuple[str, ...]:
    return tuple(order(name, values) or values)


def _facets(dataset: Dataset) -> list[Facet]:
    roles = {column.name: column.role for column in dataset.columns}
    return [facet for facet in dataset_facets(dataset) if roles.get(facet.name) == "category"]


def _is(value: str, clause: Clause) -> bool:
    return any(text.joined(value) == word.text for word in clause.variants)
