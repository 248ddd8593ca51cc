"""XML tables to a grid: the element that repeats is the record, its children are the fields."""

import re
from collections import Counter
from collections.abc import Iterator
from xml.etree import ElementTree as ET  # entities are refused before it sees them
from xml.parsers import expat

from indexer.intake.reading.decode import decode
from indexer.intake.reading.grid import MOST_CELLS, Grid, numbered
from indexer.intake.table import Refused

_SPREADSHEET = "{urn:schemas-microsoft-com:office:spreadsheet}"
_COUNTS = ("totalCount", "list_total_count")


def read_xml(data: bytes) -> Grid:
    root, encoding = _parse(data)
    if root.tag == f"{_SPREADSHEET}Workbook":
        return _spreadsheet(root, encoding)
    records = _records(root)
    if not records:
        message = next(
            (e.text for e in root.iter() if e.tag.lower() in ("resultmsg", "message", "errmsg") and e.text),
            "",
        )
        said = f"(서비스의 응답: {message.strip()})" if message else ""
        raise Refused(f"xml에 되풀이되는 레코드가 없습니다{said}: 행 목록이 든 xml을 올려 주십시오")
    names = list(dict.fromkeys(_name(child.tag) for record in records for child in record))
    rows = [names]
    for record in records:
        cells = {_name(child.tag): _text(child) for child in record}
        rows.append([cells.get(name, "") for name in names])
    return Grid(rows, numbered(rows), "xml", encoding, named=True, messages=tuple(_page(root, len(records))))


def _parse(data: bytes) -> tuple[ET.Element, str]:
    # some systems write a blank before the declaration, which xml forbids
    data = data.lstrip()
    head = data[:4096]
    if b"<!DOCTYPE" in data or b"<!ENTITY" in data:
        raise Refused("xml에 DOCTYPE·ENTITY 선언이 있어 읽지 않습니다: 선언을 빼고 다시 저장해 주십시오")
    try:
        if re.search(rb"encoding=[\"'](?:euc-kr|cp949|ks_c_5601-1987|ms949)", head, re.IGNORECASE):
            # expat knows no Korean encodings, so the text is decoded here and the declaration taken off
            decoded = decode(data)
            body = re.sub(r"^\ufeff?<\?xml.*?\?>", "", decoded.text, count=1)
            return ET.fromstring(body), decoded.encoding  # noqa: S314 - no entities
        return ET.fromstring(data), "utf-8"  # noqa: S314 - entities are refused above
    except ET.ParseError as error:
        if b"urn:schemas-microsoft-com:office:spreadsheet" in head and (mended := _mended(data)) is not None:
            return mended
        line, column = error.position
        why = expat.ErrorString(error.code)
        raise Refused(
            f"xml 문법이 {line}행 {column + 1}번째 글자에서 깨졌습니다({why}): "
            "원본을 다시 내려받거나 csv·xlsx를 올려 주십시오"
        ) from error


def _mended(data: bytes) -> tuple[ET.Element, str] | None:
    """Workbooks written as text by hand: ``<`` and ``&`` of the cells stand there bare."""
    decoded = decode(data)
    body = re.sub(r"^\ufeff?\s*<\?xml.*?\?>", "", decoded.text, count=1)
    body = re.sub(r"<(?![A-Za-z/?!])", "&lt;", body)
    body = re.sub(r"&(?!(?:\w+|#\d+|#x[0-9a-fA-F]+);)", "&amp;", body)
    try:
        return ET.fromstring(body), decoded.encoding  # noqa: S314 - entities are refused before
    except ET.ParseError:
        return None


def _name(tag: str) -> str:
    return tag.rsplit("}", 1)[-1].strip()


def _text(element: ET.Element) -> str:
    if len(element):
        return " ".join(part.strip() for part in element.itertext() if part.strip())
    text = (element.text or "").strip()
    return "" if text == "null" else text


def _records(root: ET.Element) -> list[ET.Element]:
    """Children of one parent that share a tag and have children themselves: the largest such family."""
    best: list[ET.Element] = []
    best_size = 0
    for parent in root.iter():
        tags = Counter(child.tag for child in parent if len(child))
        for tag, count in tags.items():
            family = parent.findall(tag)
            size = count * max(len(child) for child in family)
            flat = sum(1 for child in family for cell in child if not len(cell))
            if (
                size > best_size
                and flat > 0.5 * sum(len(child) for child in family)
                and _is_family(tag, count)
            ):
                best, best_size = family, size
    return best


def _is_family(tag: str, count: int) -> bool:
    # one row alone is a record only where the tag says so; RESULT, header and the like are not
    return count > 1 or _name(tag).lower() in ("item", "row", "record")


def _page(root: ET.Element, rows: int) -> Iterator[str]:
    for element in root.iter():
        text = (element.text or "").strip()
        if _name(element.tag) in _COUNTS and text.isdigit() and int(text) > rows:
            yield f"전체 {int(text):,}건 중 {rows:,}건만 들어 있는 한 쪽입니다: 나머지를 마저 받아 주십시오"
            return


def _spreadsheet(root: ET.Element, encoding: str) -> Grid:
    """SpreadsheetML 2003, which some offices' systems write and call .xls."""
    tables = [_sheet_rows(sheet) for sheet in root.iter(f"{_SPREADSHEET}Table")]
    rows = max(tables, key=lambda found: sum(len(row) for row in found), default=[])
    if not rows:
        raise Refused("모든 시트가 비어 있습니다: 자료가 든 시트를 올려 주십시오")
    return Grid(rows, numbered(rows), "spreadsheetml", encoding)


def _sheet_rows(table: ET.Element) -> list[list[str]]:
    rows: list[list[str]] = []
    size = 0
    for row in table.findall(f"{_SPREADSHEET}Row"):
        index = int(row.get(f"{_SPREADSHEET}Index", len(rows) + 1))
        rows.extend([[] for _ in range(min(index, 1_000_000) - 1 - len(rows))])
        cells: list[str] = []
        for cell in row.findall(f"{_SPREADSHEET}Cell"):
            at = int(cell.get(f"{_SPREADSHEET}Index", len(cells) + 1))
            cells.extend([""] * (min(at, 20_000) - 1 - len(cells)))
            cells.append("".join(cell.itertext()).strip())
            cells.extend([""] * min(int(cell.get(f"{_SPREADSHEET}MergeAcross", 0)), 20_000))
        size += len(cells)
        if size > MOST_CELLS:
            raise Refused(f"시트의 칸이 {MOST_CELLS:,}개를 넘습니다: 빈 칸을 지우고 나누어 올려 주십시오")
        rows.append(cells)
    return rows
