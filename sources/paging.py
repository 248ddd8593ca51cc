"""Asking for page after page until everything is there, and knowing when that is (source-formats §2.4)."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

from sources.errors import SourceError
from sources.shelf import Shelf

MOST_PAGES = 20_000
"""Of one question; a source that goes on and on is stopped."""

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


@dataclass(frozen=True)
class Question:
    """``ask`` gets the number of a page, from 1, of ``size`` rows; ``first`` is the place of page 1 on the shelf."""

    first: int
    size: int
    ask: Callable[[int], bytes]


def collected(
    shelf: Shelf,
    question: Question,
    read: Callable[[bytes], Page],
    progress: Progress,
) -> list[bytes]:
    """The raw pages of one question, in order; those on the shelf are not asked for again.

    An empty page, one that repeats the page before, or as many rows as were told end it; a short page alone
    does not. A total that is that of a full page counts the page only (bikeList): then nothing was told.
    Raises SourceError, also where the source changes its mind about how many rows there are.
    """
    pages: list[bytes] = []
    before: Page | None = None
    told: int | None = None
    rows = most = 0
    begun = progress.pages
    while True:
        page, body = _page(shelf, question, len(pages), read)
        if page.rows and page.total is not None and told not in {None, page.total}:
            why = (
                f"받는 동안 전체 행 수가 {told:,}에서 {page.total:,}(으)로 바뀌었습니다: 다음에 다시 받습니다"
            )
            raise SourceError("count", why)
        if before is not None and (not page.rows or page.rows == before.rows):
            break
        if len(pages) == MOST_PAGES:
            raise SourceError("large", f"{MOST_PAGES:,}쪽을 받아도 끝나지 않아 그만 받았습니다")
        pages.append(body)
        rows, most = rows + len(page.rows), max(most, len(page.rows))
        before, told = page, page.total if told is None else told
        left = max(0, told - rows) if told and page.rows else 0
        progress.page(begun + len(pages) + -(-left // max(1, most)))
        if not page.rows or (told is not None and rows >= told):
            break
    if told is not None and rows < told:
        raise SourceError(
            "count", f"{told:,}행이 있다고 했는데 {rows:,}행만 보냈습니다: 다음에 다시 받습니다"
        )
    return pages


def _page(shelf: Shelf, question: Question, at: int, read: Callable[[bytes], Page]) -> tuple[Page, bytes]:
    """The page after so many others."""
    body = shelf.page(question.first + at)
    if body is None:
        body = question.ask(at + 1)
        shelf.put(question.first + at, body)
    page = read(body)
    counts_itself = page.total == len(page.rows) and (at > 0 or len(page.rows) >= question.size)
    return (replace(page, total=None) if counts_itself else page), body
