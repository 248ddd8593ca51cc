"""A build held open for reading."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import cast

import tantivy
from tantivy import Occur, Query

from search.dictionary import Dictionary
from search.documents import Dataset, Record
from search.embedded.fields import dataset_code
from search.embedded.queries import Queries
from search.engine import Build, Damaged, EngineError, TooManyGroups
from search.folders import Folders
from search.gathering import Gathered, gathered
from search.morphology import Analyzer
from search.patience import Patience
from search.plan import Answer, Best, Hit, Question, Ranked, Top
from search.stored import record_from_json

Read = Callable[[Dictionary], Analyzer]
"""The analyser for a dictionary; asked again and again, so it had better keep what it has made."""

Scored = tuple[float, tantivy.DocAddress]
"""A score, and where the record lies in the index."""


@dataclass(frozen=True)
class EmbeddedSnapshot:
    """A build held open; its files stay readable even when the build is swept away.

    tantivy cannot be told to stop. Readers' questions are waited for no longer than SEARCH_SECONDS: a
    query that overruns is answered with EngineDown and goes on in a thread behind, which ends, since
    a query is bounded (search/language/query.py) and so is the index. There are no partial answers by time.
    """

    build: Build
    datasets: Mapping[str, Dataset]
    versions: Mapping[str, str]
    _searcher: tantivy.Searcher
    _queries: Queries
    _codes: Mapping[int, str]  # datasets by what records carry of their names
    _patience: Patience | None = None  # None: the gate may take as long as it takes

    def ask(self, questions: Sequence[Question]) -> list[Answer]:
        parts = gathered(questions)
        if self._patience is None:
            found = self._answers(parts)
        else:
            # tantivy answers each in one thread: two at a time, where there are more than one
            halves = [half for half in (parts[::2], parts[1::2]) if half]
            said = self._patience.spend(*(partial(self._answers, half) for half in halves))
            found = {question: answer for some in said for question, answer in some.items()}
        return [found[question] for question in questions]

    def _answers(self, parts: Sequence[Gathered | Ranked]) -> dict[Question, Answer]:
        found: dict[Question, Answer] = {}
        try:
            for part in parts:
                if isinstance(part, Gathered):
                    found.update(self._counted(part))
                else:
                    found[part] = self._top(part) if isinstance(part, Top) else self._best(part)
        except (ValueError, OverflowError) as error:
            raise EngineError(f"tantivy could not answer: {error}") from error
        return found

    def _counted(self, part: Gathered) -> dict[Question, Answer]:
        query = self._queries.selection(part.selection)
        # every record has an ordinal: counting its values counts the records
        count = {"total": {"value_count": {"field": "ordinal"}}} if part.counts_all else {}
        try:
            found = self._searcher.aggregate(query, part.body() | count)
        except ValueError as error:
            if "bucket limit" not in str(error):
                raise
            if len(part.questions) == 1:
                raise TooManyGroups(f"tantivy could not answer: {error}") from error
            return {one: said for alone in part.apart() for one, said in self._counted(alone).items()}
        return part.answers(found, int(found["total"]["value"]) if count else 0, late=False)

    def _best(self, question: Best) -> Answer:
        query = self._queries.ranked(question.selection, question.rank)
        found = self._searcher.search(query, limit=question.size, count=False).hits
        best: dict[str, float] = {}
        for (score, _), dataset in zip(found, self._datasets_of(found), strict=True):
            best.setdefault(dataset, float(score))
        return Answer(best=best)

    def _top(self, question: Top) -> Answer:
        if question.size == 0:
            return Answer()
        if question.order == "row":
            query = self._queries.selection(question.selection)
            if question.after is not None:
                query = self._beyond(query, question.after)
            found = self._searcher.search(
                query,
                limit=question.size,
                offset=question.offset,
                count=False,
                order_by_field="ordinal",
                order=tantivy.Order.Asc,
            )
            return Answer(hits=self._hits(question, [(0.0, address) for _, address in found.hits]))
        found = self._searcher.search(
            self._queries.ranked(question.selection, question.rank),
            limit=question.size,
            offset=question.offset,
            count=False,
        )
        return Answer(hits=self._hits(question, found.hits))

    def _beyond(self, query: Query, ordinal: int) -> Query:
        later = Query.range_query(
            self._queries.schema, "ordinal", tantivy.FieldType.Unsigned, ordinal, None, include_lower=False
        )
        return Query.boolean_query([(Occur.Must, query), (Occur.Must, Query.const_score_query(later, 0.0))])

    def _hits(self, question: Top, found: Sequence[Scored]) -> tuple[Hit, ...]:
        only = question.selection.only_dataset
        datasets = [only] * len(found) if only else self._datasets_of(found)
        return tuple(
            Hit(self._record(address, dataset), float(score))
            for (score, address), dataset in zip(found, datasets, strict=True)
        )

    def _datasets_of(self, found: Sequence[Scored]) -> list[str]:
        codes = self._searcher.fast_field_values("dataset_code", [address for _, address in found])
        return [self._codes[cast("int", code)] for code in codes]

    def _record(self, address: tantivy.DocAddress, dataset: str) -> Record:
        stored = cast("bytes", self._searcher.doc(address).get_first("record"))
        return record_from_json(stored, self.datasets[dataset])


def open_build(folders: Folders, build: str, analyzer: Read, patience: Patience | None) -> EmbeddedSnapshot:
    """A build, opened. Raises Damaged, FieldsChanged."""
    manifest = folders.manifest(build)
    manifest.same_fields()
    try:
        index = tantivy.Index.open(str(folders.of(build)))
        index.config_reader("manual")
        searcher = index.searcher()
    except (ValueError, OSError) as error:
        raise Damaged(f"build {build} cannot be opened: {error}: run gbp index --all") from error
    return EmbeddedSnapshot(
        manifest.build,
        manifest.datasets,
        manifest.versions,
        searcher,
        Queries(index.schema, searcher, lambda: analyzer(manifest.dictionary), manifest.datasets),
        {dataset_code(name): name for name in manifest.datasets},
        patience,
    )
