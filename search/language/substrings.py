"""Which words of many hold a text, without reading them all: by the two letters of it that are rarest."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from search.text import APART

_FIRST = 16


@dataclass(frozen=True)
class Substrings:
    """The letters of all words one after another, and each place in them by the two letters that stand there."""

    words: Sequence[str]
    starts: npt.NDArray[np.int64]
    """Where each word begins in ``letters``."""
    letters: npt.NDArray[np.uint32]
    places: npt.NDArray[np.int32]
    pairs: npt.NDArray[np.uint32]
    """Of each of the places, in ascending order."""

    @classmethod
    def of(cls, words: Sequence[str]) -> "Substrings":
        letters = _codes(APART.join(words))
        starts = np.concatenate(([0], np.flatnonzero(letters == ord(APART)) + 1))
        pairs = _pairs(letters)
        places = _in_order(pairs)
        return cls(words, starts, letters, places, pairs[places])

    def holding(self, part: str) -> Iterator[tuple[str, str]]:
        """Each word that holds the part, with what stands behind it there: once for each time it stands in the word.

        An empty part none holds.
        """
        wanted = _codes(part)
        found = self._found(wanted) if len(wanted) else np.zeros(0, dtype=np.int64)
        for some in (found[:_FIRST], found[_FIRST:]):  # mostly the first will do
            words = np.searchsorted(self.starts, some, "right") - 1
            behind = some - self.starts[words] + len(wanted)
            for word, at in zip(words.tolist(), behind.tolist(), strict=True):
                yield self.words[word], self.words[word][at:]

    def _found(self, wanted: npt.NDArray[np.uint32]) -> npt.NDArray[np.int64]:
        """Where the part stands."""
        found = self._beginning(wanted) if len(wanted) > 1 else np.arange(len(self.letters))
        for at, letter in enumerate(wanted):
            found = found[self.letters[found + at] == letter]
        return found

    def _beginning(self, wanted: npt.NDArray[np.uint32]) -> npt.NDArray[np.int64]:
        """Where the part would begin if its rarest pair is where it is."""
        pairs = _pairs(wanted)
        starts, ends = (np.searchsorted(self.pairs, pairs, side) for side in ("left", "right"))
        rarest = int(np.argmin(ends - starts))
        found = self.places[starts[rarest] : ends[rarest]].astype(np.int64) - rarest
        return found[(found >= 0) & (found <= len(self.letters) - len(wanted))]


def _in_order(pairs: npt.NDArray[np.uint32]) -> npt.NDArray[np.int32]:
    """Places from the lowest pair to the highest: by the second letter, then by the first.

    Halves of a number are counted into order; whole ones would be compared, which takes many times as long.
    """
    places = np.argsort((pairs & np.uint32(0xFFFF)).astype(np.uint16), kind="stable").astype(np.int32)
    first = (pairs >> np.uint32(16)).astype(np.uint16)
    return places[np.argsort(first[places], kind="stable")]


def _codes(text: str) -> npt.NDArray[np.uint32]:
    # a lone surrogate is a letter like any other here
    return np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype=np.uint32)


def _pairs(letters: npt.NDArray[np.uint32]) -> npt.NDArray[np.uint32]:
    """Two letters in one number. Beyond the first 65,536 letters some share it; all are compared once more."""
    return (letters[:-1] << np.uint32(16)) | (letters[1:] & np.uint32(0xFFFF))
