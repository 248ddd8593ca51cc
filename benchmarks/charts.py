"""What dataset pages with their charts cost: ``python -m benchmarks.charts``.

The first view of a page computes its charts, the next ones of the same build read them; in a browser the
first chart is timed from the start of loading. Ratios and times are of one run on one machine; in the
browser the processor is also slowed down four times, as a phone is slow.
"""

import re
import threading
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from html import unescape
from pathlib import Path
from time import perf_counter
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer, make_server

from flask import Flask
from flask.testing import FlaskClient
from playwright.sync_api import sync_playwright

from app import create_app
from benchmarks import bench
from indexer.sample.boundaries import write_boundaries
from settings import Settings

DATASETS, RECORDS = 60, 40_000
CHROMIUM = "/usr/bin/chromium"
SHOWN = 6
DRAWN = ".chart__host[role=img]"
"""A chart is given its role when it is drawn."""


def main() -> None:
    """Print the tables."""
    with bench.workshop(DATASETS, RECORDS) as (shop, files):
        bench.take_in(shop, files)
        bench.index(shop)
        var = shop.storage.var
        write_boundaries(var / "boundaries.geojson")
        app = create_app(Settings(var, str(shop.catalogue.engine.url)), shop.engine)
        client = app.test_client()
        ids = list(shop.engine.live().datasets)
        client.get("/search?q=warm")  # what is made once a build: the language of searches
        first, again, figures = _pages(client, ids)
        print(
            bench.table(
                ("page", "p50 ms", "p95 ms", "most ms"), [_line("first view", first), _line("again", again)]
            )
        )
        print(f"\na page seen again takes 1/{sum(first) / sum(again):.0f} of the first view\n")
        print(bench.table(("chart", "figures", "most KB"), _sizes(figures)))
        with _serving(app) as root:
            _in_browser(root, ids[:SHOWN])
        app.extensions["portal"].catalogue.close()


def _pages(client: FlaskClient, ids: list[str]) -> tuple[list[float], list[float], dict[str, list[int]]]:
    first, again = [], []
    figures: defaultdict[str, list[int]] = defaultdict(list)
    for key in ids:
        started = perf_counter()
        page = client.get(f"/datasets/{key}").get_data(as_text=True)
        first.append(perf_counter() - started)
        started = perf_counter()
        client.get(f"/datasets/{key}").get_data()
        again.append(perf_counter() - started)
        for address in re.findall(r'data-chart="([^"]+)"', page):
            kind = address.rsplit("/", 1)[-1].split("-")[0]
            figures[kind].append(len(client.get(unescape(address)).data))
    return first, again, dict(figures)


def _line(name: str, seconds: list[float]) -> tuple[object, ...]:
    shares = (bench.quantile(seconds, 0.5), bench.quantile(seconds, 0.95), max(seconds))
    return (name, *(f"{one * 1000:.0f}" for one in shares))


def _sizes(figures: dict[str, list[int]]) -> list[tuple[object, ...]]:
    return [(kind, len(sizes), f"{max(sizes) / 1000:.1f}") for kind, sizes in sorted(figures.items())]


class _Silent(WSGIRequestHandler):
    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the name is the base class's
        """Requests are no part of the table."""


@contextmanager
def _serving(app: Flask) -> Iterator[str]:
    server: WSGIServer = make_server("127.0.0.1", 0, app, handler_class=_Silent)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()


def _in_browser(root: str, ids: list[str]) -> None:
    """From the start of loading until the first chart is drawn."""
    rows = []
    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path=CHROMIUM if Path(CHROMIUM).exists() else None)
        for slower in (1, 4):
            times = []
            for key in ids:
                page = browser.new_context(viewport={"width": 360, "height": 740}).new_page()
                session = page.context.new_cdp_session(page)
                session.send("Emulation.setCPUThrottlingRate", {"rate": slower})
                started = perf_counter()
                page.goto(f"{root}/datasets/{key}#charts")
                page.wait_for_selector(DRAWN, state="attached")
                times.append(perf_counter() - started)
                page.context.close()
            rows.append(_line(f"processor 1/{slower}", times))
        browser.close()
    print()
    print(bench.table(("first chart drawn", "p50 ms", "p95 ms", "most ms"), rows))


if __name__ == "__main__":
    main()
