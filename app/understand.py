"""Words of a query that name years, a field of data, an office, a place or a column: offered as choices.

Never forced: what is recognised still matches as text, so a wrong guess loses nothing.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from app.forms import COLUMN, FACETS, Facet
from app.params import Params
from search import text
from search.language.places import Place
from search.language.query import Language, typed
from search.language.syntax import Term, written

MAX_WORDS = 3
"""Names run over a few words: 서울특별시 강동구."""

MAX_OFFERED = 6
_BY_NAME = {facet.name: facet for facet in (*FACETS, COLUMN)}


@dataclass(frozen=True)
class Meaning:
    """Words of the query (``word``, as typed) that name values of a facet; ``rest`` is the query without them.

    ``place`` where it is one: what became of a dong that is no more is worth a word.
    """

    word: str
    facet: Facet
    choices: tuple[str, ...]
    rest: str
    place: Place | None = None


@dataclass(frozen=True)
class _Span:
    word: str
    rest: str


def understand(params: Params, language: Language) -> tuple[Meaning, ...]:
    """Exact names only: a guess would send people away from what they asked for. Raises QueryTooLong."""
    found = [
        meaning
        for span in _spans(typed(params.q, language).terms)
        for meaning in _meanings(span, language)
        if not set(meaning.choices) <= set(params.values(meaning.facet.name))
    ]
    # columns last: their names are everyday words
    return tuple(sorted(found, key=lambda one: one.facet == COLUMN)[:MAX_OFFERED])


def _spans(terms: tuple[Term, ...]) -> Iterator[_Span]:
    """Neighbouring words without signs, the longest stretch first."""
    for length in range(min(MAX_WORDS, len(terms)), 0, -1):
        for start in range(len(terms) - length + 1):
            end = start + length
            if all(term.is_plain for term in terms[start:end]):
                yield _Span(written(terms[start:end]), written((*terms[:start], *terms[end:])))


def _meanings(span: _Span, language: Language) -> Iterator[Meaning]:
    names, plain = language.fields.names, text.joined(span.word)
    years = language.calendar.years(text.fold(span.word))
    if values := tuple(str(year) for year in years if str(year) in names["year"]):
        yield Meaning(span.word, _BY_NAME["year"], values, span.rest)
    for name in ("area", "provider", "column"):
        if values := names[name].get(plain, ()):
            yield Meaning(span.word, _BY_NAME[name], values, span.rest)
    if place := language.places.meant(span.word):
        yield Meaning(span.word, _BY_NAME["region"], place.values, span.rest, place)
