"""Searches that find nothing: what was meant by a word is tried, and what to leave out is said with its count."""

from collections.abc import Iterator
from dataclasses import dataclass

from app.find import Found, find
from app.forms import DATASET, FACETS
from app.params import Params
from search import text
from search.engine import Snapshot
from search.plan import Clause, Groups, Selection
from search.query import Synonyms, parse, resolve
from search.repair import MOST, Repair, repairs, together, without_particles
from search.vocabulary import Vocabulary


@dataclass(frozen=True)
class Way:
    """Another search that finds something: without the word or the choice of a facet called ``without``."""

    without: str
    params: Params
    records: int


@dataclass(frozen=True)
class Answered:
    """What was found, by which search: ``params`` holds the repaired words where ``repairs`` were made."""

    found: Found
    params: Params
    repairs: tuple[Repair, ...] = ()
    ways: tuple[Way, ...] = ()


def answer(snapshot: Snapshot, params: Params, synonyms: Synonyms, vocabulary: Vocabulary) -> Answered:
    """Search, and where a word finds nothing what it was meant to be. Raises QueryTooLong, NoSuchPage."""
    found = find(snapshot, params, synonyms, vocabulary)
    language = _Language(snapshot, synonyms, vocabulary)
    missing = _missing(found, shown=params.page == 1)
    if (missing or not found.total) and (mended := language.mended(params, missing)):
        there, made = mended
        return Answered(find(snapshot, there, synonyms, vocabulary), there, made)
    return Answered(found, params, ways=() if found.total else tuple(language.ways(params, found)))


def _missing(found: Found, *, shown: bool) -> list[str]:
    """Words that no record holds, or none of those shown: bigrams may meet where the word does not stand.

    What is shown decides on the first page only: turning the page must not change the search.
    """
    alone = {word for word, records in found.alone if not records}
    held = [
        *(value for one in found.datasets for value in one.dataset.texts()),
        *(value for one in found.datasets for hit in one.hits for value in hit.record.values()),
    ]
    return [
        clause.word
        for clause in found.clauses
        if clause.word in alone or (shown and found.total and not _is_held(clause, held))
    ]


def _is_held(clause: Clause, values: list[str]) -> bool:
    return any(text.holds(value, one.text, across=one.across) for one in clause.variants for value in values)


@dataclass(frozen=True)
class _Language:
    snapshot: Snapshot
    synonyms: Synonyms
    vocabulary: Vocabulary

    def mended(self, params: Params, missing: list[str]) -> tuple[Params, tuple[Repair, ...]] | None:
        """The likeliest search that finds anything: neighbours as one word, else other words for the missing."""
        typed = {text.joined(part): part for part in params.q.split()}
        words = [clause.word for clause in parse(params.q, self.synonyms)]
        meant = [made for word in missing if (made := repairs(word, self.vocabulary, typed.get(word, "")))]
        tries: list[tuple[Repair, ...]] = [(one,) for one in together(words, self._is_known)]
        tries += [
            tuple(made[min(number, len(made) - 1)] for made in meant)
            for number in range(MOST if meant else 0)
        ]
        tries += [stripped] if (stripped := without_particles(words)) else []
        tries = list(dict.fromkeys(tries))
        there = [params.asking(_replaced(params.q, made)) for made in tries]
        counts = self._counted(there)
        return next(
            ((one, made) for one, made, records in zip(there, tries, counts, strict=True) if records), None
        )

    def ways(self, params: Params, found: Found) -> Iterator[Way]:
        """What to leave out: each word of several, each facet with a choice."""
        words = [clause.word for clause in found.clauses] if len(found.clauses) > 1 else []
        chosen = {facet.name: facet.label for facet in (*FACETS, DATASET) if params.values(facet.name)}
        named = [
            *((word, params.asking(_replaced(params.q, (Repair(word, "", "spelling"),)))) for word in words),
            *((label, params.cleared(name)) for name, label in chosen.items()),
        ]
        counts = self._counted([there for _, there in named])
        for (without, there), records in zip(named, counts, strict=True):
            if records:
                yield Way(without, there, records)

    def _is_known(self, word: str) -> bool:
        return self.vocabulary.holds(word) or word in self.synonyms.groups

    def _counted(self, asked: list[Params]) -> list[int]:
        questions = [Groups(self._selection(one)) for one in asked]
        return [said.groups[0].records for said in self.snapshot.ask(questions)]

    def _selection(self, params: Params) -> Selection:
        clauses = parse(params.q, self.synonyms, self.vocabulary)
        return Selection(resolve(clauses, self.snapshot.datasets), params.filters((*FACETS, DATASET)))


def _replaced(q: str, made: tuple[Repair, ...]) -> str:
    """The query with words replaced, the others as they were typed."""
    parts = [(text.joined(part), part) for part in q.split()]
    for one in made:
        wanted = one.word.split(" ")
        places = [
            at for at in range(len(parts)) if [word for word, _ in parts[at : at + len(wanted)]] == wanted
        ]
        for at in reversed(places):
            parts[at : at + len(wanted)] = [(one.instead, one.instead)] if one.instead else []
    return " ".join(part for _, part in parts)
