"""Judged queries of the office: what its searches are meant to find. The gate asks them of every build, once."""

from collections.abc import Iterable, Mapping

from sqlalchemy import delete, select

from catalogue import tables
from catalogue.store import Catalogue

Query = tuple[str, str, Mapping[str, int]]
"""Class, query, grades by title."""

Answers = Mapping[str, tuple[str, ...]]
"""By query the titles that were found, the best first."""


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


def answers(catalogue: Catalogue, build: str, asked_with: str) -> Answers:
    """What the build answered when it was judged; nothing where it was asked with anything else."""
    with catalogue.reading() as session:
        row = session.get(tables.JudgedAnswers, build)
        if row is None or row.asked_with != asked_with:
            return {}
        return {q: tuple(titles) for q, titles in row.answers.items()}


def keep(catalogue: Catalogue, build: str, asked_with: str, answers: Answers, beside: str) -> None:
    """Keep what a build answered; of the others only those of ``beside``, on which it stands."""
    with catalogue.session() as session:
        kept = tables.JudgedAnswers.build
        session.execute(delete(tables.JudgedAnswers).where(kept != beside))
        there = {q: list(titles) for q, titles in answers.items()}
        session.merge(tables.JudgedAnswers(build=build, asked_with=asked_with, answers=there))
