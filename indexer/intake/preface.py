"""What a file says of itself above or beside its table: the title of a statistic, its source, its conditions."""

import re

from indexer.intake.screening import mask
from indexer.intake.table import Table

MOST_CHARACTERS = 400
_LONGEST_TITLE = 80
_BULLET = re.compile(r"^[○●◦▷□■※*\-\s]+")
# addresses and times of a download say nothing of the data
_IDLE = re.compile(r"https?://|통계표URL|자료다운일자|인쇄일자|다운로드")


_NAMED = re.compile(r"^통계표명\s*:?\s*(.+)$")
_HANGUL = re.compile(r"[가-힣]{2}")


def preface(table: Table) -> str:
    """The lines in their order, ``" · "`` between them; personal data masked; '' where there are none."""
    return " · ".join(_lines(table))[:MOST_CHARACTERS]


def own_title(table: Table) -> str:
    """The title that a file states: of a statistic (통계표명), or alone on its first line; else ''."""
    lines = _lines(table)
    named = next((found[1] for line in lines if (found := _NAMED.match(line))), "")
    alone = lines[0] if lines and ":" not in lines[0] and _HANGUL.search(lines[0]) else ""
    title = named or alone
    return title if len(title) <= _LONGEST_TITLE else ""


def names_nothing(title: str) -> bool:
    """Whether a title taken from the name of a file (ta, population_raw_data) says nothing in Korean."""
    return not _HANGUL.search(title)


def _lines(table: Table) -> list[str]:
    lines = (_BULLET.sub("", mask(line)).strip() for line in table.preamble)
    return list(dict.fromkeys(line for line in lines if line and not _IDLE.search(line)))
