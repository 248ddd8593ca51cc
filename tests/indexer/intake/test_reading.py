"""Bytes of every kind come to the same table, or are refused in one line that says why."""

import io
import json
import zipfile

import openpyxl
import pytest

from indexer.intake import take
from indexer.intake.table import Outcome, Taken

ROWS = [
    ["구", "연도", "이용건수"],
    ["가람구", "2021", "1,200"],
    ["나래구", "2021", "80"],
    ["다솜구", "2021", "3"],
]


def csv_of(rows: list[list[str]], delimiter: str = ",", end: str = "\r\n") -> str:
    return end.join(delimiter.join(f'"{cell}"' for cell in row) for row in rows) + end


def table_of(taken: Taken) -> list[list[str]]:
    assert taken.table is not None, taken.messages
    return [list(taken.table.frame.columns), *taken.table.frame.to_numpy().tolist()]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp949", "utf-16", "utf-16-le"])
@pytest.mark.parametrize("delimiter", [",", "\t", ";", "|"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_delimited_text_reads_alike_in_every_encoding_delimiter_and_line_end(
    encoding: str, delimiter: str, end: str
) -> None:
    taken = take("표.csv", csv_of(ROWS, delimiter, end).encode(encoding))
    assert table_of(taken) == ROWS


def test_letters_that_euc_kr_lacks_are_read_from_cp949() -> None:
    taken = take("표.csv", csv_of([["이름", "수량"], ["똠방각하", "1"], ["믜리내", "2"]]).encode("cp949"))
    assert table_of(taken)[1][0] == "똠방각하"


def test_a_workbook_reads_like_the_csv() -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    for row in ROWS:
        sheet.append([int(cell) if cell.isdigit() else cell for cell in row])
    stream = io.BytesIO()
    book.save(stream)
    assert table_of(take("표.xlsx", stream.getvalue())) == ROWS


@pytest.mark.parametrize("wrap", ["list", "seoul", "classic", "columns"])
def test_json_tables_read_alike_in_every_envelope(wrap: str) -> None:
    records = [dict(zip(ROWS[0], row, strict=True)) for row in ROWS[1:]]
    document: object = {
        "list": records,
        "seoul": {"someService": {"list_total_count": 3, "RESULT": {"CODE": "INFO-000"}, "row": records}},
        "classic": {
            "response": {
                "header": {"resultCode": "00"},
                "body": {"items": {"item": records}, "totalCount": 3},
            }
        },
        "columns": {name: [record[name] for record in records] for name in ROWS[0]},
    }[wrap]
    assert table_of(take("표.json", json.dumps(document, ensure_ascii=False).encode())) == ROWS


def test_a_page_of_an_open_api_is_known_to_be_no_whole() -> None:
    page = {"s": {"list_total_count": 90, "row": [{"이름": "가", "수량": "1"}, {"이름": "나", "수량": "2"}]}}
    taken = take("쪽.json", json.dumps(page, ensure_ascii=False).encode())
    assert taken.outcome == Outcome.WARN
    assert "90" in taken.messages[0]


def test_xml_records_read_like_the_csv() -> None:
    items = "".join(
        f"<item><구>{a}</구><연도>{b}</연도><이용건수>{c}</이용건수></item>" for a, b, c in ROWS[1:]
    )
    xml = f"<?xml version='1.0' encoding='UTF-8'?><response><body><items>{items}</items></body></response>"
    assert table_of(take("표.xml", xml.encode())) == ROWS


def test_html_under_the_name_xls_is_read_and_the_name_reported() -> None:
    rows = "".join("<tr>" + "".join(f"<td>{cell}</td>" for cell in row) + "</tr>" for row in ROWS)
    taken = take("표.xls", f"<html><table>{rows}</table></html>".encode("cp949"))
    assert table_of(taken) == ROWS
    assert taken.outcome == Outcome.WARN


def test_a_zip_of_one_table_reads_like_the_table() -> None:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr("표.csv", csv_of(ROWS).encode("cp949"))
    assert table_of(take("묶음.zip", stream.getvalue())) == ROWS


def bomb() -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", "<x/>")
        archive.writestr("xl/worksheets/sheet1.xml", b"0" * 500_000_000)
    return stream.getvalue()


@pytest.mark.parametrize(
    ("name", "data", "says"),
    [
        ("빈.csv", b"", "비어"),
        ("빈.json", b"   ", "비어"),
        ("깨진.json", '[{"가": 1}, {"가"'.encode(), "1행"),
        ("깨진.xml", "<목록><항목><가>1</항목></목록>".encode(), "1행"),
        ("글자.csv", b"\xb0\xa1,\xb3\xaa\n1,\xff\xfe\xff\n2,3\n", "2행"),
        ("사진.csv", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "그림"),
        ("이진.csv", b"a,b\n1,2\n3,\0\n", "3행"),
        ("깨진.xlsx", b"PK\x03\x04 not an archive", "압축"),
        ("문서.pdf", b"%PDF-1.4", "PDF"),
        ("개체.xml", b'<!DOCTYPE x [<!ENTITY a "b">]><x>&a;</x>', "ENTITY"),
    ],
)
def test_what_cannot_be_read_is_refused_in_one_line_that_says_where(
    name: str, data: bytes, says: str
) -> None:
    taken = take(name, data)
    assert taken.outcome == Outcome.REFUSE
    assert len(taken.messages) == 1
    assert says in taken.messages[0]
    assert "\n" not in taken.messages[0]


def test_an_archive_bomb_is_refused_before_it_is_opened() -> None:
    taken = take("폭탄.xlsx", bomb())
    assert taken.outcome == Outcome.REFUSE
    assert "부풀어" in taken.messages[0]


def test_boundaries_and_data_dictionaries_are_no_tables() -> None:
    boundary = take("경계.geojson", b'{"type": "FeatureCollection", "features": []}')
    dictionary = take(
        "정의서.csv", csv_of([["컬럼명", "타입", "길이", "설명"], ["A", "문자", "8", "이름"]]).encode()
    )
    assert {boundary.outcome, dictionary.outcome} == {Outcome.NOT_TABULAR}


SPREADSHEETML = """{before}<?xml version="1.0" encoding="{encoding}"?>
<Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"
 xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet"><Worksheet ss:Name="데이터"><Table>
{rows}</Table></Worksheet></Workbook>"""

CELL = '<Cell><Data ss:Type="String">{}</Data></Cell>'


def spreadsheetml(cells: list[list[str]], encoding: str = "utf-8", before: str = "") -> bytes:
    rows = "".join(f"<Row>{''.join(CELL.format(cell) for cell in row)}</Row>" for row in cells)
    return SPREADSHEETML.format(rows=rows, encoding=encoding, before=before).encode(encoding)


CELLS = [["구", "세대", "인구"], ["종로구", "10", "21"], ["중구", "11", "23"], ["강동구", "13", "29"]]


@pytest.mark.parametrize("encoding", ["utf-8", "euc-kr"])
@pytest.mark.parametrize("before", ["", "\t", "\r\n "])
def test_a_workbook_written_as_xml_reads_like_the_csv(encoding: str, before: str) -> None:
    found = take("표.xls", spreadsheetml(CELLS, encoding, before))
    assert found.table is not None, found.messages
    assert found.table.format == "spreadsheetml"
    assert found.table.frame.to_numpy().tolist() == CELLS[1:]
    assert any(".xls이지만 내용은 spreadsheetml" in message for message in found.messages)


def test_bare_brackets_and_ampersands_in_such_a_workbook_are_mended() -> None:
    cells = [*CELLS, ["A&B < 통계 >", "17", "31"]]
    found = take("표.xls", spreadsheetml(cells))
    assert found.table is not None, found.messages
    assert found.table.frame.iloc[-1].tolist() == ["A&B < 통계 >", "17", "31"]


def test_cells_that_a_workbook_leaves_out_keep_their_place() -> None:
    data = spreadsheetml(CELLS).decode().replace(CELL.format(10), "")
    data = data.replace(CELL.format(21), CELL.format(21).replace("<Cell>", '<Cell ss:Index="3">'))
    found = take("표.xls", data.encode())
    assert found.table is not None
    assert found.table.frame.iloc[0].tolist() == ["종로구", "", "21"]


def test_spans_of_an_html_table_keep_what_is_below_and_beside_in_place() -> None:
    html = (
        "<html><body><table><tr><th rowspan=2>구</th><th colspan=2>인구</th></tr><tr><th>남자</th><th>여자</th></tr>"
        "<tr><td rowspan=2>종로구</td><td>1</td><td>2</td></tr><tr><td>3</td><td>4</td></tr>"
        "<tr><td>중구</td><td>5</td><td>6</td></tr><tr><td>강동구</td><td>7</td><td>8</td></tr></table></body></html>"
    )
    found = take("표.xls", html.encode())
    assert found.table is not None
    assert list(found.table.frame.columns) == ["구", "인구 남자", "인구 여자"]
    assert found.table.frame["인구 여자"].tolist() == ["2", "4", "6", "8"]


def test_a_record_a_line_of_json_reads_like_the_csv() -> None:
    lines = "\n".join(
        json.dumps(dict(zip(CELLS[0], row, strict=True)), ensure_ascii=False) for row in CELLS[1:]
    )
    found = take("표.json", lines.encode())
    assert found.table is not None, found.messages
    assert found.table.frame.to_numpy().tolist() == CELLS[1:]


def test_a_table_of_too_many_columns_is_refused_with_the_count() -> None:
    text = ",".join(f"열{n}" for n in range(3_001)) + "\n" + ",".join(["1"] * 3_001)
    found = take("표.csv", text.encode())
    assert found.outcome == Outcome.REFUSE
    assert "3,001개" in found.messages[0]


def archive_of(files: dict[str, str]) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        for name, text in files.items():
            archive.writestr(name, text.encode())
    return stream.getvalue()


def test_the_one_row_with_too_many_cells_is_named_and_not_the_others() -> None:
    lines = ["이름,구분,수", *(f"가{n},나,{n}" for n in range(1, 20))]
    lines[11] += ",더,있다"
    taken = take("표.csv", "\n".join(lines).encode())
    (told,) = [one for one in taken.messages if "칸" in one]
    assert "머리글(3칸)보다 많은 행이 1개 있습니다(처음은 12행, 5칸)" in told


def test_a_zip_of_a_table_and_its_description_is_the_table() -> None:
    description = "컬럼명,데이터타입,길이\n구,VARCHAR,10\n연도,CHAR,4\n이용건수,NUMBER,8\n"
    data = archive_of({"자료.csv": csv_of(ROWS), "자료_정의서.csv": description})
    assert table_of(take("묶음.zip", data)) == ROWS


def test_files_under_one_header_in_a_zip_are_read_one_after_the_other() -> None:
    month = [
        ["구", "유형", "건수"],
        *([f"{name}구", "대여", str(n)] for n, name in enumerate("가나다라마바", 3)),
    ]
    found = take("묶음.zip", archive_of({"1월.csv": csv_of(month), "2월.csv": csv_of(month)}))
    rows = table_of(found)
    assert rows[0] == ["파일", "구", "유형", "건수"]
    assert len(rows) == 13
    assert any("이어 읽었습니다" in message for message in found.messages)


def test_different_tables_in_a_zip_are_refused_with_their_names() -> None:
    found = take("묶음.zip", archive_of({"가.csv": csv_of(ROWS), "나.csv": "역,승차\n천호,1\n길동,2\n"}))
    assert found.outcome == Outcome.REFUSE
    assert "가.csv" in found.messages[0]


def test_a_quote_that_nothing_closes_is_refused_with_its_row() -> None:
    found = take("표.csv", '구,건수\n강동구,1\n송파구,"12\n강남구,3\n서초구,4\n'.encode())
    assert found.outcome == Outcome.REFUSE
    assert "3행" in found.messages[0]


def test_a_file_cut_inside_its_last_quoted_cell_is_read_and_reported() -> None:
    found = take("표.csv", '구,이름\n강동구,"가"\n송파구,"나"\n강남구,"다라'.encode())
    assert found.outcome == Outcome.WARN
    assert any("닫히지" in message for message in found.messages)


def test_a_quote_inside_a_cell_closes_nothing() -> None:
    found = take("표.csv", '구,폭\n강동구,24"\n송파구,30\n강남구,12\n'.encode())
    assert found.table is not None
    assert len(found.table.frame) == 3
