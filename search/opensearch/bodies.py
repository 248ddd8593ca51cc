"""Plans in OpenSearch's words: pure functions to request bodies and documents, tested whole."""

from collections.abc import Mapping
from typing import Any

from search import schema, text
from search.engine import EngineDown, EngineError, TooManyGroups
from search.gathering import Gathered
from search.plan import Answer, Best, Clause, Filter, Hit, Question, Ranked, Selection, Top, Word
from search.stored import record_from_dict

Body = dict[str, Any]
TIME_LIMIT_SECONDS = 3
"""A query that takes longer is answered in part and labelled so."""


def request(part: Gathered | Ranked, live: Body, seconds: int = TIME_LIMIT_SECONDS) -> Body:
    """The body for what is asked at once; ``live`` is the filter that holds the versions of a build."""
    return {**_asked(part, live), "timeout": f"{seconds}s"}


def _asked(part: Gathered | Ranked, live: Body) -> Body:
    match part:
        case Gathered():
            return _counted(part, live)
        case Top():
            return _top(part, live)
        case Best():
            return _best(part, live)


def versions(published: Mapping[str, str]) -> Body:
    """The filter of a build: one version of each dataset."""
    return {"terms": {"version": sorted(published.values())}}


def _counted(part: Gathered, live: Body) -> Body:
    body: Body = {
        "size": 0,
        "track_total_hits": part.counts_all,
        "query": {"bool": _selection(part.selection, live)},
    }
    if aggs := part.body():
        body["aggs"] = aggs
    return body


def _best(question: Best, live: Body) -> Body:
    return {
        "size": question.size,
        "track_total_hits": False,
        "query": {"bool": _selection(question.selection, live) | {"should": _ranking(question.rank)}},
        "_source": False,
        "docvalue_fields": ["dataset"],
    }


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


def answers(part: Gathered | Ranked, said: Body) -> dict[Question, Answer]:
    """The answers to a request, by question. Raises EngineDown, TooManyGroups, EngineError."""
    if "error" in said:
        raise _error(int(said.get("status", 0)), said["error"])
    late = bool(said["timed_out"]) or said["_shards"]["failed"] > 0
    hits = said["hits"]["hits"]
    match part:
        case Gathered():
            total = int(said["hits"]["total"]["value"]) if part.counts_all else 0
            return part.answers(said.get("aggregations", {}), total, late=late)
        case Top():
            found = (
                Hit(record_from_dict(hit["_source"]["record"]), float(hit["_score"] or 0)) for hit in hits
            )
            return {part: Answer(hits=tuple(found), partial=late, late=late)}
        case Best():
            best: dict[str, float] = {}
            for hit in hits:
                best.setdefault(hit["fields"]["dataset"][0], float(hit["_score"] or 0))
            return {part: Answer(best=best, partial=late, late=late)}


def _error(status: int, error: Body) -> EngineError:
    kinds = {error.get("type"), error.get("caused_by", {}).get("type")}
    if "too_many_buckets_exception" in kinds:
        return TooManyGroups("more groups than OpenSearch counts in one answer")
    message = f"OpenSearch could not answer: {error.get('type')}: {error.get('reason')}"
    # a missing index is one that was swept away or is not open yet after a restart
    return EngineDown(message) if status in {404, 429, 502, 503, 504} else EngineError(message)
