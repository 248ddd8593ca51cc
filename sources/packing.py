"""The raw answers of one fetch as one edition: a zip of the pages as they came, with what they answer."""

import io
import json
import zipfile
import zlib
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from typing import Any

from sources.entry import Entry

_ABOUT = "gbp-edition.json"
_UNREADABLE = (zipfile.BadZipFile, zlib.error, ValueError, OSError, LookupError, TypeError, AttributeError)
"""Besides what a damaged zip raises, what a made-up one does."""
_LONG_AGO = (1980, 1, 1, 0, 0, 0)
"""The same answers must give the same bytes, whenever they were fetched."""


@dataclass(frozen=True)
class Packed:
    """Pages of a source in their order, with all that is needed to read them again without the network."""

    source: str
    entry: str
    pages: tuple[bytes, ...]
    asked: tuple[str, ...] = ()
    columns: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    where: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    key: tuple[str, ...] = ()
    newest_by: str = ""

    @classmethod
    def of(cls, entry: Entry, pages: Sequence[bytes], asked: Sequence[str] = ()) -> "Packed":
        """``asked`` says of each page what was asked for (a day, a table), without any key."""
        return cls(
            entry.source,
            entry.id,
            tuple(pages),
            tuple(asked),
            entry.columns,
            entry.where,
            entry.key,
            entry.newest_by,
        )


def pack(packed: Packed) -> bytes:
    about = {name: value for name, value in asdict(packed).items() if name != "pages"}
    sink = io.BytesIO()
    with zipfile.ZipFile(sink, "w", zipfile.ZIP_DEFLATED) as archive:
        text = json.dumps(about, ensure_ascii=False, sort_keys=True)
        archive.writestr(zipfile.ZipInfo(_ABOUT, _LONG_AGO), text, zipfile.ZIP_DEFLATED)
        for number, page in enumerate(packed.pages, start=1):
            archive.writestr(zipfile.ZipInfo(f"{number:06d}", _LONG_AGO), page, zipfile.ZIP_DEFLATED)
    return sink.getvalue()


def unpack(data: bytes) -> Packed | None:
    """None where the bytes are no packed pages: then they are a file as somebody published it."""
    if not data.startswith(b"PK"):
        return None
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = archive.namelist()
            if names[:1] != [_ABOUT]:
                return None
            about = json.loads(archive.read(_ABOUT))
            return _packed(about, tuple(archive.read(name) for name in names[1:]))
    except (*_UNREADABLE, RuntimeError):  # RuntimeError: encrypted, or packed in a way nobody knows
        return None


def _packed(about: Mapping[str, Any], pages: tuple[bytes, ...]) -> Packed:
    return Packed(
        source=about["source"],
        entry=about["entry"],
        pages=pages,
        asked=tuple(about["asked"]),
        columns={name: tuple(names) for name, names in about["columns"].items()},
        where={name: tuple(values) for name, values in about["where"].items()},
        key=tuple(about["key"]),
        newest_by=about["newest_by"],
    )
