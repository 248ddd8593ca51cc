"""Free-text and faceted search over all datasets: parameters to questions to what was found.

Pages and API print the same ``Found``.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from app.choices import Choice, Counted, choices
from app.forms import DATASET, FACETS, Facet
from app.order import ordered
from app.paging import part
from app.params import Params
from app.understand import Meaning, regions_asked, understand, values_of
from search.documents import Dataset
from search.engine import Build, Snapshot
from search.marks import Marks, marks
from search.plan import Answer, Clause, Filter, Group, Groups, Hit, Question, Selection, Top
from search.query import Synonyms, parse, resolve
from search.vocabulary import Vocabulary

RECORDS_A_DATASET = 3
RANKED_RECORDS = 300
"""Best records looked at to order datasets by their best record; beyond them the count decides."""


@dataclass(frozen=True)
class DatasetFound:
    dataset: Dataset
    count: int
    hits: tuple[Hit, ...]
    title_marks: Marks


@dataclass(frozen=True)
class Found:
    """The answer to a search.

    ``clauses`` are the words as they were understood, for marking. ``alone`` says, where nothing was
    found, how many records each word finds by itself.
    """

    total: int
    datasets_total: int
    datasets: tuple[DatasetFound, ...]
    facets: tuple[tuple[Facet, tuple[Choice, ...]], ...]
    by_year: tuple[Group, ...]
    by_area: tuple[Group, ...]
    meanings: tuple[Meaning, ...]
    alone: tuple[tuple[str, int], ...]
    clauses: tuple[Clause, ...]
    build: Build
    partial: bool


def find(snapshot: Snapshot, params: Params, synonyms: Synonyms, vocabulary: Vocabulary) -> Found:
    """Answer a search in two trips to the engine. Raises QueryTooLong, NoSuchPage."""
    clauses = parse(params.q, synonyms, vocabulary)
    selection = Selection(resolve(clauses, snapshot.datasets), params.filters((*FACETS, DATASET)))
    rank = _ranked(params.q, clauses)
    asked = _asked(selection, params, rank)
    first = _First(asked, dict(zip(asked, snapshot.ask(list(asked.values())), strict=True)))
    counts = {str(group.keys[0]): group.records for group in first.groups("dataset")}
    order = ordered([snapshot.datasets[key] for key in counts], counts, first.best(), clauses, params)
    shown, tops = _shown(snapshot, selection, part(order, params), rank)
    return Found(
        total=sum(counts.values()),
        datasets_total=len(counts),
        datasets=tuple(
            DatasetFound(one, counts[one.id], top.hits, marks(one.title, clauses))
            for one, top in zip(shown, tops, strict=True)
        ),
        facets=tuple((facet, _choices(first.groups(facet.name), params, facet)) for facet in FACETS),
        by_year=first.groups("by_year"),
        by_area=first.groups("by_area"),
        meanings=_meanings(snapshot, params, first.groups("regions_asked")),
        alone=() if counts else _alone(snapshot, selection, clauses),
        clauses=clauses,
        build=snapshot.build,
        partial=any(answer.partial for answer in (*first.answers.values(), *tops)),
    )


def _ranked(q: str, clauses: tuple[Clause, ...]) -> str:
    """The words by which records are ordered: those typed and what they are also called."""
    called = dict.fromkeys(word.text for clause in clauses for word in clause.variants[1:])
    return " ".join((q, *called))


def _asked(selection: Selection, params: Params, rank: str) -> dict[str, Question]:
    """The questions of the first trip by name."""
    named: dict[str, Question] = {
        facet.name: Groups(selection.without(facet.field), by=(facet.field,)) for facet in FACETS
    }
    named |= {
        "dataset": Groups(selection, by=("dataset",)),
        "by_year": Groups(selection, by=("year",)),
        "by_area": Groups(selection, by=("area",)),
    }
    if params.sort == "relevance":
        named["best"] = Top(selection, RANKED_RECORDS, rank=rank)
    if params.q:
        places = Selection(filters=(Filter("region", regions_asked(params.q)),))
        named["regions_asked"] = Groups(places, by=("region",))
    return named


@dataclass(frozen=True)
class _First:
    """Answers of the first trip by name."""

    asked: Mapping[str, Question]
    answers: Mapping[str, Answer]

    def groups(self, name: str) -> tuple[Group, ...]:
        return self.answers[name].groups if name in self.asked else ()

    def best(self) -> dict[str, float]:
        """The score of the best record of each dataset, where it was among the best of all."""
        found: dict[str, float] = {}
        for hit in self.answers["best"].hits if "best" in self.asked else ():
            found.setdefault(hit.record.dataset, hit.score)
        return found


def _shown(
    snapshot: Snapshot, selection: Selection, datasets: Iterable[Dataset], rank: str
) -> tuple[list[Dataset], list[Answer]]:
    """The datasets of the page, each with its first records."""
    shown = list(datasets)
    questions = [Top(selection.within("dataset", one.id), RECORDS_A_DATASET, rank=rank) for one in shown]
    return shown, snapshot.ask(questions)


def _choices(groups: Iterable[Group], params: Params, facet: Facet) -> tuple[Choice, ...]:
    return choices(counted(groups), params.values(facet.name))


def counted(groups: Iterable[Group]) -> Counted:
    return {str(group.keys[0]): group.records for group in groups}


def _meanings(snapshot: Snapshot, params: Params, regions: Iterable[Group]) -> tuple[Meaning, ...]:
    values = values_of(snapshot.datasets.values(), (str(group.keys[0]) for group in regions))
    found = understand(params.q, FACETS, values)
    return tuple(one for one in found if one.value not in params.values(one.facet.name))


def _alone(
    snapshot: Snapshot, selection: Selection, clauses: tuple[Clause, ...]
) -> tuple[tuple[str, int], ...]:
    """How many records each word finds by itself, without any filter: which one is to blame."""
    resolved = {clause.word: clause for clause in selection.clauses}
    questions = [Groups(Selection((resolved.get(one.word, one),))) for one in clauses]
    answers = snapshot.ask(questions)
    return tuple(
        (clause.word, answer.groups[0].records) for clause, answer in zip(clauses, answers, strict=True)
    )
