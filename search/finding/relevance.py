"""How well searches find what people meant: judged queries, scored by class.

Grades 0-3 are of datasets by title; what is not judged counts nothing. Read by ``make relevance`` and by
the gate before publishing.
"""

import csv
import math
import statistics
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from time import perf_counter

from search import text
from search.documents import Dataset
from search.engine import Snapshot
from search.finding.find import Asked
from search.finding.rescue import answer
from search.in_order import in_order
from search.language import hangul
from search.language.query import MAX_CHARACTERS, MAX_WORDS, Language, fits

DEPTH = 10
_LIMIT = f"{MAX_CHARACTERS} characters and {MAX_WORDS} words at most"
BEST = 3


class JudgedError(ValueError):
    """A line of judged queries that cannot be read; names it."""


@dataclass(frozen=True)
class Judged:
    """A query of a class with the grades, by title, of the datasets it is meant to find."""

    kind: str
    q: str
    grades: Mapping[str, int]


@dataclass(frozen=True)
class Result:
    """What a query found: titles in order, how many records, how long it took."""

    judged: Judged
    titles: tuple[str, ...]
    records: int
    seconds: float

    @property
    def ndcg(self) -> float:
        """Gain 2^grade - 1, discounted by the logarithm of the rank, against the best order of what is judged."""
        gained = _discounted(self.judged.grades.get(title, 0) for title in dict.fromkeys(self.titles[:DEPTH]))
        return gained / _discounted(sorted(self.judged.grades.values(), reverse=True)[:DEPTH])

    @property
    def is_first(self) -> bool:
        best = max(self.judged.grades.values())
        return bool(self.titles) and self.judged.grades.get(self.titles[0], 0) == best


@dataclass(frozen=True)
class Score:
    """A class of queries on one build."""

    queries: int
    ndcg: float
    success_at_1: float
    nothing: float
    p50_ms: float
    p95_ms: float


def read(lines: Iterable[str]) -> tuple[Judged, ...]:
    """Tab-separated lines with columns class, query, judged (``title=grade;title=grade``). Raises JudgedError."""
    rows = csv.DictReader(lines, delimiter="\t")
    if missing := {"class", "query", "judged"} - set(rows.fieldnames or ()):
        raise JudgedError(
            f"columns {', '.join(sorted(missing))} are missing: class, query, judged are wanted"
        )
    return tuple(_judged(number, row) for number, row in enumerate(rows, start=2))


def _judged(number: int, row: Mapping[str, str | None]) -> Judged:
    kind, q, judged = (row[name] or "" for name in ("class", "query", "judged"))
    pairs = [pair.rpartition("=") for pair in judged.split(";")]
    if not kind or not q or not fits(q):
        raise JudgedError(f"line {number}: class and query must be there, of {_LIMIT}")
    if not all(title and grade in {"0", "1", "2", "3"} for title, _, grade in pairs):
        raise JudgedError(f"line {number}: {judged!r}: write title=grade;…, grades 0 to 3")
    grades = {title: int(grade) for title, _, grade in pairs}
    if not any(grades.values()):
        raise JudgedError(f"line {number}: no title with a grade above 0")
    return Judged(kind, q, grades)


def known_items(datasets: Iterable[Dataset], most: int) -> tuple[Judged, ...]:
    """Queries of which the answer is known: titles as they are, without blanks, typed on the other keyboard.

    The same datasets are drawn from build to build, whatever comes and goes beside them.
    """
    drawn = sorted(datasets, key=lambda one: sha256(one.id.encode()).digest())[:most]
    found = []
    for one in drawn:
        grades = {one.title: BEST}
        typed = hangul.in_latin(text.joined(one.title))
        ways = {"title": one.title, "spacing": "".join(one.title.split()), "keyboard": typed}
        found += [Judged(kind, q, grades) for kind, q in ways.items() if len(q) > 1 and fits(q)]
    return tuple(found)


def asked(
    snapshot: Snapshot, queries: Iterable[Judged], language: Language, at_once: int = 1
) -> list[Result]:
    """Every query asked as a reader would; of several at once the times say nothing."""

    def ask(one: Judged) -> Result:
        started = perf_counter()
        there = answer(snapshot, Asked(one.q, size=DEPTH, records=0), language).found
        titles = tuple(hit.dataset.title for hit in there.datasets)
        return Result(one, titles, there.total, perf_counter() - started)

    return list(in_order(ask, queries, at_once))


def scores(found: Iterable[Result]) -> dict[str, Score]:
    """By class, in the order of the queries."""
    by_class: defaultdict[str, list[Result]] = defaultdict(list)
    for one in found:
        by_class[one.judged.kind].append(one)
    return {kind: _score(results) for kind, results in by_class.items()}


def _score(found: Sequence[Result]) -> Score:
    times = sorted(one.seconds * 1_000 for one in found)
    return Score(
        queries=len(found),
        ndcg=statistics.mean(one.ndcg for one in found),
        success_at_1=statistics.mean(one.is_first for one in found),
        nothing=statistics.mean(one.records == 0 for one in found),
        p50_ms=statistics.median(times),
        p95_ms=times[min(len(times) - 1, int(0.95 * len(times)))],
    )


def table(name: str, found: Mapping[str, Score]) -> str:
    """The scores as lines for people."""
    lines = [f"{name}: class, queries, nDCG@10, success@1, found nothing, p50 ms, p95 ms"]
    lines += [
        f"  {kind:10} {one.queries:4} {one.ndcg:8.3f} {one.success_at_1:8.3f} {one.nothing:8.3f} {one.p50_ms:8.1f} {one.p95_ms:8.1f}"
        for kind, one in found.items()
    ]
    return "\n".join(lines)


def _discounted(grades: Iterable[int]) -> float:
    return math.fsum((2.0**grade - 1) / math.log2(rank + 2) for rank, grade in enumerate(grades))
