"""Which of many words are a slip or two of the fingers from one that was typed."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from rapidfuzz import process
from rapidfuzz.distance import OSA

_LETTERS = 64
"""Letters share the bits of one word of the machine: then words differ in fewer bits than in letters, never in more."""

LETTERS_A_SLIP = 2
"""A letter struck for another takes one away and brings one; any other slip changes less."""


@dataclass(frozen=True)
class Strokes:
    """Words by the strokes of their letters, with the set of letters of each: most words differ too much to be compared."""

    written: Sequence[str]
    _sets: npt.NDArray[np.uint64]

    @classmethod
    def of(cls, written: Iterable[str]) -> "Strokes":
        found = list(written)
        return cls(found, _letters(found))

    def near(self, meant: str, slips: int, most: int) -> list[tuple[int, int]]:
        """Places of words at most so many slips away with how many, at most ``most`` and the nearest first."""
        differing = np.bitwise_count(self._sets ^ _letters([meant])[0])
        places = np.flatnonzero(differing <= LETTERS_A_SLIP * slips).tolist()
        near = [self.written[at] for at in places]
        found = process.extract(meant, near, scorer=OSA.distance, score_cutoff=slips, limit=most)
        return [(places[at], round(slip)) for _, slip, at in found]


def _letters(words: Sequence[str]) -> npt.NDArray[np.uint64]:
    """The set of letters of each word, a bit for each; all at once, for there are hundreds of thousands."""
    if not words:
        return np.zeros(0, dtype=np.uint64)
    # each word with an end of its own, so that none is empty; all have that bit, and so none differs by it
    ended = np.frombuffer("".join(f"{word}\0" for word in words).encode("utf-32-le"), dtype=np.uint32)
    starts = np.cumsum([0, *(len(word) + 1 for word in words[:-1])])
    bits = np.left_shift(np.uint64(1), (ended % _LETTERS).astype(np.uint64))
    return np.bitwise_or.reduceat(bits, starts)
