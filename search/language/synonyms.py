"""Words that find each other: expanded at query time, once, for both engines."""

import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files

from search import text
from search.language.edits import Edit

ARROW = "→"
LONGEST_PHRASE = 5
_SIGNS = re.compile(r"[\"“”:]|^[-−]|^OR$")
"""Signs of the query's syntax: words that bear them are meant one by one."""


@dataclass(frozen=True)
class Group:
    """Words that find each other, and why: a group without a reason is a guess.

    They also find what they are only a wider name for (``finds``), which does not find them: 날씨 finds
    기온, but who asks for 기온 means no rain.
    """

    words: tuple[str, ...]
    why: str
    finds: tuple[str, ...] = ()

    @classmethod
    def of(cls, words: Iterable[str], why: str) -> "Group":
        """Written in a row: ``날씨 → 기온 강수량``, or only words that find each other."""
        found = list(words)
        at = found.index(ARROW) if ARROW in found else len(found)
        return cls(tuple(found[:at]), why, tuple(found[at + 1 :]))

    @property
    def row(self) -> str:
        return " = ".join(self.words) + (f" {ARROW} {', '.join(self.finds)}" if self.finds else "")


@dataclass(frozen=True)
class Synonyms:
    """By each word, normalised, everything that finds it."""

    groups: Mapping[str, tuple[str, ...]]
    phrases: frozenset[str] = frozenset()
    """Those written in several words (책 빌리는 곳), normalised: they are meant as one."""

    @classmethod
    def load(cls) -> "Synonyms":
        """Those the portal comes with."""
        return cls.of(defaults())

    @classmethod
    def of(cls, groups: Iterable[Group]) -> "Synonyms":
        found: dict[str, tuple[str, ...]] = {}
        phrases: set[str] = set()
        for group in groups:
            phrases.update(text.joined(word) for word in group.words if " " in word.strip())
            members, narrower = (
                tuple(joined for word in words if (joined := text.joined(word)))
                for words in (group.words, group.finds)
            )
            for member in members:
                found[member] = tuple(dict.fromkeys((*found.get(member, ()), *members, *narrower)))
        return cls(found, frozenset(phrases))

    def as_one(self, q: str) -> str:
        """The query with the words of a phrase joined, so that they are looked for together."""
        words = q.split()
        found: list[str] = []
        while words:
            size = next((n for n in range(LONGEST_PHRASE, 1, -1) if self._is_phrase(words[:n], n)), 1)
            found.append(text.joined(" ".join(words[:size])) if size > 1 else words[0])
            words = words[size:]
        return " ".join(found)

    def _is_phrase(self, words: list[str], size: int) -> bool:
        plain = len(words) == size and not any(_SIGNS.search(word) for word in words)
        return plain and text.joined(" ".join(words)) in self.phrases

    def beside(self, word: str) -> tuple[str, ...]:
        """The others of the word's groups."""
        return tuple(other for other in self.groups.get(word, ()) if other != word)


def edited(groups: Iterable[Group], edits: Iterable[Edit]) -> tuple[Group, ...]:
    """Groups after edits; the same words in any order are one group."""
    if not (edits := tuple(edits)):
        return tuple(groups)
    found = {_key(group): group for group in groups}
    for edit in edits:
        group = Group.of(edit.words, edit.why)
        if edit.removed:
            found.pop(_key(group), None)
        else:
            found[_key(group)] = group
    return tuple(found.values())


def current(edits: Iterable[Edit]) -> tuple[Group, ...]:
    """The groups the portal comes with, as staff have changed them."""
    return edited(defaults(), edits)


@lru_cache(maxsize=2)
def known(edits: tuple[Edit, ...]) -> Synonyms:
    """``current``, ready to be asked; remembered, for every build is read with it and staff seldom change it."""
    return Synonyms.of(current(edits))


def holds(groups: Iterable[Group], wanted: Group) -> bool:
    """Whether a group of just these words, in any order, is among them."""
    return any(_key(group) == _key(wanted) for group in groups)


def _key(group: Group) -> tuple[frozenset[str], ...]:
    return tuple(frozenset(map(text.joined, words)) for words in (group.words, group.finds))


def defaults() -> tuple[Group, ...]:
    """The groups the portal comes with (mappings/synonyms.json)."""
    entries = json.loads(files("mappings").joinpath("synonyms.json").read_text(encoding="utf-8"))
    return tuple(
        Group(tuple(entry["words"]), entry["why"], tuple(entry.get("finds", ()))) for entry in entries
    )
