"""A pytest plugin (`tests.opensearch.fixture`): fixtures that start the genuine OpenSearch."""

import os
from collections.abc import Callable, Iterator

import pytest

from tests.opensearch.install import missing_tool
from tests.opensearch.server import Server


@pytest.fixture(scope="session")
def opensearch_possible() -> None:
    """Skips where no server can run; in CI that is a failure, or the contract would silently go untested."""
    reason = missing_tool()
    if reason is None:
        return
    if os.environ.get("CI") == "true":
        pytest.fail(reason)
    pytest.skip(reason)


@pytest.fixture(scope="session")
def opensearch_url(opensearch_possible: None, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a server that all tests of the process share: name indices apart."""
    with Server(tmp_path_factory.mktemp("opensearch")) as server:
        yield server.url


@pytest.fixture
def opensearch_server(
    opensearch_possible: None, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Callable[..., Server]]:
    """Makes servers that a test may break, e.g. ``opensearch_server(nodes=3)``; started already."""
    servers: list[Server] = []

    def make(nodes: int = 1) -> Server:
        server = Server(tmp_path_factory.mktemp("opensearch"), nodes=nodes)
        servers.append(server)
        server.start()
        return server

    yield make
    for server in servers:
        server.stop()
