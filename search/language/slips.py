"""Which of many words are a slip or two of the fingers from one that was typed."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache

import numpy as np
import numpy.typing as npt
from rapidfuzz import process
from rapidfuzz.distance import OSA

from search.language import hangul

_LETTERS = 64
"""Letters share the bits of one word of the machine: then words differ in fewer bits than in letters, never in more."""

_END = "\0"
"""After each word; no word holds it."""

LETTERS_A_SLIP = 2
"""A letter struck for another takes one away and brings one; any other slip changes less."""


@dataclass(frozen=True)
class Slips:
    """Words with the set of letters and the number of strokes of each: most differ too much to be compared.

    Only words that may be near are taken apart: a build has hundreds of thousands.
    """

    words: Sequence[str]
    _sets: npt.NDArray[np.uint64]
    _lengths: npt.NDArray[np.int32]

    @classmethod
    def of(cls, words: Iterable[str]) -> "Slips":
        found = list(words)
        return cls(found, *_looks(found))

    def near(self, word: str, slips: int) -> Iterator[tuple[str, int]]:
        """The words at most so many slips away, with how many, in no order."""
        ((letters,), (length,)) = _looks([word])
        alike = np.bitwise_count(self._sets ^ letters) <= LETTERS_A_SLIP * slips
        places = np.flatnonzero(alike & (np.abs(self._lengths - length) <= slips)).tolist()
        near = [hangul.strokes(self.words[at]) for at in places]
        meant = hangul.strokes(word)
        for _, slip, at in process.extract_iter(meant, near, scorer=OSA.distance, score_cutoff=slips):
            yield self.words[places[at]], round(slip)


def _looks(words: Sequence[str]) -> tuple[npt.NDArray[np.uint64], npt.NDArray[np.int32]]:
    """The set of letters of each word, a bit for each, and the number of its strokes; all at once."""
    if not words:
        return np.zeros(0, dtype=np.uint64), np.zeros(0, dtype=np.int32)
    # each word with an end of its own, so that none is empty; all have that bit, and so none differs by it
    ended = np.frombuffer(_END.join((*words, "")).encode("utf-32-le"), dtype=np.uint32)
    starts = np.concatenate(([0], np.flatnonzero(ended == ord(_END))[:-1] + 1))
    bits, strokes = _letters()
    inside = ended < len(bits)
    sets = np.where(inside, bits[ended * inside], _bit(ended))
    lengths = np.where(inside, strokes[ended * inside], 1)
    return np.bitwise_or.reduceat(sets, starts), np.add.reduceat(lengths, starts).astype(np.int32)


def _bit(letters: npt.NDArray[np.uint32]) -> npt.NDArray[np.uint64]:
    return np.left_shift(np.uint64(1), (letters % _LETTERS).astype(np.uint64))


@cache
def _letters() -> tuple[npt.NDArray[np.uint64], npt.NDArray[np.int32]]:
    """Of each of the first 65,536 letters, Hangul among them, the bits of its strokes and their number."""
    bits, strokes = _bit(np.arange(2**16, dtype=np.uint32)), np.ones(2**16, dtype=np.int32)
    for letter, struck in hangul.STROKES_OF.items():
        bits[letter] = np.bitwise_or.reduce(_bit(np.array(list(map(ord, struck)), dtype=np.uint32)))
        strokes[letter] = len(struck)
    return bits, strokes
