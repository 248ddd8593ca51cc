"""What is asked of an engine and what it answers, in words that no engine owns."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from types import MappingProxyType
from typing import Literal, NamedTuple

from search import text
from search.documents import Record

Key = str | int
LONG_NUMBER = 7
"""Figures of telephones, days and registrations, which are typed with their signs (820-1522) and without; 3-5 is not 35."""

_THOUSANDS = re.compile(r"[0-9]{1,3}(,[0-9]{3})+")
PAGING_LIMIT = 10_000
"""Pages by number end here (OpenSearch's default result window); beyond it a cursor goes on."""


@dataclass(frozen=True)
class Word:
    """A normalised query word. ``across`` lets it match across the blanks of one value."""

    text: str
    across: bool


def words(part: str) -> tuple[Word, ...]:
    """How a blank-free part of a query is looked for.

    Numbers with signs between are looked for number by number, and as one where people leave the signs out.
    """
    whole = Word(text.joined(part), text.is_across(part))
    found = text.runs(part)
    if len(found) < 2 or not all(map(text.is_digits, found)):
        return (whole,)
    each = Word(" ".join(found), across=False)
    return (whole, each) if len(whole.text) >= LONG_NUMBER or _THOUSANDS.fullmatch(part) else (each,)


@dataclass(frozen=True)
class Filter:
    """OR within: a record has one of the values in the field."""

    field: str
    values: tuple[Key, ...]


Case = tuple[Filter, ...]
"""AND between: what a record may also be to match a clause."""


@dataclass(frozen=True)
class ColumnValue:
    """A value of a column that is asked for by a word: which values hold it, only the engine knows."""

    dataset: str
    slot: str
    word: Word
    whole: bool = False


@dataclass(frozen=True)
class Clause:
    """One condition of the query: a record must match one of its variants or one of its cases.

    ``datasets`` hold one of the variants in their own texts, so that all their records match.
    ``columns`` are still to be made cases (search/finding/columns.py): engines do not see them.
    ``excluded``: a record must match none of them all.
    """

    word: str
    variants: tuple[Word, ...]
    datasets: tuple[str, ...] = ()
    cases: tuple[Case, ...] = ()
    columns: tuple[ColumnValue, ...] = ()
    excluded: bool = False
    general: bool = False
    """A word that says what is wanted of a thing, not of which: it orders what is found."""

    def stands_in(self, value: str) -> bool:
        """Whether one of the variants does, by the matching rule, exactly: not by bigrams."""
        return any(text.stands(value, word, where) for word, where in self.places)

    def within(self, dataset: str) -> "Clause | None":
        """What is left of the condition in one dataset; None where all its records meet it."""
        if dataset not in self.datasets:
            return replace(self, datasets=())
        # an excluded one none of them meets: it stays as it is
        return self if self.excluded else None

    @cached_property
    def places(self) -> tuple[tuple[str, text.Place], ...]:
        """The variants, each with in what it may stand: made once, for many values are looked through."""
        return tuple((word.text, text.place(word.text, across=word.across)) for word in self.variants)


@dataclass(frozen=True)
class Selection:
    """AND between: records that match every clause and every filter."""

    clauses: tuple[Clause, ...] = ()
    filters: tuple[Filter, ...] = ()

    def without(self, name: str) -> "Selection":
        """The same without the filter of one field: how a facet counts its own choices."""
        return Selection(self.clauses, tuple(f for f in self.filters if f.field != name))

    def within(self, name: str, *values: Key) -> "Selection":
        return Selection(self.clauses, (*self.filters, Filter(name, values)))

    @property
    def only_dataset(self) -> str | None:
        """The dataset that all records are of, where one is named."""
        named = (one.values for one in self.filters if one.field == "dataset" and len(one.values) == 1)
        return next((str(value) for (value,) in named), None)

    def within_dataset(self, dataset: str) -> "Selection":
        """The same within one dataset: whether its own texts hold a word is known, and not asked again."""
        left = (clause.within(dataset) for clause in self.clauses)
        return Selection(tuple(filter(None, left)), self.filters).within("dataset", dataset)


@dataclass(frozen=True)
class Groups:
    """Count records, and add up number slots, for each value of up to two fields."""

    selection: Selection
    by: tuple[str, ...] = ()
    numbers: tuple[str, ...] = ()
    limit: int = 5_000


@dataclass(frozen=True)
class Top:
    """The first records: by relevance of the words in ``rank``, or in the order of the file.

    ``after`` (an ordinal, only in file order within one dataset) goes on where a page ended.
    """

    selection: Selection
    size: int
    offset: int = 0
    order: Literal["relevance", "row"] = "relevance"
    rank: str = ""
    after: int | None = None

    def __post_init__(self) -> None:
        if self.offset + self.size > PAGING_LIMIT:
            raise ValueError(f"pages by number end at {PAGING_LIMIT} records: go on with a cursor")


@dataclass(frozen=True)
class Best:
    """The best score of each dataset among the first ``size`` records by relevance of the words in ``rank``."""

    selection: Selection
    size: int
    rank: str


@dataclass(frozen=True)
class Spread:
    """Count the values of a number slot between edges: from each edge up to the next, the last one open.

    An answer has a group for each edge, its key the place of the edge in ``edges``.
    """

    selection: Selection
    slot: str
    edges: tuple[float, ...]


Counting = Groups | Spread
Ranked = Top | Best
Question = Counting | Ranked


@dataclass(frozen=True)
class Stat:
    """Of the values present in a number slot: their sum, count, least and greatest."""

    sum: float
    count: int
    min: float | None
    max: float | None


_NO_STATS: Mapping[str, Stat] = MappingProxyType({})


class Group(NamedTuple):
    """Of an answer; there are thousands: a tuple is made in a third of the time of a dataclass."""

    keys: tuple[Key, ...]
    records: int
    stats: Mapping[str, Stat] = _NO_STATS


@dataclass(frozen=True)
class Hit:
    record: Record
    score: float


@dataclass(frozen=True)
class Answer:
    """``groups`` for Groups and Spread, ``hits`` for Top, ``best`` for Best, by dataset.

    ``partial``: a time limit or the limit of groups cut it short; ``late``: the time limit, so that it may be
    whole the next time.
    """

    groups: tuple[Group, ...] = ()
    hits: tuple[Hit, ...] = ()
    best: Mapping[str, float] = field(default_factory=dict)
    partial: bool = False
    late: bool = False

    @cached_property
    def fullest_within(self) -> Mapping[Key, Key]:
        """Of groups by two fields: to each value of the first that of the second with the most records, the last of equals."""
        found: dict[Key, tuple[int, Key]] = {}
        for (first, second), records, _ in self.groups:
            if first not in found or records >= found[first][0]:
                found[first] = (records, second)
        return {first: second for first, (_, second) in found.items()}
