"""Pages of a fetch that was broken off: kept whole, for the same question, of the same day."""

from datetime import timedelta
from pathlib import Path

from sources.shelf import KEPT, Shelf
from tests.sources.calling import NOW

ASKED = {"request": {"service": "bikeList", "span": {"unit": "day"}}}


def test_what_was_put_is_there_for_the_next_try(tmp_path: Path) -> None:
    Shelf.opened(tmp_path / "s", ASKED, NOW).put(3, b"page")
    again = Shelf.opened(tmp_path / "s", ASKED, NOW + timedelta(hours=3))
    assert (again.page(3), again.page(1)) == (b"page", None)


def test_another_question_or_another_day_begins_anew(tmp_path: Path) -> None:
    for asked, now in (
        ({"request": {"service": "other"}}, NOW),
        (ASKED, NOW + KEPT),
        (ASKED, NOW - timedelta(seconds=1)),
    ):
        Shelf.opened(tmp_path / "s", ASKED, NOW).put(1, b"page")
        assert Shelf.opened(tmp_path / "s", asked, now).page(1) is None
        Shelf(tmp_path / "s").clear()


def test_a_shelf_that_cannot_be_read_begins_anew(tmp_path: Path) -> None:
    Shelf.opened(tmp_path / "s", ASKED, NOW).put(1, b"page")
    for broken in (b"", b"{", b"[]", b'{"begun": "never"}', b'{"begun": 3}', b"\xff"):
        (tmp_path / "s" / "asked.json").write_bytes(broken)
        assert Shelf.opened(tmp_path / "s", ASKED, NOW).page(1) is None


def test_half_a_page_is_no_page(tmp_path: Path) -> None:
    """What a kill leaves behind is beside the page, not in its place."""
    shelf = Shelf.opened(tmp_path / "s", ASKED, NOW)
    (tmp_path / "s" / "000001.new").write_bytes(b"pa")
    assert shelf.page(1) is None
    shelf.put(1, b"page")
    assert shelf.page(1) == b"page"


def test_a_cleared_shelf_is_gone_and_may_be_cleared_again(tmp_path: Path) -> None:
    shelf = Shelf.opened(tmp_path / "s", ASKED, NOW)
    shelf.clear()
    shelf.clear()
    assert not (tmp_path / "s").exists()
