"""The portal as a test client: over the sample, and over whatever a test makes up."""

from collections.abc import Iterator
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from app import create_app
from indexer.workshop import Workshop
from search.documents import Dataset
from search.engine import Snapshot
from settings import Settings


def settings_of(workshop: Workshop) -> Settings:
    return Settings(workshop.storage.var, str(workshop.catalogue.engine.url))


@pytest.fixture(scope="session")
def portal_app(published: Workshop) -> Iterator[Flask]:
    """The portal over the sample."""
    app = create_app(settings_of(published), published.engine)
    yield app
    app.extensions["portal"].catalogue.close()


class ClosingClient(FlaskClient):
    """Reads every answer to its end: a static file left open would be a warning, and so an error."""

    def open(self, *args: Any, buffered: bool = True, **kwargs: Any) -> TestResponse:
        return super().open(*args, buffered=buffered, **kwargs)


@pytest.fixture
def client(portal_app: Flask) -> FlaskClient:
    return ClosingClient(portal_app, portal_app.response_class)


@pytest.fixture(scope="session")
def snapshot(published: Workshop) -> Snapshot:
    return published.engine.live()


@pytest.fixture(scope="session")
def datasets(snapshot: Snapshot) -> tuple[Dataset, ...]:
    return tuple(snapshot.datasets.values())
