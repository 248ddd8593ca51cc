"""The words of a build: what a word that finds nothing may have been meant to be."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from search import text
from search.batch import TEXT, listed, texts
from search.documents import Dataset
from search.language import hangul
from search.language.initials import Initials
from search.language.slips import Slips
from search.language.substrings import Substrings

SHORT_STROKES = 7
"""Up to so many strokes (two syllables, mostly) one slip is as much as a word can bear; longer ones bear two."""

LONGEST = 30
_CANDIDATES = 40
_NUMBER = r"\p{N}"
_ROAD = "로"
_BRANCH = re.compile(r"\d+(번|[가-하])?길")
_LONGEST_BRANCH = len("1234번길")
OWN_SHARE = 0.25
"""Of the records of its stem: real tables hold 교통과, 공원과, 장애인 more often than so, 공원을 and 버스로 less."""

OWN_RECORDS = 30
"""Where the stem is what datasets are called, so that few cells hold it (인구): prose holds a form less often (인구가)."""

COMMON_SHARE = 0.001
"""Of the records of the commonest word."""


@dataclass(frozen=True)
class Vocabulary:
    """Normalised words with the number of records that hold them; a dataset's own words weigh all its records."""

    words: Mapping[str, int]
    names: frozenset[str] = frozenset()
    """Words of titles and columns."""
    by_name: Mapping[str, int] = field(default_factory=dict)
    """How many of the records of a word hold it for what their dataset is called and filed under."""

    @classmethod
    def of(cls, datasets: Iterable[Dataset]) -> "Vocabulary":
        datasets = tuple(datasets)
        found = _summed(dataset.words for dataset in datasets)
        called: set[str] = set()
        by_name: dict[str, int] = {}
        for dataset in datasets:
            names = (dataset.title, *(column.name for column in dataset.columns))
            for value in (*names, dataset.provider, *dataset.area.split(">")):
                for word in {text.joined(value), *text.runs(value)}:
                    by_name[word] = by_name.get(word, 0) + dataset.records
            for value in names:
                called |= {text.joined(value), *text.runs(value)}
        for word, records in by_name.items():
            found[word] = found.get(word, 0) + records
        for word in [word for word in found if not 1 < len(word) <= LONGEST]:
            del found[word]
        return cls(found, frozenset(called), by_name)

    def warm(self) -> None:
        """Make now what is else made when a slip is first made: a quarter of a second for 250,000 words."""
        self.holds("")
        self.near("", 0)

    def holds(self, word: str) -> bool:
        """Whether some word is it or holds it."""
        return word in self.words or self._all.holds(word)

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
        return word.endswith(_ROAD) and any(map(_BRANCH.match, self._all.behind(word, _LONGEST_BRANCH)))

    def is_common(self, word: str) -> bool:
        """Whether so many records hold the word as its dataset may be meant by it."""
        return self.words.get(word, 0) >= COMMON_SHARE * self._most

    def starting(self, initials: str, most: int) -> list[str]:
        """Words whose syllables begin with exactly these consonants, the commonest first."""
        return self._by_initials.starting(initials, most)

    def near(self, word: str, most: int) -> list[str]:
        """Words a slip or two of the fingers away, the nearest first, of equals the commonest."""
        slips = 1 if len(hangul.strokes(word)) <= SHORT_STROKES else 2
        spelt = self._slips.words
        known = [
            (slip, spelt[at]) for at, slip in self._slips.near(word, slips, _CANDIDATES) if spelt[at] != word
        ]
        return [near for _, near in sorted(known, key=lambda one: (one[0], -self.words[one[1]], one[1]))][
            :most
        ]

    def near_in_names(self, word: str) -> list[str]:
        """Parts of titles and column names as long as the word and a slip or two away, the nearest first.

        A title written in one word (도시공원정보표준데이터) is slipped into in its middle, too.
        """
        if len(hangul.strokes(word)) <= SHORT_STROKES:
            return []
        parts = self._parts_of(len(word))
        return [parts.words[at] for at, slip in parts.near(word, 2, _CANDIDATES) if slip]

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
    def _slips(self) -> Slips:
        """Words that may be slipped into: a number with another digit is another number."""
        words = texts(list(self.words))
        return Slips.of(listed(words.filter(pc.invert(pc.match_substring_regex(words, _NUMBER)))))

    @cached_property
    def _known(self) -> dict[str, bool]:
        return {}

    @cached_property
    def _all(self) -> Substrings:
        return Substrings.of(self.words)

    @cached_property
    def _by_initials(self) -> Initials:
        return Initials.of(self.words)


def _summed(counted: Iterable[str]) -> dict[str, int]:
    """The words of all datasets (``Dataset.words``) with their sums; hundreds of thousands, all at once."""
    parts = "\n".join(filter(None, counted)).replace("\n", " ")  # no word holds a blank
    if not parts:
        return {}
    values = pc.split_pattern(pa.array([parts], TEXT), " ").values
    words = values.take(pa.array(np.arange(0, len(values), 2))).dictionary_encode()
    records = values.take(pa.array(np.arange(1, len(values), 2))).cast(pa.int64())
    sums = np.bincount(words.indices, records)
    return dict(zip(listed(words.dictionary), sums.astype(np.int64).tolist(), strict=True))
