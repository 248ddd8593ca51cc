"""Plans in tantivy's words."""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import product

import tantivy
from tantivy import Occur, Query

from search import schema
from search.documents import Dataset
from search.embedded.among import among
from search.morphology import Analyzer
from search.plan import Clause, Filter, Selection, Word
from search.ways import Way, Ways, ways

TIMES_MORE = 3
"""Of alternatives tantivy looks at every record of each, in a conjunction too; a word that rare leads where it stands apart."""

MOST_APART = 16
"""Conjunctions of one way: words of many variants multiply."""

MOST_TELLING = 0.25
"""A word that more records hold, as a share, orders them no better, yet is looked at in each of them."""


@dataclass(frozen=True)
class Queries:
    """Plans in tantivy's words."""

    schema: tantivy.Schema
    searcher: tantivy.Searcher
    analyzer: Callable[[], Analyzer]  # reads words as those of the build were read
    datasets: Mapping[str, Dataset]

    def selection(self, selection: Selection) -> Query:
        found = ways(selection, self.datasets)
        through = [(Occur.Must, _unscored(self._filter(one))) for one in found.filters]
        through += [(Occur.MustNot, self._clause(one)) for one in found.excluded]
        if not found.are_few:
            return self._alternatives(selection)
        return _any_of([query for way in found.ways for query in self._way(way, found, through)])

    def _alternatives(self, selection: Selection) -> Query:
        """Clause by clause: the word is in the record, or it is one of the datasets that hold it."""
        parts = [(Occur.Must, _unscored(self._filter(one))) for one in selection.filters]
        for clause in selection.clauses:
            said = _any_of([self._clause(clause), self._filter(Filter("dataset", clause.datasets))])
            parts.append((Occur.MustNot, said) if clause.excluded else (Occur.Must, _unscored(said)))
        return Query.boolean_query(parts)

    def _way(self, way: Way, found: Ways, through: list[tuple[Occur, Query]]) -> Iterator[Query]:
        """A conjunction; several for a word of several variants that would cost more than all else."""
        often = {clause: self._frequency(clause) for clause in way.clauses}
        rare = min(often.values(), default=self.searcher.num_docs)
        where = among(way, found, self.datasets, rare)
        least = rare + (sum(self.datasets[key].records for key in where.datasets) if where else 0)
        for clauses in product(*apart(often, least)):
            parts = [(Occur.Must, _unscored(self._clause(clause))) for clause in clauses]
            parts += through
            if where:
                of = self._filter(Filter("dataset", where.datasets))
                parts.append((Occur.MustNot, of) if where.excluded else (Occur.Must, _unscored(of)))
            if not any(occur == Occur.Must for occur, _ in parts):
                parts.append((Occur.Must, _unscored(Query.all_query())))
            yield Query.boolean_query(parts)

    def ranked(self, selection: Selection, rank: str) -> Query:
        """The selection, ordered by the words' BM25 in title and body."""
        # a token that comes twice counts twice
        shoulds = [
            (
                Occur.Should,
                Query.boost_query(Query.term_query(self.schema, name, token, "freq"), boost * times),
            )
            for token, times in Counter(self.analyzer().tokens(rank)).items()
            for name, boost in (("title", schema.TITLE_BOOST), ("body", 1.0))
            if 0 < self.searcher.doc_freq(name, token) <= MOST_TELLING * self.searcher.num_docs
        ]
        return Query.boolean_query([(Occur.Must, self.selection(selection)), *shoulds])

    def _clause(self, clause: Clause) -> Query:
        made = [self._word(word) for word in clause.variants]
        made += [
            Query.boolean_query([(Occur.Must, self._filter(one)) for one in case]) for case in clause.cases
        ]
        return _any_of(made)

    def _frequency(self, clause: Clause) -> int:
        """Records that meet the clause by themselves, at most."""
        if clause.cases:
            return self.searcher.num_docs
        words = (schema.match_terms(word) for word in clause.variants)
        return sum(min(self.searcher.doc_freq(name, term) for term in terms) for name, terms in words)

    def _word(self, word: Word) -> Query:
        name, terms = schema.match_terms(word)
        musts = [Query.term_query(self.schema, name, term, "basic") for term in terms]
        return musts[0] if len(musts) == 1 else Query.boolean_query([(Occur.Must, must) for must in musts])

    def _filter(self, one: Filter) -> Query:
        """One of the values. A set of terms is looked for in all words of the field, which takes a third of a millisecond."""
        return _any_of([Query.term_query(self.schema, one.field, value, "basic") for value in one.values])


def apart(often: Mapping[Clause, int], least: int) -> Iterator[tuple[Clause, ...]]:
    """Each clause as it is, or by its variants: those that far more records hold than are looked at for all else.

    ``often``: records that hold each. Together they make no more than ``MOST_APART`` conjunctions.
    """
    made = 1
    for clause, records in often.items():
        ways = _ways(clause) if records > TIMES_MORE * least else (clause,)
        if made * len(ways) > MOST_APART:
            ways = (clause,)
        made *= len(ways)
        yield ways


def _ways(clause: Clause) -> tuple[Clause, ...]:
    """The clause by its variants and cases, one by one."""
    words = (replace(clause, variants=(word,), cases=()) for word in clause.variants)
    return (*words, *(replace(clause, variants=(), cases=(case,)) for case in clause.cases))


def _any_of(made: list[Query]) -> Query:
    if not made:
        return Query.empty_query()
    return made[0] if len(made) == 1 else Query.boolean_query([(Occur.Should, one) for one in made])


def _unscored(query: Query) -> Query:
    return Query.const_score_query(query, 0.0)
