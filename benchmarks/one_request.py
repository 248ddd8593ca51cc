"""OpenSearch: our search page against a page in one request, as it is usually written, query by query in one run.

The one request filters by every word, scores what is found, counts it exactly and counts four facets, all at once.
Neither side may answer from the cache of requests, and which of the two comes first is left to chance, for the first
warms what the other reads. Our facets alone are asked for last, with everything warm.
"""

import random
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from typing import Any

from opensearchpy import OpenSearch
from werkzeug.datastructures import MultiDict

from app.find import search
from app.params import read
from benchmarks import bench, words
from benchmarks.asking import FORM, facets
from benchmarks.stand import Stand, fresh_engine
from search import schema, text
from search.engine import Snapshot
from search.language.query import Language
from search.opensearch import aliases
from search.plan import Word

LENGTHS = (1, 3)
LONGEST_INSIDE = 3
"""Words of more syllables are looked for across blanks."""
FACETS = {"area": 300, "year": 80, "provider": 100, "region": 500}
"""As many values as there may be, so that counts are exact."""
HEAD = ("OpenSearch, request cache off", "words", "queries", "p50 ms", "p95 ms", "times one request, p95")
Body = dict[str, Any]


def compared(stand: Stand, number: int) -> str:
    """A table: queries of one word and of three, both ways."""
    client = OpenSearch(hosts=[str(stand.settings.opensearch_url)], timeout=60)
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
    found: dict[str, list[float]] = {
        "our search page": [],
        "our facets and totals, warm": [],
        "one request": [],
    }
    for query in queries:
        page = partial(search, snapshot, read(MultiDict({"q": query}), FORM), language)
        ways: dict[str, Callable[[], object]] = {
            "our search page": page,
            "one request": partial(
                client.search, index=aliases.LIVE, body=one_request(query), params={"request_cache": "false"}
            ),
        }
        for name in chance.sample(sorted(ways), len(ways)):
            found[name].append(bench.timed(ways[name]))
        asked = facets(page().found.selection)
        found["our facets and totals, warm"].append(bench.timed(partial(snapshot.ask, asked)))
    return found


def one_request(query: str) -> Body:
    """The whole page in one body."""
    return {
        "size": 10,
        "track_total_hits": True,
        "query": {
            "bool": {
                "filter": [clause for word in query.split() for clause in _filters(word)],
                "should": [
                    {"multi_match": {"query": query, "type": "cross_fields", "fields": ["title^3", "body"]}}
                ],
                "minimum_should_match": 0,
            }
        },
        "aggs": {name: {"terms": {"field": name, "size": size}} for name, size in FACETS.items()},
    }


def _filters(word: str) -> list[Body]:
    plain = text.joined(word)
    name, terms = schema.match_terms(Word(plain, across=len(plain) > LONGEST_INSIDE))
    return [{"term": {name: term}} for term in terms]


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
