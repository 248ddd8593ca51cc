"""Columns that name places: which they are, how fine, and the region of each record."""

import re
from collections.abc import Iterable, Mapping

import numpy as np
import pandas as pd

from indexer.intake.distinct import Places, combined, first_rows, reaches
from indexer.intake.meaning.facts import Facts
from indexer.intake.meaning.lexicon import ADDRESS
from indexer.intake.names import bare
from indexer.intake.table import Role
from search.language.gazetteer import dong_name, gazetteer, is_aggregate, plain_place

_NAME = re.compile(
    r"^(?:발생지?|사고지?|신고지?|출동지?|소재지?|관할|설치|거주|등록|전출지?|전입지?)?(?:시도|시도명|시군구|시군구명|시군|시군명|구군|구군명|군구|군구명|구시군|구시군명|자치구|자치구명|자치구별|구|구명|구청명|행정구|행정구역|행정구역명|행정구역별|지역|지역명|지역별|지역구분|행정기관|행정기관명|지자체|지자체명|광역|기초|광역지자체|기초지자체|광역시도|자치단체|동리명|emdnm|동|동명|동별|행정동|행정동명|행정동코드명|법정동|법정동명"
    r"|읍면동|읍면동명|읍면|리|리명|단속동|시구|관할구|시도별|시군구별|구별|구군별|도시|소재지|ctpvnm|sggnm|dongnm|gu|gunam|guname|gunm|sidonm|sidoname|signguname|sigungunm|sggname|hdongnm|bdongnm|c1nm|adm_?nm|sggu(?:cd)?nm|sido(?:cd)?nm|do_?nm|ct_?nm|region|district|sido|sigungu)$"
)
_SIGUNGU = re.compile(r"^[가-힣]{1,5}(?:시|군|구)$|^세종$")
_DONG = re.compile(r"^[가-힣0-9·.,?ㆍ()\-]{1,12}(?:동|읍|면|가|리|로)$|출장소$")
_DONG_NAME = re.compile(r"^[가-힣]{1,5}(?:(?:제?\d{1,2}(?:[·.,ㆍ]\d{1,2})*(?:가|본)?)?동|읍|면)$")
_CITIES = re.compile(r"^(?:시군|시군구|시군명|시군구명|구군|군구|구시군|구시군명|자치구|자치구명)$")
_STREET = re.compile(r"(?:로|길|가|동|리|읍|면)\s?(?:지하\s?)?(?:산\s?)?\d+")
_BRACKETED = re.compile(r"\(([가-힣0-9]+동)[,)]")
_LAND = re.compile(r"([가-힣0-9]+동)\s?(?:산\s?)?\d+")
_CODE = re.compile(r"\(\d{5,10}\)")
_WIDE = re.compile(r"(?:[가-힣]\s)+[가-힣]")
_LEVELS = ("sido", "sigungu", "dong")
_Place = tuple[str, str, str]
"""시도, 시군구 and dong, '' where unknown."""
# nine of ten are to be dong: where more than a tenth are none, the rest cannot mend it
_MOST_OTHERS = 0.1


def level_of(text: str) -> str | None:
    """Level of the place a cell names, by its last word."""
    last = _CODE.sub("", text).strip()
    words = last.split()
    if not words:
        return None
    word = words[-1]
    if plain_place(last) in gazetteer().sido or word in gazetteer().sido:
        return "sido"
    if (
        len(words) > 1
        and words[0] in gazetteer().sido
        and len(words) == 2
        and re.fullmatch(r"[가-힣]{2,4}", word)
    ):
        return "dong" if _DONG.match(word) and not _SIGUNGU.match(word) else "sigungu"
    plain = plain_place(last)
    if _SIGUNGU.match(plain) or _SIGUNGU.match(word):
        return "sigungu"
    return "dong" if _DONG.match(word) or _DONG.match(plain) else None


def is_region(facts: Facts) -> bool:
    """A column named as a place whose values are places, or one whose values are all well-known places."""
    values = [value for value in facts.distinct if value not in facts.total_words]
    if not values:
        named = bool(_NAME.match(facts.bare)) and facts.bare != "지역"
        return named and (
            not facts.distinct or re.search("시도|시군|자치구|행정구역", facts.bare) is not None
        )
    if facts.mean_length > 30:
        return False
    if _NAME.match(facts.bare) or _NAME.match(bare(facts.name.split()[-1])):
        placed = (level_of(value) is not None or is_aggregate(value) for value in values)
        return reaches(placed, len(values), 0.5 * len(values)) or _are_bare(facts, values)
    if _are_sigungu(values) or _are_dong(facts, values):
        return True
    places = (
        re.search(r"기관|구분|지역|행정|자치|장소|측정소|시군|시도|소재|관할", facts.bare)
        or len(values) >= 10
    )
    # "강남대로" beside "강남구": a list of stations is no list of districts
    if not places or len(values) < 3:
        return False
    known = gazetteer()
    sure = (
        (plain := plain_place(value)) in known.seoul or plain in known.sido or _is_full(value.split())
        for value in values
    )
    more_than = np.nextafter(0.8 * len(values), np.inf)
    return reaches(sure, len(values), float(more_than))


def _are_inside(values: list[str]) -> bool:
    """Mostly 시군구 by their names, some of them without their ending."""
    known = gazetteer()
    inside = sum(value in known.sigungu and value not in known.sido for value in values)
    return _are_sigungu(values) and inside >= 0.3 * len(values)


def _are_sigungu(values: list[str]) -> bool:
    """``수원``, ``안양``, … or ``부산광역시 강서구``: names of 시군구 and nothing else, whatever the column is called."""
    known = gazetteer()
    needed = (0.8 if len(values) >= 20 else 0.95) * len(values)
    plain, missed = [], 0
    for value in values:
        words = value.split()
        if not words or (len(words) > 1 and words[0] not in known.sido):
            return False
        missed += words[-1] not in known.sigungu and words[-1] not in known.sido
        if len(values) - missed < needed:
            return False
        plain.append(words[-1])
    # short names are words of their own: 광주, 고양, 양주
    long = sum(word in known.sigungu and len(word) > 2 and word[-1] in "시군구" for word in plain)
    return len(values) >= 8 or long >= 0.9 * len(values) > 1


def _are_bare(facts: Facts, values: list[str]) -> bool:
    """``수원``, ``성남`` in a column called 시군: cities without their 시."""
    short = sum(bool(re.fullmatch(r"[가-힣]{2,4}", value)) for value in values)
    return bool(_CITIES.search(facts.bare)) and short >= 0.9 * len(values)


def _are_dong(facts: Facts, values: list[str]) -> bool:
    """``천호1동, 천호2동, 길동``, ``한림읍, 우도면`` under a name that says nothing (구분).

    Buildings (101동) and deeds (활동) are none.
    """
    if len(values) < 3 or re.search(r"건물|아파트|단지|활동|운동|동물|종류|유형", facts.bare):
        return False
    named: list[str] = []
    others = 0
    for value in values:
        if level_of(value) in ("sido", "sigungu"):
            continue
        if _DONG_NAME.match(plain_place(value)):
            named.append(value)
        else:
            others += 1
            if others > _MOST_OTHERS * len(values) + 1:
                return False
    numbered = sum(value[-2:-1].isdigit() or value[-1] in "읍면" for value in named)
    known = sum(dong_name(value) is not None for value in values)
    return len(named) >= max(3, 0.9 * (len(named) + others)) and numbered + known >= max(
        2, 0.25 * len(values)
    )


def _is_full(words: list[str]) -> bool:
    """``강원도 춘천시``"""
    return len(words) == 2 and words[0] in gazetteer().sido and bool(_SIGUNGU.match(words[1]))


def is_address(facts: Facts) -> bool:
    if re.search(r"(?:명|명칭|이름)$", facts.bare) and "도로명" not in facts.bare[-3:]:
        return False
    named = bool(ADDRESS.search(facts.bare))
    return (named and facts.share_like(_STREET.pattern) >= 0.5) or (
        facts.mean_length >= 10
        and facts.share_like(_STREET.pattern) >= 0.9
        and facts.share_like(r"[시군구]\s") >= 0.8
    )


def column_level(facts: Facts) -> str | None:
    """The finest level that a good part of the column's values have."""
    values = [value for value in facts.distinct if value not in facts.total_words]
    if not values:
        return None
    found = [level for level in map(level_of, values) if level]
    if not found.count("dong") and (_are_bare(facts, values) or _are_inside(values)):
        return "sigungu"
    return next((level for level in reversed(_LEVELS) if found.count(level) >= 0.3 * len(values)), None)


def code_level(facts: Facts) -> str | None:
    """10 digits name a dong unless they end in zeros; 8 digits are the same without the last two."""
    if not facts.count or facts.share_like(r"^(?:1[1-9]|[2-5]\d)\d{6}(?:\d\d)?$") < 0.9:
        return None
    return "dong" if facts.share_like(r"^\d{5}000") < 0.5 else "sigungu"


def region_level(facts: Mapping[str, Facts], roles: Mapping[str, Role], *, has_points: bool) -> str | None:
    """``point`` for positions and street addresses, else the finest level of the region columns."""
    if has_points or any(is_address(facts[name]) for name, role in roles.items() if role == Role.TEXT):
        return "point"
    levels = {column_level(facts[name]) for name, role in roles.items() if role == Role.REGION}
    codes = [
        facts[name]
        for name, role in roles.items()
        if role == Role.CODE and re.search("adm|행정|법정|dong|지역코드", facts[name].key)
    ]
    levels |= {code_level(found) for found in codes}
    if not levels - {None} and roles:
        levels = {_buried_level(facts[name]) for name, role in roles.items() if role == Role.CATEGORY}
    return next((level for level in reversed(_LEVELS) if level in levels), None)


def _buried_level(facts: Facts) -> str | None:
    """Districts listed in one column beside other groupings of the same whole."""
    known = sum(plain_place(value) in gazetteer().seoul for value in facts.distinct)
    return "sigungu" if known >= 10 and known >= 0.3 * len(facts.distinct) else None


def region_of_rows(facts: Mapping[str, Facts], roles: Mapping[str, Role]) -> pd.Series:
    """Region of each record: Gangdong's dong by its common name, else 시군구, else 시도; '' if unknown."""
    columns = [facts[name] for name, role in roles.items() if role == Role.REGION]
    columns += [facts[name] for name, role in roles.items() if role == Role.TEXT and is_address(facts[name])]
    if not columns:
        first = next(iter(facts.values()))
        return pd.Series("", index=first.texts.index, dtype="str")
    at_home = any(_is_district_alone(column.distinct) for column in columns)
    parts = [_parts_of(column) for column in columns]
    codes = combined([places for _, places in parts])
    named = [
        _region([known[places[row]] for known, places in parts], at_home=at_home) for row in first_rows(codes)
    ]
    regions = pd.array(named, dtype="str").take(codes)
    return pd.Series(regions, index=columns[0].texts.index)


def _parts_of(column: Facts) -> tuple[list[_Place], Places]:
    """The different places of a column, and which of them each row has: many addresses are in one dong."""
    found = [
        _agreed(map(_parts, text.split("\n"))) if "\n" in text else _parts(text)
        for text in column.cells.texts
    ]
    order = {place: at for at, place in enumerate(dict.fromkeys(found))}
    merged = np.fromiter((order[place] for place in found), dtype=np.intp, count=len(found))
    return list(order), merged[column.cells.places]


def _is_district_alone(values: Iterable[str]) -> bool:
    """Whether a column holds dong of the district and of no other: then 길동 is ours, without a word more."""
    plain = [plain_place(value) for value in values if value.strip()]
    named = [value for value in plain if value.endswith("동")]
    numbered = any(re.search(r"\d동$", value) for value in named)
    return numbered and all(dong_name(value) is not None for value in named)


def resolve(texts: Iterable[str], *, at_home: bool = False) -> str:
    """The finest region that the cells of one record agree on. ``at_home``: a dong without a district is ours."""
    return _region(map(_parts, texts), at_home=at_home)


def _agreed(places: Iterable[_Place]) -> _Place:
    """What the first of them says of each level that says anything of it."""
    sido = sigungu = dong = ""
    for place in places:
        sido, sigungu, dong = sido or place[0], sigungu or place[1], dong or place[2]
    return sido, sigungu, dong


def _region(places: Iterable[_Place], *, at_home: bool) -> str:
    sido, sigungu, dong = _agreed(places)
    known = gazetteer()
    if dong and (sigungu == known.district or (not sigungu and (at_home or re.search(r"\d동$", dong)))):
        return dong
    if sigungu in known.seoul and sido in ("", "서울특별시"):
        return sigungu
    return f"{sido} {sigungu}".strip()


def _parts(text: str) -> _Place:
    known = gazetteer()
    # lone letters are one word set wide: "강 동 구"
    if text[1:2].isspace() or text[:1].isspace():
        text = plain_place(text) if _WIDE.fullmatch(text.strip()) else text
    words = (_CODE.sub("", text) if "(" in text else text).replace(",", " ").split()
    sido = known.sido.get(words[0], "") if words else ""
    rest = words[1:] if sido else words
    sigungu = rest[0] if rest and _SIGUNGU.match(rest[0]) else ""
    if sigungu.endswith("시") and len(rest) > 1 and re.fullmatch(r"[가-힣]{1,4}구", rest[1]):
        sigungu = f"{sigungu} {rest[1]}"
    return sido, sigungu, _dong(text, rest)


def _dong(text: str, words: list[str]) -> str:
    if words and (name := dong_name(words[-1])):
        return name
    if len(text) <= 12 and (name := dong_name(text)):
        return name
    if "동" not in text:
        return ""
    candidates = (_BRACKETED.findall(text) if "(" in text else []) + _LAND.findall(text)
    return next((name for name in map(dong_name, candidates) if name), "")
