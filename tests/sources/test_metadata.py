"""The metadata file beside data files."""

from pathlib import Path

import pytest

from sources import folder, metadata
from sources.contract import Facts, Fetched, Unreadable


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp949"])
@pytest.mark.parametrize(("suffix", "delimiter"), [(".csv", ","), (".tsv", "\t")])
def test_it_is_read_in_every_encoding_staff_save(
    tmp_path: Path, encoding: str, suffix: str, delimiter: str
) -> None:
    lines = [["file", "title", "area", "provider", "description"], ["a.csv", "화장실", "환경>화장실", "", ""]]
    path = tmp_path / f"metadata{suffix}"
    path.write_bytes("\n".join(delimiter.join(line) for line in lines).encode(encoding))
    assert metadata.read(path) == {"a.csv": Facts(title="화장실", area="환경 > 화장실")}


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("title\n화장실", "row 1: no column 'file'"),
        ("file,color\na.csv,red", "unknown column 'color'"),
        ("file,title\n,화장실", "row 2"),
        ("file,title\na.csv,b,c", "row 2"),
    ],
)
def test_a_mistake_is_named_with_file_and_row(tmp_path: Path, text: str, named: str) -> None:
    path = tmp_path / "metadata.csv"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(metadata.MetadataError, match=named) as error:
        metadata.read(path)
    assert "metadata.csv" in str(error.value)


def test_a_folder_gives_its_data_files_in_order_and_nothing_else(tmp_path: Path) -> None:
    for name in ("b.csv", "a.xlsx", "metadata.tsv", ".hidden.csv", "note.md"):
        (tmp_path / name).write_text("x", encoding="utf-8")
    assert [path.name for path in folder.files([tmp_path])] == ["a.xlsx", "b.csv"]


def test_a_file_that_cannot_be_read_does_not_stop_the_others(tmp_path: Path) -> None:
    (tmp_path / "b.csv").write_text("x", encoding="utf-8")
    found = list(folder.read([tmp_path / "missing.csv", tmp_path / "b.csv"], {}, Facts()))
    assert isinstance(found[0], Unreadable)
    assert found[0].file == "missing.csv"
    assert isinstance(found[1], Fetched)
