"""What intake made of a file, for programs and for people."""

import json
from dataclasses import asdict
from typing import Any

from indexer.intake.preface import preface
from indexer.intake.screening import mask
from indexer.intake.table import Column, Taken

_ROLES = {
    "time": "시점", "region": "지역", "category": "분류", "label": "이름", "measure": "측정값", "rate": "비율·평균",
    "code": "번호·코드", "latitude": "위도", "longitude": "경도", "x": "X", "y": "Y", "text": "글",
}  # fmt: skip
_OUTCOMES = {
    "ok": "그대로 받음",
    "warn": "받음(살펴볼 점 있음)",
    "refuse": "받지 않음",
    "not_tabular": "표가 아님",
}
_FROM = {"column": "열", "header": "머리글", "title": "제목", "filename": "파일 이름", "override": "지정"}
_KINDS = {"flow": "유량(기간에 더함)", "stock": "저량(시점의 상태)"}


def as_json(taken: Taken) -> dict[str, Any]:
    """One object as design §9 lays it down."""
    table, profile = taken.table, taken.profile
    where = profile.coordinates if profile else None
    return {
        "file": taken.file,
        "outcome": str(taken.outcome),
        "messages": list(taken.messages),
        "encoding": table.encoding if table else None,
        "format": table.format if table else None,
        "header_rows": table.header_rows if table else 0,
        "rows": len(table.frame) if table else 0,
        "total_rows": sum(row.total for row in table.set_aside) if table else 0,
        "total_columns": [c.name for c in profile.columns if c.total] if profile else [],
        "columns": [_column(c) for c in profile.columns] if profile else [],
        "wide": profile.wide if profile else None,
        "years": list(profile.years) if profile else [],
        "years_from": profile.years_from if profile else None,
        "region_level": profile.region_level if profile else None,
        "coordinates": {"lat": where.lat, "lon": where.lon, "crs": where.crs, "valid": where.valid}
        if where
        else None,
        "totals": [{"measure": t.measure, "where": t.where, "value": t.value} for t in profile.totals]
        if profile
        else [],
        "preface": preface(table) if table else "",
        "set_aside": _reasons(taken),
        "personal": [asdict(found) for found in taken.personal],
    }


def _reasons(taken: Taken) -> list[dict[str, Any]]:
    """Why rows were set aside, how many for each reason, and the first of them."""
    found: dict[str, dict[str, Any]] = {}
    for row in taken.table.set_aside if taken.table else ():
        first = {"why": row.why, "rows": 0, "first_row": row.row, "example": mask(" | ".join(row.cells))[:80]}
        found.setdefault(row.why, first)["rows"] += 1
    return list(found.values())


def as_line(taken: Taken) -> str:
    """The same on one line."""
    return json.dumps(as_json(taken), ensure_ascii=False)


def _column(column: Column) -> dict[str, Any]:
    kind = str(column.kind) if column.kind else None
    return {"name": column.name, "role": str(column.role), "kind": kind, "unit": column.unit}


def as_text(taken: Taken) -> str:
    """The report on a terminal."""
    lines = [f"{taken.file}: {_OUTCOMES[taken.outcome]}"]
    table, profile = taken.table, taken.profile
    if table and profile:
        lines += [
            (
                f"  {table.format}{f', {table.encoding}' if table.encoding else ''}, 머리글 {table.header_rows}행, "
                f"자료 {len(table.frame):,}행, 합계 {sum(row.total for row in table.set_aside):,}행"
            ),
            (
                f"  연도 {_years(profile.years)}{f' ({_FROM[profile.years_from]})' if profile.years_from else ''}"
                f", 지역 {profile.region_level or '-'}, 가로로 펼친 것 {profile.wide or '-'}"
            ),
            "",
            *_table_of_columns(taken),
        ]
        lines += _set_aside(taken)
    lines += [f"  ! {message}" for message in taken.messages]
    return "\n".join(lines)


def _years(years: tuple[int, ...]) -> str:
    if not years:
        return "-"
    return f"{years[0]}" if len(years) == 1 else f"{years[0]}–{years[-1]} ({len(years)}개)"


def _table_of_columns(taken: Taken) -> list[str]:
    assert taken.table is not None and taken.profile is not None  # noqa: S101, PT018 - for the type checker
    rows = [("열", "역할", "성격", "단위", "보기")]
    for column in taken.profile.columns:
        cells = taken.table.frame[column.name]
        examples = ", ".join(mask(str(v))[:18] for v in cells[cells != ""].unique()[:3])
        kind = _KINDS[column.kind] if column.kind else ""
        total = " (다른 열의 합)" if column.total else ""
        rows.append((column.name[:40], _ROLES[column.role] + total, kind, column.unit or "", examples))
    widths = [max(_width(row[i]) for row in rows) for i in range(4)]
    return ["  " + "  ".join([*(_pad(row[i], widths[i]) for i in range(4)), row[4]]).rstrip() for row in rows]


def _width(text: str) -> int:
    """Columns on a terminal: Hangul takes two."""
    return sum(2 if ord(letter) > 0x1100 else 1 for letter in text)


def _pad(text: str, width: int) -> str:
    return text + " " * (width - _width(text))


def _set_aside(taken: Taken) -> list[str]:
    assert taken.table is not None  # noqa: S101 - for the type checker
    aside = taken.table.set_aside
    lines = ["", f"  따로 둔 행 {len(aside):,}개"] if aside else [""]
    lines += [f"    {row.row}행 {row.why}: {mask(' | '.join(row.cells))[:80]}" for row in aside[:10]]
    if len(aside) > 10:
        lines.append(f"    … 그 밖에 {len(aside) - 10:,}개")
    return lines
