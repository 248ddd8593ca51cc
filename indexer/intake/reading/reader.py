"""Bytes to a grid: the format is told by content, the name only has to agree with it."""

from dataclasses import replace
from pathlib import PurePath

from indexer.intake.reading.archive import check_size, is_workbook, tables
from indexer.intake.reading.decode import decode
from indexer.intake.reading.delimited import read_delimited
from indexer.intake.reading.description import is_dictionary
from indexer.intake.reading.grid import Grid
from indexer.intake.reading.htmlrows import looks_like_html, read_html
from indexer.intake.reading.jsonrows import read_json
from indexer.intake.reading.sheets import FILE, join_sheets, same_tables
from indexer.intake.reading.workbook import read_workbook
from indexer.intake.reading.xmlrows import read_xml
from indexer.intake.table import Outcome, Refused

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ZIP = b"PK"
# formats that may stand under an extension without comment
_EXPECTED = {
    ".csv": ("csv", "tsv"),
    ".txt": ("csv", "tsv"),
    ".tsv": ("tsv", "csv"),
    ".xls": ("xls",),
    ".xlsx": ("xlsx",),
    ".json": ("json",),
    ".geojson": ("json",),
    ".xml": ("xml",),
}
_MOST_BYTES = 300_000_000
_LONGEST_DESCRIPTION = 200_000


def read(name: str, data: bytes) -> Grid:
    """Raises ``Refused`` where no grid can be had."""
    if not data.strip():
        raise Refused("파일이 비어 있습니다: 자료가 들어 있는 파일을 올려 주십시오")
    if len(data) > _MOST_BYTES:
        raise Refused(f"파일이 {len(data) / 1e6:,.0f} MB입니다: 300 MB 아래로 나누어 올려 주십시오")
    if data.startswith(_ZIP):
        check_size(data)
        if not is_workbook(data):
            return _from_archive(data)
        grid = read_workbook(data, "xlsx")
    elif data.startswith(_OLE):
        grid = read_workbook(data, "xls")
    else:
        grid = _read_text(data)
    expected = _EXPECTED.get(PurePath(name).suffix.lower())
    if expected and grid.format not in expected:
        suffix = PurePath(name).suffix
        lie = f"파일 이름은 {suffix}이지만 내용은 {grid.format}입니다: 내용대로 읽었습니다"
        return replace(grid, messages=(lie, *grid.messages))
    return grid


def _from_archive(data: bytes) -> Grid:
    """The one table in a zip, its description left out; or tables under one header, one after the other."""
    grids = {name: read(name, content) for name, content in tables(data)}
    grids = {
        name: grid for name, grid in grids.items() if not any(map(is_dictionary, grid.rows[:20]))
    } or grids
    name, grid = next(iter(grids.items()))
    if len(grids) == 1:
        return replace(grid, format=f"zip/{grid.format}")
    named = {PurePath(one).stem: found.rows for one, found in grids.items()}
    alike = same_tables(named, PurePath(name).stem)
    if len(alike) < len(grids):
        listed = ", ".join(list(grids)[:5])
        raise Refused(f"zip에 표가 {len(grids)}개 들어 있습니다({listed}): 표 하나씩 올려 주십시오")
    rows, numbers = join_sheets(named, alike, FILE)
    message = f"머리글이 같은 파일 {len(alike)}개를 이어 읽었습니다(열 '{FILE}', 행 번호도 이어 셉니다)"
    return replace(
        grid, rows=rows, numbers=numbers, format=f"zip/{grid.format}", messages=(*grid.messages, message)
    )


_PICTURES = {b"\x89PNG": "PNG", b"\xff\xd8\xff": "JPEG", b"GIF8": "GIF"}


def _read_text(data: bytes) -> Grid:
    if kind := next((kind for sign, kind in _PICTURES.items() if data.startswith(sign)), ""):
        raise Refused(f"그림 파일({kind})입니다: 그림이 된 표를 csv·xlsx로 저장해 올려 주십시오")
    if data.startswith(b"%PDF"):
        raise Refused("PDF 파일입니다: 표를 csv·xlsx로 저장해 올려 주십시오")
    if data.startswith(b"version https://git-lfs."):
        raise Refused(
            "자료가 아니라 자료가 있는 곳을 적은 Git LFS 포인터입니다: 원본 파일을 내려받아 올려 주십시오"
        )
    head = data[:4096].lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n").replace(b"\0", b"")
    if _is_description(data):
        raise Refused(
            "통계표를 설명하는 메타자료입니다: 레코드가 없어 색인하지 않습니다. 통계표 파일을 올려 주십시오",
            Outcome.NOT_TABULAR,
        )
    if head.startswith((b"{", b"[")) and not head.startswith(b"[\xb0"):
        return _json_or_text(data, head)
    if looks_like_html(head):
        return read_html(data)
    if head.startswith(b"<"):
        return read_xml(data)
    return read_delimited(data)


def _is_description(data: bytes) -> bool:
    """What statistics portals hand out beside a table: lines such as ``○ 통계표ID : …`` and nothing else."""
    if len(data) > _LONGEST_DESCRIPTION or not any(
        mark.encode(code) in data for mark in ("통계표ID", "통계표명") for code in ("utf-8", "cp949")
    ):
        return False
    lines = [line.strip() for line in decode(data).text.splitlines() if line.strip()]
    said = [line for line in lines if line.startswith(("○", "<", "*", "■", "※", "-", "·"))]
    return (
        len(said) >= 4
        and lines[0].startswith(("○", "<"))
        and not any("\t" in line or line.count(",") > 8 for line in lines[:5])
    )


def _json_or_text(data: bytes, head: bytes) -> Grid:
    # a preamble such as "[검색조건]" also starts with a bracket; json goes on with a quote, bracket or digit
    follows = head[1:].lstrip()[:1]
    if follows in (b'"', b"{", b"[", b"]", b"}") or (head[:1] == b"[" and follows.isdigit()):
        return read_json(data)
    return read_delimited(data)
