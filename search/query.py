"""What people type to clauses: words, their variants, and the datasets that hold them.

Text never reaches a query-string parser of an engine: it is cut into normalised words here and
nowhere else, so nothing in it can be syntax.
"""

import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from importlib.resources import files

from search import text
from search.documents import Dataset
from search.plan import Clause, Word
from search.repair import without_particle
from search.vocabulary import Vocabulary

MAX_CHARACTERS = 200
MAX_WORDS = 32
"""Beyond these a query is a mistake or an attack (ui-ops.md §5.4); it is refused with a word, not cut."""

_YEAR = re.compile(r"((?:19|20)\d\d)년도?")


class QueryTooLong(ValueError):
    """More than MAX_CHARACTERS or MAX_WORDS; says which."""


@dataclass(frozen=True)
class Synonyms:
    """Groups of words that find each other."""

    groups: Mapping[str, tuple[str, ...]]

    @classmethod
    def load(cls) -> "Synonyms":
        entries = json.loads(files("mappings").joinpath("synonyms.json").read_text(encoding="utf-8"))
        return cls.of(entry["words"] for entry in entries)

    @classmethod
    def of(cls, groups: Iterable[list[str]]) -> "Synonyms":
        found: dict[str, tuple[str, ...]] = {}
        for group in groups:
            members = tuple(joined for word in group if (joined := text.joined(word)))
            for member in members:
                found[member] = tuple(dict.fromkeys((*found.get(member, ()), *members)))
        return cls(found)


def parse(q: str, synonyms: Synonyms, vocabulary: Vocabulary | None = None) -> tuple[Clause, ...]:
    """One clause for each blank-separated word, each word once. Raises QueryTooLong.

    With the vocabulary of a build a word also finds what it is without its particle.
    """
    if len(q) > MAX_CHARACTERS:
        raise QueryTooLong(f"검색어가 {len(q):,}자입니다. {MAX_CHARACTERS}자까지 쓸 수 있습니다.")
    clauses = {
        clause.word: clause
        for part in text.fold(q).split()
        if (clause := _clause(part, synonyms, vocabulary))
    }
    if len(clauses) > MAX_WORDS:
        raise QueryTooLong(f"낱말이 {len(clauses)}개입니다. {MAX_WORDS}개까지 쓸 수 있습니다.")
    return tuple(clauses.values())


def _clause(part: str, synonyms: Synonyms, vocabulary: Vocabulary | None) -> Clause | None:
    word = text.joined(part)
    if not word:
        return None
    variants = [Word(word, text.is_across(part))]
    if vocabulary and (rest := without_particle(word, vocabulary)):
        variants += [_plain(other) for other in (rest, *synonyms.groups.get(rest, ())) if other != word]
    if year := _YEAR.fullmatch(word):
        variants.append(_plain(year[1]))
    variants += [_plain(other) for other in synonyms.groups.get(word, ()) if other != word]
    return Clause(word, tuple(variants))


def _plain(word: str) -> Word:
    return Word(word, text.is_across(word))


def resolve(clauses: Iterable[Clause], datasets: Mapping[str, Dataset]) -> tuple[Clause, ...]:
    """Fill in which datasets hold each word in their own texts.

    A word that every dataset holds decides nothing and is left out: that is what makes a word such as
    the district's own name, which stands in every title, cost nothing.
    """
    resolved = []
    for clause in clauses:
        holders = tuple(key for key, dataset in datasets.items() if _holds(dataset, clause))
        if not datasets or len(holders) < len(datasets):
            resolved.append(Clause(clause.word, clause.variants, holders))
    return tuple(resolved)


def _holds(dataset: Dataset, clause: Clause) -> bool:
    return any(
        text.holds(value, word.text, across=word.across)
        for value in dataset.texts()
        for word in clause.variants
    )
