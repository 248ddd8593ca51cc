"""Plans in tantivy's words."""

from collections.abc import Callable
from dataclasses import dataclass

import tantivy
from tantivy import Occur, Query

from search import schema
from search.morphology import Analyzer
from search.plan import Clause, Filter, Selection, Word


@dataclass(frozen=True)
class Queries:
    """Plans in tantivy's words."""

    schema: tantivy.Schema
    analyzer: Callable[[], Analyzer]  # reads words as those of the build were read

    def selection(self, selection: Selection) -> Query:
        musts = [self._clause(clause) for clause in selection.clauses if not clause.excluded]
        musts += [self._filter(one) for one in selection.filters]
        nots = [self._clause(clause) for clause in selection.clauses if clause.excluded]
        if not musts and not nots:
            return Query.all_query()
        wanted = [(Occur.Must, Query.const_score_query(must, 0.0)) for must in musts or [Query.all_query()]]
        return Query.boolean_query([*wanted, *((Occur.MustNot, one) for one in nots)])

    def ranked(self, selection: Selection, rank: str) -> Query:
        """The selection, ordered by the words' BM25 in title and body."""
        shoulds = [
            (Occur.Should, Query.boost_query(Query.term_query(self.schema, name, token, "freq"), boost))
            for token in self.analyzer().tokens(rank)
            for name, boost in (("title", schema.TITLE_BOOST), ("body", 1.0))
        ]
        return Query.boolean_query([(Occur.Must, self.selection(selection)), *shoulds])

    def _clause(self, clause: Clause) -> Query:
        ways = [self._word(word) for word in clause.variants]
        if clause.datasets:
            ways.append(Query.term_set_query(self.schema, "dataset", list(clause.datasets)))
        ways += [
            Query.boolean_query([(Occur.Must, self._filter(one)) for one in case]) for case in clause.cases
        ]
        if not ways:
            return Query.empty_query()
        return Query.boolean_query([(Occur.Should, way) for way in ways])

    def _word(self, word: Word) -> Query:
        name, terms = schema.match_terms(word)
        musts = [Query.term_query(self.schema, name, term, "basic") for term in terms]
        return musts[0] if len(musts) == 1 else Query.boolean_query([(Occur.Must, must) for must in musts])

    def _filter(self, one: Filter) -> Query:
        return Query.term_set_query(self.schema, one.field, list(one.values))
