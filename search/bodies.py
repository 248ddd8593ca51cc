"""Plans in OpenSearch's words: pure functions to request bodies and documents, tested whole."""

from collections.abc import Mapping
from typing import Any

from search import aggregations, schema, text
from search.engine import EngineDown, EngineError, TooManyGroups
from search.plan import Answer, Clause, Counting, Filter, Hit, Question, Selection, Top, Word
from search.stored import record_from_dict

Body = dict[str, Any]
TIME_LIMIT_SECONDS = 3
"""A query that takes longer is answered in part and labelled so."""


def request(question: Question, live: Body, seconds: int = TIME_LIMIT_SECONDS) -> Body:
    """The body of a question; ``live`` is the filter that holds the versions of a build."""
    body = _top(question, live) if isinstance(question, Top) else _counted(question, live)
    return {**body, "timeout": f"{seconds}s"}


def versions(published: Mapping[str, str]) -> Body:
    """The filter of a build: one version of each dataset."""
    return {"terms": {"version": sorted(published.values())}}


def _counted(question: Counting, live: Body) -> Body:
    body: Body = {
        "size": 0,
        "track_total_hits": aggregations.counts_all(question),
        "query": {"bool": _selection(question.selection, live)},
    }
    if aggs := aggregations.body(question):
        body["aggs"] = aggs
    return body


def _top(question: Top, live: Body) -> Body:
    found = _selection(question.selection, live)
    body: Body = {
        "size": question.size,
        "track_total_hits": False,
        "query": {"bool": found},
    }
    if question.order == "row":
        body["sort"] = [{"ordinal": "asc"}]
        if question.after is not None:
            body["search_after"] = [question.after]
    else:
        found["should"] = _ranking(question.rank)
        body["sort"] = [{"_score": "desc"}, {"_doc": "asc"}]
        body["track_scores"] = True
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


def _selection(selection: Selection, live: Body) -> Body:
    wanted = [_clause(clause) for clause in selection.clauses if not clause.excluded]
    unwanted = [_clause(clause) for clause in selection.clauses if clause.excluded]
    body: Body = {"filter": [live, *wanted, *map(_filter, selection.filters)]}
    return body | {"must_not": unwanted} if unwanted else body


def _filter(one: Filter) -> Body:
    return {"terms": {one.field: list(one.values)}}


def _clause(clause: Clause) -> Body:
    ways = [_word(word) for word in clause.variants]
    if clause.datasets:
        ways.append({"terms": {"dataset": list(clause.datasets)}})
    ways += [_all_of([_filter(one) for one in case]) for case in clause.cases]
    if not ways:
        return {"match_none": {}}
    return ways[0] if len(ways) == 1 else {"bool": {"should": ways, "minimum_should_match": 1}}


def _word(word: Word) -> Body:
    name, terms = schema.match_terms(word)
    return _all_of([{"term": {name: term}} for term in terms])


def _all_of(musts: list[Body]) -> Body:
    return musts[0] if len(musts) == 1 else {"bool": {"filter": musts}}


def answer(question: Question, said: Body) -> Answer:
    """One of the answers to a request. Raises EngineDown, TooManyGroups, EngineError."""
    if "error" in said:
        raise _error(int(said.get("status", 0)), said["error"])
    partial = bool(said["timed_out"]) or said["_shards"]["failed"] > 0
    if not isinstance(question, Top):
        total = int(said["hits"]["total"]["value"]) if aggregations.counts_all(question) else 0
        found = said.get("aggregations", {})
        cut = aggregations.is_cut(question, found)
        return Answer(groups=aggregations.read(question, found, total), partial=partial or cut)
    hits = tuple(
        Hit(record_from_dict(hit["_source"]["record"]), float(hit["_score"] or 0))
        for hit in said["hits"]["hits"]
    )
    return Answer(hits=hits, partial=partial)


def _error(status: int, error: Body) -> EngineError:
    kinds = {error.get("type"), error.get("caused_by", {}).get("type")}
    if "too_many_buckets_exception" in kinds:
        return TooManyGroups("more groups than OpenSearch counts in one answer")
    message = f"OpenSearch could not answer: {error.get('type')}: {error.get('reason')}"
    # a missing index is one that was swept away or is not open yet after a restart
    return EngineDown(message) if status in {404, 429, 502, 503, 504} else EngineError(message)
