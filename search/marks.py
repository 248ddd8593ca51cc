"""Which characters of a cell matched: one highlighter for both engines, in offsets of the cell itself."""

import unicodedata
from bisect import bisect_left
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from search import text
from search.plan import Clause, Word

Marks = tuple[tuple[int, int], ...]


@dataclass(frozen=True)
class Marker:
    """Marks the words of a search in one value after the other."""

    words: tuple[Word, ...]

    @classmethod
    def of(cls, clauses: Iterable[Clause]) -> "Marker":
        """What a record may be found by, also in columns; an excluded word stands in none."""
        wanted = [clause for clause in clauses if not clause.excluded]
        asked = (column.word for clause in wanted for column in clause.columns)
        said = (*(word for clause in wanted for word in clause.variants), *asked)
        return cls(tuple(Word(one, word.across) for word in said for one in word.text.split(" ")))

    def marks(self, value: str) -> Marks:
        """[start, end) of everything that matched a word, merged and in order; empty where nothing did."""
        letters = text.joined(value)
        if not any(word.text in letters for word in self.words):  # as in most cells
            return ()
        folded = _Folded.of(value)
        return _merged(sorted(span for word in self.words for span in folded.spans(word)))


@dataclass(frozen=True)
class _Folded:
    """The letters of a folded value: where each stands in it, and what it covers of the value itself."""

    letters: str
    at: list[int]  # places as if dots that join syllables were not there
    covers: list[tuple[int, int]]

    @classmethod
    def of(cls, value: str) -> "_Folded":
        folded, covers = _with_places(value)
        places = [place for place, char in enumerate(folded) if text.is_letter(char)]
        dots = [match.start() for match in text.JOINING_DOTS.finditer(folded)]
        at = [place - bisect_left(dots, place) for place in places]
        return cls("".join(folded[place] for place in places), at, [covers[place] for place in places])

    def spans(self, word: Word) -> Iterator[tuple[int, int]]:
        """Places of a word: across the letters of the whole value, or inside one run."""
        start = self.letters.find(word.text)
        while start >= 0:
            last = start + len(word.text) - 1
            if self._is_found(word, start, last):
                yield self.covers[start][0], self.covers[last][1]
            start = self.letters.find(word.text, start + 1)

    def _is_found(self, word: Word, start: int, last: int) -> bool:
        if word.across:
            return True
        if text.is_digits(word.text):  # signs may stand between
            return not (self._is_digit(start - 1, start) or self._is_digit(last + 1, last))
        if self.at[last] - self.at[start] != last - start:
            return False
        # a word of one character matches only a run of its own
        return last > start or not (self._touch(start - 1, start) or self._touch(last, last + 1))

    def _is_digit(self, place: int, beside: int) -> bool:
        """Whether a digit touches the letter beside it."""
        return self._touch(*sorted((place, beside))) and self.letters[place] in "0123456789"

    def _touch(self, one: int, other: int) -> bool:
        return one >= 0 and other < len(self.at) and self.at[other] - self.at[one] == 1


def _with_places(value: str) -> tuple[str, list[tuple[int, int]]]:
    """The folded value, and for each of its characters the [start, end) it comes from."""
    plain = text.fold(value)
    if len(plain) == len(value) and unicodedata.is_normalized("NFC", value):
        return plain, [(at, at + 1) for at in range(len(value))]
    folded: list[str] = []
    covers: list[tuple[int, int]] = []
    for start, end in text.clusters(value):
        for char in text.fold(value[start:end]):
            folded.append(char)
            covers.append((start, end))
    return "".join(folded), covers


def _merged(spans: list[tuple[int, int]]) -> Marks:
    merged: list[tuple[int, int]] = []
    for start, end in spans:
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return tuple(merged)
