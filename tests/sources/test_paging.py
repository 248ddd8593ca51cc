"""Page after page until everything is there, and not one more."""

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sources import paging
from sources.errors import SourceError
from sources.paging import Page, Progress, Question, collected
from sources.shelf import Shelf


class Source:
    """Answers of a service in order; the last one stands for all beyond."""

    def __init__(self, *pages: Page) -> None:
        self.pages, self.asked = pages, list[int]()

    def ask(self, number: int) -> bytes:
        self.asked.append(number)
        return str(min(number, len(self.pages)) - 1).encode()

    def read(self, body: bytes) -> Page:
        return self.pages[int(body)]

    def collected(self, folder: Path, size: int = 3, progress: Progress | None = None) -> list[int]:
        far = progress or Progress(lambda _pages, _of: None)
        return [int(body) for body in collected(Shelf(folder), Question(1, size, self.ask), self.read, far)]


def rows(first: int, last: int, total: int | None = None) -> Page:
    return Page(tuple({"n": str(n)} for n in range(first, last + 1)), total)


NOTHING = Page(())


def test_as_many_rows_as_were_told_are_the_end(tmp_path: Path) -> None:
    source = Source(rows(1, 3, 7), rows(4, 6, 7), rows(7, 7, 7), NOTHING)
    assert source.collected(tmp_path) == [0, 1, 2]
    assert source.asked == [1, 2, 3]


def test_a_short_page_is_not_the_end_while_more_was_told(tmp_path: Path) -> None:
    source = Source(rows(1, 2, 6), rows(3, 4, 6), rows(5, 6, 6))
    assert source.collected(tmp_path) == [0, 1, 2]


def test_an_empty_page_is_the_end_where_nothing_was_told(tmp_path: Path) -> None:
    assert Source(rows(1, 3), rows(4, 5), NOTHING).collected(tmp_path) == [0, 1]


def test_an_answer_without_rows_is_kept_it_says_that_there_are_none(tmp_path: Path) -> None:
    assert Source(NOTHING).collected(tmp_path) == [0]


def test_the_same_page_again_is_the_end(tmp_path: Path) -> None:
    assert Source(rows(1, 3), rows(4, 5), rows(4, 5)).collected(tmp_path) == [0, 1]


def test_a_total_that_counts_the_page_is_none(tmp_path: Path) -> None:
    """So does bikeList: 1,000 on each full page."""
    source = Source(rows(1, 3, 3), rows(4, 6, 3), rows(7, 8, 2), NOTHING)
    assert source.collected(tmp_path) == [0, 1, 2]


def test_exactly_one_full_page_asks_once_more(tmp_path: Path) -> None:
    source = Source(rows(1, 3, 3), NOTHING)
    assert source.collected(tmp_path) == [0]
    assert source.asked == [1, 2]


def test_a_total_that_is_missing_now_and_then_still_counts(tmp_path: Path) -> None:
    assert Source(rows(1, 3, 5), rows(4, 5, None), NOTHING).collected(tmp_path) == [0, 1]
    with pytest.raises(SourceError, match="9행이 있다고"):
        Source(rows(1, 3, None), rows(4, 5, 9), NOTHING).collected(tmp_path / "b")


@pytest.mark.parametrize(
    "source",
    [
        Source(rows(1, 3, 9), rows(4, 6, 9), NOTHING),
        Source(rows(1, 3, 9), rows(1, 3, 9)),
        Source(rows(1, 3, 9), rows(4, 6, 8)),
        Source(Page((), 4)),
    ],
    ids=["ends early", "repeats", "changes its mind", "has rows and sends none"],
)
def test_fewer_rows_than_were_told_are_no_whole(tmp_path: Path, source: Source) -> None:
    with pytest.raises(SourceError) as error:
        source.collected(tmp_path)
    assert (error.value.kind, error.value.passes) == ("count", False)


def test_a_source_without_end_is_stopped(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(paging, "MOST_PAGES", 4)
    with pytest.raises(SourceError) as error:
        Source(*(rows(n, n) for n in range(1, 9))).collected(tmp_path)
    assert error.value.kind == "large"


def test_pages_on_the_shelf_are_not_asked_for(tmp_path: Path) -> None:
    source = Source(rows(1, 3, 7), rows(4, 6, 7), rows(7, 7, 7))
    Shelf(tmp_path).put(2, b"1")
    assert source.collected(tmp_path) == [0, 1, 2]
    assert source.asked == [1, 3]


def test_progress_knows_how_many_pages_there_will_be(tmp_path: Path) -> None:
    far: list[tuple[int, int]] = []
    progress = Progress(lambda *pages: far.append(pages))
    Source(rows(1, 3, 7), rows(4, 6, 7), rows(7, 7, 7)).collected(tmp_path / "a", progress=progress)
    Source(rows(1, 3, 4), rows(4, 4, 4)).collected(tmp_path / "b", progress=progress)
    assert far == [(1, 3), (2, 3), (3, 3), (4, 5), (5, 5)]


@given(total=st.integers(0, 40), size=st.integers(1, 9), tells=st.booleans(), capped=st.integers(1, 9))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_every_row_comes_once_whatever_the_pages(
    tmp_path_factory: pytest.TempPathFactory, total: int, size: int, capped: int, *, tells: bool
) -> None:
    """Of any number of rows in pages of any size, smaller than asked for or not, told or not."""
    given_size = min(size, capped)
    told = total if tells else None
    pages = [rows(n + 1, min(n + given_size, total), told) for n in range(0, total, given_size)]
    source = Source(*pages, NOTHING)
    got = source.collected(tmp_path_factory.mktemp("shelf"), size)
    seen = [row["n"] for number in got for row in source.pages[number].rows]
    assert seen == [str(n) for n in range(1, total + 1)]
