"""What a feature of a boundary file is called in our records: by its names, else by its codes."""

from collections.abc import Iterator, Mapping
from typing import Any

from search.language.gazetteer import dong_name, gazetteer

NAMES = (
    *("adm_nm", "name", "NAME", "EMD_KOR_NM", "ADM_NM", "dong", "행정동"),
    *("EMD_NM", "SIG_KOR_NM"),
)
"""Properties with a name, as Statistics Korea, the land ministry and files made from theirs call them."""
CODES = ("adm_cd2", "adm_cd", "code", "ADM_CD", "EMD_CD", "SIG_CD")
LEAST_DIGITS = 5
"""Of a code that tells the district; shorter numbers count the rows."""
SEOUL = "서울특별시"


class BoundariesError(ValueError):
    """A boundary file that cannot be used: the message names file and feature and says what to do."""


def region_of(properties: Mapping[str, Any]) -> str | None:
    """A dong of the district, or a district of Seoul, as records name it; None for places elsewhere.

    A dong of ours that our tables do not know (it may be new) keeps its own name.
    Raises BoundariesError where there is nothing to call it by.
    """
    names, codes = list(written_names(properties)), list(_codes(properties))
    place = _dong(names) or _coded(codes)
    last = names[0].split()[-1] if names else ""
    if place is None and last in gazetteer().seoul:
        seoul = {spelling for spelling, name in gazetteer().sido.items() if name == SEOUL}
        return None if _is_elsewhere(names, codes, seoul, (gazetteer().district_code[:2],)) else last
    if _is_elsewhere(names, codes, {gazetteer().district}, _prefixes()):
        return None
    if place is None and not last:
        raise BoundariesError(f"no name: write the name of the dong to one of {', '.join(NAMES)}")
    return last if place is None and (codes or _addresses(names)) else place


def written_names(properties: Mapping[str, Any]) -> Iterator[str]:
    """What stands under the properties that hold a name, the likeliest first."""
    for key in NAMES:
        text = properties.get(key)
        if isinstance(text, str) and text.strip():
            yield " ".join(text.split())


def _codes(properties: Mapping[str, Any]) -> Iterator[str]:
    for key in CODES:
        code = str(properties.get(key, "")).strip().removesuffix(".0")
        if code.isdecimal() and len(code) >= LEAST_DIGITS:
            yield code


def _dong(names: list[str]) -> str | None:
    """``서울특별시 강동구 천호제2동`` → ``천호2동``."""
    return next((found for name in names if (found := dong_name(name) or dong_name(name.split()[-1]))), None)


def _coded(codes: list[str]) -> str | None:
    """By the code of a 행정동 or 법정동; the latter has 8 digits in files, 10 in our table."""
    known = gazetteer().dong_codes
    return next((known[one] for code in codes for one in (code, f"{code}00") if one in known), None)


def _addresses(names: list[str]) -> list[list[str]]:
    """The words of names that say what the place lies in; ``천호 2동`` and ``Gangil-dong`` do not."""
    return [name.split() for name in names if " " in name and not name.isascii() and dong_name(name) is None]


def _is_elsewhere(names: list[str], codes: list[str], within: set[str], prefixes: tuple[str, ...]) -> bool:
    """고덕동 is in 평택 too, 중구 in six cities: what stands before the name or at the start of a code decides."""
    strange = any(not code.startswith(prefixes) for code in codes)
    return strange or any(within.isdisjoint(words) for words in _addresses(names))


def _prefixes() -> tuple[str, ...]:
    """How codes of the district begin: those of the interior ministry and those of Statistics Korea."""
    return tuple({code[:LEAST_DIGITS] for code in gazetteer().dong_codes})
