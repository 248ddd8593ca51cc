"""Words that find each other: expanded at query time, once, for both engines."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from importlib.resources import files

from search import text
from search.language.edits import Edit


@dataclass(frozen=True)
class Group:
    """Words that find each other, and why: a group without a reason is a guess."""

    words: tuple[str, ...]
    why: str


@dataclass(frozen=True)
class Synonyms:
    """By each word, normalised, everything that finds it."""

    groups: Mapping[str, tuple[str, ...]]

    @classmethod
    def load(cls) -> "Synonyms":
        """Those the portal comes with."""
        return cls.of(defaults())

    @classmethod
    def of(cls, groups: Iterable[Group]) -> "Synonyms":
        found: dict[str, tuple[str, ...]] = {}
        for group in groups:
            members = tuple(joined for word in group.words if (joined := text.joined(word)))
            for member in members:
                found[member] = tuple(dict.fromkeys((*found.get(member, ()), *members)))
        return cls(found)

    def beside(self, word: str) -> tuple[str, ...]:
        """The others of the word's groups."""
        return tuple(other for other in self.groups.get(word, ()) if other != word)


def edited(groups: Iterable[Group], edits: Iterable[Edit]) -> tuple[Group, ...]:
    """Groups after edits; the same words in any order are one group."""
    found = {_key(group): group for group in groups}
    for edit in edits:
        group = Group(edit.words, edit.why)
        if edit.removed:
            found.pop(_key(group), None)
        else:
            found[_key(group)] = group
    return tuple(found.values())


def _key(group: Group) -> frozenset[str]:
    return frozenset(map(text.joined, group.words))


def defaults() -> tuple[Group, ...]:
    """The groups the portal comes with (mappings/synonyms.json)."""
    entries = json.loads(files("mappings").joinpath("synonyms.json").read_text(encoding="utf-8"))
    return tuple(Group(tuple(entry["words"]), entry["why"]) for entry in entries)
