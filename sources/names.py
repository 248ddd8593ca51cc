"""What a file name says: Korean authorities write ``{기관}_{제목}_{YYYYMMDD}.csv`` (source-formats §7.1)."""

import re
import unicodedata
from datetime import date
from pathlib import PurePath

from sources.contract import Facts

# the date of publication or the time stamp of a download at the end: _20211231, _20221024104502
_STAMP = re.compile(r"[_ (]*((?:19|20)\d{2})[-._]?(\d{2})[-._]?(\d{2})(?:\d{6})?[) .]*$")
_COPY = re.compile(r"\s*\(\d{1,2}\)$")
# endings of the names of authorities
_AUTHORITY = re.compile(
    r"^[가-힣()·]*(?:특별시|광역시|자치시|자치도|시|도|군|구|청|부|처|원|공사|공단|위원회|재단|센터)$"
)
_MAX_AUTHORITY_WORDS = 3


def facts(file: str) -> Facts:
    """Title, provider and date as the name of a file says them; empty where it does not."""
    stem = unicodedata.normalize("NFC", PurePath(file).name)
    while (shorter := PurePath(stem)).suffix.lower() in {
        ".csv",
        ".xlsx",
        ".xls",
        ".json",
        ".xml",
        ".zip",
        ".txt",
        ".tsv",
    }:
        stem = shorter.stem
    stem = _COPY.sub("", stem.replace("+", " ").strip())
    stem, stamp = _date(stem)
    provider, title = _provider(stem)
    return Facts(title=_spaced(title), provider=provider, date=stamp)


def _date(stem: str) -> tuple[str, str]:
    found = _STAMP.search(stem)
    if not found or found.start() == 0:
        return stem, ""
    try:
        stamp = date(int(found[1]), int(found[2]), int(found[3])).isoformat()
    except ValueError:
        return stem, ""
    return stem[: found.start()], stamp


def _provider(stem: str) -> tuple[str, str]:
    """Leading parts that name an authority; a title of its own must be left."""
    parts = [part for part in stem.split("_") if part.strip()]
    taken = 0
    while taken < min(len(parts) - 1, _MAX_AUTHORITY_WORDS) and _is_authority(parts[taken]):
        taken += 1
    if taken:
        return _spaced(" ".join(parts[:taken])), "_".join(parts[taken:])
    first, _, rest = stem.partition(" ")
    # "서울시 무더위쉼터": the title reads better whole
    return (first, stem) if rest and _is_authority(first) else ("", stem)


def _is_authority(part: str) -> bool:
    return all(_AUTHORITY.match(word) for word in part.split()) and len(part) > 1


def _spaced(text: str) -> str:
    return " ".join(text.replace("_", " ").split())
