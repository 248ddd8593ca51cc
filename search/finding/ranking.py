"""In what order datasets are shown."""

import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from search import text
from search.documents import Dataset
from search.language.holders import Holders, Named
from search.plan import Clause

IN_TITLE, IN_COLUMNS, IN_RECORDS = 4.0, 2.0, 1.0
"""A word of the title says what the whole dataset is about, a column what each of its records tells; a
word that stands anywhere else is merely mentioned. Twice each: two words in columns weigh one in the title."""


def newest(datasets: Iterable[Dataset]) -> list[Dataset]:
    """The last received first; those of one moment by name."""
    return sorted(by_name(datasets), key=lambda one: one.fetched_at, reverse=True)


def by_name(datasets: Iterable[Dataset]) -> list[Dataset]:
    return sorted(datasets, key=lambda one: (one.title, one.id))


Told = tuple[float, ...]
"""How little the words of a search tell of a dataset: the least comes first."""


@dataclass(frozen=True)
class Weighed:
    """A clause (resolved) with the datasets that are called so, and how much it tells."""

    clause: Clause
    named: Named
    rareness: float


def weighed(clauses: Iterable[Clause], holders: Holders) -> list[Weighed]:
    """Rare words weigh more: in "동별 고령자 인구" it is 고령자 that tells datasets apart."""
    return [
        Weighed(one, holders.named(one), _rareness(one, len(holders))) for one in clauses if not one.excluded
    ]


def told(
    datasets: Iterable[Dataset], counts: Mapping[str, int], words: Sequence[Weighed], q: str
) -> dict[str, Told]:
    """What words tell of each dataset by where they stand. ``counts``: records found of each."""
    query = text.joined(q)

    def relevance(one: Dataset) -> Told:
        return (
            # "공중화장실" must bring the dataset of that very name before those that mention it
            -int(text.joined(one.title) == query),
            -sum(word.rareness * _place(one, word, counts[one.id]) for word in words),
            # of two such titles the one that says little else: 도서관 현황 before 작은도서관 현황
            -_said(one, words),
        )

    return {one.id: relevance(one) for one in datasets}


@dataclass(frozen=True)
class Alike:
    """Datasets of which the words of a search tell the same: only their records can say who comes first.

    ``inside``: all of them stand in the places asked for, else some of them do.
    """

    keys: tuple[str, ...]
    inside: bool

    @property
    def are_several(self) -> bool:
        return len(self.keys) > 1


def alike(found: Mapping[str, Told], first: int, last: int) -> Iterator[Alike]:
    """Those that stand in the places from ``first`` up to ``last``, one by one where the words tell them apart."""
    place = 0
    for _, group in groupby(sorted(found, key=found.__getitem__), found.__getitem__):
        keys = tuple(group)
        after = place + len(keys)
        if place < last and after > first:
            yield Alike(keys, first <= place and after <= last)
        place = after


def by_relevance(
    datasets: Iterable[Dataset],
    found: Mapping[str, Told],
    best: Mapping[str, float],
    counts: Mapping[str, int],
) -> list[Dataset]:
    """The likeliest first; of equals the one with the best record, then that with more."""
    # sorted() keeps the order of equals: the fresher edition breaks a tie
    return sorted(newest(datasets), key=lambda one: (*found[one.id], -best.get(one.id, 0.0), -counts[one.id]))


def told_by_name(dataset: Dataset, words: Iterable[Weighed]) -> float:
    """How much of a search title and columns tell, rare words more; 0 where no word stands there."""
    return sum(word.rareness * place for word in words if (place := _place(dataset, word, 0)) > IN_RECORDS)


def _rareness(clause: Clause, of: int) -> float:
    """Of a word that few datasets hold in their own texts: more (inverse document frequency)."""
    return math.log(1 + of / (1 + len(clause.datasets)))


def _place(dataset: Dataset, word: Weighed, found: int) -> float:
    """Where a word stands; of records the more, the larger their share: most police stations are 파출소."""
    if dataset.id not in word.clause.datasets:
        return IN_RECORDS + (IN_COLUMNS - IN_RECORDS) * found / max(1, dataset.records)
    if dataset.id in word.named.titles:
        return IN_TITLE
    if dataset.id in word.named.columns:
        return IN_COLUMNS
    return IN_RECORDS


def _said(dataset: Dataset, words: Iterable[Weighed]) -> float:
    """The share of the title that the words make out; 0 where none of them is in it."""
    title = text.joined(dataset.title)
    said = sum(
        max((len(one.text) for one in word.clause.variants if one.text in title), default=0) for word in words
    )
    return min(1.0, said / max(1, len(title)))
