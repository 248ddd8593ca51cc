"""An edition as a file that intake reads: packed pages become one csv table under our names of the columns."""

import csv
import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sources.connectors import CONNECTORS
from sources.errors import SourceError
from sources.packing import Packed, unpack
from sources.paging import Page, Row


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
    """Raises SourceError, also where a column that is known under several names has none of them (renamed)."""
    connector = CONNECTORS[packed.source]
    pages = [connector.read(page) for page in packed.pages]
    whole = (
        connector.table(pages) if connector.table else Page(tuple(row for one in pages for row in one.rows))
    )
    rows = [dict(row) for row in whole.rows]
    names = _names(rows, packed.columns)
    kept = [row for row in _renamed(rows, names) if _is_wanted(row, packed.where)]
    single, doubled = _newest(kept, packed.key, packed.newest_by)
    notes = []
    if len(kept) < len(rows):
        wanted = ", ".join(f"{name} {'·'.join(values)}" for name, values in packed.where.items())
        notes.append(f"받은 {len(rows):,}행 가운데 {wanted}인 {len(kept):,}행만 담았습니다")
    if doubled:
        keys = "·".join(packed.key)
        notes.append(
            f"{keys} 값이 되풀이되는 {doubled:,}행은 {packed.newest_by} 값이 가장 새 것만 담았습니다"
        )
    return Opened(_csv(list(names.values()), single), len(single), tuple(notes))


def _names(rows: Sequence[Row], columns: Mapping[str, tuple[str, ...]]) -> dict[str, str]:
    """Wire names in their order with ours; names on the wire differ in case now and then."""
    there = dict.fromkeys(name for row in rows for name in row)
    if not there:
        return {}
    folded = {name.casefold(): name for name in there}
    found: dict[str, str] = {}
    lost: list[str] = []
    for ours, theirs in columns.items():
        name = next((folded[one.casefold()] for one in theirs if one.casefold() in folded), None)
        if name is None:
            lost.append(f"{ours}({'·'.join(theirs)})")
        else:
            found[name] = ours
    if lost:
        new = sorted(set(there) - set(found))
        seen = f" 새로 보이는 항목: {', '.join(new[:8])}." if new else ""
        raise SourceError(
            "fields", f"항목 {', '.join(lost)}이 답에 없습니다.{seen} 목록의 columns를 고쳐 주십시오"
        )
    return {name: found.get(name, name) for name in there}


def _renamed(rows: Sequence[Row], names: Mapping[str, str]) -> list[dict[str, str]]:
    return [{ours: row.get(theirs, "") for theirs, ours in names.items()} for row in rows]


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


def doubled_keys(packed: Packed, table: bytes) -> int:
    """Rows whose key stands in a row before, where nothing says which is the newer one."""
    if not packed.key or packed.newest_by:
        return 0
    rows = list(csv.DictReader(io.StringIO(table.decode())))
    return len(rows) - len({tuple(row.get(one, "") for one in packed.key) for row in rows})


def _csv(names: Sequence[str], rows: Sequence[Row]) -> bytes:
    sink = io.StringIO()
    writer = csv.writer(sink, lineterminator="\n")
    writer.writerow(names)
    writer.writerows([row.get(name, "") for name in names] for row in rows)
    return sink.getvalue().encode()
