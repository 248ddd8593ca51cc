"""An edition as a file that intake reads: packed pages become one csv table under our names of the columns."""

import csv
import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sources.answers import text_of
from sources.connectors import CONNECTORS
from sources.errors import SourceError
from sources.packing import Packed, unpack
from sources.paging import Page, Row

_TOLD = 8


@dataclass(frozen=True)
class Opened:
    """A table as csv (UTF-8). ``notes`` say what was left out or found twice, in Korean, for the report."""

    data: bytes
    rows: int
    notes: tuple[str, ...] = ()


def opened(edition: bytes) -> Opened | None:
    """None where the edition is a file as published. Raises SourceError for pages that cannot be read."""
    packed = unpack(edition)
    return None if packed is None else table_of(packed)


def table_of(packed: Packed) -> Opened:
    """Raises SourceError, also where fields are gone without which the table is another one (renamed)."""
    connector = CONNECTORS.get(packed.source)
    if connector is None:
        raise SourceError("form", f"출처 {packed.source}을(를) 모릅니다")
    pages = [connector.read(page) for page in packed.pages]
    whole = (
        connector.table(pages) if connector.table else Page(tuple(row for one in pages for row in one.rows))
    )
    rows = [dict(row) for row in whole.rows]
    names, lost = _names(rows, packed.columns)
    notes = _told_lost(
        packed, lost, sorted(set(names) - {one for all_ in packed.columns.values() for one in all_})
    )
    kept = [row for row in _renamed(rows, names) if _is_wanted(row, packed.where)]
    single, doubled = _newest(kept, packed.key, packed.newest_by)
    if len(kept) < len(rows):
        wanted = ", ".join(f"{name} {'·'.join(values)}" for name, values in packed.where.items())
        notes.append(f"받은 {len(rows):,}행 가운데 {wanted}인 {len(kept):,}행만 담았습니다")
    if doubled:
        keys = "·".join(packed.key)
        notes.append(
            f"{keys} 값이 되풀이되는 {doubled:,}행은 {packed.newest_by} 값이 가장 새 것만 담았습니다"
        )
    return Opened(_csv(list(dict.fromkeys(names.values())), single), len(single), tuple(notes))


def _names(rows: Sequence[Row], columns: Mapping[str, tuple[str, ...]]) -> tuple[dict[str, str], list[str]]:
    """Wire names in their order with ours, and our columns that none of them is.

    Names on the wire differ in case now and then, or change one day.
    """
    there = dict.fromkeys(name for row in rows for name in row)
    if not there:
        return {}, []
    folded: dict[str, list[str]] = {}
    for name in there:
        folded.setdefault(name.casefold(), []).append(name)
    found: dict[str, str] = {}
    lost: list[str] = []
    for ours, theirs in columns.items():
        names = [name for one in theirs for name in folded.get(one.casefold(), ())]
        if not names:
            lost.append(ours)
        for name in _same(rows, names):
            found[name] = ours
    taken = set(found.values())
    return {name: found.get(name, f"{name} (원래 이름)" if name in taken else name) for name in there}, lost


def _told_lost(packed: Packed, lost: Sequence[str], new: Sequence[str]) -> list[str]:
    """What is said of fields that did not come.

    A single one less is for the gate to judge, which knows the edition before. Raises SourceError where the table
    is another one without them: by them rows are chosen or told apart, or they are most of it.
    """
    if not lost:
        return []
    needed = {*packed.key, *packed.where, packed.newest_by}
    wire = ", ".join(f"{ours}({'·'.join(packed.columns[ours])})" for ours in lost[:_TOLD])
    seen = f" 새로 보이는 항목: {', '.join(new[:_TOLD])}." if new else ""
    said = f"항목 {wire}이 답에 없습니다.{seen} 목록의 columns를 고쳐 주십시오"
    if needed & set(lost) or 2 * len(lost) > len(packed.columns):
        raise SourceError("fields", said)
    return [said]


def _same(rows: Sequence[Row], names: Sequence[str]) -> list[str]:
    """The first name, with those that stand in its place in other rows; what stands beside it is another thing."""
    same = list(names[:1])
    for name in names[1:]:
        if not any(name in row and any(one in row for one in same) for row in rows):
            same.append(name)
    return same


def _renamed(rows: Sequence[Row], names: Mapping[str, str]) -> list[dict[str, str]]:
    return [{names[theirs]: value for theirs, value in row.items()} for row in rows]


def _is_wanted(row: Row, where: Mapping[str, tuple[str, ...]]) -> bool:
    return all(row.get(name, "") in values for name, values in where.items())


def _newest(rows: list[dict[str, str]], key: tuple[str, ...], by: str) -> tuple[list[dict[str, str]], int]:
    """Of rows with one key the newest, in place of the first; and how many were left out."""
    if not key or not by:
        return rows, 0
    found: dict[tuple[str, ...], dict[str, str]] = {}
    for row in rows:
        name = tuple(row.get(one, "") for one in key)
        if name not in found or row.get(by, "") > found[name].get(by, ""):
            found[name] = row
    return list(found.values()), len(rows) - len(found)


def rows_of(file: bytes) -> list[dict[str, str]]:
    """Rows of a csv, made or as published. Raises SourceError for bytes that are no text."""
    return list(_read(file))


def has_rows(file: bytes) -> bool:
    """Whether a csv holds more than its header, or not even that. Raises SourceError like ``rows_of``."""
    return next(_read(file), None) is not None


def _read(file: bytes) -> "csv.DictReader[str]":
    return csv.DictReader(io.StringIO(text_of("CSV", file) if file.strip() else "", newline=""))


def doubled(rows: Sequence[Row], key: Sequence[str]) -> int:
    """Rows whose key stands in a row before."""
    return len(rows) - len({tuple(row.get(one) for one in key) for row in rows})


def _csv(names: Sequence[str], rows: Sequence[Row]) -> bytes:
    sink = io.StringIO()
    writer = csv.writer(sink, lineterminator="\n")
    writer.writerow(names)
    writer.writerows([row.get(name, "") for name in names] for row in rows)
    return sink.getvalue().encode()
