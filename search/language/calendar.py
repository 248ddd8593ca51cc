"""Years and days as people write them: 2019년, '19, 19년도, 2019~2021, 최근 5년, 작년; 2024-07-15, 2024. 7. 15."""

import re
from dataclasses import dataclass
from datetime import date

_SPAN = re.compile(r"(.+?)\s*(~|∼|〜|～|–|—|-|부터|에서)\s*(.+?)\s*(?:까지)?")
_FULL = re.compile(r"(\d{4})(?:년도?|年)?")
_SHORT = re.compile(r"['’‘](\d{2})(?:년도?)?|(\d{2})년도?")
_BARE = re.compile(r"\d{2}")
_ONE = re.compile(r"['’‘]?(\d{2})년도?|['’‘](\d{2})|(\d{4})(?:년도?|年)?")
_RECENT = re.compile(r"(?:최근|지난)\s*(\d{1,2})\s*개?년(?:간|치|동안)?")
_SPOKEN = {
    "올해": 0, "금년": 0, "금년도": 0, "올해년도": 0, "작년": -1, "지난해": -1, "전년": -1, "전년도": -1, "작년도": -1,
    "재작년": -2, "지지난해": -2,
}  # fmt: skip
_DAY = re.compile(r"((?:19|20)\d\d)(?:([-./])(\d{1,2})\2(\d{1,2})\.?|년(\d{1,2})월(\d{1,2})일|(\d\d)(\d\d))")
_MOST_YEARS = 100
_FIRST, _LAST = 1900, 2099

_TOGETHER = (
    re.compile(r"(?:최근|지난)\s+\d{1,2}\s*개?년(?:간|치|동안)?(?=\s|$)"),
    re.compile(
        r"(?<!\S)['’‘]?\d{2,4}\s*년?도?\s*(?:~|∼|〜|～|–|—)\s*['’‘]?\d{2,4}\s*년?도?(?:까지)?(?=\s|$)"
    ),
    re.compile(r"(?<!\S)\d{4}\s*년?도?부터\s+\d{4}\s*년?도?까지(?=\s|$)"),
    re.compile(r"(?<!\S)(?:19|20)\d\d\s*년\s*\d{1,2}\s*월\s*\d{1,2}\s*일(?=\s|$)"),
    re.compile(r"(?<!\S)(?:19|20)\d\d\s*\.\s*\d{1,2}\s*\.\s*\d{1,2}\s*\.?(?=\s|$)"),
)
"""What is written in several words and means one stretch of years, or one day."""


@dataclass(frozen=True)
class Calendar:
    """``this_year`` is the year people write in; ``newest`` the last year, not after it, of which there are data."""

    this_year: int
    newest: int

    def years(self, word: str) -> tuple[int, ...]:
        """The years a word means, in order; none where it means no year."""
        word = word.strip()
        if match := _SPAN.fullmatch(word):
            return self._span(match[1], match[2], match[3])
        if match := _RECENT.fullmatch(word):
            count = int(match[1])
            return tuple(range(self.newest - count + 1, self.newest + 1))
        if word in _SPOKEN:
            return (self.this_year + _SPOKEN[word],)
        if match := _ONE.fullmatch(word):
            year = self._full(match[1] or match[2] or match[3])
            return (year,) if _FIRST <= year <= _LAST else ()
        return ()

    def day(self, word: str) -> date | None:
        """The day a word means, in one of the ways days are written with their year; None where it means none."""
        match = _DAY.fullmatch(word.strip())
        if match is None:
            return None
        year, month, day = (int(part) for part in match.groups() if part and part not in "-./")
        try:
            return date(year, month, day)
        except ValueError:
            return None

    def _span(self, left: str, sign: str, right: str) -> tuple[int, ...]:
        """From year to year. Bare numbers are house numbers (12-34), a hyphen joins only whole years."""
        ends = [self._end(left), self._end(right)]
        if ends[0] is None and ends[1] is not None and _BARE.fullmatch(left):
            ends[0] = self._full(left)  # 19~21년
        if ends[1] is None and ends[0] is not None and _BARE.fullmatch(right):
            ends[1] = self._full(right)  # 2019~21
        first, last = ends
        if (
            first is None
            or last is None
            or (sign == "-" and not (_FULL.fullmatch(left) and _FULL.fullmatch(right)))
        ):
            return ()
        fits = first <= last < first + _MOST_YEARS and first >= _FIRST and last <= _LAST
        return tuple(range(first, last + 1)) if fits else ()

    def _end(self, text: str) -> int | None:
        if match := _FULL.fullmatch(text):
            return int(match[1])
        match = _SHORT.fullmatch(text)
        return self._full(match[1] or match[2]) if match else None

    def _full(self, digits: str) -> int:
        """'19 → 2019, '98 → 1998: of two digits the year that is not far ahead."""
        if len(digits) == 4:
            return int(digits)
        century = self.this_year // 100 * 100
        year = century + int(digits)
        return year if year <= self.this_year + 10 else year - 100


def together(q: str) -> str:
    """The query with what means one stretch of years, or one day, written as one word: ``최근 5년`` → ``최근5년``."""
    for pattern in _TOGETHER:
        q = pattern.sub(lambda match: "".join(match[0].split()), q)
    return q
