"""Free-text and faceted search over all datasets: parameters to questions to what was found.

Pages and API print the same ``Found``.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from app.params import DATASET, FACETS, Facet, Params
from search import text
from search.documents import Dataset
from search.engine import Build, Snapshot
from search.marks import Marks, marks
from search.plan import Answer, Clause, Group, Groups, Hit, Key, Question, Selection, Top
from search.query import Synonyms, parse, resolve

RECORDS_A_DATASET = 3
RANKED_RECORDS = 300
"""Best records looked at to order datasets by their best record; beyond them the count decides."""


@dataclass(frozen=True)
class Choice:
    """A value of a facet with its count under the other facets' choices."""

    value: str
    count: int
    chosen: bool


@dataclass(frozen=True)
class DatasetFound:
    dataset: Dataset
    count: int
    hits: tuple[Hit, ...]
    title_marks: Marks


@dataclass(frozen=True)
class Found:
    """The answer to a search. ``clauses`` are the words as they were understood, for marking."""

    total: int
    datasets_total: int
    datasets: tuple[DatasetFound, ...]
    facets: tuple[tuple[Facet, tuple[Choice, ...]], ...]
    by_year: tuple[Group, ...]
    by_area: tuple[Group, ...]
    clauses: tuple[Clause, ...]
    build: Build
    partial: bool


class NoSuchPage(ValueError):
    """A page after the last one; says which is the last."""


def find(snapshot: Snapshot, params: Params, synonyms: Synonyms) -> Found:
    """Answer a search in two trips to the engine. Raises QueryTooLong, NoSuchPage."""
    clauses = parse(params.q, synonyms)
    resolved = resolve(clauses, snapshot.datasets)
    selection = Selection(resolved, params.filters((*FACETS, DATASET)))
    asked = _Asked.of(selection, params)
    answers = snapshot.ask(asked.questions())
    counts = {str(group.keys[0]): group.records for group in asked.take(answers, "dataset")}
    order = _ordered(snapshot.datasets, counts, asked.best(answers), clauses, params)
    first = (params.page - 1) * params.size
    last = max(1, -(-len(order) // params.size))
    if params.page > last:
        raise NoSuchPage(f"{params.page:,}쪽은 없습니다. 마지막 쪽은 {last:,}쪽입니다.")
    shown = order[first : first + params.size]
    tops = snapshot.ask(
        [Top(selection.within("dataset", key), RECORDS_A_DATASET, rank=params.q) for key in shown]
    )
    return Found(
        total=sum(counts.values()),
        datasets_total=len(counts),
        datasets=tuple(
            DatasetFound(
                snapshot.datasets[key], counts[key], top.hits, marks(snapshot.datasets[key].title, clauses)
            )
            for key, top in zip(shown, tops, strict=True)
        ),
        facets=tuple(
            (facet, choices(asked.take(answers, facet.name), params.values(facet.name))) for facet in FACETS
        ),
        by_year=asked.take(answers, "by_year"),
        by_area=asked.take(answers, "by_area"),
        clauses=clauses,
        build=snapshot.build,
        partial=any(answer.partial for answer in (*answers, *tops)),
    )


@dataclass(frozen=True)
class _Asked:
    """The questions of the first trip by name; equal ones are asked once."""

    named: Mapping[str, Question]

    @classmethod
    def of(cls, selection: Selection, params: Params) -> "_Asked":
        named: dict[str, Question] = {
            facet.name: Groups(selection.without(facet.field), by=(facet.field,)) for facet in FACETS
        }
        named |= {
            "dataset": Groups(selection, by=("dataset",)),
            "by_year": Groups(selection, by=("year",)),
            "by_area": Groups(selection, by=("area",)),
        }
        if params.q and params.sort == "relevance":
            named["best"] = Top(selection, RANKED_RECORDS, rank=params.q)
        return cls(named)

    def questions(self) -> list[Question]:
        distinct: list[Question] = []
        for question in self.named.values():
            if question not in distinct:
                distinct.append(question)
        return distinct

    def _answer(self, answers: list[Answer], name: str) -> Answer:
        return answers[self.questions().index(self.named[name])]

    def take(self, answers: list[Answer], name: str) -> tuple[Group, ...]:
        return self._answer(answers, name).groups

    def best(self, answers: list[Answer]) -> dict[str, float]:
        """The score of the best record of each dataset, where it was among the best of all."""
        found: dict[str, float] = {}
        for hit in self._answer(answers, "best").hits if "best" in self.named else ():
            found.setdefault(hit.record.dataset, hit.score)
        return found


def choices(groups: tuple[Group, ...], chosen: tuple[str, ...]) -> tuple[Choice, ...]:
    """Choices by count; a chosen value never vanishes, so a reader can always undo it."""
    counts = {str(group.keys[0]): group.records for group in groups}
    values = [*counts, *(value for value in chosen if value not in counts)]
    found = (Choice(value, counts.get(value, 0), value in chosen) for value in values)
    return tuple(sorted(found, key=lambda choice: (-choice.count, choice.value)))


def _ordered(
    datasets: Mapping[str, Dataset],
    counts: Mapping[str, int],
    best: Mapping[str, float],
    clauses: tuple[Clause, ...],
    params: Params,
) -> list[str]:
    """Ids of the datasets found, in the order asked for."""
    found = [datasets[key] for key in counts]
    if params.sort == "name":
        return [one.id for one in sorted(found, key=lambda one: one.title)]
    if params.sort == "newest" or not params.q:
        return [one.id for one in sorted(found, key=lambda one: (_negative(one.fetched_at), one.title))]
    query = text.joined(params.q)

    def relevance(one: Dataset) -> tuple[Key | float, ...]:
        return (
            # "공중화장실" must bring the dataset of that very name before those that mention it
            -int(text.joined(one.title) == query),
            # a word of the title says what the whole dataset is about
            -sum(_in_title(one, clause) for clause in clauses),
            -best.get(one.id, 0.0),
            -counts[one.id],
            one.title,
        )

    return [one.id for one in sorted(found, key=relevance)]


def _in_title(dataset: Dataset, clause: Clause) -> bool:
    return any(text.holds(dataset.title, word.text, across=word.across) for word in clause.variants)


def _negative(moment: str) -> tuple[int, ...]:
    """Sorts ISO times newest first."""
    return tuple(-ord(char) for char in moment)
