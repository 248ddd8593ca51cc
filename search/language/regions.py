"""Whether a dataset tells the dong of the district apart, or districts."""

from collections.abc import Iterable

from search.language.gazetteer import dong_name, gazetteer

OTHERS = 3
"""So many other districts make a table one of districts; a stray row does not."""


def district_beside_others(regions: Iterable[str]) -> str | None:
    """Our district, where the places of a dataset are districts of which it is one; None where they are dong of ours."""
    known = gazetteer()
    others = [region for region in regions if dong_name(region) is None and region != known.district]
    return known.district if len(others) >= OTHERS else None


def at_level(region: str, district: str) -> str:
    """Our dong as the district, every other place as it is."""
    return district if dong_name(region) is not None else region
