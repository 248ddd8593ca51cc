"""Free-text search over all datasets: what is asked to what is found, in two or three trips to the engine."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from search.documents import Dataset
from search.engine import Build, Snapshot
from search.finding import ranking
from search.finding.columns import with_cases
from search.language.query import Language, Query, decides, deciding, parse
from search.plan import Answer, Best, Clause, Filter, Groups, Hit, Question, Selection, Top

RECORDS_A_DATASET = 3
RANKED_RECORDS = 300
"""Best records looked at to tell apart datasets of which the words tell the same; beyond them the count decides."""

MOST_RANKED = 100_000
"""Of more records found, those few say nothing of the datasets."""

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
    rank = ranked_words(query)
    questions = {**beside(selection), "dataset": Groups(selection, by=("dataset",))}
    answers = dict(zip(questions, snapshot.ask(list(questions.values())), strict=True))
    counts = {str(group.keys[0]): group.records for group in answers["dataset"].groups}
    telling = tuple(clause for clause in held if decides(clause, len(snapshot.datasets)))
    words = ranking.weighed(telling, language.holders)
    order, best = _ordered(snapshot, asked, selection, words, counts, rank)
    shown = order[(asked.page - 1) * asked.size : asked.page * asked.size]
    tops = _tops(snapshot, selection, shown, asked.records, rank)
    return Found(
        query=query,
        resolved=dict(zip(query.clauses, held, strict=True)),
        selection=selection,
        total=sum(counts.values()),
        datasets_total=len(counts),
        datasets=tuple(
            DatasetFound(one, counts[one.id], top.hits) for one, top in zip(shown, tops, strict=True)
        ),
        beside=answers,
        alone=() if counts else _alone(snapshot, held),
        build=snapshot.build,
        partial=cased.partial or any(answer.partial for answer in (*answers.values(), best, *tops)),
    )


def _tops(
    snapshot: Snapshot, selection: Selection, datasets: list[Dataset], records: int, rank: str
) -> list[Answer]:
    """The first records of each dataset; nothing is asked where none are shown."""
    if not records:
        return [Answer()] * len(datasets)
    return snapshot.ask([Top(selection.within_dataset(one.id), records, rank=rank) for one in datasets])


def ranked_words(query: Query) -> str:
    """The words by which records are ordered: those typed and what they are also called."""
    words = (word.text for clause in query.clauses if not clause.excluded for word in clause.variants)
    typed = (part.text for term in query.terms if not term.excluded for part in term.parts)
    return " ".join(dict.fromkeys((*typed, *words)))


def _ordered(
    snapshot: Snapshot,
    asked: Asked,
    selection: Selection,
    words: Sequence[ranking.Weighed],
    counts: Mapping[str, int],
    rank: str,
) -> tuple[list[Dataset], Answer]:
    """Datasets in the order asked for, with what was asked of their best records."""
    datasets = [snapshot.datasets[key] for key in counts]
    if asked.sort == "name":
        return ranking.by_name(datasets), Answer()
    if asked.sort == "newest":
        return ranking.newest(datasets), Answer()
    told = ranking.told(datasets, counts, words, asked.q)
    tied = ranking.tied(told, (asked.page - 1) * asked.size, asked.page * asked.size)
    best = Answer()
    if tied and sum(counts[key] for key in tied) <= MOST_RANKED:
        (best,) = snapshot.ask([Best(selection.within("dataset", *tied), RANKED_RECORDS, rank)])
    return ranking.by_relevance(datasets, told, best.best, counts), best


def _alone(snapshot: Snapshot, clauses: Iterable[Clause]) -> tuple[tuple[str, int], ...]:
    """How many records each word finds by itself, without any filter: which one is to blame."""
    wanted = [clause for clause in clauses if not clause.excluded]
    answers = snapshot.ask([Groups(Selection((clause,))) for clause in wanted])
    return tuple(
        (clause.word, answer.groups[0].records) for clause, answer in zip(wanted, answers, strict=True)
    )
