"""The embedded engine: tantivy in process, no server. The only module that imports tantivy."""

import threading
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from importlib.metadata import version
from pathlib import Path
from typing import cast

import pyarrow as pa
import tantivy
from tantivy import Occur, Query

from search import aggregations, prepared, schema
from search.batch import Batch, listed
from search.dictionary import NO_WORDS, Dictionary
from search.documents import Dataset, Record
from search.engine import Build, Damaged, EngineError, TooManyGroups
from search.folders import Folders
from search.manifest import Manifest
from search.morphology import Analyzer
from search.patience import Patience
from search.plan import Answer, Clause, Counting, Filter, Hit, Question, Selection, Top, Word
from search.stored import record_from_json, records_to_json

WRITER_HEAP_BYTES = 128_000_000
SEARCH_SECONDS = 5.0

Read = Callable[[Dictionary], Analyzer]
"""The analyser for a dictionary; asked again and again, so it had better keep what it has made."""


def index_schema() -> tantivy.Schema:
    """The fields of the index; a change of them raises FIELDS_VERSION."""
    builder = tantivy.SchemaBuilder()
    for name in (*schema.KEYWORDS, *schema.DIMENSIONS):
        builder.add_text_field(name, fast=True, tokenizer_name="raw", index_option="basic")
    for name in schema.INTEGERS:
        builder.add_integer_field(name, indexed=True, fast=True)
    for name in schema.NUMBERS:
        builder.add_float_field(name, fast=True)
    builder.add_unsigned_field("ordinal", indexed=True, fast=True)
    for name in ("title", "body"):
        builder.add_text_field(name, tokenizer_name="whitespace", index_option="freq")
    for name in (schema.INSIDE, schema.ACROSS, schema.SINGLE):
        builder.add_text_field(name, tokenizer_name="whitespace", index_option="basic")
    builder.add_bytes_field("record", stored=True)
    return builder.build()


def new_index(folder: Path) -> tantivy.Index:
    """The index in a folder, made where there is none."""
    return tantivy.Index(index_schema(), path=str(folder))


def documents(batch: Batch, analyzer: Analyzer) -> Iterator[tantivy.Document]:
    """Records as tantivy is given them: morphemes to rank, bigrams to match.

    The terms of all cells of a record stand in one text a field: positions are not kept.
    """
    new, text, number = tantivy.Document, tantivy.Document.add_text, tantivy.Document.add_float
    columns: list[tuple[Callable[..., None], str, pa.Array]] = [
        *((text, name, values) for name, values in prepared.keywords(batch).items()),
        *((text, name, values) for name, values in prepared.matched(batch, analyzer.terms).items()),
        (new.add_integer, "year", batch.year),
        (new.add_unsigned, "ordinal", batch.ordinal),
        *((number, slot, values) for slot, values in batch.measures.items()),
        (new.add_bytes, "record", records_to_json(batch).cast(pa.large_binary())),
    ]
    ways = [(add, name) for add, name, _ in columns]
    for values in zip(*(listed(column) for *_, column in columns), strict=True):
        made = new()
        for (add, name), value in zip(ways, values, strict=True):
            if value is not None:
                add(made, name, value)
        yield made


@dataclass(frozen=True)
class _Queries:
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

    def ranked(self, question: Top) -> Query:
        """The selection, ordered by the words' BM25 in title and body."""
        shoulds = [
            (Occur.Should, Query.boost_query(Query.term_query(self.schema, name, token, "freq"), boost))
            for token in self.analyzer().tokens(question.rank)
            for name, boost in (("title", schema.TITLE_BOOST), ("body", 1.0))
        ]
        return Query.boolean_query([(Occur.Must, self.selection(question.selection)), *shoulds])

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


@dataclass(frozen=True)
class EmbeddedSnapshot:
    """A build held open; its files stay readable even when the build is swept away.

    tantivy cannot be told to stop. Readers' questions are waited for no longer than SEARCH_SECONDS: a
    query that overruns is answered with EngineDown and goes on in a thread behind, which ends, since
    a query is bounded (search/language/query.py) and so is the index. There are no partial answers by time.
    """

    build: Build
    datasets: Mapping[str, Dataset]
    _searcher: tantivy.Searcher
    _queries: _Queries
    _patience: Patience | None = None  # None: the gate may take as long as it takes

    def ask(self, questions: Sequence[Question]) -> list[Answer]:
        if self._patience is None:
            return self._answers(questions)
        return self._patience.spend(lambda: self._answers(questions))

    def _answers(self, questions: Sequence[Question]) -> list[Answer]:
        try:
            return [self._top(q) if isinstance(q, Top) else self._counted(q) for q in questions]
        except (ValueError, OverflowError) as error:
            kind = TooManyGroups if "bucket limit" in str(error) else EngineError
            raise kind(f"tantivy could not answer: {error}") from error

    def _counted(self, question: Counting) -> Answer:
        query = self._queries.selection(question.selection)
        # every record has an ordinal: counting its values counts the records
        body = aggregations.body(question) | {"total": {"value_count": {"field": "ordinal"}}}
        found = self._searcher.aggregate(query, body)
        groups = aggregations.read(question, found, int(found["total"]["value"]))
        return Answer(groups=groups, partial=aggregations.is_cut(question, found))

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
            return Answer(hits=tuple(Hit(self._record(address), 0.0) for _, address in found.hits))
        found = self._searcher.search(
            self._queries.ranked(question), limit=question.size, offset=question.offset, count=False
        )
        return Answer(hits=tuple(Hit(self._record(address), float(score)) for score, address in found.hits))

    def _beyond(self, query: Query, ordinal: int) -> Query:
        later = Query.range_query(
            self._queries.schema, "ordinal", tantivy.FieldType.Unsigned, ordinal, None, include_lower=False
        )
        return Query.boolean_query([(Occur.Must, query), (Occur.Must, Query.const_score_query(later, 0.0))])

    def _record(self, address: tantivy.DocAddress) -> Record:
        return record_from_json(cast("bytes", self._searcher.doc(address).get_first("record")))


@dataclass
class EmbeddedStage:
    """A build folder with a writer on it."""

    id: str
    folders: Folders
    clock: Callable[[], str]
    analyzer: Read
    dictionary: Dictionary
    previous: str | None
    fresh: bool
    held: ExitStack
    datasets: dict[str, Dataset] = field(default_factory=dict)

    def __post_init__(self) -> None:
        base = None if self.fresh else self.previous
        if base:
            manifest = self.folders.manifest(base)
            manifest.same_words(self.dictionary)
            self.datasets = dict(manifest.datasets)
        folder = self.folders.begin(self.id, base)
        self._writer: tantivy.IndexWriter | None = new_index(folder).writer(WRITER_HEAP_BYTES, num_threads=1)

    def put(self, dataset: Dataset, batches: Iterable[Batch]) -> int:
        self.drop(dataset.id)
        analyzer = self.analyzer(self.dictionary)
        writer = self._open_writer()
        written = 0
        for batch in batches:
            for one in documents(batch, analyzer):
                writer.add_document(one)
            written += len(batch)
        self.datasets[dataset.id] = dataset
        return written

    def drop(self, dataset: str) -> None:
        self._open_writer().delete_documents_by_term("dataset", dataset)
        self.datasets.pop(dataset, None)

    def _open_writer(self) -> tantivy.IndexWriter:
        if self._writer is None:
            raise EngineError("the staged build is sealed: begin another stage")
        return self._writer

    def seal(self) -> EmbeddedSnapshot:
        writer = self._open_writer()
        writer.commit()
        writer.wait_merging_threads()
        self._writer = None
        self.folders.complete(
            Manifest(Build(self.id, self.clock()), self.previous, self.datasets, dictionary=self.dictionary)
        )
        return _open(self.folders, self.id, self.analyzer, None)

    def publish(self) -> Build:
        with self.held:
            build = self.folders.manifest(self.id).build
            self.folders.point(self.id)
            return build

    def abandon(self) -> None:
        self._writer = None
        with self.held:
            if self.folders.pointed() != self.id:
                self.folders.remove(self.id)


def _open(folders: Folders, build: str, analyzer: Read, patience: Patience | None) -> EmbeddedSnapshot:
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
        searcher,
        _Queries(index.schema, lambda: analyzer(manifest.dictionary)),
        patience,
    )


class EmbeddedEngine:
    """Implements ``search.engine.Engine`` over a folder. Threads of one process may share it."""

    def __init__(self, root: Path, clock: Callable[[], str], analyzer: Read) -> None:
        self._folders = Folders(root)
        self._clock = clock
        self._analyzer = analyzer
        self._opened: EmbeddedSnapshot | None = None
        self._lock = threading.Lock()
        self._patience = Patience(SEARCH_SECONDS)

    @property
    def name(self) -> str:
        return f"내장 엔진 (tantivy {version('tantivy')})"

    def live(self) -> EmbeddedSnapshot:
        with self._lock:
            while True:
                build = self._folders.live()
                if self._opened is not None and self._opened.build.id == build:
                    return self._opened
                try:
                    self._opened = _open(self._folders, build, self._analyzer, self._patience)
                except Damaged:
                    # two publishings passed between reading the pointer and opening: read it again
                    if self._folders.live() == build:
                        raise

    def stage(self, build: str, *, fresh: bool = False, dictionary: Dictionary = NO_WORDS) -> EmbeddedStage:
        held = ExitStack()
        held.enter_context(self._folders.writing())
        try:
            return EmbeddedStage(
                build,
                self._folders,
                self._clock,
                self._analyzer,
                dictionary,
                self._folders.pointed(),
                fresh,
                held,
            )
        except BaseException:
            held.close()
            raise

    def builds(self) -> tuple[Build, ...]:
        return self._folders.builds()

    def rollback(self) -> Build:
        return self._folders.rollback()

    def sweep(self) -> tuple[str, ...]:
        return self._folders.sweep()
