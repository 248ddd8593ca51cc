"""Words of a query that name a year, a field of data, an office or a place: offered as choices, never forced."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from app.forms import Facet
from search import text
from search.documents import Dataset

MAX_WORDS = 3
"""Names run over a few words: 서울특별시 강동구."""

MAX_OFFERED = 6
_YEAR = re.compile(r"(\d{4})년도?")


@dataclass(frozen=True)
class Meaning:
    """A word of the query (``word``, as typed) that is a value of a facet; ``rest`` is the query without it."""

    word: str
    facet: Facet
    value: str
    rest: str


@dataclass(frozen=True)
class _Span:
    word: str
    rest: str


def _spans(q: str) -> Iterator[_Span]:
    """Neighbouring words of the query, the longest first."""
    words = q.split()
    for length in range(min(MAX_WORDS, len(words)), 0, -1):
        for start in range(len(words) - length + 1):
            end = start + length
            yield _Span(" ".join(words[start:end]), " ".join((*words[:start], *words[end:])))


def regions_asked(q: str) -> tuple[str, ...]:
    """What could be a place, spelt as typed: the engine is asked which of them are."""
    return tuple(dict.fromkeys(span.word for span in _spans(q)))


def values_of(datasets: Iterable[Dataset], regions: Iterable[str]) -> dict[str, dict[str, str]]:
    """For each facet its values by the word people type for it."""
    datasets = tuple(datasets)
    return {
        "year": {str(year): str(year) for one in datasets for year in one.years},
        "area": {_word(one.area.rpartition(" > ")[2]): one.area for one in datasets},
        "provider": {_word(one.provider): one.provider for one in datasets},
        "region": {_word(region): region for region in regions},
    }


def understand(
    q: str, facets: Iterable[Facet], values: Mapping[str, Mapping[str, str]]
) -> tuple[Meaning, ...]:
    """Exact names only: a guess would send people away from what they asked for."""
    facets = tuple(facets)
    found = [
        Meaning(span.word, facet, value, span.rest)
        for span in _spans(q)
        for facet in facets
        if (value := values.get(facet.name, {}).get(_name(facet, span.word)))
    ]
    return tuple(found[:MAX_OFFERED])


def _name(facet: Facet, word: str) -> str:
    plain = _word(word)
    if facet.name == "year" and (year := _YEAR.fullmatch(plain)):
        return year[1]
    return plain


def _word(value: str) -> str:
    return text.joined(value)
