"""The metadata file beside data files: csv or tsv with columns file, title, area, provider, description."""

import csv
import io
import unicodedata
from collections.abc import Iterator
from datetime import date
from pathlib import Path, PurePath
from typing import Any

from sources.contract import Facts

COLUMNS = ("file", "title", "area", "provider", "description")
OPTIONAL = ("date", "sample", "overrides")
MAX_CHARACTERS = {"title": 400, "area": 200, "provider": 200}
"""What the catalogue has room for."""


class MetadataError(ValueError):
    """A metadata file that cannot be used; names file, row and column."""


def read(path: Path) -> dict[str, Facts]:
    """Facts by file name. Raises MetadataError, OSError."""
    found: dict[str, Facts] = {}
    for row, cells in _rows(path):
        file = unicodedata.normalize("NFC", PurePath(cells["file"].replace("\\", "/")).name)
        if not file:
            raise MetadataError(f"{path.name}: row {row}, column file: empty: write the name of a file")
        if file in found:
            raise MetadataError(f"{path.name}: row {row}, column file: {file!r} stands there twice")
        try:
            found[file] = _facts(cells)
        except ValueError as error:
            raise MetadataError(f"{path.name}: row {row}, {error}") from error
    return found


def _rows(path: Path) -> Iterator[tuple[int, dict[str, str]]]:
    """Number of the line in the file and cells by column; lines of empty cells are skipped."""
    text = _decoded(path)
    lines = csv.reader(io.StringIO(text), delimiter=_delimiter(text), strict=True)
    try:
        header = [name.strip().lower() for name in next(lines, [])]
        _check_header(path, header)
        for cells in lines:
            if not any(cell.strip() for cell in cells):
                continue
            if len(cells) > len(header):
                raise MetadataError(
                    f"{path.name}: row {lines.line_num}: {len(cells)} cells under {len(header)} columns: "
                    "put a cell that holds the delimiter into quotation marks"
                )
            padded = [cell.strip() for cell in cells] + [""] * (len(header) - len(cells))
            yield lines.line_num, dict(zip(header, padded, strict=True))
    except csv.Error as error:
        raise MetadataError(f"{path.name}: row {lines.line_num}: {error}") from error


def _check_header(path: Path, header: list[str]) -> None:
    known = ", ".join(COLUMNS)
    if "file" not in header:
        raise MetadataError(f"{path.name}: row 1: no column 'file'; write the columns {known}")
    for name in header:
        if name and name not in (*COLUMNS, *OPTIONAL):
            raise MetadataError(f"{path.name}: row 1: unknown column {name!r}; known: {known}")
        if name and header.count(name) > 1:
            raise MetadataError(f"{path.name}: row 1: column {name!r} stands there twice")


def _facts(cells: dict[str, str]) -> Facts:
    """Raises ValueError naming the column."""
    for name, limit in MAX_CHARACTERS.items():
        if len(cells.get(name, "")) > limit:
            raise ValueError(f"column {name}: longer than {limit} characters")
    if cells.get("sample", "") not in {"", "0", "1"}:
        raise ValueError("column sample: write 1 for made-up data, else 0 or nothing")
    if cells.get("date"):
        try:
            date.fromisoformat(cells["date"])
        except ValueError:
            raise ValueError(f"column date: {cells['date']!r} is no day: write it like 2026-03-06") from None
    return Facts(
        title=cells.get("title", ""),
        area=" > ".join(part.strip() for part in cells.get("area", "").split(">") if part.strip()),
        provider=cells.get("provider", ""),
        description=cells.get("description", ""),
        date=cells.get("date", ""),
        sample=cells.get("sample", "") == "1",
        overrides=_overrides(cells.get("overrides", "")),
    )


def _overrides(cell: str) -> dict[str, Any] | None:
    """``header_rows=2; year=2020; role 혼잡도=rate; kind 이용객=flow; unit 면적=㎡``; ``none`` takes all back.

    Raises ValueError naming the part that is none of these. What the words mean is checked by intake.
    """
    if not cell or cell.lower() == "none":
        return {} if cell else None
    found: dict[str, Any] = {}
    for part in filter(None, (part.strip() for part in cell.split(";"))):
        said, sign, value = (word.strip() for word in part.rpartition("="))
        decision, _, column = said.partition(" ")
        if sign and value.isdigit() and said in {"header_rows", "year"}:
            found[said] = int(value)
        elif sign and value and column.strip() and decision in {"role", "kind", "unit"}:
            found.setdefault(f"{decision}s", {})[column.strip()] = value
        else:
            raise ValueError(
                f"column overrides: {part!r}: write 'header_rows=2', 'year=2020', "
                "'role COLUMN=rate', 'kind COLUMN=flow' or 'unit COLUMN=명', with ';' between them"
            )
    return found


def _decoded(path: Path) -> str:
    data = path.read_bytes()
    for encoding in (
        ("utf-8-sig", "utf-16", "cp949") if data[:2] in {b"\xff\xfe", b"\xfe\xff"} else ("utf-8-sig", "cp949")
    ):
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise MetadataError(f"{path.name}: neither UTF-8 nor cp949; save it as UTF-8")


def _delimiter(text: str) -> str:
    """A tab where the header has one: Excel writes "text (tab)" under any ending."""
    return "\t" if "\t" in text.partition("\n")[0] else ","
