"""Tables to files, byte for byte the same for the same table."""

import html
import json
import zipfile
from collections.abc import Iterable
from pathlib import Path

import pandas as pd

from indexer.sample.kind import Form

SUFFIXES: dict[Form, str] = {
    "cp949": "csv",
    "utf-8-sig": "csv",
    "utf-8": "csv",
    "xlsx": "xlsx",
    "json": "json",
}
# offices save CP949 from a spreadsheet on Windows, with its line ends; the others come from servers
LINE_ENDS: dict[Form, str] = {"cp949": "\r\n", "utf-8-sig": "\r\n", "utf-8": "\n"}
OLDEST_ZIP_TIME = (1980, 1, 1, 0, 0, 0)  # zip files carry times; a fixed one keeps the bytes the same

XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
SHEET_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml"
WORKBOOK_PARTS = {
    "[Content_Types].xml": f'<Types xmlns="{PACKAGE}/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    f'<Override PartName="/xl/workbook.xml" ContentType="{SHEET_TYPE}.sheet.main+xml"/>'
    f'<Override PartName="/xl/worksheets/sheet1.xml" ContentType="{SHEET_TYPE}.worksheet+xml"/></Types>',
    "_rels/.rels": f'<Relationships xmlns="{PACKAGE}/relationships"><Relationship Id="rId1" '
    f'Type="{OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
    "xl/workbook.xml": f'<workbook xmlns="{MAIN}" xmlns:r="{OFFICE}"><sheets>'
    '<sheet name="데이터" sheetId="1" r:id="rId1"/></sheets></workbook>',
    "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{PACKAGE}/relationships"><Relationship Id="rId1" '
    f'Type="{OFFICE}/worksheet" Target="worksheets/sheet1.xml"/></Relationships>',
}


def write_table(pieces: Iterable[pd.DataFrame], path: Path, form: Form) -> None:
    """Write the table at `path`, piece after piece where the form allows.

    Raises UnicodeEncodeError where the form's encoding lacks a character.
    """
    if form == "xlsx":
        write_workbook(pd.concat(pieces), path)
    elif form == "json":
        write_json(pd.concat(pieces), path)
    else:
        with path.open("w", encoding=form, newline="") as file:
            for at, piece in enumerate(pieces):
                piece.to_csv(file, index=False, header=at == 0, lineterminator=LINE_ENDS[form])


def write_json(frame: pd.DataFrame, path: Path) -> None:
    """A list of rows, one a line."""
    rows = (json.dumps(row, ensure_ascii=False) for row in frame.to_dict("records"))
    path.write_text("[\n" + ",\n".join(rows) + "\n]\n", encoding="utf-8", newline="\n")


def write_workbook(frame: pd.DataFrame, path: Path) -> None:
    """A workbook of one sheet without styles, texts inside the cells.

    Written by hand: the libraries that write xlsx stamp the time of writing into the file.
    """
    rows = [tuple(frame.columns), *frame.itertuples(index=False, name=None)]
    body = "".join(f'<row r="{at}">{"".join(map(cell, row))}</row>' for at, row in enumerate(rows, start=1))
    sheet = f'<worksheet xmlns="{MAIN}"><sheetData>{body}</sheetData></worksheet>'
    with zipfile.ZipFile(path, "w") as archive:
        for name, text in {**WORKBOOK_PARTS, "xl/worksheets/sheet1.xml": sheet}.items():
            info = zipfile.ZipInfo(name, OLDEST_ZIP_TIME)
            info.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(info, XML + text)


def cell(value: object) -> str:
    if isinstance(value, str):
        return f'<c t="inlineStr"><is><t xml:space="preserve">{html.escape(value, quote=False)}</t></is></c>'
    return f"<c><v>{value}</v></c>"
