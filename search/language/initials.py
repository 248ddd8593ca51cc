"""Words by the consonants their syllables begin with (초성): ㅎㅈㅅ finds 화장실."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from search.batch import TEXT, listed, texts
from search.language import hangul
from search.text import APART


@dataclass(frozen=True)
class Initials:
    """The words that are syllables from end to end, by what they begin with."""

    spelt: pa.Array
    """The initials that occur, each once."""
    words: pa.Array
    """Those of the first of ``spelt``, then those of the second, and so on."""
    starts: npt.NDArray[np.int64]
    """Where in ``words`` those of each begin; one more for the end."""

    @classmethod
    def of(cls, words: Sequence[str]) -> "Initials":
        """There are hundreds of thousands: all at once."""
        every = texts(words)
        sounding = every.filter(pc.match_substring_regex(every, hangul.SOUNDING))
        spelt = _initials(sounding).dictionary_encode()
        codes = spelt.indices.to_numpy()
        counts = np.bincount(codes, minlength=len(spelt.dictionary))
        return cls(
            spelt.dictionary,
            sounding.take(pa.array(np.argsort(codes, kind="stable"))),
            np.concatenate(([0], np.cumsum(counts))),
        )

    def starting(self, initials: str) -> list[str]:
        """Words whose syllables begin with exactly these consonants."""
        at = pc.index(self.spelt, pa.scalar(initials, TEXT)).as_py()
        if at < 0:
            return []
        found: list[str] = listed(self.words[int(self.starts[at]) : int(self.starts[at + 1])])
        return found


def _initials(words: pa.Array) -> pa.Array:
    """``hangul.initials`` of many."""
    letters = np.frombuffer(APART.join(listed(words)).encode("utf-32-le"), dtype=np.uint32)
    spelt = _initial_of()[letters].tobytes().decode("utf-32-le")
    return texts(spelt.split(APART) if len(words) else [])


@cache
def _initial_of() -> npt.NDArray[np.uint32]:
    """Of each letter up to the last syllable the initial; of what is no syllable itself."""
    every = "".join(map(chr, range(ord(hangul.LAST_SYLLABLE) + 1)))
    return np.frombuffer(hangul.initials(every).encode("utf-32-le", "surrogatepass"), dtype=np.uint32)
