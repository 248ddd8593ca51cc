"""How well searches find what people meant: judged queries over the sample, by class and engine.

Grades 0–3 are of datasets by title; what is not judged counts nothing. ``make relevance`` prints the table.
"""

import csv
import math
import statistics
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter

from werkzeug.datastructures import MultiDict

from app.find import search
from app.forms import search_form
from app.params import read
from search.engine import Snapshot
from search.language.query import Language
from search.language.synonyms import Synonyms

QUERIES = Path(__file__).with_name("queries.tsv")
DEPTH = 10
THIS_YEAR = 2026


@dataclass(frozen=True)
class Judged:
    """A query of a class with the grades of the datasets it is meant to find."""

    kind: str
    q: str
    grades: Mapping[str, int]


@dataclass(frozen=True)
class Asked:
    """What a query found: titles in order, how many records, how long it took."""

    judged: Judged
    titles: tuple[str, ...]
    records: int
    seconds: float

    @property
    def ndcg(self) -> float:
        """Gain 2^grade − 1, halved and so on by rank, against the best order of what is judged."""
        gained = _discounted(self.judged.grades.get(title, 0) for title in self.titles[:DEPTH])
        return gained / _discounted(sorted(self.judged.grades.values(), reverse=True)[:DEPTH])

    @property
    def is_first(self) -> bool:
        return bool(self.titles) and self.judged.grades.get(self.titles[0], 0) == max(
            self.judged.grades.values()
        )


@dataclass(frozen=True)
class Score:
    """A class of queries on one engine."""

    queries: int
    ndcg: float
    success_at_1: float
    nothing: float
    p50_ms: float
    p95_ms: float


def judged() -> tuple[Judged, ...]:
    with QUERIES.open(encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines, delimiter="\t"))
    return tuple(Judged(row["class"], row["query"], _grades(row["judged"])) for row in rows)


def _grades(text: str) -> dict[str, int]:
    pairs = (pair.rpartition("=") for pair in text.split(";"))
    return {title: int(grade) for title, _, grade in pairs}


def asked(snapshot: Snapshot, queries: Iterable[Judged]) -> list[Asked]:
    language = Language.of(snapshot.datasets.values(), Synonyms.load(), THIS_YEAR)
    form = search_form(DEPTH)
    found = []
    for one in queries:
        params = read(MultiDict({"q": one.q}), form)
        started = perf_counter()
        there = search(snapshot, params, language).found
        titles = tuple(hit.dataset.title for hit in there.datasets)
        found.append(Asked(one, titles, there.total, perf_counter() - started))
    return found


def scores(found: Iterable[Asked]) -> dict[str, Score]:
    """By class, in the order of the file."""
    by_class: defaultdict[str, list[Asked]] = defaultdict(list)
    for one in found:
        by_class[one.judged.kind].append(one)
    return {kind: _score(asked) for kind, asked in by_class.items()}


def _score(found: Sequence[Asked]) -> Score:
    times = sorted(one.seconds * 1_000 for one in found)
    return Score(
        queries=len(found),
        ndcg=statistics.mean(one.ndcg for one in found),
        success_at_1=statistics.mean(one.is_first for one in found),
        nothing=statistics.mean(one.records == 0 for one in found),
        p50_ms=statistics.median(times),
        p95_ms=times[min(len(times) - 1, int(0.95 * len(times)))],
    )


def table(engine: str, found: Mapping[str, Score]) -> str:
    lines = [f"{engine}: class, queries, nDCG@10, success@1, found nothing, p50 ms, p95 ms"]
    lines += [
        f"  {kind:10} {one.queries:4} {one.ndcg:8.3f} {one.success_at_1:8.3f} {one.nothing:8.3f} {one.p50_ms:8.1f} {one.p95_ms:8.1f}"
        for kind, one in found.items()
    ]
    return "\n".join(lines)


def _discounted(grades: Iterable[int]) -> float:
    return math.fsum((2.0**grade - 1) / math.log2(rank + 2) for rank, grade in enumerate(grades))
