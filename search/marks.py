"""Which characters of a cell matched: one highlighter for both engines, in offsets of the cell itself."""

from collections.abc import Iterable

from search import text
from search.plan import Clause, Word

Marks = tuple[tuple[int, int], ...]


def marks(value: str, clauses: Iterable[Clause]) -> Marks:
    """[start, end) of everything that matched a word, merged and in order; empty where nothing did."""
    folded, offsets = _folded(value)
    spans = [span for clause in clauses for word in clause.variants for span in _spans(folded, offsets, word)]
    return _merged(sorted(spans))


def _folded(value: str) -> tuple[str, list[int]]:
    """Folded text with the offset in ``value`` of each of its characters."""
    plain = text.fold(value)
    if len(plain) == len(value):
        return plain, list(range(len(value)))
    folded: list[str] = []
    offsets: list[int] = []
    for start, end in _clusters(value):
        for char in text.fold(value[start:end]):
            folded.append(char)
            offsets.append(start)
    return "".join(folded), offsets


def _clusters(value: str) -> Iterable[tuple[int, int]]:
    """Stretches that compose to one character: a start and the conjoining characters after it."""
    start = 0
    for at in range(1, len(value) + 1):
        if at == len(value) or len(text.fold(value[start : at + 1])) > len(text.fold(value[start:at])):
            yield start, at
            start = at


def _spans(folded: str, offsets: list[int], word: Word) -> Iterable[tuple[int, int]]:
    """Places of a word: across the letters of the whole value, or inside one run."""
    kept = [at for at, char in enumerate(folded) if text.is_letter(char)]
    letters = "".join(folded[at] for at in kept)
    found = letters.find(word.text)
    while found >= 0:
        first, last = kept[found], kept[found + len(word.text) - 1]
        if word.across or (last - first == len(word.text) - 1 and _alone(folded, first, last, word)):
            yield offsets[first], offsets[last] + 1
        found = letters.find(word.text, found + 1)


def _alone(folded: str, first: int, last: int, word: Word) -> bool:
    """A word of one character matches only a run of its own."""
    if len(word.text) > 1:
        return True
    before = first > 0 and text.is_letter(folded[first - 1])
    after = last + 1 < len(folded) and text.is_letter(folded[last + 1])
    return not (before or after)


def _merged(spans: list[tuple[int, int]]) -> Marks:
    merged: list[tuple[int, int]] = []
    for start, end in spans:
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return tuple(merged)
