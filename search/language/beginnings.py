"""Words by the strokes they begin with, half a syllable among them: 화ㅈ begins 화장실."""

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from search.language import hangul


@dataclass(frozen=True)
class Beginnings:
    """Strokes with the word they make, in the order of strokes."""

    ordered: Sequence[tuple[str, str]]

    @classmethod
    def of(cls, words: Iterable[str]) -> "Beginnings":
        return cls(sorted((hangul.strokes(word), word) for word in words))

    def starting(self, strokes: str) -> Iterator[tuple[str, str]]:
        """Those that begin so, in order."""
        at = bisect_left(self.ordered, (strokes,))
        while at < len(self.ordered) and self.ordered[at][0].startswith(strokes):
            yield self.ordered[at]
            at += 1
