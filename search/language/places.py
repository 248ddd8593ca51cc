"""Places under all their names: official and common, of today and before, each with the days it held."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache, cached_property
from importlib import resources

from search import text
from search.language.gazetteer import dong_name, gazetteer


@dataclass(frozen=True)
class Place:
    """A place that a word means: ``values`` are the regions of the build it covers.

    ``ended`` is the first day, ISO, on which the dong was no more, ``successors`` what it became.
    """

    name: str
    values: tuple[str, ...]
    ended: str | None = None
    successors: tuple[str, ...] = ()


@dataclass(frozen=True)
class Places:
    """The regions that stand in the records of a build, by any of their names."""

    regions: frozenset[str]

    @classmethod
    def of(cls, regions: Iterable[str]) -> "Places":
        return cls(frozenset(regions))

    def meant(self, word: str) -> Place | None:
        """The place of a word, where the build knows it: itself, or the dong it was divided into."""
        plain = text.joined(word)
        name = self._known.get(plain) or self._known.get(text.joined(spelling(plain) or ""))
        common = name or spelling(plain) or plain
        parts = [part for part in _tree().parts.get(common, ()) if part in self.regions]
        values = tuple(dict.fromkeys((*([name] if name else []), *parts)))
        ended, successors = _tree().ended.get(common, (None, ()))
        return Place(common, values, ended, successors) if values else None

    @cached_property
    def _known(self) -> dict[str, str]:
        return {text.joined(region): region for region in sorted(self.regions)}


def spelling(word: str) -> str | None:
    """The name by which records are found: 천호제2동 → 천호2동, 서울시 → 서울특별시; None where it is no place."""
    return dong_name(word) or gazetteer().sido.get(word)


def spellings(word: str) -> tuple[str, ...]:
    """Other spellings of a place that a record may have. Short forms are left out: 서울 stands in 서울식당."""
    name = spelling(word)
    if name is None:
        return ()
    if name in _tree().sido:
        others = (name, *_tree().sido[name]) if len(word) > len("서울") else ()
    else:
        others = (name, *_tree().official.get(name, ()))
    return tuple(other for other in dict.fromkeys(others) if other != word)


@dataclass(frozen=True)
class Past:
    """What became of a dong: the days, ISO, on which its borders changed, and on which it was no more."""

    changed: tuple[str, ...] = ()
    ended: str | None = None
    successors: tuple[str, ...] = ()


def past(name: str) -> Past:
    """Of a place that never changed, or is not known, nothing."""
    ended, successors = _tree().ended.get(name, (None, ()))
    return Past(_tree().changed.get(name, ()), ended, successors)


@dataclass(frozen=True)
class _Tree:
    """What lies in what: dong of a legal dong and of a dong that was divided, ends, other names."""

    parts: dict[str, tuple[str, ...]]
    ended: dict[str, tuple[str, tuple[str, ...]]]
    official: dict[str, tuple[str, ...]]
    sido: dict[str, tuple[str, ...]]
    changed: dict[str, tuple[str, ...]]


@cache
def _tree() -> _Tree:
    data = json.loads(resources.files("mappings").joinpath("regions.json").read_text(encoding="utf-8"))
    parts: dict[str, list[str]] = {}
    for dong in data["dong"]:
        for whole in dong["legal"]:
            if whole != dong["name"]:
                parts.setdefault(whole, []).append(dong["name"])
        if dong["successors"]:
            parts.setdefault(dong["name"], []).extend(dong["successors"])
    return _Tree(
        {name: tuple(dict.fromkeys(found)) for name, found in parts.items()},
        {d["name"]: (d["valid_to"], tuple(d["successors"])) for d in data["dong"] if d["valid_to"]},
        {d["name"]: (d["official"],) for d in data["dong"] if d["official"] != d["name"]},
        {entry["name"]: (*entry["former"], *entry["aliases"]) for entry in data["sido"]},
        {d["name"]: tuple(d["breaks"]) for d in data["dong"] if d.get("breaks")},
    )
