"""What people type to clauses: words, their variants, and the datasets that hold them.

Text never reaches a query-string parser of an engine: it is cut into normalised words here and
nowhere else, so nothing in it can be syntax.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from itertools import islice

from search import text
from search.documents import Dataset
from search.korean import Korean
from search.language import hanja
from search.language.calendar import Calendar, together
from search.language.fields import Fields
from search.language.grammar import Grammar
from search.language.holders import Holders
from search.language.places import Places, spellings
from search.language.repair import without_particle
from search.language.synonyms import Synonyms
from search.language.syntax import Note, Part, Term, Typed, read, written
from search.language.vocabulary import Vocabulary
from search.plan import Clause, Filter, Word, words

MAX_CHARACTERS = 200
MOST_CALLED, MOST_UNKNOWN = 12, 4
"""Other names of one word that are looked for: each costs a condition, and no list of names is endless."""

MAX_WORDS = 32
"""Beyond these a query is a mistake or an attack (ui-ops.md §5.4); it is refused with a word, not cut."""


_HOW_MANY = re.compile(r"(?<!\S)몇\s+(?=\S)")
_LISTED = re.compile(
    r"(?<!\S)[가-힣](?:,\s*[가-힣])*,?\s+(?:및|와|과)\s+[가-힣](?=\s|$)|(?<!\S)[가-힣](?:,\s+[가-힣]){2,}(?=\s|$)"
)


class QueryTooLong(ValueError):
    """More than MAX_CHARACTERS or MAX_WORDS; says which."""


@dataclass(frozen=True)
class Language:
    """What a query of one build is read with: its words, its places, its years, the names of its fields."""

    synonyms: Synonyms
    vocabulary: Vocabulary
    calendar: Calendar
    places: Places
    fields: Fields
    grammar: Grammar
    holders: Holders

    @classmethod
    def of(
        cls,
        datasets: Iterable[Dataset],
        synonyms: Synonyms,
        this_year: int,
        before: Vocabulary | None = None,
    ) -> "Language":
        """What a build of the datasets is read with; ``before``: the words of another, which are mostly the same."""
        datasets = tuple(datasets)
        years = [year for one in datasets for year in one.years if year <= this_year]
        return cls(
            synonyms,
            Vocabulary.of(datasets, before),
            Calendar(this_year, max(years, default=this_year)),
            Places.of(region for one in datasets for region in one.regions),
            Fields.of(datasets),
            Korean(),
            Holders.of(datasets),
        )


@dataclass(frozen=True)
class Query:
    """A query read: each term as it was typed with the clause it stands for."""

    read: tuple[tuple[Term, Clause], ...]
    notes: tuple[Note, ...]

    @property
    def terms(self) -> tuple[Term, ...]:
        return tuple(term for term, _ in self.read)

    @property
    def clauses(self) -> tuple[Clause, ...]:
        """Each once."""
        return tuple(dict.fromkeys(clause for _, clause in self.read))


def fitted(q: str) -> str:
    """As much of a query as can be asked: its first words. One that fits stays as it is."""
    short = q
    if len(q) > MAX_CHARACTERS:
        whole = q[: MAX_CHARACTERS + 1].rpartition(" ")[0]
        short = whole or q[:MAX_CHARACTERS]
    terms = read(_together(text.plain(short)), lambda _: False).terms
    kept: list[Term] = []
    while terms and sum(len(term.parts) for term in (*kept, terms[0])) <= MAX_WORDS:
        kept, terms = [*kept, terms[0]], terms[1:]
    return written(tuple(kept)) if terms else short


def fits(q: str) -> bool:
    """Whether a query can be asked as it is."""
    return fitted(q) == q


def typed(q: str, language: Language) -> Typed:
    """The query's signs and words. Raises QueryTooLong."""
    if len(q) > MAX_CHARACTERS:
        raise QueryTooLong(f"검색어가 {len(q):,}자입니다. {MAX_CHARACTERS}자까지 쓸 수 있습니다.")
    found = read(language.synonyms.as_one(_together(text.plain(q))), language.fields.holds)
    words = sum(len(term.parts) for term in found.terms)
    if words > MAX_WORDS:
        raise QueryTooLong(f"낱말이 {words}개입니다. {MAX_WORDS}개까지 쓸 수 있습니다.")
    return found


def _together(q: str) -> str:
    """What is written in several words and meant as one: years and days, single syllables in a row (시, 군 및 구), 몇 곳."""
    return _HOW_MANY.sub("몇", _LISTED.sub(lambda match: text.joined(match[0]), together(q)))


def parse(q: str, language: Language) -> Query:
    """One clause for each term, each once. Raises QueryTooLong."""
    found = typed(q, language)
    notes = list(found.notes)
    pairs = tuple((term, _clause(term, language, notes)) for term in found.terms)
    return Query(pairs, tuple(dict.fromkeys(notes)))


def _clause(term: Term, language: Language, notes: list[Note]) -> Clause:
    """The condition of a term: what any of its parts asks for."""
    made = [_part(part, language, notes, widely=not term.excluded) for part in term.parts]
    return Clause(
        " ".join(one.word for one in made),
        tuple(dict.fromkeys(word for one in made for word in one.variants)),
        tuple(dict.fromkeys(key for one in made for key in one.datasets)),
        tuple(dict.fromkeys(case for one in made for case in one.cases)),
        tuple(dict.fromkeys(asked for one in made for asked in one.columns)),
        term.excluded,
        all(one.general for one in made),
    )


def _part(part: Part, language: Language, notes: list[Note], *, widely: bool) -> Clause:
    """``widely``: with everything the word is also called. What is to go is taken at its word."""
    word = text.joined(part.text)
    if part.field:
        # as text too: a cell may hold the very words
        whole = Word(text.joined(part.words), across=True)
        if found := language.fields.clause(part, language.calendar.years(part.text)):
            return replace(found, word=whole.text, variants=(whole,))
        notes.append(Note("value", part.text, part.field))
        return Clause(whole.text, (whole,))
    if day := language.calendar.day(part.text):
        return _of_day(word, day, exactly=part.exact)
    exactly = words(part.text)
    years = language.calendar.years(text.fold(part.text))
    if not widely:
        cases = ((Filter("year", years),),) if years and not part.exact else ()
        return Clause(word, exactly, cases=cases)
    if part.exact:
        return Clause(word, exactly)
    others = [other for other in _others(word, language) if other != word]
    if len(years) == 1 and str(years[0]) != word:
        others.append(str(years[0]))
    cases = ((Filter("year", years),),) if len(years) > 1 else ()
    general = language.grammar.is_general(word)
    called = (other for one in dict.fromkeys(others) for other in words(one))
    return Clause(word, (*exactly, *called), cases=cases, general=general)


def _of_day(word: str, day: date, *, exactly: bool) -> Clause:
    """Records of a day, and those with a cell that holds it: its numbers by themselves stand in many others.

    ``exactly``: only where a cell has its three numbers in a row.
    """
    as_number = Word(f"{day:%Y%m%d}", across=False)
    if exactly:
        return Clause(word, (as_number,))
    variants = (
        as_number,
        Word(f"{day.year}년{day.month}월{day.day}일", across=True),
        Word(f"{day.year}년{day.month:02}월{day.day:02}일", across=True),
    )
    return Clause(word, tuple(dict.fromkeys(variants)), cases=((Filter("period", (day.isoformat(),)),),))


def _others(word: str, language: Language) -> Iterator[str]:
    """What a word is also called: without its particle, by its synonyms, by the spellings of a place."""
    for rest in _without_particle(word, language):
        yield rest
        yield from _called(rest, language)
    yield from _called(word, language)
    yield from spellings(word)
    for spoken in hanja.readings(word, language.grammar.read_hanja):
        yield spoken
        yield from _called(spoken, language)


def _called(word: str, language: Language) -> Iterator[str]:
    """Other names of a word: those that the build knows, and a few that may stand in rare records."""
    known = [(language.vocabulary.knows(other), other) for other in language.synonyms.beside(word)]
    yield from islice((other for held, other in known if held), MOST_CALLED)
    yield from islice((other for held, other in known if not held), MOST_UNKNOWN)


def _without_particle(word: str, language: Language) -> Iterator[str]:
    """By the grammar, though the very form stands somewhere in prose (인구가); else by the words of the build."""
    stem = language.grammar.stem(word)
    if stem and len(stem) > 1 and language.vocabulary.holds(stem):
        if not (language.grammar.is_name(word) and language.vocabulary.is_itself(word, stem)):
            yield stem
    elif rest := without_particle(word, language.vocabulary):
        yield rest


def resolve(clauses: Iterable[Clause], holders: Holders) -> tuple[Clause, ...]:
    """Clauses with the datasets that hold them, without those that decide nothing."""
    return deciding(map(holders.added, clauses), len(holders))


def deciding(clauses: Iterable[Clause], datasets: int) -> tuple[Clause, ...]:
    """Clauses that tell any of so many datasets apart.

    Words that only say what is wanted of a thing (수, 위치, 목록) do so only where nothing else is said:
    records need not hold them.
    """
    found = tuple(clause for clause in clauses if decides(clause, datasets))
    told = tuple(clause for clause in found if not clause.general)
    return told if any(not clause.excluded for clause in told) else found


def decides(clause: Clause, datasets: int) -> bool:
    """Whether a clause with its holders tells any of so many datasets apart.

    A word that every dataset holds does not: that is what makes a word such as the district's own name,
    which stands in every title, cost nothing.
    """
    return clause.excluded or not datasets or len(clause.datasets) < datasets
