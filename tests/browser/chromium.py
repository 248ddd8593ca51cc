"""How the tests start Chromium, and what they write down of a page."""

from dataclasses import dataclass, field

from playwright.sync_api import Page

CHROMIUM = "/usr/bin/chromium"
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
_LISTEN = """
window.violations = [];
document.addEventListener("securitypolicyviolation", (event) =>
  window.violations.push(`${event.violatedDirective} ${event.blockedURI}`));
"""


@dataclass
class Watched:
    """A page with everything it asked for and complained about."""

    page: Page
    site: str
    asked: list[str] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)

    @classmethod
    def of(cls, page: Page, site: str) -> "Watched":
        watched = cls(page, site)
        page.add_init_script(_LISTEN)
        page.on("request", lambda request: watched.asked.append(request.url))
        page.on("pageerror", lambda error: watched.complaints.append(str(error)))
        page.on(
            "console",
            lambda said: watched.complaints.append(said.text) if said.type in {"error", "warning"} else None,
        )
        return watched

    def open(self, path: str) -> None:
        """Open a page of the portal and see all its charts drawn."""
        self.page.goto(self.site + path)
        draw_all(self.page)

    def abroad(self) -> list[str]:
        """Requests that left the portal."""
        return [url for url in self.asked if not url.startswith((self.site, "data:", "blob:"))]

    def violations(self) -> list[str]:
        found: list[str] = self.page.evaluate("() => window.violations")
        return found


def draw_all(page: Page) -> None:
    """Scroll to every chart, as a reader does, and wait until it stands."""
    for figure in page.locator("[data-chart]").all():
        figure.scroll_into_view_if_needed()
        figure.locator(".chart__host[role=img]").wait_for(timeout=30_000)
    page.evaluate("() => window.scrollTo(0, 0)")
