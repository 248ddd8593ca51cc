"""The metadata file beside data files: csv or tsv with columns file, title, area, provider, description."""

import csv
import io
import unicodedata
from pathlib import Path

from sources.contract import Facts

COLUMNS = ("file", "title", "area", "provider", "description")
OPTIONAL = ("date", "sample")


class MetadataError(ValueError):
    """A metadata file that cannot be used; names file and row."""


def read(path: Path) -> dict[str, Facts]:
    """Facts by file name. Raises MetadataError, OSError."""
    rows = csv.DictReader(io.StringIO(_decoded(path)), delimiter=_delimiter(path))
    header = [name.strip() for name in rows.fieldnames or ()]
    if "file" not in header:
        raise MetadataError(f"{path.name}: row 1: no column 'file'; write the columns {', '.join(COLUMNS)}")
    unknown = [name for name in header if name and name not in (*COLUMNS, *OPTIONAL)]
    if unknown:
        raise MetadataError(f"{path.name}: row 1: unknown column {unknown[0]!r}; known: {', '.join(COLUMNS)}")
    found: dict[str, Facts] = {}
    for number, row in enumerate(rows, start=2):
        cells = {name.strip(): (cell or "").strip() for name, cell in row.items() if name}
        if None in row or not cells.get("file"):
            raise MetadataError(f"{path.name}: row {number}: needs a file name and {len(header)} cells")
        found[unicodedata.normalize("NFC", cells["file"])] = _facts(cells)
    return found


def _facts(cells: dict[str, str]) -> Facts:
    return Facts(
        title=cells.get("title", ""),
        area=" > ".join(part.strip() for part in cells.get("area", "").split(">") if part.strip()),
        provider=cells.get("provider", ""),
        description=cells.get("description", ""),
        date=cells.get("date", ""),
        sample=cells.get("sample", "") == "1",
    )


def _decoded(path: Path) -> str:
    data = path.read_bytes()
    for encoding in ("utf-8-sig", "cp949"):
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise MetadataError(f"{path.name}: neither UTF-8 nor cp949; save it as UTF-8")


def _delimiter(path: Path) -> str:
    return "\t" if path.suffix.lower() == ".tsv" else ","
