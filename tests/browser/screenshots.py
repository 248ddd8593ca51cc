"""``python -m tests.browser.screenshots FOLDER``: pictures of home, search and a dataset, for the README."""

import tempfile
from pathlib import Path
from urllib.parse import quote

import click
from playwright.sync_api import Browser, sync_playwright

from app import create_app
from catalogue import runs
from indexer.jobs import run_next
from indexer.sample import write_sample
from settings import Settings
from tests.browser.chromium import CHROMIUM, FLAGS, draw_all
from tests.browser.serving import serving
from tests.conftest import embedded, filled

SIZES = ((1280, 900), (360, 740))
SEARCHED = "천호동 화장실 2025"
SHOWN = "주민등록인구"


@click.command()
@click.argument("folder", type=click.Path(file_okay=False, path_type=Path))
def main(folder: Path) -> None:
    """Publish the sample, open its pages, keep their pictures."""
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as var:
        for name in _pictures(Path(var), folder):
            click.echo(name)


def _pictures(var: Path, folder: Path) -> list[Path]:
    files = var / "sample"
    write_sample(files)
    workshop = filled(var, embedded(var / "index"), files)
    run_next(workshop, None, runs.enqueue(workshop.catalogue, "screenshots"))
    app = create_app(Settings(var, str(workshop.catalogue.engine.url)), workshop.engine)
    datasets = workshop.engine.live().datasets.values()
    shown = next(one.id for one in datasets if SHOWN in one.title)
    paths = {"home": "/", "search": f"/search?q={quote(SEARCHED)}", "dataset": f"/datasets/{quote(shown)}"}
    with serving(app) as site, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        found = [
            _picture(browser, site + path, size, folder / f"{name}-{size[0]}.png")
            for name, path in paths.items()
            for size in SIZES
        ]
        browser.close()
    return found


def _picture(browser: Browser, address: str, size: tuple[int, int], target: Path) -> Path:
    with browser.new_context(viewport={"width": size[0], "height": size[1]}) as context:
        page = context.new_page()
        page.goto(address)
        draw_all(page)
        page.wait_for_timeout(500)  # fonts settle on the canvases
        page.screenshot(path=target)
    return target


if __name__ == "__main__":
    main()
