"""What was found as the API's JSON (design §8)."""

from collections.abc import Iterable
from typing import Any
from urllib.parse import quote, urlencode

from app.answers.number import Number
from app.choices import Choice
from app.find import Searched
from app.forms import Facet
from app.look import Looked
from app.pages.answers import number_sentence, number_url
from app.pages.parts import value_label
from app.pages.search import meaning_label, meaning_url
from app.pages.search import url as search_url
from app.params import Params
from app.suggest import Suggestion
from app.totals import Totals
from app.understand import Meaning
from app.wording import found as found_sentence
from app.wording import note
from search.documents import Dataset
from search.engine import Build
from search.finding.find import DatasetFound
from search.language.places import Places
from search.marks import Marker
from search.plan import Group, Hit

Body = dict[str, Any]


def search(searched: Searched, numbers: tuple[Number, ...]) -> Body:
    found, params = searched.found, searched.params
    marker = Marker.of(found.query.clauses)
    return {
        "total": found.total,
        "datasets_total": found.datasets_total,
        "page": params.page,
        "size": params.size,
        "hits": [_hit(one, marker) for one in found.datasets],
        "near": [_named(one) for one in searched.near],
        "facets": {facet.name: choices(facet, values) for facet, values in searched.facets},
        "totals": {
            "by_year": [_group(group) for group in searched.by_year],
            "by_area": [_group(group) for group in searched.by_area],
        },
        "understood": [_meaning(one, params) for one in searched.meanings],
        "repaired": [
            {"word": one.word, "instead": one.instead, "reason": one.reason} for one in searched.repairs
        ],
        "notes": [note(one) for one in found.query.notes],
        "ways": [
            {"kind": one.kind, "name": one.name, "records": one.records, "url": search_url(one.params)}
            for one in searched.ways
        ],
        "alone": [{"word": word, "records": records} for word, records in found.alone],
        "answer": {
            "records": found.total,
            "datasets": found.datasets_total,
            "sentence": found_sentence(found.datasets_total, found.total),
            "number": next(map(_number, numbers), None),
            "numbers": [_number(one) for one in numbers],
        },
        "build": build(found.build),
        "partial": found.partial,
    }


def suggestions(found: Iterable[Suggestion], places: Places, published: Build) -> Body:
    return {
        "suggestions": [
            {"text": one.text, "kind": one.kind, "url": suggestion_url(one, places)} for one in found
        ],
        "build": build(published),
    }


def suggestion_url(one: Suggestion, places: Places) -> str:
    """Where a suggestion leads: the dataset, everything of an area, a place, an office or a column, or a search."""
    if one.kind == "dataset":
        return f"/datasets/{quote(one.key)}"
    if one.kind == "region" and (place := places.meant(one.key)):
        return f"/search?{urlencode([('region', value) for value in place.values])}"
    name = one.kind if one.kind in ("area", "provider", "region", "column") else "q"
    return f"/search?{urlencode({name: one.key})}"


def _number(one: Number) -> Body:
    return {
        "dataset": one.dataset.id,
        "title": one.dataset.title,
        "provider": one.dataset.provider,
        "edition": one.dataset.edition,
        "sample": one.dataset.sample,
        "measure": one.column.name,
        "unit": one.column.unit,
        "kind": one.found.kind,
        "rule": one.found.rule,
        "value": one.value.value,
        "records": one.value.records,
        "year": int(one.year) if one.year else None,
        "period": one.value.period or None,
        "regions": list(one.places),
        "categories": list(one.categories),
        "sentence": number_sentence(one),
        "url": number_url(one),
    }


def _meaning(one: Meaning, params: Params) -> Body:
    return {
        "word": one.word,
        "facet": one.facet.name,
        "value": ", ".join(one.choices),
        "values": list(one.choices),
        "label": meaning_label(one),
        "url": meaning_url(one, params),
    }


def _hit(one: DatasetFound, marker: Marker) -> Body:
    return {
        "dataset": _named(one.dataset),
        "count": one.count,
        "records": [record(hit, marker) for hit in one.hits],
    }


def _named(dataset: Dataset) -> Body:
    return {key: getattr(dataset, key) for key in ("id", "title", "area", "provider", "sample")}


def record(hit: Hit, marker: Marker) -> Body:
    found = {name: marker.marks(value) for name, value in hit.record.row.items()}
    return {
        "id": hit.record.id,
        "title": hit.record.title,
        "year": hit.record.year,
        "period": hit.record.period,
        "region": hit.record.region,
        "location": list(hit.record.location) if hit.record.location else None,
        "row": dict(hit.record.row),
        "marks": {name: [list(span) for span in spans] for name, spans in found.items() if spans},
    }


def choices(facet: Facet, values: tuple[Choice, ...]) -> list[Body]:
    return [
        {
            "value": one.value,
            "label": value_label(facet, one.value),
            "count": one.count,
            "chosen": one.chosen,
        }
        for one in values
    ]


def _group(group: Group) -> Body:
    return {"key": group.keys[0], "records": group.records}


def build(found: Build) -> Body:
    return {"id": found.id, "published_at": found.published_at}


def summary(dataset: Dataset) -> Body:
    return {
        "id": dataset.id,
        "title": dataset.title,
        "area": dataset.area,
        "provider": dataset.provider,
        "description": dataset.description,
        "source_file": dataset.source_file,
        "records": dataset.records,
        "years": list(dataset.years),
        "fetched_at": dataset.fetched_at,
        "sample": dataset.sample,
    }


def dataset(found: Dataset, of: Build) -> Body:
    return {
        **summary(found),
        "edition": found.edition,
        "columns": [
            {"name": c.name, "role": c.role, "kind": c.kind, "unit": c.unit, "countable": c.slot is not None}
            for c in found.columns
        ],
        "report": dict(found.report),
        "build": build(of),
    }


def records(looked: Looked) -> Body:
    marker = Marker.of(looked.clauses)
    return {
        "total": looked.total,
        "records": [record(hit, marker) for hit in looked.hits],
        "facets": {facet.name: choices(facet, values) for facet, values in looked.facets},
        "cursor": None if looked.cursor is None else str(looked.cursor),
        "build": build(looked.build),
        "partial": looked.partial,
    }


def totals(found: Totals, of: Build) -> Body:
    return {
        "measure": found.column.name,
        "unit": found.column.unit,
        "kind": found.kind,
        "rule": found.rule,
        "by": found.by.name,
        "values": [
            {"key": one.key, "value": one.value, "records": one.records, "period": one.period or None}
            for one in found.values
        ],
        "build": build(of),
        "partial": found.partial,
    }
