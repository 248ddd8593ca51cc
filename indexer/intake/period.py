"""Times in cells, headers, titles and file names."""

import re
from dataclasses import dataclass

_YEAR = r"(?:19|20)\d{2}"
_MONTH = r"(?:0[1-9]|1[0-2])"
_DAY = r"(?:0[1-9]|[12]\d|3[01])"
# what may stand after a period: provisional marks
_TAIL = r"\s*(?:\(?p\)?|\(?e\)?|잠정|확정)?\s*$"

_FORMS: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("quarter", re.compile(rf"^({_YEAR})[.\s년_-]*\s*([1-4])\s*/\s*4(?:분기)?{_TAIL}")),
    (
        "quarter",
        re.compile(rf"^({_YEAR})[.\s년_-]*\s*(?:Q|제)?\s*([1-4])\s*(?:분기|Q){_TAIL}", re.IGNORECASE),
    ),
    ("quarter", re.compile(rf"^({_YEAR})[.\s_-]*Q([1-4]){_TAIL}", re.IGNORECASE)),
    ("half", re.compile(rf"^({_YEAR})[.\s년_-]*(?:([12])\s*/\s*2|(상|하)반기){_TAIL}")),
    ("day", re.compile(rf"^({_YEAR})\s*[-./년]\s*(\d{{1,2}})\s*[-./월]\s*(\d{{1,2}})일?\.?(?:\D.*)?$")),
    ("day", re.compile(rf"^({_YEAR})({_MONTH})({_DAY})(?:[\sT]?\d{{2,6}})?(?:\.0)?$")),
    ("month", re.compile(rf"^({_YEAR})\s*[-./년]\s*({_MONTH}|[1-9])\s*월?{_TAIL}")),
    ("month", re.compile(rf"^({_YEAR})\s+({_MONTH}|[1-9])\s*월{_TAIL}")),
    ("month", re.compile(rf"^({_YEAR})({_MONTH}){_TAIL}")),
    ("year", re.compile(rf"^({_YEAR})\s*(?:년도?|학년도)?{_TAIL}")),
    # two-digit years, with an apostrophe or as the first part of a full date
    ("year", re.compile(rf"^['’‘](\d{{2}})년?{_TAIL}")),
    ("day", re.compile(r"^(\d{2})\.(\d{1,2})\.(\d{1,2})(?:\.\d{1,2})?\.?$")),
)


@dataclass(frozen=True)
class Period:
    year: int
    granularity: str
    part: int | None = None
    day: int | None = None

    def __str__(self) -> str:
        if self.granularity == "quarter":
            return f"{self.year}-Q{self.part}"
        if self.granularity == "half":
            return f"{self.year}-H{self.part}"
        text = f"{self.year}"
        if self.part is not None:
            text += f"-{self.part:02d}"
        return f"{text}-{self.day:02d}" if self.day is not None else text


def parse(text: str) -> Period | None:
    """The period a cell or a header names: ``2017.1/4``, ``2023-04``, ``2022.09 p)``, ``20220301``."""
    # "Y2010 2010": the code of a statistics portal before the time
    cleaned = re.sub(r"^[YHQM](?=(?:19|20)\d{2})\S*\s+", "", text.strip().removesuffix(" 월").strip())
    for granularity, pattern in _FORMS:
        if match := pattern.match(cleaned):
            return _period(granularity, [group for group in match.groups() if group])
    return None


def _period(granularity: str, groups: list[str]) -> Period | None:
    year = int(groups[0]) if len(groups[0]) == 4 else 2000 + int(groups[0])
    if year > 2099:
        return None
    if granularity == "year":
        return Period(year, "year")
    part = {"상": 1, "하": 2}.get(groups[1]) or int(groups[1])
    if granularity == "day":
        day = int(groups[2])
        return Period(year, "day", part, day) if 1 <= part <= 12 and 1 <= day <= 31 else None
    if granularity == "month" and not 1 <= part <= 12:
        return None
    return Period(year, granularity, part)


def looks_like_period(text: str) -> bool:
    return parse(text) is not None


_FILE_DATES = (
    # 14 digits are the moment of a download from a statistics portal, not the time of the data
    re.compile(rf"(?<!\d)({_YEAR})({_MONTH})({_DAY})(?!\d)"),
    re.compile(rf"(?<!\d)({_YEAR})({_MONTH})\d{{2}}(?!\d)"),
    re.compile(rf"(?<!\d)({_YEAR})({_MONTH})(?!\d)"),
    re.compile(rf"(?<![\dA-Za-z])({_YEAR})(?!\d)"),
    re.compile(r"(?<=[a-z]{3})(20\d{2})(?![\dA-Za-z])"),
    re.compile(r"(?<!\d)(\d{2})\.(?:0[1-9]|1[0-2]|[1-9])\s*(?:월|\.\d)"),
    re.compile(r"(?<!\d)['’‘]?(\d{2})년"),
    re.compile(rf"(?<!\d)\d{{1,2}}[_-]\d{{1,2}}[_-]({_YEAR})(?!\d)"),
    re.compile(rf"_([12]\d){_MONTH}{_DAY}(?!\d)"),
)


def years_in_text(text: str) -> list[int]:
    """Years that a title or a file name says the data are of; stamps of a download left out."""
    cleaned = re.sub(r"(?<!\d)\d{12,}(?!\d)", " ", text)
    # "2013년 이후" says where the data begin, not what year they are of
    cleaned = re.sub(rf"(?<!\d){_YEAR}년?[\s+_]*(?:이후|이전|부터)", " ", cleaned)
    # names of geodetic systems and of statistical bases are no dates
    cleaned = re.sub(
        r"(?:WGS|GRS|KGD|ITRF|Bessel)[\s_-]*\d{2,4}|\d{4}\s*[=＝]\s*100", " ", cleaned, flags=re.IGNORECASE
    )
    span = re.search(rf"(?<!\d)({_YEAR})\s*(?:년)?\s*[~∼_-]\s*({_YEAR})(?!\d)", cleaned)
    if span and int(span[1]) < int(span[2]) <= int(span[1]) + 60:
        return list(range(int(span[1]), int(span[2]) + 1))
    for pattern in _FILE_DATES:
        found = [int(match[1]) for match in pattern.finditer(cleaned)]
        if found:
            return sorted({year if year > 99 else 2000 + year for year in found})[-1:]
    return []
