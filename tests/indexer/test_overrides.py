"""Staff fix a decision by name; the report says so, and the next edition keeps it."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from catalogue import datasets
from indexer.intake import Overrides, take
from indexer.intake.table import Kind, Outcome, Role
from indexer.workshop import Workshop
from sources import metadata
from sources.contract import Facts
from sources.metadata import MetadataError
from tests.conftest import embedded
from tests.indexer.small import index, put, small
from tests.indexer.test_cli import gbp

TABLE = "동,값,등급\n" + "".join(
    f"{dong},{n * 3},{n % 4}\n" for n, dong in enumerate(["길동", "천호1동", "둔촌1동"] * 5)
)
FIXED = {"year": 2019, "roles": {"등급": "code"}, "kinds": {"값": "flow"}, "units": {"값": "건"}}


@pytest.fixture
def workshop(tmp_path: Path) -> Iterator[Workshop]:
    made = small(tmp_path, embedded(tmp_path / "index"))
    yield made
    made.catalogue.close()


def test_each_decision_can_be_fixed_and_is_said() -> None:
    taken = take("표.csv", TABLE.encode(), Overrides.of(FIXED))
    assert taken.profile
    columns = {column.name: column for column in taken.profile.columns}
    assert columns["등급"].role == Role.CODE
    assert (columns["값"].role, columns["값"].kind, columns["값"].unit) == (Role.MEASURE, Kind.FLOW, "건")
    assert (taken.profile.years, taken.profile.years_from) == ((2019,), "override")
    said = " ".join(taken.messages)
    assert all(
        words in said for words in ("2019년으로 지정", "'등급' 열의 역할", "'값' 열의 성격", "'값' 열의 단위")
    )


def test_header_rows_can_be_fixed() -> None:
    text = "연도별,현황,표\n동,갑,을\n길동,1,2\n천호1동,3,4\n"
    taken = take("표.csv", text.encode(), Overrides(header_rows=2))
    assert taken.table
    assert list(taken.table.frame.columns) == ["연도별 동", "현황 갑", "표 을"]


def test_a_column_that_is_not_there_refuses_the_file_and_names_those_that_are() -> None:
    taken = take("표.csv", TABLE.encode(), Overrides(roles={"등급2": Role.CODE}))
    assert taken.outcome == Outcome.REFUSE
    assert "'등급2'이 파일에 없습니다(있는 열: 동, 값, 등급)" in taken.messages[0]


@pytest.mark.parametrize(
    ("decisions", "said"),
    [
        ({"roles": {"값": "number"}}, "role 값=number: write one of time, region"),
        ({"kinds": {"값": "sum"}}, "kind 값=sum: write one of flow, stock"),
        ({"rows": 3}, "unknown decision 'rows'"),
    ],
)
def test_a_decision_that_cannot_be_is_named(decisions: dict[str, object], said: str) -> None:
    with pytest.raises(ValueError, match="overrides") as caught:
        Overrides.of(decisions)
    assert said in str(caught.value)


def test_the_metadata_file_says_them_in_one_cell(tmp_path: Path) -> None:
    path = tmp_path / "metadata.tsv"
    path.write_text(
        "file\toverrides\n표.csv\theader_rows=2; year=2019; role 등급 코드=code; kind 값=flow; unit 값=건\n"
        "나.csv\t\n다.csv\tnone\n",
        encoding="utf-8",
    )
    found = metadata.read(path)
    assert found["표.csv"].overrides == {
        "header_rows": 2,
        "year": 2019,
        "roles": {"등급 코드": "code"},
        "kinds": {"값": "flow"},
        "units": {"값": "건"},
    }
    assert (found["나.csv"].overrides, found["다.csv"].overrides) == (None, {})


@pytest.mark.parametrize("cell", ["year", "year=zwei", "rolle 값=code", "role =code", "kind 값="])
def test_a_cell_that_says_none_of_them_is_an_error_with_its_row(tmp_path: Path, cell: str) -> None:
    path = tmp_path / "metadata.tsv"
    path.write_text(f"file\toverrides\n표.csv\t{cell}\n", encoding="utf-8")
    with pytest.raises(MetadataError, match=r"metadata\.tsv: row 2, column overrides"):
        metadata.read(path)


def test_the_next_edition_keeps_them_until_they_are_taken_back(workshop: Workshop) -> None:
    put(workshop, "표.csv", TABLE, Facts(overrides=FIXED))
    put(workshop, "표.csv", TABLE + "길동,100,1\n")
    (found,) = [one for one in datasets.current(workshop.catalogue) if one.id == "표"]
    assert (found.records, found.overrides, found.report["years"]) == (16, FIXED, [2019])
    put(workshop, "표.csv", TABLE + "길동,100,1\n", Facts(overrides={}))
    (found,) = [one for one in datasets.current(workshop.catalogue) if one.id == "표"]
    assert (found.overrides, found.report["years"]) == ({}, [])


def test_changed_overrides_of_unchanged_bytes_are_published(workshop: Workshop) -> None:
    put(workshop, "표.csv", TABLE)
    index(workshop)
    put(workshop, "표.csv", TABLE, Facts(overrides={"year": 2019}))
    assert "1개를 색인" in index(workshop).message
    assert "바뀐 데이터셋이 없습니다" in index(workshop).message


def test_a_lost_table_is_made_again_with_them(workshop: Workshop, tmp_path: Path) -> None:
    put(workshop, "표.csv", TABLE, Facts(overrides={"year": 2019}))
    for path in (tmp_path / "tables").iterdir():
        path.unlink()
    index(workshop)
    (found,) = [one for one in datasets.current(workshop.catalogue) if one.id == "표"]
    assert found.report["years"] == [2019]
    assert workshop.flat(found).frame["#year"].unique().tolist() == [2019]


def test_the_command_line_inspects_and_adds_with_them(tmp_path: Path) -> None:
    (tmp_path / "표.csv").write_text(TABLE, encoding="utf-8")
    beside = tmp_path / "metadata.tsv"
    beside.write_text("file\toverrides\n표.csv\tyear=2019\n", encoding="utf-8")
    found = gbp(tmp_path / "var", "inspect", "--json", "--metadata", str(beside), str(tmp_path / "표.csv"))
    assert json.loads(found.stdout)["years_from"] == "override"
    assert "연도를 2019년으로 지정했습니다" in found.stdout
    beside.write_text("file\toverrides\n표.csv\trole 값=sum\n", encoding="utf-8")
    wrong = gbp(tmp_path / "var", "add", str(tmp_path))
    assert (wrong.returncode, "role 값=sum: write one of" in wrong.stderr) == (1, True)
