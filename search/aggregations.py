"""Groups to an aggregation body and back: one wording that OpenSearch and tantivy both read."""

from collections.abc import Iterable, Iterator, Mapping
from itertools import chain, pairwise
from typing import Any

from search.plan import Answer, Counting, Group, Groups, Key, Spread, Stat

Body = dict[str, Any]


def body(question: Counting) -> Body:
    """Nested terms over ``by``, innermost the statistics of the number slots; ranges between edges."""
    return _ranges(question) if isinstance(question, Spread) else _terms(question)


def _ranges(question: Spread) -> Body:
    edges = question.edges
    ranges = [{"from": low, "to": high} for low, high in pairwise(edges)]
    return {"ranges": {"range": {"field": question.slot, "ranges": [*ranges, {"from": edges[-1]}]}}}


def _terms(question: Groups) -> Body:
    inner: Body = {slot: {"stats": {"field": slot}} for slot in question.numbers}
    for name in reversed(question.by):
        terms: Body = {"terms": {"field": name, "size": question.limit}}
        if inner:
            terms["aggs"] = inner
        inner = {"by": terms}
    return inner


def counts_all(question: Counting) -> bool:
    """Whether the number of all records of the selection is what is asked for."""
    return isinstance(question, Groups) and not question.by


def answer(question: Counting, found: Mapping[str, Any], total: int, *, late: bool) -> Answer:
    """The answer to a question; ``late``: the clock cut it short; partial also where there are more groups than its limit."""
    return Answer(groups=read(question, found, total), partial=late or is_cut(question, found), late=late)


def fullest(question: Groups, found: Iterable[Group], *, late: bool) -> Answer:
    """An answer of groups that were not cut: the fullest of them, as many as are asked for."""
    named = sorted(found, key=_keys)
    if len(named) <= question.limit:
        return Answer(tuple(named), partial=late, late=late)
    # of values with as many records the first, as engines have it
    kept = sorted(named, key=lambda group: -group.records)[: question.limit]
    return Answer(tuple(sorted(kept, key=_keys)), partial=True, late=late)


def read(question: Counting, answer: Mapping[str, Any], total: int) -> tuple[Group, ...]:
    """Groups of an answer, ordered by key. ``total`` counts the selection where there is no ``by``."""
    if isinstance(question, Spread):
        return _between(question, answer)
    if not question.by:
        return (Group((), total, _stats(question, answer)),)
    return tuple(sorted(_walk(question, answer, depth=0, keys=()), key=_keys))


def _between(question: Spread, answer: Mapping[str, Any]) -> tuple[Group, ...]:
    # one engine adds a bucket for what lies before the first edge: it has no "from"
    found = {
        float(bucket["from"]): int(bucket["doc_count"])
        for bucket in answer["ranges"]["buckets"]
        if bucket.get("from") is not None
    }
    return tuple(Group((at,), found.get(edge, 0)) for at, edge in enumerate(question.edges))


def is_cut(question: Counting, answer: Mapping[str, Any]) -> bool:
    """Whether there are more groups than the limit: the fullest were kept."""
    return isinstance(question, Groups) and bool(question.by) and _cut(answer, len(question.by))


def _cut(answer: Mapping[str, Any], depth: int) -> bool:
    terms = answer["by"]
    if terms.get("sum_other_doc_count"):
        return True
    return depth > 1 and any(_cut(bucket, depth - 1) for bucket in terms["buckets"])


def _walk(question: Groups, answer: Mapping[str, Any], depth: int, keys: tuple[Key, ...]) -> Iterator[Group]:
    buckets = answer["by"]["buckets"]
    if depth < len(question.by) - 1:
        inner = (_walk(question, one, depth + 1, (*keys, _key(one["key"]))) for one in buckets)
        return chain.from_iterable(inner)
    return (Group((*keys, _key(one["key"])), int(one["doc_count"]), _stats(question, one)) for one in buckets)


def _stats(question: Groups, answer: Mapping[str, Any]) -> dict[str, Stat]:
    return {slot: _stat(answer[slot]) for slot in question.numbers}


def _stat(found: Mapping[str, Any]) -> Stat:
    count = int(found["count"])
    if count == 0:
        return Stat(0.0, 0, None, None)
    return Stat(float(found["sum"]), count, float(found["min"]), float(found["max"]))


def _key(key: object) -> Key:
    """Numbers come back as floats from one engine and integers from the other."""
    return int(key) if isinstance(key, int | float) else str(key)


def _keys(group: Group) -> tuple[Key, ...]:
    """The order of groups: all values of a field are numbers, or all are words."""
    return group.keys
