"""Made-up datasets published on an engine of their own: small enough to add up by hand."""

from collections.abc import Iterable
from pathlib import Path
from typing import Any

from flask.testing import FlaskClient

from app import create_app
from search.documents import Column, Dataset, Record
from search.engine import Engine, Snapshot
from settings import Settings
from tests.batches import beside
from tests.conftest import embedded


def dataset(key: str, columns: Iterable[Column], records: Iterable[Record], **more: Any) -> Dataset:
    """A dataset of the records, with facts that a test may overrule."""
    found = list(records)
    facts = {
        "title": key,
        "area": "환경 > 시험",
        "provider": "강동구",
        "description": "",
        "source_file": f"{key}.csv",
        "edition": "0" * 64,
        "fetched_at": "2026-01-01T00:00:00+00:00",
        "years": tuple(sorted({one.year for one in found if one.year})),
    }
    return Dataset(id=key, records=len(found), columns=tuple(columns), **{**facts, **more})


def record(key: str, ordinal: int, row: dict[str, str], **more: Any) -> Record:
    facts = {"area": "환경 > 시험", "provider": "강동구", "title": next(iter(row.values()))}
    return Record(dataset=key, ordinal=ordinal, row=row, **{**facts, **more})


def publish(engine: Engine, *made: tuple[Dataset, list[Record]]) -> Snapshot:
    stage = engine.stage("made-up", fresh=True)
    for one, records in made:
        stage.put(one, beside(records, one))
    stage.seal()
    stage.publish()
    return engine.live()


def client_of(folder: Path, *made: tuple[Dataset, list[Record]]) -> FlaskClient:
    """A portal over made-up datasets, or over nothing at all."""
    engine = embedded(folder / "index")
    if made:
        publish(engine, *made)
    return create_app(Settings(folder, f"sqlite:///{folder / 'catalogue.sqlite'}"), engine).test_client()
