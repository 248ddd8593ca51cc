"""OpenSearch: our search page against a page in one request of the usual index, query by query in one run.

Neither side may answer from the cache of requests, and which of the two comes first is left to chance, for the first
warms what the other reads. Our facets alone are asked for last, with everything warm.
"""

import random
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from functools import partial

from opensearchpy import OpenSearch
from werkzeug.datastructures import MultiDict

from app.find import search
from app.params import read
from benchmarks import bench, usual, words
from benchmarks.asking import FORM, Clocked, facets
from benchmarks.stand import Stand, fresh_engine
from search.engine import Snapshot
from search.language.query import Language
from search.opensearch import aliases

LENGTHS = (1, 3)
HEAD = ("OpenSearch, request cache off", "words", "queries", "p50 ms", "p95 ms", "times one request, p95")


def compared(stand: Stand, number: int) -> str:
    """A table: queries of one word and of three, both ways."""
    client = OpenSearch(hosts=[str(stand.settings.opensearch_url)], timeout=60)
    usual.filled(stand, client)
    snapshot = fresh_engine(stand).shop.engine.live()
    language = stand.shop.language_of(snapshot)
    lines: list[tuple[object, ...]] = []
    with uncached(stand):
        for length in LENGTHS:
            queries = words.queries(stand.shop, number, length, most=length, least=length)
            lines += _lines(length, _times(client, snapshot, language, queries))
    return bench.table(HEAD, lines)


def _lines(length: int, times: dict[str, list[float]]) -> Iterator[tuple[object, ...]]:
    other = bench.quantile(times["one request"], 0.95)
    for name, seconds in times.items():
        p50, p95 = (bench.quantile(seconds, share) for share in (0.5, 0.95))
        yield (name, length, len(seconds), f"{p50 * 1000:.1f}", f"{p95 * 1000:.1f}", f"{p95 / other:.2f}")


def _times(
    client: OpenSearch, snapshot: Snapshot, language: Language, queries: Sequence[str]
) -> dict[str, list[float]]:
    """Each query every way."""
    chance = random.Random(1)
    clocked = Clocked(snapshot)
    found: dict[str, list[float]] = {
        "our search page": [],
        "our search page, what it asks of the engine": [],
        "our facets and totals, warm": [],
        "one request": [],
    }
    for query in queries:
        page = partial(search, clocked, read(MultiDict({"q": query}), FORM), language)
        ways: dict[str, Callable[[], object]] = {
            "our search page": page,
            "one request": partial(
                client.search, index=usual.INDEX, body=usual.page(query), params={"request_cache": "false"}
            ),
        }
        clocked.seconds.clear()
        for name in chance.sample(sorted(ways), len(ways)):
            found[name].append(bench.timed(ways[name]))
        found["our search page, what it asks of the engine"].append(sum(clocked.seconds))
        asked = facets(page().found.selection)
        found["our facets and totals, warm"].append(bench.timed(partial(snapshot.ask, asked)))
    return found


@contextmanager
def uncached(stand: Stand) -> Iterator[None]:
    """Nobody is answered from OpenSearch's cache of requests; the embedded engine has none."""
    if not stand.settings.opensearch_url:
        yield
        return
    client = OpenSearch(hosts=[stand.settings.opensearch_url], timeout=60)
    where = {"index": aliases.LIVE}
    client.indices.put_settings(body={"index.requests.cache.enable": False}, **where)
    try:
        yield
    finally:
        client.indices.put_settings(body={"index.requests.cache.enable": True}, **where)
