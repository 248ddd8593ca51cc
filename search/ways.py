"""The ways in which records come to be selected: which words are left to be held, and in which datasets. Pure.

What stands in a dataset's own texts all its records hold (docs/decisions/0005). So "every word is in the record or in
its dataset" is, for each set of words that datasets hold, "records of these datasets hold the others": plain conjunctions,
in which an engine goes from record to record of the rarest word. Of alternatives it must look at every record of both.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from search.documents import Dataset
from search.plan import Clause, Filter, Selection

OF_DATASETS = frozenset({"dataset", "area", "provider"})
"""Fields in which all records of a dataset have one value, that of the dataset."""

MOST_WAYS = 8
"""Of more, each a conjunction of its own, alternatives cost less: many words that many datasets hold differently."""


@dataclass(frozen=True)
class Way:
    """Records of ``datasets`` that meet every clause by themselves."""

    clauses: tuple[Clause, ...]
    datasets: tuple[str, ...]


@dataclass(frozen=True)
class Ways:
    """What is selected: by one of the ways, through all filters, and by none of the excluded clauses.

    ``filters`` and ``excluded`` are of records: what they say of datasets is in the ways already.
    """

    ways: tuple[Way, ...]
    filters: tuple[Filter, ...]
    excluded: tuple[Clause, ...]

    @property
    def are_few(self) -> bool:
        return len(self.ways) <= MOST_WAYS

    def whole(self) -> tuple[str, ...]:
        """Datasets of which every record is selected."""
        if self.filters or self.excluded:
            return ()
        return next((way.datasets for way in self.ways if not way.clauses), ())


def ways(selection: Selection, datasets: Mapping[str, Dataset]) -> Ways:
    """A selection by the datasets of a build. The ways have no dataset in common; none of them may be left."""
    wanted = [clause for clause in selection.clauses if not clause.excluded]
    unwanted = [clause for clause in selection.clauses if clause.excluded]
    held: defaultdict[str, int] = defaultdict(int)
    for sign, clause in enumerate(wanted):
        for key in clause.datasets:
            held[key] |= 1 << sign
    found: defaultdict[int, list[str]] = defaultdict(list)
    for key in _scope(selection, unwanted, datasets):
        found[held.get(key, 0)].append(key)
    left = [replace(clause, datasets=()) for clause in wanted]
    made = (
        Way(tuple(clause for sign, clause in enumerate(left) if not signs >> sign & 1), tuple(keys))
        for signs, keys in found.items()
    )
    return Ways(
        tuple(way for way in made if all(map(_can_be_met, way.clauses))),
        tuple(one for one in selection.filters if one.field not in OF_DATASETS),
        tuple(replace(one, datasets=()) for one in unwanted if _can_be_met(one)),
    )


def _scope(
    selection: Selection, unwanted: Sequence[Clause], datasets: Mapping[str, Dataset]
) -> Iterable[str]:
    """Datasets that pass all filters and are not excluded whole."""
    named = [frozenset(map(str, one.values)) for one in selection.filters if one.field == "dataset"]
    keys = sorted(frozenset.intersection(*named) & datasets.keys()) if named else datasets
    own = [one for one in selection.filters if one.field in OF_DATASETS and one.field != "dataset"]
    out = {key for clause in unwanted for key in clause.datasets}
    if not own and not out:
        return keys
    return [key for key in keys if key not in out and all(_passes(datasets[key], one) for one in own)]


def _can_be_met(clause: Clause) -> bool:
    return bool(clause.variants or clause.cases)


def of_dataset(dataset: Dataset, name: str) -> str:
    """The value that all records of a dataset have in one of ``OF_DATASETS``; none where it is empty."""
    return {"dataset": dataset.id, "area": dataset.area, "provider": dataset.provider}[name]


def _passes(dataset: Dataset, one: Filter) -> bool:
    value = of_dataset(dataset, one.field)
    return bool(value) and value in one.values


def others(selection: Selection, whole: Sequence[str]) -> Selection:
    """The same without the records of some datasets."""
    return Selection((*selection.clauses, Clause("", (), tuple(whole), excluded=True)), selection.filters)
