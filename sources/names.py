"""What a file name says: Korean authorities write ``{기관}_{제목}_{YYYYMMDD}.csv`` (source-formats §7.1)."""

import re
import unicodedata
from datetime import date
from pathlib import PurePath

from sources.authorities import is_authority
from sources.contract import Facts

ENDINGS = frozenset({".csv", ".tsv", ".txt", ".xlsx", ".xls", ".json", ".geojson", ".xml", ".zip"})
"""Of files that intake looks into; GeoJSON it refuses with a reason."""

# the date of publication or the time stamp of a download at the end: _20211231, _20221024104502, (2022.08.24)
_STAMP = re.compile(r"[_ (]+((?:19|20)\d{2})[-._]?(\d{2})[-._]?(\d{2})(?:\d{6})?[) .]*$")
# what a browser puts behind the name of a second download
_COPY = re.compile(r"\s*\(\d{1,2}\)$")


def facts(file: str) -> Facts:
    """Title, provider and date as the name of a file says them; empty where it does not."""
    stem = unicodedata.normalize("NFC", PurePath(file).name)
    while (shorter := PurePath(stem)).suffix.lower() in ENDINGS:
        stem = shorter.stem
    stem = _COPY.sub("", stem.replace("+", " ").strip())
    stem, stamp = _date(stem)
    provider, title = _provider(stem)
    return Facts(title=_spaced(title), provider=provider, date=stamp)


def _date(stem: str) -> tuple[str, str]:
    """The stem without its stamp, and the stamp; a day that the calendar does not have stays in the title."""
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
    provider = ""
    while len(parts) > 1 and (longer := _joined(provider, parts[0])):
        provider, parts = longer, parts[1:]
    if provider and any(char.isalpha() for part in parts for char in part):
        return provider, "_".join(parts)
    first, _, rest = stem.partition(" ")
    # "서울시 무더위쉼터": the title reads better whole
    return (first, stem) if rest and is_authority(first) else ("", stem)


def _joined(provider: str, part: str) -> str:
    """The provider with one more part of the name, or '' if a word of that is no authority."""
    for word in part.split():
        if not is_authority(word, provider):
            return ""
        provider = f"{provider} {word}".strip()
    return provider


def _spaced(text: str) -> str:
    return " ".join(text.replace("_", " ").split())
