"""Which records of a dataset are shown first."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from search.engine import Snapshot
from search.language.holders import Holders
from search.language.query import Query
from search.plan import Answer, Best, Question, Selection, Top

RANKED_RECORDS = 300
"""Best records looked at to tell apart datasets of which the words tell the same; beyond them the count decides."""

MOST_RANKED = 100_000
"""Of more records found, those few say nothing of the datasets."""


@dataclass(frozen=True)
class Rank:
    """The words by which records are ordered, each with the datasets whose title holds what it stands for.

    All records of such a dataset are about it: one that says it again is none the better.
    """

    words: tuple[tuple[str, frozenset[str]], ...]

    @classmethod
    def of(cls, query: Query, holders: Holders) -> "Rank":
        """The words typed and what they are also called."""
        titles = {clause: holders.named(clause).titles for clause in query.clauses if not clause.excluded}
        typed = (
            (part.text, titles[clause])
            for term, clause in query.read
            if clause in titles
            for part in term.parts
        )
        called = ((word.text, held) for clause, held in titles.items() for word in clause.variants)
        found: dict[str, frozenset[str]] = {}
        for word, held in (*typed, *called):
            found.setdefault(word, held)
        return cls(tuple(found.items()))

    def within(self, dataset: str) -> str:
        """The words that tell its records apart; none: they stand in the order of the file."""
        return " ".join(word for word, titles in self.words if dataset not in titles)


@dataclass
class FirstRecords:
    """The first ``size`` records of datasets, as far as they were asked for, and the best scores of others."""

    snapshot: Snapshot
    selection: Selection
    rank: Rank
    size: int
    first: dict[str, Answer] = field(default_factory=dict)
    best: list[Answer] = field(default_factory=list)

    def ask(self, keys: Iterable[str], tied: Sequence[str] = ()) -> None:
        """In one trip. ``tied``: datasets of which only the best scores are asked for."""
        new = [key for key in keys if key not in self.first]
        # nothing is asked where none are shown
        asked = new if self.size else []
        answers = self.snapshot.ask([*map(self._top, asked), *self._bests(tied)])
        tops, bests = answers[: len(asked)], answers[len(asked) :]
        self.best += bests
        self.first |= dict.fromkeys(new, Answer()) | dict(zip(asked, tops, strict=True))

    def _top(self, dataset: str) -> Top:
        rank = self.rank.within(dataset)
        selection = self.selection.within_dataset(dataset)
        return Top(selection, self.size, order="relevance" if rank else "row", rank=rank)

    def _bests(self, tied: Sequence[str]) -> list[Question]:
        """A question for those of the same words: scores of others are another thing."""
        alike: defaultdict[str, list[str]] = defaultdict(list)
        for key in tied:
            alike[self.rank.within(key)].append(key)
        return [
            Best(self.selection.within("dataset", *keys), RANKED_RECORDS, rank)
            for rank, keys in alike.items()
            if rank
        ]

    def scores(self) -> dict[str, float]:
        """The best score of each dataset that was asked about."""
        found = {key: score for answer in self.best for key, score in answer.best.items()}
        return {**found, **{key: said.hits[0].score for key, said in self.first.items() if said.hits}}

    @property
    def partial(self) -> bool:
        return any(answer.partial for answer in (*self.best, *self.first.values()))
