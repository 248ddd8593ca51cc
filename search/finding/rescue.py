"""Searches that find little: what was meant by a word is tried, and what to change is said with its count."""

from collections.abc import Iterator
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace
from itertools import islice
from typing import Literal

from search import text
from search.documents import Dataset
from search.engine import Snapshot
from search.finding.asking import Asking
from search.finding.find import Asked, Beside, Found, find, nothing_beside
from search.language.query import Language, fits, typed
from search.language.repair import MOST, Repair, apart, fillers, repairs, together, without_particles
from search.language.syntax import Part, Term, plain_words, written
from search.plan import Clause, Filter, Hit

PROSE = 60
"""Characters: a longer value tells of many things, and is about none of its words."""

FEW_RECORDS = 3
"""Who finds no more than these may have missed a letter."""

MANY_TIMES = 10
"""A near word is worth a mention where it finds so many times more."""


MOST_WAYS = 6

MOST_DROPPED = 8
"""Of more words than these leaving out one says nothing."""

MOST_MENDED = 4
"""Words that are mended in one search: who has slipped in more has pasted something."""


@dataclass(frozen=True)
class Way:
    """Another search and what it finds: without a word or a filter (its field), or with other words ``instead``."""

    kind: Literal["word", "filter", "instead"]
    name: str
    asked: Asked
    records: int
    dropped: Filter | None = None


@dataclass(frozen=True)
class Answered:
    """What was found, by which search: ``asked`` holds the repaired words where ``repairs`` were made."""

    found: Found
    asked: Asked
    repairs: tuple[Repair, ...] = ()
    ways: tuple[Way, ...] = ()


def answer(snapshot: Snapshot, asked: Asked, language: Language, beside: Beside = nothing_beside) -> Answered:
    """Search, and where a word finds nothing what it was meant to be. Raises QueryTooLong."""
    found = find(snapshot, asked, language, beside)
    rescue = _Rescue(language, Asking(snapshot, language))
    missing = _missing(found, shown=asked.page == 1)
    mentioned = not missing and asked.page == 1 and _is_only_mentioned(found)
    if missing or mentioned or not found.total:
        tried = list(rescue.named(asked, found) if mentioned else rescue.tried(asked, missing, found))
        if tried:
            (there, made, known), *others = tried
            # what finds as many finds the same most often: it is no other way
            ways = tuple(
                Way("instead", one.q, one, records) for one, _, records in others if records != known
            )
            instead = find(snapshot, there, language, beside)
            # which words find nothing, and what became of signs, is still worth knowing of what was typed
            notes = tuple(dict.fromkeys((*found.query.notes, *instead.query.notes)))
            query = replace(instead.query, notes=notes)
            alone = () if mentioned else found.alone
            return Answered(replace(instead, alone=alone, query=query), there, made, ways)
    if not found.total:
        ways = (*rescue.less(asked, found), *rescue.near(asked, found))
        return Answered(found, asked, ways=ways[:MOST_WAYS])
    if found.total <= FEW_RECORDS and asked.page == 1:
        return Answered(found, asked, ways=tuple(rescue.near(asked, found)))
    return Answered(found, asked)


def _missing(found: Found, *, shown: bool) -> list[str]:
    """Words that no record holds, or none of those shown: bigrams may meet where the word does not stand.

    What is shown decides on the first page only: turning the page must not change the search. A quoted
    word is meant as it stands.
    """
    alone = {word for word, records in found.alone if not records}
    datasets = {one.dataset.id for one in found.datasets}
    held = [value for one in found.datasets for hit in one.hits for value in hit.record.values()]
    plain = {text.joined(term.parts[0].text) for term in found.query.terms if term.is_plain}
    return [
        clause.word
        for clause, resolved in found.resolved.items()
        if clause.word in plain
        and not clause.general
        and (clause.word in alone or (shown and found.total and not _is_held(resolved, datasets, held)))
    ]


def _is_only_mentioned(found: Found) -> bool:
    """Whether in all that is found some word stands only in the middle of prose: no record is about it.

    Only where everything found is shown, and nothing is quoted: quoted words are meant as they stand.
    """
    clauses = [one for one in found.query.clauses if not (one.general or one.cases or one.excluded)]
    if len(clauses) < 2 or found.datasets_total > len(found.datasets):
        return False
    plain = all(term.is_plain for term in found.query.terms)
    hits = [(one.dataset, hit) for one in found.datasets for hit in one.hits]
    return plain and bool(hits) and all(_is_in_prose(dataset, hit, clauses) for dataset, hit in hits)


def _is_in_prose(dataset: Dataset, hit: Hit, clauses: list[Clause]) -> bool:
    return any(
        not any(map(clause.stands_in, dataset.texts()))
        and all(len(value) > PROSE for value in hit.record.values() if clause.stands_in(value))
        for clause in clauses
    )


def _is_held(clause: Clause, datasets: AbstractSet[str], values: list[str]) -> bool:
    """Whether a word (resolved) stands in the texts of one of the datasets or in one of the values."""
    if clause.cases or not datasets.isdisjoint(clause.datasets):
        return True
    return any(map(clause.stands_in, values))


@dataclass(frozen=True)
class _Rescue:
    language: Language
    asking: Asking

    def tried(
        self, asked: Asked, missing: list[str], found: Found
    ) -> Iterator[tuple[Asked, tuple[Repair, ...], int]]:
        """Searches that find anything, the likeliest first.

        Neighbours as one word, other words, no particles; last without what stands nowhere or in no record
        with the others.
        """
        alone = dict(found.alone)
        query = typed(asked.q, self.language)
        words = [text.joined(word) for _, word in plain_words(query)]
        asking = fillers(words, self.language.grammar.is_filler)
        left = [word for word in words if word not in {one.word for one in asking}]
        meant = self._meant(asked, [word for word in missing if word in left])
        tries: list[tuple[Repair, ...]] = [(one,) for one in islice(together(words, self._is_known), MOST)]
        tries += [asking] if asking else []
        tries += [
            (*asking, *(made[min(number, len(made) - 1)] for made in meant))
            for number in range(MOST if meant else 0)
        ]
        if stripped := (*without_particles(left), *self._stems(left)):
            tries.append((*asking, *stripped))
        nowhere = tuple(Repair(word, "", "missing") for word in left if alone.get(word) == 0)
        if 0 < len(nowhere) < len(left):
            tries.append((*asking, *nowhere))
        there = self._least_telling([word for word in left if alone.get(word)], found)
        tries += [(*asking, *nowhere, *out) for out in _left_out(there[:MOST_DROPPED])]
        yield from self._counted(asked, query.terms, tries)

    def named(self, asked: Asked, found: Found) -> Iterator[tuple[Asked, tuple[Repair, ...], int]]:
        """Searches without some of the words, of which one is left that stands in a title."""
        query = typed(asked.q, self.language)
        words = [text.joined(word) for _, word in plain_words(query)]
        told = {clause.word for clause in found.query.clauses if self._is_title(clause)}
        order = self._least_telling(words, found)[:MOST_DROPPED]
        tries = [out for out in _left_out(order) if told & (set(words) - {one.word for one in out})]
        yield from self._counted(asked, query.terms, tries)

    def _least_telling(self, words: list[str], found: Found) -> list[str]:
        """Words in the order in which they can be spared: those of no title first, of them the commoner ones."""
        clauses = {clause.word: clause for clause in found.query.clauses}
        known = [word for word in words if word in clauses]
        counts = dict(zip(known, self.asking.of([([clauses[word]], ()) for word in known]), strict=True))
        return sorted(known, key=lambda word: (self._is_title(clauses[word]), -counts[word]))

    def _is_title(self, clause: Clause) -> bool:
        titles = (dataset.title for dataset in self.asking.snapshot.datasets.values())
        return not clause.general and any(map(clause.stands_in, titles))

    def _meant(self, asked: Asked, missing: list[str]) -> list[tuple[Repair, ...]]:
        """For each missing word what it may have been meant to be.

        A noun of the language is spelt as it is meant, unless what is near it is far commoner: 범조 is a
        noun, but 범죄 stands in titles.
        """
        as_typed = {text.joined(part): part for part in asked.q.split()}
        found = []
        for word in missing[:MOST_MENDED]:
            made = self._guesses(word, as_typed.get(word, ""))
            made = (*islice(apart(word, self._is_called), 1), *made)
            if self.language.grammar.is_spelt(word):
                made = tuple(
                    one
                    for one in made
                    if one.reason == "spacing" or self.language.vocabulary.is_common(one.instead)
                )
            found += [made] if made else []
        return found

    def _guesses(self, word: str, as_typed: str = "") -> tuple[Repair, ...]:
        return repairs(word, self.language.vocabulary, as_typed, self.language.grammar.is_name)

    def _stems(self, words: list[str]) -> Iterator[Repair]:
        """Nouns before the ending of a verb: 혼잡한가요 → 혼잡."""
        for word in words:
            stem = self.language.grammar.stem(word)
            if stem and len(stem) > 1 and not without_particles([word]):
                yield Repair(word, stem, "particle")

    def near(self, asked: Asked, found: Found) -> Iterator[Way]:
        """What words a slip away find, where that is far more."""
        query = typed(asked.q, self.language)
        words = [text.joined(word) for _, word in plain_words(query)]
        tries: list[tuple[Repair, ...]] = [
            (one,) for word in words[:MOST_MENDED] for one in self._guesses(word)
        ]
        for there, _, records in self._counted(asked, query.terms, tries):
            if records >= MANY_TIMES * found.total:
                yield Way("instead", there.q, there, records)

    def less(self, asked: Asked, found: Found) -> Iterator[Way]:
        """What to leave out: each word of a few, each facet with a choice."""
        read = found.query.read
        ways: list[Way] = []
        searches: list[tuple[list[Clause], tuple[Filter, ...]]] = []
        for at, (term, _) in enumerate(read if 1 < len(read) <= MOST_DROPPED else ()):
            others = [pair for number, pair in enumerate(read) if number != at]
            q = written(tuple(term for term, _ in others))
            ways.append(Way("word", written((term,)), replace(asked, q=q, page=1), 0))
            searches.append(([clause for _, clause in others], asked.filters))
        for one in asked.filters:
            kept = tuple(other for other in asked.filters if other is not one)
            ways.append(Way("filter", one.field, replace(asked, filters=kept, page=1), 0, one))
            searches.append(([clause for _, clause in read], kept))
        for way, records in zip(ways, self.asking.of(searches), strict=True):
            if records:
                yield replace(way, records=records)

    def _is_called(self, word: str) -> bool:
        """Whether a word of the build is it, or what it is also called."""
        words = self.language.vocabulary.words
        return any(other in words for other in (word, *self.language.synonyms.beside(word)))

    def _is_known(self, word: str) -> bool:
        return self.language.vocabulary.holds(word) or word in self.language.synonyms.groups

    def _counted(
        self, asked: Asked, terms: tuple[Term, ...], tries: list[tuple[Repair, ...]]
    ) -> Iterator[tuple[Asked, tuple[Repair, ...], int]]:
        """The searches of repaired words that find anything, each once."""
        there: dict[str, tuple[Repair, ...]] = {}
        for made in tries:
            there.setdefault(written(_replaced(terms, made)), made)
        searches = [replace(asked, q=q, page=1) for q in there if q != written(terms) and fits(q)]
        counts = self.asking.counts([(one.q, one.filters) for one in searches])
        for one, records in zip(searches, counts, strict=True):
            if records:
                yield one, there[one.q], records


def _left_out(words: list[str]) -> Iterator[tuple[Repair, ...]]:
    """One word left out, the commonest first, then all but the rarest ones: what is rare says most."""
    out = [Repair(word, "", "apart") for word in words]
    yield from ((one,) for one in out if len(out) > 1)
    yield from (tuple(out[:number]) for number in range(2, len(out)))


def _replaced(terms: tuple[Term, ...], made: tuple[Repair, ...]) -> tuple[Term, ...]:
    """The terms with words replaced, the others as they were typed."""
    found = list(terms)
    for one in made:
        wanted = one.word.split(" ")
        plain = [text.joined(term.parts[0].text) if term.is_plain else "" for term in found]
        for at in range(len(found) - len(wanted), -1, -1):
            if plain[at : at + len(wanted)] == wanted:
                instead = [Term((Part(word),)) for word in one.instead.split()]
                found[at : at + len(wanted)] = instead
                plain[at : at + len(wanted)] = [""] * len(instead)
    return tuple(found)
