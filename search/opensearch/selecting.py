"""Selections in OpenSearch's words: records of one build by their versions, and by what they hold. Pure."""

from collections.abc import Iterable
from typing import Any

from search import schema
from search.manifest import Manifest
from search.plan import Clause, Filter, Selection, Word
from search.ways import Way, Ways, ways

Body = dict[str, Any]


def versions(published: Iterable[str]) -> Body:
    """The filter of a build, or of some datasets of it: one version of each."""
    return {"terms": {"version": sorted(published)}}


def selected(selection: Selection, build: Manifest) -> Body:
    """What ``bool`` filters by; each dataset's records are named by their version."""
    found = ways(selection, build.datasets)
    if not found.are_few:
        return _alternatives(selection, build)
    body: Body = {"filter": [*_ways(found, build), *map(_filter, found.filters)]}
    return body | {"must_not": list(map(_clause, found.excluded))} if found.excluded else body


def _alternatives(selection: Selection, build: Manifest) -> Body:
    """Clause by clause: the word is in the record, or it is one of the datasets that hold it."""

    def said(clause: Clause) -> Body:
        held = versions(build.versions[key] for key in clause.datasets if key in build.versions)
        return _any_of([_clause(clause), held])

    wanted = [said(one) for one in selection.clauses if not one.excluded]
    unwanted = [said(one) for one in selection.clauses if one.excluded]
    live = versions(build.versions.values())
    return {"filter": [live, *wanted, *map(_filter, selection.filters)], "must_not": unwanted}


def _ways(found: Ways, build: Manifest) -> list[Body]:
    made = [_way(way, build) for way in found.ways]
    if not made:
        return [{"match_none": {}}]
    if len(made) == 1:
        filters: list[Body] = made[0]["filter"]
        return filters
    return [_any_of([{"bool": one} for one in made])]


def _way(way: Way, build: Manifest) -> Body:
    """The datasets of a way by name: to say in which ones it is not costs another list, which is looked up as well."""
    named = versions(build.versions[key] for key in way.datasets)
    return {"filter": [named, *map(_clause, way.clauses)]}


def _filter(one: Filter) -> Body:
    return {"terms": {one.field: list(one.values)}}


def _clause(clause: Clause) -> Body:
    made = [_word(word) for word in clause.variants]
    made += [_all_of([_filter(one) for one in case]) for case in clause.cases]
    if not made:
        return {"match_none": {}}
    return made[0] if len(made) == 1 else _any_of(made)


def _word(word: Word) -> Body:
    name, terms = schema.match_terms(word)
    return _all_of([{"term": {name: term}} for term in terms])


def _all_of(musts: list[Body]) -> Body:
    return musts[0] if len(musts) == 1 else {"bool": {"filter": musts}}


def _any_of(ways: list[Body]) -> Body:
    return {"bool": {"should": ways, "minimum_should_match": 1}}
