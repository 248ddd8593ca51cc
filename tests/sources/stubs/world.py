"""The data that a stub serves unless a test says otherwise: the same at every start, none of it real."""

from functools import cache

from tests.sources.stubs import world_ministry, world_people, world_seoul, world_standard
from tests.sources.stubs.wire import Worlds


@cache
def _made() -> Worlds:
    return {
        **world_seoul.worlds(),
        **world_ministry.worlds(),
        **world_standard.worlds(),
        **world_people.worlds(),
    }


def world() -> Worlds:
    """A copy, to be changed at will."""
    return {
        key: data if isinstance(data, bytes) else [dict(row) for row in data] for key, data in _made().items()
    }
