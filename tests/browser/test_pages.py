"""Pages in a real browser: for everyone, at every width, and asking nobody else for anything."""

import re
from urllib.parse import quote

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from indexer.workshop import Workshop
from tests.browser.chromium import Watched

# without preloading: axe would fetch style sheets once more, by addresses of its own making
WCAG = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"], "preload": False}
PATHS = {
    "home": "/",
    "search": "/search?q=" + quote("천호동 화장실 2025"),
    "search, filtered": "/search?q=" + quote("강동구") + "&year=2025&region=" + quote("길동"),
    "search, a number": "/search?q=" + quote("2020년 고령자 인구"),
    "search, nothing found": "/search?q=" + quote("쿠쿠루 화장실"),
    "people": "주민등록인구",
    "places": "약국",
    "rates": "대기오염",
    "elders": "고령자",
    "fires": "화재",
    "compare": "/compare?d1={고령자}&d2={1인가구}&by=region&as=index",
    "compare, embedded": "/compare/embed?d1={고령자}&d2={1인가구}",
    "datasets": "/datasets",
    "areas": "/areas",
    "status": "/status",
    "error": "/search?page=x",
}


def path_of(published: Workshop, name: str) -> str:
    """A page by its name; datasets are named by a word of their title."""
    datasets = published.engine.live().datasets.values()

    def key(title: str) -> str:
        return quote(next(one.id for one in datasets if title in one.title))

    wanted = PATHS[name]
    if wanted.startswith("/"):
        return re.sub(r"\{(.+?)\}", lambda match: key(match[1]), wanted)
    return "/datasets/" + key(wanted)


def width_of(page: Page) -> int:
    assert page.viewport_size is not None
    return page.viewport_size["width"]


@pytest.mark.parametrize("name", PATHS)
def test_a_page_is_for_everyone_and_asks_nobody_else(
    watched: Watched, published: Workshop, name: str
) -> None:
    watched.open(path_of(published, name))
    assert watched.abroad() == []
    assert watched.violations() == []
    expected = 1 if name == "error" else 0  # the browser itself reports the status of an error page
    assert len(watched.complaints) == expected, watched.complaints
    found = Axe().run(watched.page, options=WCAG)
    assert found.violations_count == 0, found.generate_report()
    for width in (width_of(watched.page), 320):
        watched.page.set_viewport_size({"width": width, "height": 640})
        assert watched.page.evaluate("() => document.documentElement.scrollWidth") <= width


@pytest.mark.parametrize(
    "name",
    ["people", "places", "elders", "fires", "search", "search, a number", "compare", "compare, embedded"],
)
def test_charts_are_drawn_and_have_names(watched: Watched, published: Workshop, name: str) -> None:
    watched.open(path_of(published, name))
    figures = watched.page.locator("figure.chart")
    assert figures.count() >= 1
    for figure in figures.all():
        host = figure.locator(".chart__host[role=img]")
        assert "아래 표에 전체 값" in (host.get_attribute("aria-label") or "")
        box = host.locator("canvas").first.bounding_box()
        assert box is not None
        assert box["width"] > 200
        assert box["height"] > 100
        assert figure.locator("[data-export=png]").is_enabled()
    stops = "() => [...document.querySelectorAll('.chart__host *')].filter((one) => one.tabIndex >= 0).length"
    assert watched.page.evaluate(stops) == 0


@pytest.mark.parametrize("name", ["places", "compare, embedded"])
def test_a_chart_that_is_still_too_wide_does_not_widen_the_page(
    watched: Watched, published: Workshop, name: str
) -> None:
    watched.open(path_of(published, name))
    watched.page.evaluate(
        "() => document.querySelectorAll('.chart__host > *').forEach((one) => { one.style.minWidth = '3000px'; })"
    )
    assert watched.page.evaluate("() => document.querySelector('.chart__host > *').offsetWidth") == 3000
    assert watched.page.evaluate("() => document.documentElement.scrollWidth") <= width_of(watched.page)


def test_a_chart_is_saved_as_a_picture(watched: Watched, published: Workshop) -> None:
    watched.open(path_of(published, "places"))
    for kind in ("png", "svg"):
        with watched.page.expect_download() as download:
            watched.page.locator(f"[data-export={kind}]").first.click()
        assert download.value.suggested_filename.endswith(f".{kind}")
        assert download.value.path().stat().st_size > 1_000
    assert watched.violations() == []


@pytest.mark.parametrize("name", ["people", "rates"])
def test_without_scripts_the_numbers_stand_as_tables(
    chromium: Browser, site: str, published: Workshop, name: str
) -> None:
    with chromium.new_context(java_script_enabled=False) as context:
        page = context.new_page()
        page.goto(site + path_of(published, name))
        tables = page.locator("figure.chart table")
        assert tables.count() >= 1
        assert all(table.is_visible() for table in tables.all())
        assert not page.locator(".chart__box").first.is_visible()


def test_the_first_stop_of_the_tab_key_leads_to_the_content(page: Page, site: str) -> None:
    page.goto(site + "/datasets")
    page.keyboard.press("Tab")
    assert page.evaluate("() => document.activeElement.textContent") == "본문 바로가기"
    page.keyboard.press("Enter")
    assert page.evaluate("() => location.hash") == "#main"
    assert page.evaluate("() => document.activeElement.id") == "main"


def test_a_search_needs_nothing_but_the_keyboard(page: Page, site: str) -> None:
    page.goto(site + "/")
    page.get_by_role("combobox", name="검색어").focus()
    page.keyboard.type("화장실")
    page.keyboard.press("Enter")
    page.wait_for_url("**/search?q=*")
    assert page.locator("h1").inner_text().replace("‘", "").startswith("화장실")
    assert page.get_by_role("heading", name="공중화장실 현황").is_visible()


def test_the_menu_takes_one_line(page: Page, site: str) -> None:
    page.goto(site + "/search?q=" + quote("화장실"))
    links = page.locator("nav.menu a").all()
    assert len(links) > 3
    assert len({box["y"] for link in links if (box := link.bounding_box())}) == 1


def test_the_list_is_one_step_from_the_top(page: Page, site: str) -> None:
    page.goto(site + "/search?q=" + quote("화장실"))
    expect(page.locator("#hits-title")).not_to_be_in_viewport()
    page.get_by_role("navigation", name="이 페이지의 구성").get_by_role(
        "link", name="데이터셋별 결과"
    ).click()
    expect(page.locator("#hits-title")).to_be_in_viewport()


def test_a_facet_is_chosen_and_taken_back(page: Page, site: str) -> None:
    page.goto(site + "/search?q=" + quote("강동구"))
    before = page.locator(".lead").inner_text()
    facets = page.locator("details.facets")
    if not page.locator("a.choice").first.is_visible():
        facets.locator("> summary").press("Enter")
    page.locator("a.choice").first.press("Enter")
    page.wait_for_url("**&area=*")
    assert page.locator(".lead").inner_text() != before
    page.locator("a.chip:has(.chip__x)").press("Enter")
    page.wait_for_url(lambda url: "area=" not in url)
    assert page.locator(".lead").inner_text() == before


def test_a_meaning_becomes_a_choice(page: Page, site: str) -> None:
    page.goto(site + "/search?q=" + quote("2025년 화장실"))
    page.get_by_role("link", name="연도 2025년 조건으로 바꾸기").click()
    page.wait_for_url("**year=2025")
    assert page.locator("a.chip").inner_text().replace("\n", " ").startswith("연도")


def test_an_error_keeps_what_was_typed(page: Page, site: str) -> None:
    page.goto(site + "/search?page=x&q=" + quote("천호동 " * 60))
    assert page.locator("h1").inner_text() == "요청을 이해하지 못했습니다"
    assert page.get_by_role("combobox", name="검색어").input_value().startswith("천호동 천호동")


def test_the_page_stays_readable_with_wide_text_spacing(page: Page, site: str) -> None:
    """WCAG 1.4.12; set through the style sheet object, for the policy lets no inline style in."""
    page.goto(site + "/search?q=" + quote("화장실"))
    page.evaluate(
        "() => { const sheet = new CSSStyleSheet(); sheet.replaceSync('* { line-height: 1.5 !important;"
        " letter-spacing: 0.12em !important; word-spacing: 0.16em !important; }');"
        " document.adoptedStyleSheets = [sheet]; }"
    )
    assert page.evaluate("() => document.documentElement.scrollWidth") <= width_of(page)
