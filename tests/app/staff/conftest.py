"""The staff pages over three small tables, with somebody of every role; the worker is asked by the test itself."""

import io
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from werkzeug.test import TestResponse

from app import create_app
from app.staff.login import PASSWORDS
from catalogue import runs, staff
from catalogue.tables import Run
from indexer.jobs import run_next
from indexer.workshop import Workshop
from tests.app.conftest import ClosingClient, settings_of
from tests.conftest import embedded
from tests.indexer.small import index, small

PASSWORD = "correct-horse-9"
TOKEN = re.compile(r'name="csrf" value="([0-9a-f]+)"')


@dataclass
class Office:
    """The portal with its staff."""

    app: Flask
    workshop: Workshop

    def browser(self) -> ClosingClient:
        return ClosingClient(self.app, self.app.response_class)

    def work(self) -> Run | None:
        """What the worker would do next."""
        return run_next(self.workshop)


@dataclass
class Desk:
    """Somebody who is logged in: forms go out with the token of the page."""

    browser: ClosingClient

    def get(self, path: str) -> TestResponse:
        return self.browser.get(path)

    def text(self, path: str) -> str:
        answer = self.get(path)
        assert answer.status_code == 200, (path, answer.status)
        return answer.get_data(as_text=True)

    def json(self, path: str) -> Any:
        return self.get(path).json

    def hidden(self, page: str, name: str) -> str:
        """What a form of a page brings along."""
        found = re.search(rf'name="{name}" value="([^"]*)"', self.text(page))
        assert found is not None
        return found[1]

    def post(
        self, path: str, *, page: str = "/admin/runs", **fields: str | tuple[io.BytesIO, str]
    ) -> TestResponse:
        token = TOKEN.search(self.text(page))
        assert token is not None
        return self.browser.post(
            path, data={**fields, "csrf": token[1]}, content_type="multipart/form-data", follow_redirects=True
        )


@pytest.fixture(scope="session")
def hashed() -> dict[str, str]:
    """A hash takes a quarter of a second: one for all."""
    return {PASSWORD: staff.Passwords().hashed(PASSWORD)}


@pytest.fixture
def office(tmp_path: Path, hashed: dict[str, str], monkeypatch: pytest.MonkeyPatch) -> Iterator[Office]:
    workshop = small(tmp_path, embedded(tmp_path / "index"))
    index(workshop)
    app = create_app(settings_of(workshop), workshop.engine)
    passwords = app.extensions[PASSWORDS]
    monkeypatch.setattr(passwords, "hashed", hashed.__getitem__)
    for role in staff.ROLES:
        staff.add(workshop.catalogue, passwords, role, role, PASSWORD)
    yield Office(app, workshop)
    app.extensions["portal"].catalogue.close()
    workshop.catalogue.close()


@pytest.fixture
def desk(office: Office) -> Callable[[str], Desk]:
    """The desk of somebody of a role."""

    def made(role: str) -> Desk:
        browser = office.browser()
        answer = browser.post("/admin/login", data={"name": role, "password": PASSWORD})
        assert answer.status_code == 303
        return Desk(browser)

    return made


@pytest.fixture
def recent(office: Office) -> Callable[[], Run]:
    """The newest run."""
    return lambda: runs.recent(office.workshop.catalogue, 1)[0]
