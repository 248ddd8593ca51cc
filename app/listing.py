"""The list of datasets under facets: pages and API share it."""

from collections import Counter
from collections.abc import Callable, Iterable

from app.choices import Choice, choices
from app.forms import Facet
from app.params import Params
from search.documents import Dataset
from search.finding.ranking import by_name, newest

_VALUES: dict[str, Callable[[Dataset], Iterable[str]]] = {
    "area": lambda one: (one.area,),
    "provider": lambda one: (one.provider,),
    "year": lambda one: map(str, one.years),
}


def listed(datasets: Iterable[Dataset], params: Params) -> list[Dataset]:
    """Datasets under the chosen facets, in order."""
    kept = [one for one in datasets if _fits(one, params)]
    return by_name(kept) if params.sort == "name" else newest(kept)


def choices_of(datasets: Iterable[Dataset], params: Params, facet: Facet) -> tuple[Choice, ...]:
    """Choices of a facet, counted under the other facets' choices."""
    others = params.cleared(facet.name)
    kept = (one for one in datasets if _fits(one, others))
    counts = Counter(value for one in kept for value in _VALUES[facet.name](one))
    return choices(counts, params.values(facet.name))


def _fits(dataset: Dataset, params: Params) -> bool:
    return all(set(values) & set(_VALUES[name](dataset)) for name, values in params.chosen)
