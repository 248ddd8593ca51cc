"""The level of places: whether a dataset tells dong of the district apart, or districts."""

from collections.abc import Iterable

from search.language.gazetteer import dong_name, gazetteer


def level_of(regions: Iterable[str]) -> str | None:
    """The district's name as a dataset calls districts, where it names others than ours; None where it does not.

    ``강남구`` beside our dong asks for ``강동구``, ``경기도 하남시`` for ``서울특별시 강동구``.
    """
    known = gazetteer()
    others = [region for region in regions if dong_name(region) is None and region != known.district]
    if not others:
        return None
    return known.district


def at_level(region: str, district: str) -> str:
    """Our dong as the district, every other place as it is."""
    return district if dong_name(region) is not None else region
