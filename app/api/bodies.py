"""What was found as the API's JSON (design §8)."""

from typing import Any

from app.find import Choice, DatasetFound, Found
from app.look import Looked
from app.params import Facet
from app.totals import Totals
from search.documents import Dataset
from search.engine import Build
from search.marks import marks
from search.plan import Clause, Group, Hit

Body = dict[str, Any]


def search(found: Found, params_page: int, params_size: int) -> Body:
    return {
        "total": found.total,
        "datasets_total": found.datasets_total,
        "page": params_page,
        "size": params_size,
        "hits": [_hit(one, found.clauses) for one in found.datasets],
        "facets": {facet.name: choices(facet, values) for facet, values in found.facets},
        "totals": {
            "by_year": [_group(group) for group in found.by_year],
            "by_area": [_group(group) for group in found.by_area],
        },
        "understood": [],
        "answer": {"records": found.total, "datasets": found.datasets_total},
        "build": build(found.build),
        "partial": found.partial,
    }


def _hit(one: DatasetFound, clauses: tuple[Clause, ...]) -> Body:
    return {
        "dataset": {key: getattr(one.dataset, key) for key in ("id", "title", "area", "provider", "sample")},
        "count": one.count,
        "records": [record(hit, clauses) for hit in one.hits],
    }


def record(hit: Hit, clauses: tuple[Clause, ...]) -> Body:
    found = {name: marks(value, clauses) for name, value in hit.record.row.items()}
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
    year = "년" if facet.field == "year" else ""
    return [
        {"value": one.value, "label": one.value + year, "count": one.count, "chosen": one.chosen}
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
    return {
        "total": looked.total,
        "records": [record(hit, looked.clauses) for hit in looked.hits],
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
        "by": found.by,
        "values": [
            {"key": one.key, "value": one.value, "records": one.records, "period": one.period or None}
            for one in found.values
        ],
        "build": build(of),
        "partial": found.partial,
    }
