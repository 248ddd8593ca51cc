"""Datasette, really started, on the file that ``benchmarks.rivals.sqlite`` builds.

Datasette answers in time or not at all: a facet it cannot count in 200 ms is left out, a query that takes a second
is broken off. Both limits are set so high here that every page is complete, however long that takes; one that is
not complete all the same is no answer (``Incomplete``). What nobody asked for is not charged to it: it does not
suggest further facets.
"""

import json
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import dataclass
from http.client import HTTPConnection
from pathlib import Path
from tempfile import TemporaryFile
from time import monotonic, sleep
from typing import IO, Any
from urllib.parse import quote, urlencode

from benchmarks.rivals.rows import FACETS, HITS, Page, facets
from benchmarks.rivals.sqlite import TABLE
from tests.opensearch.server import free_port

HOST = "127.0.0.1"
LIMIT_MS = 600_000
SETTINGS = {
    "sql_time_limit_ms": str(LIMIT_MS),
    "facet_time_limit_ms": str(LIMIT_MS),
    "suggest_facets": "off",
}
START_SECONDS = 60


class Incomplete(Exception):
    """Datasette broke off a count or a facet, or refused the page."""


@dataclass(frozen=True)
class Datasette:
    """A running server."""

    port: int
    pid: int
    database: str

    @property
    def base(self) -> str:
        return f"http://{HOST}:{self.port}"

    def path(self, words: str) -> str:
        """The address of a search with its facets; without words, of everything. Datasette quotes words itself."""
        asked = [("_search", words)] if words else []
        fields = [*asked, *(("_facet", name) for name in FACETS), ("_size", HITS)]
        return f"/{quote(self.database)}/{TABLE}.json?{urlencode(fields)}"

    def page(self, words: str) -> Page:
        """Count, first hits by id, and facets: of each the thirty values that Datasette shows."""
        status, body = self.get(self.path(words))
        if status != 200:
            raise Incomplete(f"{words}: {status} {body[:200]!r}")
        return complete(json.loads(body), searched=bool(words))

    def get(self, path: str) -> tuple[int, bytes]:
        with closing(HTTPConnection(HOST, self.port, timeout=LIMIT_MS / 1000)) as connection:
            connection.request("GET", path)
            answer = connection.getresponse()
            return answer.status, answer.read()


def complete(body: Mapping[str, Any], *, searched: bool) -> Page:
    """The page in a JSON answer of Datasette. What has timed out is only missing there: nothing says so."""
    if missing := [name for name in FACETS if name not in body["facet_results"]]:
        raise Incomplete(f"timed out: {', '.join(missing)}")
    total = body["filtered_table_rows_count"]
    if total is None:
        raise Incomplete("timed out: the count")
    if searched and " match " not in body["query"]["sql"]:
        raise Incomplete("everything was counted: the index of words was not found")
    hits = tuple(int(row[body["columns"].index("id")]) for row in body["rows"])
    counted = (
        (name, one["value"], one["count"])
        for name, facet in body["facet_results"].items()
        for one in facet["results"]
    )
    return Page(total, hits, facets(counted))


@contextmanager
def serving(path: Path) -> Iterator[Datasette]:
    """Datasette on a file that nobody writes, in a process of its own."""
    port = free_port()
    settings = [word for setting in SETTINGS.items() for word in ("--setting", *setting)]
    command = ["serve", "--immutable", str(path), "--host", HOST, "--port", str(port), *settings]
    with TemporaryFile() as said:
        process = subprocess.Popen([sys.executable, "-m", "datasette", *command], stdout=said, stderr=said)
        try:
            server = Datasette(port, process.pid, path.stem)
            _wait(server, process, said)
            yield server
        finally:
            process.terminate()
            process.wait()


def _wait(server: Datasette, process: "subprocess.Popen[bytes]", said: IO[bytes]) -> None:
    """Until it answers. Before that it counts the rows of its tables, which takes a while with large ones."""
    until = monotonic() + START_SECONDS
    while monotonic() < until:
        if process.poll() is not None:
            said.seek(0)
            raise RuntimeError(f"Datasette ended: {said.read().decode(errors='replace')}")
        try:
            server.get("/-/versions.json")
        except OSError:
            sleep(0.05)
        else:
            return
    raise RuntimeError(f"Datasette has not answered in {START_SECONDS} seconds")
