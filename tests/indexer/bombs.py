"""Files that are small and swell: in time, memory or both. Each is under a megabyte."""

import io
import zipfile
from collections.abc import Callable, Iterable

_SPREADSHEET = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_KIND = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"
_MANY_ENTITIES = '<!DOCTYPE l [<!ENTITY a "haha">{}]>'.format(
    "".join(f'<!ENTITY {chr(98 + n)} "{f"&{chr(97 + n)};" * 10}">' for n in range(9))
)


def _link(name: str, kind: str, target: str) -> str:
    return f'<Relationship Id="{name}" Type="{_OFFICE}/{kind}" Target="{target}"/>'


def _links(*links: str) -> str:
    return f'<Relationships xmlns="{_PACKAGE}/relationships">{"".join(links)}</Relationships>'


def workbook(rows: Iterable[str], shared: str = "", before: str = "") -> bytes:
    """An xlsx of one sheet with these rows, as small as deflate makes it."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as book:
        book.writestr(
            "[Content_Types].xml",
            f'<Types xmlns="{_PACKAGE}/content-types"><Default Extension="xml" ContentType="application/xml"/>'
            f'<Override PartName="/xl/workbook.xml" ContentType="{_KIND}"/></Types>',
        )
        book.writestr("_rels/.rels", _links(_link("r1", "officeDocument", "xl/workbook.xml")))
        book.writestr(
            "xl/workbook.xml",
            f'<workbook xmlns="{_SPREADSHEET}" xmlns:r="{_OFFICE}"><sheets><sheet name="S" sheetId="1" r:id="r1"/>'
            "</sheets></workbook>",
        )
        sheet, strings = (
            _link("r1", "worksheet", "worksheets/sheet1.xml"),
            _link("r2", "sharedStrings", "sharedStrings.xml"),
        )
        book.writestr("xl/_rels/workbook.xml.rels", _links(sheet, strings))
        book.writestr("xl/sharedStrings.xml", f'<sst xmlns="{_SPREADSHEET}">{shared}</sst>')
        with book.open("xl/worksheets/sheet1.xml", "w") as part:
            part.write(f'{before}<worksheet xmlns="{_SPREADSHEET}"><sheetData>'.encode())
            for row in rows:
                part.write(row.encode())
            part.write(b"</sheetData></worksheet>")
    return made.getvalue()


def _archive(size: int) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive, archive.open("표.csv", "w") as part:
        for _ in range(size // 1_000_000):
            part.write(b"0" * 1_000_000)
    return made.getvalue()


def _string_for_every_cell() -> bytes:
    cells = "".join(f'<c r="{letter}%d" t="s"><v>0</v></c>' for letter in "ABCDEFGH")
    rows = (f'<row r="{n}">{cells % ((n,) * 8)}</row>' for n in range(1, 38_000))
    return workbook(rows, f"<si><t>{'가' * 32_000}</t></si>")


def _far_corner(cell: str, row: int) -> bytes:
    first = '<row r="1"><c r="A1"><v>1</v></c></row>'
    return workbook([first, f'<row r="{row}"><c r="{cell}"><v>1</v></c></row>'])


BOMBS: dict[str, Callable[[], bytes]] = {
    "blanks.xlsx": lambda: workbook(" " * 1_000_000 for _ in range(880)),
    "dull.xlsx": lambda: workbook(f"<row>{'<c><v>1</v></c>' * 100}</row>" for _ in range(90_000)),
    "one string.xlsx": _string_for_every_cell,
    "far corner.xlsx": lambda: _far_corner("XFD1048576", 1_048_576),
    "near corner.xlsx": lambda: _far_corner("XFD1500", 1_500),
    "entities.xlsx": lambda: workbook(
        ['<row><c t="inlineStr"><is><t>&j;</t></is></c></row>'], before=_MANY_ENTITIES
    ),
    "entities.xml": f"<?xml version='1.0'?>{_MANY_ENTITIES}<r><i><x>&j;</x></i><i/></r>".encode,
    "late entities.xml": f"<?xml version='1.0'?>{' ' * 200_000}{_MANY_ENTITIES}<r>&j;</r>".encode,
    "archive.zip": lambda: _archive(850_000_000),
    "deep.json": lambda: b"[" * 450_000 + b"]" * 450_000,
    "deep.xml": lambda: b"<a>" * 120_000 + b"</a>" * 120_000,
    "spans.xls": lambda: (
        b"<html><table>" + (b"<tr>" + b'<td colspan="1000" rowspan="1000">1</td>' * 30 + b"</tr>") * 700
    ),
    "sheet.xls": lambda: (
        b'<Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet" '
        b'xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet"><Worksheet><Table>'
        + b'<Row><Cell ss:Index="20000"><Data>1</Data></Cell></Row>' * 15_000
        + b"</Table></Worksheet></Workbook>"
    ),
    "wide.csv": lambda: b"\n".join(
        [b",".join(b"c%d" % n for n in range(20_000)), *[b"1," * 19_999 + b"1"] * 20]
    ),
    "open quote.csv": lambda: b'a,b,c\n"' + b"x,y\n" * 220_000,
}
