"""What the words of a search say of one dataset: years, places, and how far they name it."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from search import text
from search.documents import Dataset
from search.finding.find import Found
from search.language.gazetteer import gazetteer
from search.language.query import Language
from search.language.regions import district_beside_others
from search.language.syntax import Term
from search.plan import Clause

_COMMON = frozenset(
    {
        "현황",
        "목록",
        "통계",
        "정보",
        "자료",
        "데이터",
        "내역",
        "실태",
        "조사",
        "표준데이터",
        "강동구",
        "서울시",
        "서울특별시",
        "총",
    }
)

_REGISTERED = "주민등록"
"""Population is that of the register where nothing else is said."""


@dataclass(frozen=True)
class Said:
    """What the words say of one dataset: filters by facet, and the words left for the dataset itself."""

    years: tuple[int, ...]
    places: tuple[str, ...]
    left: tuple[Clause, ...]


def read(dataset: Dataset, found: Found, language: Language) -> Said:
    """Years and places among the words; a place runs over two words at most: 천호 2동."""
    years: list[int] = []
    places: list[str] = []
    left: list[Clause] = []
    regions = set(dataset.regions)
    pairs = list(found.query.read)
    while pairs:
        term, clause = pairs.pop(0)
        typed = term.parts[0].text
        if term.is_plain and (meant := language.calendar.years(text.fold(typed))):
            years += meant
        elif inside := _place(term, pairs, language, regions):
            places += inside
        elif clause.word == gazetteer().district and district_beside_others(dataset.regions) is None:
            continue  # all there is is of the district
        else:
            left.append(clause)
    return Said(tuple(dict.fromkeys(years)), tuple(dict.fromkeys(places)), tuple(left))


def _place(
    term: Term, following: list[tuple[Term, Clause]], language: Language, regions: set[str]
) -> tuple[str, ...]:
    """The regions of the dataset that a word, or it and the next, means; the next is then taken."""
    for length in (2, 1):
        words = [term, *(one for one, _ in following[: length - 1])]
        if len(words) < length or not all(one.is_plain for one in words):
            continue
        place = language.places.meant(" ".join(one.parts[0].text for one in words))
        if place and (inside := tuple(value for value in place.values if value in regions)):
            del following[: length - 1]
            return inside
    return ()


def share_named(dataset: Dataset, clauses: Iterable[Clause]) -> float:
    """The share of what tells a title apart that the words make out."""
    title = re.sub(r"[(\[].*?[)\]]", " ", dataset.title)
    telling = [part for part in title.split() if part not in _COMMON and not part.endswith("별")]
    letters = text.joined("".join(telling))
    letters = letters.removeprefix(_REGISTERED) or letters
    if not letters:
        return 0.0
    covered: set[int] = set()
    for clause in clauses:
        for word in clause.variants:
            if letters in word.text:
                return 1.0
            at = letters.find(word.text)
            covered |= set(range(at, at + len(word.text))) if at >= 0 else set()
    return len(covered) / len(letters)
