"""One Chromium for all browser tests, and the portal with the sample on a free port of this machine."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from app import create_app
from indexer.workshop import Workshop
from tests.app.conftest import settings_of
from tests.browser.chromium import CHROMIUM, FLAGS, Watched
from tests.browser.serving import serving


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """The browser. Without one the tests are skipped with a plain word; in CI that is a failure."""
    if not Path(CHROMIUM).exists():
        missing = f"no {CHROMIUM}: `make system` installs it"
        if os.environ.get("CI") == "true":
            pytest.fail(missing)
        pytest.skip(missing)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def site(published: Workshop) -> Iterator[str]:
    """Address of the portal."""
    app = create_app(settings_of(published), published.engine)
    with serving(app) as address:
        yield address
    app.extensions["portal"].catalogue.close()


@pytest.fixture(scope="session", params=[1280, 360], ids=["wide", "phone"])
def window(request: pytest.FixtureRequest, chromium: Browser) -> Iterator[BrowserContext]:
    """A window of each width; what it has fetched once it keeps, as a reader's does."""
    with chromium.new_context(viewport={"width": request.param, "height": 800}) as context:
        yield context


@pytest.fixture
def page(window: BrowserContext) -> Iterator[Page]:
    """A fresh page at each width."""
    with window.new_page() as page:
        yield page


@pytest.fixture
def watched(page: Page, site: str) -> Watched:
    """A page whose requests and complaints are written down."""
    return Watched.of(page, site)
