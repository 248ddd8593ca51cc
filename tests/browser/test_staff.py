"""Staff pages in a real browser: a file is handed over, read, taken in, found, and rolled back."""

import re
import threading
from collections.abc import Iterator
from time import monotonic
from urllib.parse import quote

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, FilePayload, Page, expect

from app import create_app
from app.staff.login import PASSWORDS
from catalogue import staff
from indexer.working import work
from indexer.workshop import Workshop
from tests.app.conftest import settings_of
from tests.browser.serving import serving
from tests.browser.test_pages import WCAG, width_of
from tests.conftest import embedded
from tests.indexer.small import index, small

PASSWORD = "correct-horse-9"
WIDE = (
    "구분,2019년,2020년,2021년\r\n천호1동,10,11,12\r\n길동,20,21,22\r\n둔촌1동,30,31,32\r\n합계,60,63,66\r\n"
)
LONGEST_WAIT_SECONDS = 10.0


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A portal with its worker, and somebody who may everything; gives its address."""
    var = tmp_path_factory.mktemp("office")
    workshop: Workshop = small(var, embedded(var / "index"))
    index(workshop)
    app = create_app(settings_of(workshop), embedded(var / "index"))
    staff.add(workshop.catalogue, app.extensions[PASSWORDS], "kim", staff.ADMIN, PASSWORD)
    stop = threading.Event()
    worker = threading.Thread(target=work, args=(workshop, stop, lambda _: None, 0.2))
    worker.start()
    with serving(app) as address:
        yield address
    stop.set()
    worker.join()
    app.extensions["portal"].catalogue.close()
    workshop.catalogue.close()


@pytest.fixture(params=[1280, 360], ids=["wide", "phone"])
def desk(request: pytest.FixtureRequest, chromium: Browser, office: str) -> Iterator[Page]:
    """Somebody who has logged in."""
    with chromium.new_context(viewport={"width": request.param, "height": 800}) as context:
        page = context.new_page()
        page.goto(f"{office}/admin")
        page.fill("#name", "kim")
        page.fill("#password", PASSWORD)
        page.click("main button[type=submit]")
        expect(page.locator("h1")).to_have_text("직원 처음")
        yield page


def found(page: Page, office: str, q: str) -> int:
    answer = page.request.get(f"{office}/api/v1/search?q={quote(q)}")
    total: int = answer.json()["total"]
    return total


def wait_for(page: Page, office: str, q: str, total: int) -> float:
    """Seconds until a search finds so many."""
    began = monotonic()
    while found(page, office, q) != total:
        assert monotonic() - began < LONGEST_WAIT_SECONDS, f"{q}: still not {total}"
        page.wait_for_timeout(100)
    return monotonic() - began


def test_a_wide_cp949_table_is_read_taken_in_found_and_rolled_back(desk: Page, office: str) -> None:
    word = "작은나무" if width_of(desk) > 1_000 else "어린모종"  # what is rolled back stays in the catalogue
    name = f"강동구_{word} 심은 수.csv"
    desk.goto(f"{office}/admin/uploads")
    desk.set_input_files("#file", FilePayload(name=name, mimeType="text/csv", buffer=WIDE.encode("cp949")))
    desk.click("main form button[type=submit]")
    expect(desk.locator("#take-title")).to_be_visible(timeout=20_000)
    report = desk.inner_text("main")
    for told in ("cp949", "2019–2021", "행으로 풀어", "합계 행"):
        assert told in report
    desk.fill("#title", f"{word} 심은 수")
    desk.click("text=받아들이고 공개")
    wait_for(desk, office, word, 9)
    desk.goto(f"{office}/admin/builds")
    desk.click("text=앞의 것으로 되돌리기")
    wait_for(desk, office, word, 0)
    expect(desk.locator(".page__head .lead")).to_contain_text("다시 공개했습니다", timeout=20_000)


def test_the_page_of_a_run_follows_it_to_its_end_by_itself(desk: Page, office: str) -> None:
    desk.goto(f"{office}/admin/runs")
    desk.click("text=모두 다시 색인")
    expect(desk).to_have_url(re.compile(r"/admin/runs/\d+"))
    expect(desk.locator(".page__head .lead")).to_contain_text("완료", timeout=20_000)


@pytest.mark.parametrize(
    "path", ["", "/runs", "/sources", "/datasets", "/datasets/강동구-놀이터", "/uploads", "/builds", "/audit"]
)
def test_staff_pages_are_for_everyone(desk: Page, office: str, path: str) -> None:
    desk.goto(f"{office}/admin{path}")
    result = Axe().run(desk, options=WCAG)
    assert result.response["violations"] == []
    assert desk.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_without_scripts_a_run_is_started_and_looked_at(chromium: Browser, office: str) -> None:
    with chromium.new_context(java_script_enabled=False) as context:
        page = context.new_page()
        page.goto(f"{office}/admin")
        page.fill("#name", "kim")
        page.fill("#password", PASSWORD)
        page.click("main button[type=submit]")
        page.click("text=바뀐 것 색인")
        expect(page.locator("h1")).to_contain_text("색인")
        assert page.locator("text=새로고침").count() or page.locator("text=완료").count()
