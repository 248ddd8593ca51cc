"""Which datasets hold a word in their own texts: then all their records are found by it."""

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import accumulate

from search.documents import Dataset
from search.plan import Clause
from search.text import APART, Held, Place


@dataclass(frozen=True)
class Named:
    """Datasets whose title holds a word, and those of which a column's name does."""

    titles: frozenset[str]
    columns: frozenset[str]


@dataclass(frozen=True)
class Holders:
    """The datasets of a build by their own texts; by what they are called and filed under; by titles and columns."""

    keys: tuple[str, ...]
    _texts: "_Together"
    _names: "_Together"
    _titles: "_Together"
    _columns: "_Together"

    @classmethod
    def of(cls, datasets: Iterable[Dataset]) -> "Holders":
        datasets = tuple(datasets)
        return cls(
            tuple(one.id for one in datasets),
            _Together.of([Held.of(one.texts()) for one in datasets]),
            _Together.of([Held.of(one.names()) for one in datasets]),
            _Together.of([Held.of([one.title]) for one in datasets]),
            _Together.of([Held.of(column.name for column in one.columns) for one in datasets]),
        )

    def __len__(self) -> int:
        return len(self.keys)

    def added(self, clause: Clause) -> Clause:
        """The clause with the datasets that hold its words in their own texts."""
        # left out are records and datasets of that name, not all that have a column of it
        looked = self._names if clause.excluded else self._texts
        found = self._called(sorted(looked.holding(clause.places)))
        return replace(clause, datasets=tuple(dict.fromkeys((*clause.datasets, *found))))

    def named(self, clause: Clause) -> Named:
        """Where in the names of datasets its words stand."""
        held = (each.holding(clause.places) for each in (self._titles, self._columns))
        return Named(*(frozenset(self._called(places)) for places in held))

    def _called(self, places: Iterable[int]) -> Iterator[str]:
        return (self.keys[at] for at in places)


@dataclass(frozen=True)
class _Text:
    """What all datasets hold, one after another, with where each begins."""

    letters: str
    starts: Sequence[int]

    @classmethod
    def of(cls, held: Sequence[str]) -> "_Text":
        ended = [one + APART for one in held]
        return cls("".join(ended), [0, *accumulate(map(len, ended))])

    def holding(self, word: str) -> Iterator[int]:
        """Places of the datasets that hold the word, each once."""
        at = self.letters.find(word)
        while at >= 0:
            place = bisect_right(self.starts, at) - 1
            yield place
            at = self.letters.find(word, self.starts[place + 1])


@dataclass(frozen=True)
class _Together:
    """``text.Held`` of all datasets: a word is looked for once, not once a dataset."""

    runs: _Text
    joined: _Text
    single: Mapping[str, Sequence[int]]

    @classmethod
    def of(cls, held: Sequence[Held]) -> "_Together":
        single: defaultdict[str, list[int]] = defaultdict(list)
        for place, one in enumerate(held):
            for word in one.single:
                single[word].append(place)
        return cls(_Text.of([one.runs for one in held]), _Text.of([one.joined for one in held]), dict(single))

    def holding(self, words: Iterable[tuple[str, Place]]) -> set[int]:
        """Places of the datasets that hold one of the words where it may stand (``text.place``)."""
        return {place for word, where in words for place in self._of(word, where)}

    def _of(self, word: str, where: Place) -> Iterable[int]:
        if where == "single":
            found = [frozenset(self.single.get(one, ())) for one in word.split(" ")]
            return frozenset.intersection(*found)
        return (self.joined if where == "joined" else self.runs).holding(word)
