"""The words of a build: what a word that finds nothing may have been meant to be."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from heapq import merge, nsmallest
from itertools import islice

from search.documents import Dataset
from search.language import hangul
from search.language.shelf import Shelf
from search.language.slips import Slips
from search.language.word_counts import WordCounts, called, counted

SHORT_STROKES = 7
"""Up to so many strokes (two syllables, mostly) one slip is as much as a word can bear; longer ones bear two."""

_ROAD = "로"
_BRANCH = re.compile(r"\d+(번|[가-하])?길")
OWN_SHARE = 0.25
"""Of the records of its stem: real tables hold 교통과, 공원과, 장애인 more often than so, 공원을 and 버스로 less."""

OWN_RECORDS = 30
"""Where the stem is what datasets are called, so that few cells hold it (인구): prose holds a form less often (인구가)."""

COMMON_SHARE = 0.001
"""Of the records of the commonest word."""

_MOST_CHANGED = 0.1
"""Of what is counted and of the words on the first shelf: where more has come or gone, everything is made anew."""


@dataclass(frozen=True)
class Vocabulary:
    """Normalised words with the number of records that hold them; a dataset's own words weigh all its records."""

    words: Mapping[str, int]
    names: frozenset[str] = frozenset()
    """Words of titles and columns."""
    by_name: Mapping[str, int] = field(default_factory=dict)
    """How many of the records of a word hold it for what their dataset is called and filed under."""
    datasets: Mapping[str, Dataset] = field(default_factory=dict)
    """By their ids: those it was made of."""
    kept: tuple[Shelf, ...] = ()
    """Of a vocabulary before: what most words are looked up in, and what those that have come since are."""

    @classmethod
    def of(cls, datasets: Iterable[Dataset], before: "Vocabulary | None" = None) -> "Vocabulary":
        """The words of datasets; ``before``: of another build, which mostly has nearly all of them.

        The answers are the same with it as without it. Of 250,000 words with one dataset changed they are there in 0.1 s,
        with all that they are looked up in, and without it in 1.5.
        """
        now = {dataset.id: dataset for dataset in datasets}
        names = frozenset(word for dataset in now.values() for words in called(dataset) for word in words)
        if before is not None:
            came = _others(now, before.datasets)
            gone = _others(before.datasets, now)
            if _size((*came, *gone)) <= _MOST_CHANGED * _size(now.values()):
                found = WordCounts(before.words, before.by_name).after(
                    WordCounts.of(came), WordCounts.of(gone)
                )
                return cls(found.words, names, found.by_name, now, before.kept_with(found.words))
        found = WordCounts.of(now.values())
        return cls(found.words, names, found.by_name, now, _alone(found.words))

    @cached_property
    def shelves(self) -> tuple[Shelf, ...]:
        """What the words are looked up in; who looks asks of each whether it still is a word."""
        return self.kept or _alone(self.words)

    def kept_with(self, words: Mapping[str, int]) -> tuple[Shelf, ...]:
        """The shelves for other words: with what has come; made anew where too many differ from those on the first."""
        first, *others = self.shelves
        more = {word: None for shelf in others for word in shelf.words}
        new = [
            word for word in words.keys() - self.words.keys() if word not in more and word not in first.known
        ]
        gone = len(first.words) + len(more) + len(new) - len(words)
        if max(len(more) + len(new), gone) > _MOST_CHANGED * len(first.words):
            return _alone(words)
        return (first, Shelf((*more, *new))) if new else self.shelves

    def warm(self, *, typing: bool) -> None:
        """Make now what is else made at the first slip; ``typing``: at the first word that is suggested, too."""
        for shelf in self.shelves:
            shelf.warm(typing)

    def holds(self, word: str) -> bool:
        """Whether some word is it or holds it."""
        return word in self.words or any(
            found in self.words for shelf in self.shelves for found, _ in shelf.substrings.holding(word)
        )

    def knows(self, word: str) -> bool:
        """The same, remembered: for words of a list, of which there is an end."""
        if word not in self._known:
            self._known[word] = self.holds(word)
        return self._known[word]

    def is_itself(self, word: str, stem: str) -> bool:
        """Whether a word that could be its stem with an ending is a word of its own: 교통과, 장애인, 천호대로.

        It stands in many records beside those that hold its stem in a cell, or it is a road from which others
        branch off (천호대로113길: the Road Name Address Act numbers them).
        """
        often, by_name = self.words.get(word, 0), self.by_name.get(stem, 0)
        fewest = OWN_RECORDS if by_name else 1
        if often >= max(fewest, OWN_SHARE * (self.words.get(stem, 0) - by_name)):
            return True
        return word.endswith(_ROAD) and any(
            _BRANCH.match(behind) and found in self.words
            for shelf in self.shelves
            for found, behind in shelf.substrings.holding(word)
        )

    def is_common(self, word: str) -> bool:
        """Whether so many records hold the word as its dataset may be meant by it."""
        return self.words.get(word, 0) >= COMMON_SHARE * self._most

    def starting(self, initials: str, most: int) -> list[str]:
        """Words whose syllables begin with exactly these consonants, the commonest first."""
        found = (word for shelf in self.shelves for word in shelf.initials.starting(initials))
        return nsmallest(most, filter(self.words.__contains__, found), self._by_records)

    def beginning(self, strokes: str, most: int) -> list[str]:
        """Words that begin with these strokes, the commonest first: of the first so many in the order of strokes."""
        found = merge(*(shelf.beginnings.starting(strokes) for shelf in self.shelves))
        there = islice((word for _, word in found if word in self.words), most)
        return sorted(there, key=self._by_records)

    def near(self, word: str, most: int) -> list[str]:
        """Words a slip or two of the fingers away, the nearest first, of equals the commonest."""
        slips = 1 if len(hangul.strokes(word)) <= SHORT_STROKES else 2
        found = (one for shelf in self.shelves for one in shelf.slips.near(word, slips))
        there = (
            (slip, *self._by_records(near)) for near, slip in found if near in self.words and near != word
        )
        return [near for _, _, near in nsmallest(most, there)]

    def near_in_names(self, word: str) -> list[str]:
        """Parts of titles and column names as long as the word and a slip or two away, the nearest first.

        A title written in one word (도시공원정보표준데이터) is slipped into in its middle, too.
        """
        if len(hangul.strokes(word)) <= SHORT_STROKES:
            return []
        near = ((slip, part) for part, slip in self._parts_of(len(word)).near(word, 2) if slip)
        return [part for _, part in sorted(near)]

    def _by_records(self, word: str) -> tuple[int, str]:
        return -self.words[word], word

    def head(self, word: str) -> str | None:
        """The longest end of a word that is one and stands in a title or a column: of 5대범죄 it is 범죄."""
        ends = (word[at:] for at in range(1, len(word) - 1))
        return next((end for end in ends if end in self.words and end in self._names), None)

    @cached_property
    def _names(self) -> str:
        return "\n".join(self.names)

    def _parts_of(self, syllables: int) -> Slips:
        """Every part of so many syllables; made once a length."""
        if syllables not in self._parts:
            found = dict.fromkeys(
                part
                for name in self.names
                for at in range(len(name) - syllables + 1)
                if not any(map(str.isdigit, part := name[at : at + syllables]))
            )
            self._parts[syllables] = Slips.of(found)
        return self._parts[syllables]

    @cached_property
    def _parts(self) -> dict[int, Slips]:
        return {}

    @cached_property
    def _most(self) -> int:
        return max(self.words.values(), default=0)

    @cached_property
    def _known(self) -> dict[str, bool]:
        return {}


def _alone(words: Iterable[str]) -> tuple[Shelf, ...]:
    return (Shelf(tuple(words)),)


def _others(these: Mapping[str, Dataset], those: Mapping[str, Dataset]) -> list[Dataset]:
    """Datasets of the first that are not among the others, or of which others things are counted there."""
    return [one for key, one in these.items() if key not in those or counted(those[key]) != counted(one)]


def _size(datasets: Iterable[Dataset]) -> int:
    """About how much counting them takes: the letters of their words."""
    return sum(len(dataset.words) for dataset in datasets)
