"""Headers that hold what belongs in rows: years, quarters, months, sexes, ages, hours, weekdays, regions."""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from functools import partial

from indexer.intake.meaning.lexicon import is_total_word
from indexer.intake.period import Period, parse
from search.language.gazetteer import gazetteer, is_aggregate, plain_place

_PERIOD = re.compile(
    r"(?:^|(?<=[\s_(]))((?:19|20)\d{2}(?:\s*[./년]\s*\d{1,2}\s*(?:월|/4(?:분기)?)|\s+(?:0?[1-9]|1[0-2])\s*월|\s+[1-4]/4(?:분기)?|\s*년?\s*[1-4]분기|\s*년?\s*[상하]반기|\.\s(?:0[1-9]|1[0-2])|[.\-]?(?:0[1-9]|1[0-2])월?)?"
    r"(?:\s*월)?(?:년도?)?(?:\s*\(?[pe]\)?)?)(?=$|[\s_)(])"
)
_YEARS_BEFORE = re.compile(r"^(?:19|20)\d{2}\s*년도?\s*(?:이전|이후)$")
_MONTH = re.compile(r"^(1[0-2]|0?[1-9])\s*월$")
_SEX = re.compile(
    r"(?:^|(?<=[\s_(]))(남자|여자|남성|여성|남학생|여학생|남|여)(?=$|[\s_()\-])|(?:^|(?<=[\s_]))(남자|여자|남성|여성)(?=연령|\d|인구|수$)"
)
_AGE = re.compile(
    r"(?:만\s*)?\d{1,3}\s*세?\s*(?:[-~∼–]|부터)\s*\d{1,3}\s*세(?:\s*(?:이하|미만))?|(?<!\d)\d{1,3}\s*세(?!대)(?:\s*(?:이상|이하|미만|초과))?"
    r"|연령대\s*\d{1,2}(?:\s*이상)?|(?:^|(?<=[\s_]))[1-9]0대(?:\s*(?:이상|이하|미만))?(?=$|[\s_])|(?:^|(?<=[\s_]))\d{2,3}\+$"
)
_BAND = re.compile(
    r"\d{1,2}:\d{2}(?::\d{2})?\s*[~∼-]\s*\d{1,2}:\d{2}(?::\d{2})?|\d{1,2}\s*시(?:\s*\d{1,2}분)?(?:\s*[~∼-]\s*\d{1,2}\s*시(?:\s*\d{1,2}분)?)?(?:\s*(?:이전|이후))?"
    r"|\d{1,2}\s*[~∼-]\s*\d{1,2}\s*시(?:간대)?(?:\s*(?:이전|이후))?"
)
# "06 ~ 07": an hour, where an age would span more than one year
_HOUR = re.compile(r"^(?:0\d|1\d|2[0-4])\s*[~∼-]\s*(?:0\d|1\d|2[0-4])$")
_WEEKDAY = re.compile(r"^(?:(?:월|화|수|목|금|토|일)요일|평일|주말|휴일|공휴일)(?=$|[\s_(])")
# Y2023_1: January 2023, as system exports name their columns
_CODED_MONTH = re.compile(r"^[YM]?((?:19|20)\d{2})_(0?[1-9]|1[0-2])$")
_SHORT_YEAR = re.compile(r"^['’‘`]?(\d{2})년(?:도)?(?:\s+(\S.*))?$")
_DISTRICT = re.compile(r"^[가-힣]{1,4}(?:시|군|구)$")
_NO_DISTRICT = re.compile(r"(?:가|인|연|지|기|도|출|입|창|친|요|욕)구$|(?:일|동|즉|당|수|상|표)시$")
_MANY = 4
_PLACE = re.compile(r"[가-힣]{2,5}")
# a word behind a place that counts something there is no place
_NOUN = re.compile(r"(?:수|인구|세대|면적|금액|건|전입|전출|이동|계|율|률|출생|사망)$")
_LIKE_COUNTS = frozenset({"여수", "장수", "연수"})
"""Cities and counties whose names end like a number of something."""
_SEXES = {"남학생": "남자", "여학생": "여자", "남": "남자", "남성": "남자", "여": "여자", "여성": "여자"}

# what a dimension is called as a column of the long table
TITLES = {
    "sex": "성별",
    "age": "연령",
    "time band": "시간대",
    "weekday": "요일",
    "region": "지역",
    "month": "월",
}


@dataclass(frozen=True)
class Heading:
    """A column name taken apart; ``rest`` is what is left of it: the name of the measure."""

    rest: str
    period: Period | None = None
    period_text: str = ""
    dims: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Wide:
    """``kind`` as the report says it; ``dims`` are melted (``period`` besides, where headers hold one)."""

    kind: str | None
    headings: dict[str, Heading]
    dims: tuple[str, ...]
    periods: bool


def read_heading(name: str) -> Heading:
    """``2021년03월_계_0세`` → March 2021, age 0세, rest ''."""
    rest, period, text = _take_period(name)
    dims: dict[str, str] = {}
    for dim, pattern in (
        ("time band", _BAND if not _HOUR.match(name.strip()) else _HOUR),
        ("age", _AGE),
        ("sex", _SEX),
        ("weekday", _WEEKDAY),
        ("month", _MONTH),
    ):
        if match := pattern.search(rest):
            value = match.group().strip()
            dims[dim] = _SEXES.get(value, value)
            rest = f"{rest[: match.start()]} {rest[match.end() :]}"
    if "month" not in dims:
        place, rest = _take_region(rest)
        dims |= {"region": place} if place else {}
    return Heading(_measure_name(rest), period, text, dims)


def _take_period(name: str) -> tuple[str, Period | None, str]:
    if match := _CODED_MONTH.match(name.strip()):
        return "", parse(f"{match[1]}-{int(match[2]):02d}"), name.strip()
    if _YEARS_BEFORE.match(name.strip()):
        return "", None, name.strip()
    match = _PERIOD.search(name)
    period = parse(match[1].replace("_", " ")) if match else None
    if not match or not period:
        return name, None, ""
    return f"{name[: match.start()]} {name[match.end() :]}", period, match[1].strip()


def _take_region(text: str) -> tuple[str, str]:
    """The place a header names, and what is left: ``서울 도심권`` all of it, ``서울특별시 총전입`` its first word."""
    known, plain = gazetteer(), plain_place(text)
    if plain in known.sido or plain in known.seoul:
        return text.strip(), ""
    words = text.split()
    if not words or not any(
        word in known.sido or word in known.seoul or is_aggregate(word) for word in words
    ):
        return "", text
    if all(
        word in known.sido or word in known.seoul or is_aggregate(word) or is_total_word(word)
        for word in words
    ):
        return text.strip(), ""
    first, rest = words[0], words[1:]
    if len(rest) == 1 and first in known.sido and _is_named_like_a_place(rest[0]):
        return text.strip(), ""
    if first in known.sido or first in known.seoul or first == "전국":
        return first, " ".join(rest)
    return "", text


def _is_named_like_a_place(word: str) -> bool:
    return bool(_PLACE.fullmatch(word)) and (word in _LIKE_COUNTS or not _NOUN.search(word))


def _measure_name(rest: str) -> str:
    words = [word for word in re.split(r"[\s_]+", rest) if word and not is_total_word(word)]
    name = " ".join(words).strip(" -_")
    # what is only a remark in brackets names no measure: 평일(일평균)
    return "" if re.fullmatch(r"[(\[（][^()]*[)\]）]", name) else name


def find_wide(quantities: Iterable[str], totals: Iterable[str]) -> Wide:
    """What the headers of the quantities hold; a dimension counts if it marks at least half of them."""
    left_out = set(totals)
    names = list(quantities)
    spelt = _years_spelt_out(names) | _places_named(names)
    headings = {name: spelt.get(name) or read_heading(name) for name in names}
    parts = {name: heading for name, heading in headings.items() if name not in left_out} or headings
    periods = {h.period_text for h in parts.values() if h.period_text}
    has_periods = _covers(parts, lambda h: bool(h.period_text))
    dims = tuple(d for d in TITLES if _is_varied(parts, d) and _covers(parts, partial(_has, d)))
    if has_periods and len(periods) >= 2:
        return Wide(_granularity(parts), headings, dims, periods=True)
    kind = (
        "sex+age"
        if {"sex", "age"} <= set(dims)
        else next((d for d in ("age", "sex", *TITLES) if d in dims), None)
    )
    if kind is None and has_periods:
        kind = _granularity(parts)
    if kind == "region" and sum(not heading.rest for heading in parts.values()) > 0.5 * len(parts):
        headings = {name: _as_region(name, heading) for name, heading in headings.items()}
    return Wide(kind, headings, dims, periods=has_periods)


def _years_spelt_out(names: list[str]) -> dict[str, Heading]:
    """``89년 … 00년 … '16년``: years of two digits, known by their being many and in order."""
    found = {name: match for name in names if (match := _SHORT_YEAR.match(name.strip()))}
    years = [_century(int(match[1])) for match in found.values()]
    if len(found) < _MANY or years != sorted(set(years)):
        return {}
    return {
        name: Heading(_measure_name(match[2] or ""), Period(year, "year"), str(year))
        for (name, match), year in zip(found.items(), years, strict=True)
    }


def _century(two_digits: int) -> int:
    return (1900 if two_digits >= 50 else 2000) + two_digits


def _places_named(names: list[str]) -> dict[str, Heading]:
    """``금정구, 기장군, 남구, …``: districts of any city, known by their being most of the headers."""
    plain = {name: plain_place(name) for name in names}
    found = [name for name in names if _DISTRICT.match(plain[name]) and not _NO_DISTRICT.search(plain[name])]
    if len(found) < _MANY or len(found) < 0.6 * len(names):
        return {}
    return {name: Heading("", None, "", {"region": plain[name]}) for name in found}


def _as_region(name: str, heading: Heading) -> Heading:
    """Among columns that are regions, the others are their remainder (기타도시, 도시이외)."""
    return heading if heading.dims else Heading("", heading.period, heading.period_text, {"region": name})


def _has(dim: str, heading: Heading) -> bool:
    return dim in heading.dims


def _covers(parts: Mapping[str, Heading], has: Callable[[Heading], bool]) -> bool:
    return bool(parts) and sum(1 for h in parts.values() if has(h)) >= 0.5 * len(parts)


def _is_varied(parts: Mapping[str, Heading], dim: str) -> bool:
    values = _values(parts, dim)
    # the city and the country side by side are two things, not a dimension
    return len({value.split()[0] for value in values}) >= 3 if dim == "region" else len(values) >= 2


def _values(parts: Mapping[str, Heading], dim: str) -> set[str]:
    return {h.dims[dim] for h in parts.values() if dim in h.dims}


def _granularity(parts: Mapping[str, Heading]) -> str:
    found = [h.period.granularity for h in parts.values() if h.period]
    return max(set(found), key=found.count) if found else "year"
