"""OpenSearch as it is usually set up for such a portal: words of the dataset copied into every record, a page one request.

Every record carries its dataset's title, area and provider in two fields of bigrams, filled by ``copy_to``, beside
title and body in morphemes. The page filters by every word, scores what is found, counts it exactly and counts
four facets, all at once.
"""

import json
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from itertools import islice
from typing import Any

from opensearchpy import OpenSearch

from benchmarks import bare
from benchmarks.stand import Stand
from search import text
from search.batch import Batch
from search.dictionary import Dictionary
from search.documents import Record
from search.opensearch import mapping

INDEX = "bench-usual"
SENDERS = 2
RECORDS_A_BODY = 20_000
LONGEST_INSIDE = 3
"""Words of more syllables are looked for across blanks."""
FACETS = {"area": 300, "year": 80, "provider": 100, "region": 500}
"""As many values as there may be, so that counts are exact."""
COPIED = ["all_bi", "all_bis"]
SIGNS = ["ㆍ=>\\u0020", "·=>\\u0020", "‧=>\\u0020", "\\u00AD=>", "\\u200B=>", "\\u200C=>", "\\uFEFF=>"]
Body = dict[str, Any]


def filled(stand: Stand, client: OpenSearch) -> None:
    """Writes every record, unless they are there already."""
    if client.indices.exists(index=INDEX):
        if int(client.count(index=INDEX)["count"]) == stand.records:
            return
        client.indices.delete(index=INDEX)
    client.indices.create(index=INDEX, body=index(stand.shop.dictionary()))
    titles = {key: one.title for key, one in stand.shop.engine.live().datasets.items()}

    def send(body: str) -> None:
        said = client.bulk(index=INDEX, body=body, params={"filter_path": "errors"})
        if said["errors"]:
            raise RuntimeError("OpenSearch refused documents of the usual index")

    waiting = _bodies(bare.batches(stand.shop), titles)
    with ThreadPoolExecutor(SENDERS) as senders:
        # a few at a time: all of them would not fit into memory
        while some := list(islice(waiting, 2 * SENDERS)):
            list(senders.map(send, some))
    client.indices.refresh(index=INDEX)


def page(query: str) -> Body:
    """The whole page in one body."""
    return {
        "size": 10,
        "track_total_hits": True,
        "query": {
            "bool": {
                "filter": list(map(_holds, query.split())),
                "should": [
                    {"multi_match": {"query": query, "type": "cross_fields", "fields": ["title^3", "body"]}},
                    {"match": {"title.bi": {"query": query, "boost": 2}}},
                ],
                "minimum_should_match": 0,
            }
        },
        "aggs": {name: {"terms": {"field": name, "size": size}} for name, size in FACETS.items()},
    }


def _holds(word: str) -> Body:
    name = "all_bi" if len(text.joined(word)) <= LONGEST_INSIDE else "all_bis"
    return {"match": {name: {"query": word, "operator": "and"}}}


def _bodies(found: Iterator[Batch], titles: dict[str, str]) -> Iterator[str]:
    lines = (_line(one, titles[one.dataset]) for batch in found for one in batch.records())
    while some := list(islice(lines, RECORDS_A_BODY)):
        yield "".join(some)


def _line(record: Record, title: str) -> str:
    said = {
        "dataset_id": record.dataset,
        "area": record.area,
        "provider": record.provider,
        "year": record.year,
        "region": record.region,
        "title": [title, record.title],
        "body": [cell for cell in record.row.values() if cell],
    }
    return f'{{"index":{{}}}}\n{json.dumps(said, ensure_ascii=False)}\n'


def index(dictionary: Dictionary) -> Body:
    """Settings and mapping; morphemes are those of our own index."""
    keyword = {"type": "keyword"}
    copied = {"type": "keyword", "copy_to": COPIED}
    words = {"type": "text", "analyzer": "ko", "index_options": "offsets", "copy_to": COPIED}
    grams = {"type": "text", "norms": False, "index_options": "docs"}
    return {
        "settings": {
            "index": {"number_of_shards": 1, "number_of_replicas": 0, "refresh_interval": "-1"},
            "analysis": _analysis(dictionary),
        },
        "mappings": {
            "dynamic": "strict",
            "_source": {"excludes": COPIED},
            "properties": {
                "dataset_id": keyword,
                "area": copied,
                "provider": copied,
                "year": {"type": "short"},
                "region": keyword,
                "title": {**words, "fields": {"bi": {"type": "text", "analyzer": "ko_bi"}}},
                "body": words,
                "all_bi": {**grams, "analyzer": "ko_bi"},
                "all_bis": {**grams, "analyzer": "ko_bis"},
            },
        },
    }


def _analysis(dictionary: Dictionary) -> Body:
    """Our own, with the server taking out the signs that we take out ourselves."""
    found: Body = mapping.records(dictionary)["settings"]["analysis"]
    ours = found["analyzer"]
    return {
        **found,
        "char_filter": {
            "ko_norm": {"type": "mapping", "mappings": SIGNS},
            "no_space": {"type": "pattern_replace", "pattern": "[^\\p{L}\\p{Nd}]+", "replacement": ""},
        },
        "analyzer": {
            "ko": {**ours["ko"], "char_filter": ["ko_norm"]},
            "ko_bi": {**ours["inside"], "char_filter": ["ko_norm"], "filter": ["lowercase"]},
            "ko_bis": {**ours["across"], "char_filter": ["ko_norm", "no_space"], "filter": ["lowercase"]},
        },
    }
