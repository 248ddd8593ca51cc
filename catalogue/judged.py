"""Judged queries of the office: what its searches are meant to find. The gate asks them of every build."""

from collections.abc import Iterable, Mapping

from sqlalchemy import delete, select

from catalogue import tables
from catalogue.store import Catalogue

Query = tuple[str, str, Mapping[str, int]]
"""Class, query, grades by title."""


def queries(catalogue: Catalogue) -> tuple[Query, ...]:
    with catalogue.reading() as session:
        rows = session.scalars(select(tables.JudgedQuery).order_by(tables.JudgedQuery.id)).all()
        return tuple((row.kind, row.q, dict(row.grades)) for row in rows)


def replace(catalogue: Catalogue, queries: Iterable[Query]) -> None:
    """These queries instead of those there are."""
    with catalogue.session() as session:
        session.execute(delete(tables.JudgedQuery))
        session.add_all(
            tables.JudgedQuery(kind=kind, q=q, grades=dict(grades)) for kind, q, grades in queries
        )
