"""In what order datasets are shown."""

from collections.abc import Iterable, Mapping

from app.params import Params
from search import text
from search.documents import Dataset
from search.plan import Clause


def newest(datasets: Iterable[Dataset]) -> list[Dataset]:
    """The last received first; those of one moment by name."""
    return sorted(by_name(datasets), key=lambda one: one.fetched_at, reverse=True)


def by_name(datasets: Iterable[Dataset]) -> list[Dataset]:
    return sorted(datasets, key=lambda one: (one.title, one.id))


def ordered(
    datasets: Iterable[Dataset],
    counts: Mapping[str, int],
    best: Mapping[str, float],
    clauses: tuple[Clause, ...],
    params: Params,
) -> list[Dataset]:
    """Datasets found, in the order asked for."""
    if params.sort == "name":
        return by_name(datasets)
    if params.sort == "newest":
        return newest(datasets)
    query = text.joined(params.q)

    def relevance(one: Dataset) -> tuple[float, ...]:
        return (
            # "공중화장실" must bring the dataset of that very name before those that mention it
            -int(text.joined(one.title) == query),
            # a word of the title says what the whole dataset is about
            -sum(_in_title(one, clause) for clause in clauses),
            # and of two such titles the one that says little else: 도서관 현황 before 작은도서관 현황
            -_said(one, clauses),
            -best.get(one.id, 0.0),
            -counts[one.id],
        )

    return sorted(by_name(datasets), key=relevance)


def _said(dataset: Dataset, clauses: tuple[Clause, ...]) -> float:
    """The share of the title that the words make out; 0 where none of them is in it."""
    title = text.joined(dataset.title)
    said = sum(
        max((len(word.text) for word in clause.variants if word.text in title), default=0)
        for clause in clauses
    )
    return min(1.0, said / max(1, len(title)))


def _in_title(dataset: Dataset, clause: Clause) -> bool:
    return any(text.holds(dataset.title, word.text, across=word.across) for word in clause.variants)
