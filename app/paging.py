"""Pages by number: which part of a list a page shows, and what is said beyond the last."""

from collections.abc import Sequence
from typing import TypeVar

from app.params import Params

T = TypeVar("T")


class NoSuchPage(ValueError):
    """A page after the last one; says which is the last."""


def last_page(total: int, params: Params) -> int:
    """Number of the last page; an empty list has one. Raises NoSuchPage for a page after it."""
    last = max(1, -(-total // params.size))
    if params.page > last:
        raise NoSuchPage(f"{params.page:,}쪽은 없습니다. 마지막 쪽은 {last:,}쪽입니다.")
    return last


def part(things: Sequence[T], params: Params) -> Sequence[T]:
    """What stands on the page. Raises NoSuchPage."""
    last_page(len(things), params)
    first = (params.page - 1) * params.size
    return things[first : first + params.size]
