"""Asking for page after page until everything is there, and knowing when that is (source-formats §2.4)."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from sources.errors import SourceError
from sources.shelf import Shelf

MOST_PAGES = 20_000

Row = Mapping[str, str]


@dataclass(frozen=True)
class Page:
    """Rows of an answer, each by the names of the wire; ``total`` is how many there are, where it says so."""

    rows: tuple[Row, ...]
    total: int | None = None


@dataclass
class Progress:
    """Pages done, and of how many as far as the source says; called after each."""

    said: Callable[[int, int], None]
    pages: int = 0
    of: int = 0

    def page(self, pages: int) -> None:
        self.pages += 1
        self.of = max(self.of, pages, self.pages)
        self.said(self.pages, self.of)


def collected(
    shelf: Shelf,
    first: int,
    ask: Callable[[int], bytes],
    read: Callable[[bytes], Page],
    progress: Progress,
) -> list[bytes]:
    """The raw pages of one question, in order; those on the shelf are not asked for again.

    ``ask`` gets the number of a page, from 1; ``first`` is the place of page 1 on the shelf. An empty page, one
    that repeats the page before, or as many rows as were told end it; a short page alone does not.
    Raises SourceError, also where the source changes its mind about how many rows there are.
    """
    pages: list[bytes] = []
    before: Page | None = None
    rows = 0
    while len(pages) < MOST_PAGES:
        body = shelf.page(first + len(pages))
        if body is None:
            body = ask(len(pages) + 1)
            shelf.put(first + len(pages), body)
        page = read(body)
        told = before.total if before else page.total
        if page.rows and page.total != told:
            raise SourceError("count", f"받는 동안 전체 행 수가 {told}에서 {page.total}(으)로 바뀌었습니다")
        if before is not None and (not page.rows or page.rows == before.rows):
            break
        pages.append(body)
        rows += len(page.rows)
        progress.page(_expected(told, before or page))
        if not page.rows or (told is not None and rows >= told):
            break
        before = page
    if (told := (read(pages[0]).total)) is not None and rows < told:
        raise SourceError(
            "count", f"{told:,}행이 있다고 했는데 {rows:,}행만 보냈습니다: 다음에 다시 받습니다"
        )
    return pages


def _expected(total: int | None, first: Page) -> int:
    return -(-total // len(first.rows)) if total and first.rows else 1
