"""Suggestions below the search box: by keys and by finger, and a plain form where there is no script."""

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Locator, Page, expect

from tests.browser.chromium import Watched
from tests.browser.test_pages import WCAG, width_of


def typed(page: Page, text: str) -> Locator:
    """The search box with the text typed and its suggestions shown."""
    box = page.locator(".search-box input").first
    box.click()
    box.press_sequentially(text)
    page.locator(".suggestions [role=option]").first.wait_for()
    return box


def test_keys_choose_a_suggestion_and_enter_opens_it(watched: Watched) -> None:
    watched.open("/")
    box = typed(watched.page, "공중화")
    assert box.get_attribute("aria-expanded") == "true"
    box.press("ArrowDown")
    chosen = watched.page.locator(f"#{box.get_attribute('aria-activedescendant')}")
    assert chosen.get_attribute("aria-selected") == "true"
    box.press("Enter")
    watched.page.wait_for_url("**/datasets/**")
    assert watched.violations() == []
    assert watched.complaints == []


def test_escape_closes_and_keeps_what_was_typed(watched: Watched) -> None:
    watched.open("/")
    box = typed(watched.page, "화장실")
    box.press("Escape")
    expect(watched.page.locator(".suggestions")).to_be_hidden()
    assert box.input_value() == "화장실"
    assert box.get_attribute("aria-expanded") == "false"
    box.press("Enter")
    watched.page.wait_for_url("**/search?q=**")


def test_a_finger_chooses_too(watched: Watched) -> None:
    watched.open("/")
    typed(watched.page, "ㄱㅈㅎㅈㅅ")
    option = watched.page.locator(".suggestions [role=option]").first
    box = option.bounding_box()
    assert box is not None
    assert box["height"] >= 24  # WCAG 2.2, 2.5.8
    option.click()
    watched.page.wait_for_url("**/datasets/**")


def test_open_suggestions_are_for_everyone(watched: Watched) -> None:
    watched.open("/")
    typed(watched.page, "화장").press("ArrowDown")
    found = Axe().run(watched.page, options=WCAG)
    assert found.violations_count == 0, found.generate_report()
    assert watched.page.evaluate("() => document.documentElement.scrollWidth") <= width_of(watched.page)


def test_without_a_script_the_box_is_a_plain_form(chromium: Browser, site: str) -> None:
    with chromium.new_context(java_script_enabled=False) as context, context.new_page() as page:
        page.goto(site)
        box = page.locator(".search-box input").first
        assert box.get_attribute("role") is None
        box.fill("화장실")
        box.press("Enter")
        page.wait_for_url("**/search?q=**")
