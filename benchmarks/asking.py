"""What the engine takes, in process and without HTTP: the questions of the search page, and those of its parts."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import partial
from time import perf_counter

from werkzeug.datastructures import MultiDict

from app import create_app
from app.find import search
from app.forms import FACETS, search_form
from app.params import read
from benchmarks import bench
from benchmarks.stand import Stand, fresh_engine
from search.around import Around
from search.engine import Snapshot
from search.language.query import Language
from search.plan import Answer, Groups, Question, Selection

FORM = search_form(10)
TOTALS = ("year", "area")
YEARLY = Groups(Selection(), by=("year",), numbers=("m0",))
"""The sums of everything by year."""
YEARLY_TIMES = 20


class Clocked(Around):
    """A build that keeps the seconds which its engine takes; implements ``search.engine.Snapshot``."""

    def __init__(self, asked: Snapshot) -> None:
        super().__init__(asked)
        self.seconds: list[float] = []

    def ask(self, questions: Sequence[Question]) -> list[Answer]:
        started = perf_counter()
        answers = self.asked.ask(questions)
        self.seconds.append(perf_counter() - started)
        return answers


@dataclass
class Times:
    """Seconds of each query.

    ``engine``: all that the search page asks of the engine; ``search``: the same with reading the words and
    ordering what is found; ``facets``: four facets and the totals by year and area, asked for in one go.
    """

    engine: list[float] = field(default_factory=list)
    search: list[float] = field(default_factory=list)
    facets: list[float] = field(default_factory=list)
    yearly: list[float] = field(default_factory=list)
    page: list[float] = field(default_factory=list)

    def rows(self) -> list[tuple[object, ...]]:
        named = {
            "search page: questions to the engine": self.engine,
            "search page: from words to what is found": self.search,
            "four facets and totals, in one go": self.facets,
            "sums of everything by year": self.yearly,
            "search page: whole, in process": self.page,
        }
        return [(name, len(seconds), *ms(seconds)) for name, seconds in named.items() if seconds]


def ms(seconds: Sequence[float]) -> tuple[str, str]:
    """p50 and p95 in milliseconds."""
    return f"{bench.quantile(seconds, 0.5) * 1000:.1f}", f"{bench.quantile(seconds, 0.95) * 1000:.1f}"


def measured(stand: Stand, queries: Sequence[str]) -> Times:
    """Every query once, on an engine that keeps no answers."""
    times = Times()
    snapshot = fresh_engine(stand).shop.engine.live()
    language = stand.shop.language_of(snapshot)
    _search(snapshot, "처음", language)  # what is loaded with the first word
    for query in queries:
        selection = _one(snapshot, query, language, times)
        times.facets.append(bench.timed(partial(snapshot.ask, facets(selection))))
    times.yearly += [bench.timed(partial(snapshot.ask, [YEARLY])) for _ in range(YEARLY_TIMES)]
    return times


def pages(stand: Stand, queries: Sequence[str]) -> list[float]:
    """Seconds of whole search pages, in this process; each query for the first time."""
    app = create_app(stand.settings, fresh_engine(stand).shop.engine)
    client = app.test_client()
    client.get("/search", query_string={"q": ""})
    found = [bench.timed(partial(client.get, "/search", query_string={"q": one})) for one in queries]
    app.extensions["portal"].catalogue.close()
    return found


def _one(snapshot: Snapshot, query: str, language: Language, times: Times) -> Selection:
    clocked = Clocked(snapshot)
    started = perf_counter()
    selection = _search(clocked, query, language)
    times.search.append(perf_counter() - started)
    times.engine.append(sum(clocked.seconds))
    return selection


def _search(snapshot: Snapshot, query: str, language: Language) -> Selection:
    return search(snapshot, read(MultiDict({"q": query}), FORM), language).found.selection


def facets(selection: Selection) -> list[Question]:
    """What the facets and totals of a search page ask for."""
    return [
        *(Groups(selection.without(facet.field), by=(facet.field,)) for facet in FACETS),
        *(Groups(selection, by=(name,)) for name in TOTALS),
    ]
