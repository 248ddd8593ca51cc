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
        return cls(found, np.array([_letters(one) for one in found], dtype=np.uint64))

    def near(self, meant: str, slips: int, most: int) -> list[tuple[int, int]]:
        """Places of words at most so many slips away with how many, at most ``most`` and the nearest first."""
        differing = np.bitwise_count(self._sets ^ np.uint64(_letters(meant)))
        places = np.flatnonzero(differing <= LETTERS_A_SLIP * slips).tolist()
        near = [self.written[at] for at in places]
        found = process.extract(meant, near, scorer=OSA.distance, score_cutoff=slips, limit=most)
        return [(places[at], round(slip)) for _, slip, at in found]


def _letters(strokes: str) -> int:
    found = 0
    for letter in strokes:
        found |= 1 << (ord(letter) % _LETTERS)
    return found
