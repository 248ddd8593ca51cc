"""Plans in OpenSearch's words: pure functions to request bodies and documents, tested whole."""

from collections.abc import Iterator, Mapping
from typing import Any

from search import schema, text
from search.documents import Dataset
from search.engine import EngineDown, EngineError, TooManyGroups
from search.gathering import Gathered
from search.manifest import Manifest
from search.opensearch.selecting import selected
from search.plan import Answer, Best, Hit, Question, Ranked, Top
from search.stored import record_from_json

Body = dict[str, Any]
TIME_LIMIT_SECONDS = 3
"""A query that takes longer is answered in part and labelled so."""


def request(part: Gathered | Ranked, build: Manifest, seconds: int = TIME_LIMIT_SECONDS) -> Body:
    """The body for what is asked at once of a build."""
    return {**_asked(part, build), "timeout": f"{seconds}s"}


def _asked(part: Gathered | Ranked, build: Manifest) -> Body:
    match part:
        case Gathered():
            return _counted(part, build)
        case Top():
            return _top(part, build)
        case Best():
            return _best(part, build)


def _counted(part: Gathered, build: Manifest) -> Body:
    body: Body = {
        "size": 0,
        "track_total_hits": part.counts_all,
        "query": {"bool": selected(part.selection, build)},
    }
    if aggs := part.body():
        body["aggs"] = aggs
    return body


def _best(question: Best, build: Manifest) -> Body:
    return {
        "size": question.size,
        "track_total_hits": False,
        "query": {"bool": selected(question.selection, build) | {"should": _ranking(question.rank)}},
        # the id of a hit would be read from its stored fields, one hit after the other
        "stored_fields": "_none_",
        "docvalue_fields": ["dataset"],
    }


def _top(question: Top, build: Manifest) -> Body:
    found = selected(question.selection, build)
    body: Body = {
        "size": question.size,
        "track_total_hits": False,
        "query": {"bool": found},
        "stored_fields": ["record"],
        "docvalue_fields": ["dataset"],
    }
    if question.order == "row":
        body["sort"] = [{"ordinal": "asc"}]
        if question.after is not None:
            body["search_after"] = [question.after]
    else:
        found["should"] = _ranking(question.rank)
    if question.offset:
        body["from"] = question.offset
    return body


def _ranking(words: str) -> list[Body]:
    """Each run is analysed alone, as it was when it was written: the same tokens come out."""
    return [
        {"match": {name: {"query": run, "boost": boost}}}
        for run in text.runs(words)
        for name, boost in (("title", schema.TITLE_BOOST), ("body", 1.0))
    ]


def answers(part: Gathered | Ranked, said: Body, datasets: Mapping[str, Dataset]) -> dict[Question, Answer]:
    """The answers to a request, by question; ``datasets``: those of the build.

    Raises EngineDown, TooManyGroups, EngineError.
    """
    if "error" in said:
        raise _error(int(said.get("status", 0)), said["error"])
    late = bool(said["timed_out"]) or said["_shards"]["failed"] > 0
    hits = said["hits"]["hits"]
    match part:
        case Gathered():
            total = int(said["hits"]["total"]["value"]) if part.counts_all else 0
            return part.answers(said.get("aggregations", {}), total, late=late)
        case Top():
            return {part: Answer(hits=tuple(_hits(hits, datasets)), partial=late, late=late)}
        case Best():
            best: dict[str, float] = {}
            for hit in hits:
                best.setdefault(hit["fields"]["dataset"][0], float(hit["_score"] or 0))
            return {part: Answer(best=best, partial=late, late=late)}


def _hits(hits: list[Body], datasets: Mapping[str, Dataset]) -> Iterator[Hit]:
    for hit in hits:
        (dataset,), (stored,) = hit["fields"]["dataset"], hit["fields"]["record"]
        yield Hit(record_from_json(stored, datasets[dataset]), float(hit["_score"] or 0))


def _error(status: int, error: Body) -> EngineError:
    kinds = {error.get("type"), error.get("caused_by", {}).get("type")}
    if "too_many_buckets_exception" in kinds:
        return TooManyGroups("more groups than OpenSearch counts in one answer")
    message = f"OpenSearch could not answer: {error.get('type')}: {error.get('reason')}"
    # a missing index is one that was swept away or is not open yet after a restart
    return EngineDown(message) if status in {404, 429, 502, 503, 504} else EngineError(message)
