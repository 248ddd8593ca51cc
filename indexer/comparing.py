"""The gate between two editions: what a new one may not lose without staff having seen it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sources.entry import MOST_DROP

Finding = dict[str, Any]
"""``kind`` few, drop, columns or doubled; ``message`` in Korean for staff."""

_TOLD = 8


@dataclass(frozen=True)
class Bounds:
    """What is expected of a dataset's editions."""

    at_least: int = 1
    most_drop: float = MOST_DROP


@dataclass(frozen=True)
class Shape:
    """Of an edition: its records and its columns by name with their roles."""

    records: int
    columns: Mapping[str, str]
    values: int = 0
    """Numbers in it; 0 where nobody has counted."""

    @classmethod
    def of(cls, records: int, columns: Mapping[str, Any], report: Mapping[str, Any]) -> "Shape":
        roles = {one["name"]: one["role"] for one in columns["columns"]}
        return cls(records, roles, int(report.get("values") or 0))


def compare(before: Shape | None, after: Shape, bounds: Bounds, doubled: int = 0) -> list[Finding]:
    """Why an edition must wait for staff; [] where it need not. ``doubled``: rows whose key came before."""
    found: list[Finding] = []
    if after.records < bounds.at_least:
        found.append(
            _finding("few", f"{after.records:,}건뿐입니다(적어도 {bounds.at_least:,}건이어야 합니다)")
        )
    if doubled:
        found.append(_finding("doubled", f"같은 열쇠 값이 {doubled:,}행에서 되풀이됩니다"))
    if before is None:
        return found
    lost = _lost(before.records, after.records)
    if lost > bounds.most_drop:
        found.append(
            _finding("drop", f"{before.records:,}건에서 {after.records:,}건으로 {lost:.0%} 줄었습니다")
        )
    elif (gone_values := _lost(before.values, after.values)) > bounds.most_drop:
        told = f"수치가 든 칸이 {before.values:,}개에서 {after.values:,}개로 {gone_values:.0%} 줄었습니다"
        found.append(_finding("drop", told))
    gone = [name for name in before.columns if name not in after.columns]
    if gone:
        found.append(_finding("columns", _changed(before, after, gone)))
    return found


def _lost(before: int, after: int) -> float:
    """The share that is gone."""
    return (before - after) / before if before else 0.0


def new_columns(before: Shape | None, after: Shape) -> str:
    """What is told of columns that came in addition; they hold nothing back."""
    added = [name for name in after.columns if before and name not in before.columns]
    return f"새 항목: {_listed(added)}" if added else ""


def told(before: Shape, after: Shape) -> list[str]:
    """All that differs, for a person who looks at both; nothing is expected of either."""
    found = [str(one["message"]) for one in compare(before, after, Bounds())]
    return [*found, *filter(None, [new_columns(before, after)])]


def _changed(before: Shape, after: Shape, gone: Sequence[str]) -> str:
    """A lost and a new column of one role may be one that was renamed: it is said so, not taken for sure."""
    new = [name for name in after.columns if name not in before.columns]
    pairs = []
    for name in gone:
        like = next((one for one in new if after.columns[one] == before.columns[name]), None)
        if like is not None:
            new.remove(like)
        pairs.append((name, like))
    renamed = [f"{name}→{like}" for name, like in pairs if like is not None]
    lost = [name for name, like in pairs if like is None]
    said = [
        f"없어진 항목: {_listed(lost)}" if lost else "",
        f"이름이 바뀐 듯한 항목: {_listed(renamed)}" if renamed else "",
        f"새 항목: {_listed(new)}" if new else "",
    ]
    return "; ".join(filter(None, said))


def _listed(names: Sequence[str]) -> str:
    more = f" 외 {len(names) - _TOLD}개" if len(names) > _TOLD else ""
    return ", ".join(names[:_TOLD]) + more


def _finding(kind: str, message: str) -> Finding:
    return {"kind": kind, "column": "", "message": message}
