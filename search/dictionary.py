"""Words that the Korean dictionary reads otherwise: 공영주차장 is 공영 + 주차장, not 공영주 + 차장.

They only order what is found: what matches is decided by bigrams. Both engines are given the same
words; a build carries those it was made with, so that a query is read as its records were.
"""

import json
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from importlib.resources import files

from search import text
from search.language.edits import Edit

Pieces = Callable[[str], Sequence[str]]

_SHORT, _LONG = 2, 5
"""A word that is looked for at the end of longer ones has so many syllables."""


@dataclass(frozen=True)
class Entry:
    """A word and the parts it is made of; a name of its own has none. ``why`` says who reads it otherwise."""

    word: str
    parts: tuple[str, ...] = ()
    why: str = ""

    @property
    def rule(self) -> str:
        """The line of nori's user dictionary."""
        return " ".join((self.word, *self.parts))

    def fault(self) -> str | None:
        """What is wrong with an entry, in Korean; None where it can be used."""
        if not self.word or any(not "가" <= char <= "힣" for char in self.word):
            return f"‘{self.word}’: 한글로만 된 낱말이어야 합니다"
        if self.parts and "".join(self.parts) != self.word:
            return f"‘{self.word}’: 조각을 이으면 ‘{''.join(self.parts)}’이(가) 됩니다"
        return None


@dataclass(frozen=True)
class Dictionary:
    """Entries, each word once, in the order of the words: two dictionaries of the same words are equal."""

    rules: tuple[str, ...] = ()

    @classmethod
    def of(cls, entries: Iterable[Entry]) -> "Dictionary":
        """Later entries of a word take the place of earlier ones: nori refuses a word that comes twice."""
        return cls(tuple(sorted({entry.word: entry.rule for entry in entries}.values())))

    @classmethod
    def load(cls) -> "Dictionary":
        return cls.of(defaults())

    @cached_property
    def parts(self) -> dict[str, tuple[str, ...]]:
        """By each word its parts."""
        return {word: tuple(parts) for word, *parts in map(str.split, self.rules)}


NO_WORDS = Dictionary()


def defaults() -> tuple[Entry, ...]:
    """The words the portal comes with (mappings/words.json)."""
    entries = json.loads(files("mappings").joinpath("words.json").read_text(encoding="utf-8"))
    return tuple(Entry(one["word"], tuple(one.get("parts", ())), one["why"]) for one in entries)


def edited(entries: Iterable[Entry], edits: Iterable[Edit]) -> tuple[Entry, ...]:
    """Entries after edits: of each the word and then its parts."""
    found = {entry.word: entry for entry in entries}
    for edit in edits:
        word, *parts = edit.words
        if edit.removed:
            found.pop(word, None)
        else:
            found[word] = Entry(word, tuple(parts), edit.why)
    return tuple(found.values())


def misread(names: Iterable[str], pieces: Pieces) -> tuple[Entry, ...]:
    """Compounds of the names in which a shorter word of theirs is not seen where it stands.

    ``pieces`` cuts a run into what the analyser reads.
    """
    runs = sorted({run for name in names for run in text.cut(name) if Entry(run).fault() is None})
    short = {run for run in runs if _SHORT <= len(run) <= _LONG}
    found = []
    for run in runs:
        ends = _ends(pieces(run))
        cut = next((at for at in range(_SHORT, len(run) - 1) if run[at:] in short), None)
        # a rest that is no word itself says that the shorter word only ends so: 지급아동수 is no 동수
        if cut and cut not in ends and all(len(piece) >= _SHORT for piece in pieces(run[:cut])):
            found.append(Entry(run, (run[:cut], run[cut:])))
    return tuple(found)


def _ends(pieces: Sequence[str]) -> set[int]:
    """Where each piece ends in the run they make up."""
    ends: set[int] = set()
    at = 0
    for piece in pieces:
        at += len(piece)
        ends.add(at)
    return ends
