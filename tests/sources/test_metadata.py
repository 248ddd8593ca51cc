"""The metadata file beside data files."""

from pathlib import Path

import pytest

from sources import metadata
from sources.contract import Facts


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp949", "utf-16"])
@pytest.mark.parametrize(
    ("suffix", "delimiter"), [(".csv", ","), (".tsv", "\t"), (".csv", "\t"), (".txt", "\t")]
)
def test_it_is_read_as_staff_save_it(tmp_path: Path, encoding: str, suffix: str, delimiter: str) -> None:
    lines = [["file", "title", "area", "provider", "description"], ["a.csv", "화장실", "환경>화장실", "", ""]]
    path = tmp_path / f"metadata{suffix}"
    path.write_bytes("\n".join(delimiter.join(line) for line in lines).encode(encoding))
    assert metadata.read(path) == {"a.csv": Facts(title="화장실", area="환경 > 화장실")}


def test_short_lines_and_empty_lines_are_no_mistakes(tmp_path: Path) -> None:
    path = tmp_path / "metadata.csv"
    path.write_text('File,title,provider\na.csv\n\n,,\n"b.csv","둘, 셋",\n', encoding="utf-8")
    assert metadata.read(path) == {"a.csv": Facts(), "b.csv": Facts(title="둘, 셋")}


def test_a_path_in_the_file_column_means_its_file(tmp_path: Path) -> None:
    path = tmp_path / "metadata.csv"
    path.write_text("file,title\ndata\\화장실.csv,화장실\n", encoding="utf-8")
    assert list(metadata.read(path)) == ["화장실.csv"]


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("", "row 1: no column 'file'"),
        ("title\n화장실", "row 1: no column 'file'"),
        ("file,color\na.csv,red", "row 1: unknown column 'color'"),
        ("file,title,title\na.csv,b,c", "row 1: column 'title' stands there twice"),
        ("file,title\n,화장실", "row 2, column file: empty"),
        ("file,title\n\na.csv,b,c", "row 3: 3 cells under 2 columns"),
        ("file,title\na.csv,b\na.csv,c", "row 3, column file: 'a.csv' stands there twice"),
        ('file,title\n"a.csv,b', "row 2: unexpected end of data"),
        ("file,date\na.csv,yesterday", "row 2, column date: 'yesterday'"),
        ("file,sample\na.csv,maybe", "row 2, column sample"),
        (f"file,title\na.csv,{'가' * 500}", "row 2, column title: longer than 400"),
    ],
)
def test_a_mistake_is_named_with_file_row_and_column(tmp_path: Path, text: str, named: str) -> None:
    path = tmp_path / "metadata.csv"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(metadata.MetadataError, match=named) as error:
        metadata.read(path)
    assert "metadata.csv" in str(error.value)


def test_bytes_that_are_no_text_are_named(tmp_path: Path) -> None:
    path = tmp_path / "metadata.csv"
    path.write_bytes(b"file,title\n\xff\xff\xff")
    with pytest.raises(metadata.MetadataError, match=r"metadata\.csv: neither UTF-8 nor cp949"):
        metadata.read(path)
