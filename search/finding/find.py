"""Free-text search over all datasets: what is asked to what is found, in two trips to the engine, now and then three."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from search.documents import Dataset
from search.engine import Build, Snapshot
from search.finding import ranking
from search.finding.columns import with_cases
from search.finding.first_records import MOST_RANKED, FirstRecords, Rank
from search.language.query import Language, Query, decides, deciding, parse
from search.plan import Answer, Clause, Filter, Groups, Hit, Question, Selection

RECORDS_A_DATASET = 3
Beside = Callable[[Selection], Mapping[str, Question]]
"""Questions about what is found that go along with the first trip, by name."""


@dataclass(frozen=True)
class Asked:
    """A search: ``page`` and ``size`` count datasets; ``sort`` is relevance, newest or name.

    ``records``: how many are shown of each dataset.
    """

    q: str
    filters: tuple[Filter, ...] = ()
    sort: str = "relevance"
    page: int = 1
    size: int = 10
    records: int = RECORDS_A_DATASET

    @property
    def first(self) -> int:
        """Place of the first dataset that is shown; ``last`` is that behind the last one."""
        return (self.page - 1) * self.size

    @property
    def last(self) -> int:
        return self.page * self.size


@dataclass(frozen=True)
class DatasetFound:
    """A dataset with the number of its records found and the first of them."""

    dataset: Dataset
    count: int
    hits: tuple[Hit, ...]


@dataclass(frozen=True)
class Found:
    """The answer to a search.

    ``resolved``: each clause of the query with its cases and holders. ``beside`` holds the answers to the
    questions that went along. ``alone`` says, where the words as typed find nothing, how many records each
    finds by itself.
    """

    query: Query
    resolved: Mapping[Clause, Clause]
    selection: Selection
    total: int
    datasets_total: int
    datasets: tuple[DatasetFound, ...]
    beside: Mapping[str, Answer]
    alone: tuple[tuple[str, int], ...]
    build: Build
    partial: bool


def nothing_beside(_: Selection) -> Mapping[str, Question]:
    return {}


def find(snapshot: Snapshot, asked: Asked, language: Language, beside: Beside = nothing_beside) -> Found:
    """Raises QueryTooLong. A page after the last one is empty."""
    query = parse(asked.q, language)
    cased = with_cases(snapshot, query.clauses)
    held = [language.holders.added(clause) for clause in cased.clauses]
    clauses = deciding(held, len(snapshot.datasets))
    selection = Selection(clauses, asked.filters)
    questions = {**beside(selection), "dataset": Groups(selection, by=("dataset",))}
    answers = dict(zip(questions, snapshot.ask(list(questions.values())), strict=True))
    counts = {str(group.keys[0]): group.records for group in answers["dataset"].groups}
    telling = tuple(clause for clause in held if decides(clause, len(snapshot.datasets)))
    words = ranking.weighed(telling, language.holders)
    records = FirstRecords(snapshot, selection, Rank.of(query, language.holders), asked.records)
    order = _ordered([snapshot.datasets[key] for key in counts], asked, words, counts, records)
    shown = order[asked.first : asked.last]
    records.ask([one.id for one in shown])
    return Found(
        query=query,
        resolved=dict(zip(query.clauses, held, strict=True)),
        selection=selection,
        total=sum(counts.values()),
        datasets_total=len(counts),
        datasets=tuple(DatasetFound(one, counts[one.id], records.first[one.id].hits) for one in shown),
        beside=answers,
        alone=() if counts else _alone(snapshot, held),
        build=snapshot.build,
        partial=cased.partial or records.partial or any(answer.partial for answer in answers.values()),
    )


def _ordered(
    datasets: list[Dataset],
    asked: Asked,
    words: Sequence[ranking.Weighed],
    counts: Mapping[str, int],
    records: FirstRecords,
) -> list[Dataset]:
    """Datasets in the order asked for.

    Of those that words do not tell apart the records say who comes first: the first ones, of datasets that are shown
    whoever it is, else the best among those of all.
    """
    if asked.sort == "name":
        return ranking.by_name(datasets)
    if asked.sort == "newest":
        return ranking.newest(datasets)
    told = ranking.told(datasets, counts, words, asked.q)
    groups = list(ranking.alike(told, asked.first, asked.last))
    shown = [key for one in groups if one.inside for key in one.keys] if asked.records else []
    open_ = [one for one in groups if one.are_several and not (one.inside and asked.records)]
    tied = [key for one in open_ for key in one.keys]
    records.ask(shown, tied if sum(counts[key] for key in tied) <= MOST_RANKED else ())
    return ranking.by_relevance(datasets, told, records.scores(), counts)


def _alone(snapshot: Snapshot, clauses: Iterable[Clause]) -> tuple[tuple[str, int], ...]:
    """How many records each word finds by itself, without any filter: which one is to blame."""
    wanted = [clause for clause in clauses if not clause.excluded]
    answers = snapshot.ask([Groups(Selection((clause,))) for clause in wanted])
    return tuple(
        (clause.word, answer.groups[0].records) for clause, answer in zip(wanted, answers, strict=True)
    )
