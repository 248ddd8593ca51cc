"""The command line as staff use it."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests.faults.killing import environment

TABLE = "이름,동,설치연도,그네수\n" + "".join(f"놀이터{n},길동,{2015 + n % 5},{n}\n" for n in range(1, 30))


def gbp(var: Path, *words: str, url: str | None = None) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(
        [sys.executable, "-m", "indexer", *words],
        env=environment(var, url),
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )


@pytest.fixture
def files(tmp_path: Path) -> Path:
    folder = tmp_path / "files"
    folder.mkdir()
    (folder / "놀이터.csv").write_bytes(TABLE.encode("cp949"))
    (folder / "깨짐.csv").write_bytes(bytes(range(256)) * 20)
    return folder


def test_files_go_in_refusals_are_named_and_the_rest_is_searchable(tmp_path: Path, files: Path) -> None:
    added = gbp(tmp_path, "add", str(files))
    assert added.returncode == 1
    assert "깨짐.csv: refused:" in added.stderr
    assert "놀이터.csv: taken" in added.stdout
    assert gbp(tmp_path, "index").returncode == 0
    status = json.loads(gbp(tmp_path, "status", "--json").stdout)
    assert [(one["id"], one["records"]) for one in status["datasets"]] == [("놀이터", 29)]
    assert status["build"]
    assert gbp(tmp_path, "rollback").returncode == 1


def test_an_empty_catalogue_says_what_to_do(tmp_path: Path) -> None:
    found = gbp(tmp_path, "index")
    assert found.returncode == 1
    assert "gbp add" in found.stderr


def test_an_unknown_dataset_is_named(tmp_path: Path, files: Path) -> None:
    gbp(tmp_path, "add", str(files / "놀이터.csv"))
    found = gbp(tmp_path, "index", "없는것")
    assert (found.returncode, "없는것" in found.stderr) == (1, True)


@pytest.mark.parametrize(
    "words", [("nonsense",), ("index", "a", "--all"), ("add",), ("sample", "--datasets", "0", "x")]
)
def test_misuse_has_a_status_of_its_own(tmp_path: Path, words: tuple[str, ...]) -> None:
    assert gbp(tmp_path, *words).returncode == 2


def test_a_search_engine_that_is_not_there_is_one_clear_line(tmp_path: Path, files: Path) -> None:
    gbp(tmp_path, "add", str(files / "놀이터.csv"))
    found = gbp(tmp_path, "index", url="http://127.0.0.1:1")
    assert found.returncode == 1
    assert found.stderr.strip().splitlines()[-1].startswith("gbp: OpenSearch does not answer")
    assert gbp(tmp_path, "status", url="http://127.0.0.1:1").returncode == 1


def test_a_bad_setting_is_one_clear_line(tmp_path: Path) -> None:
    ran = subprocess.run(
        [sys.executable, "-m", "indexer", "status"],
        env={**environment(tmp_path, None), "GBP_PORT": "none"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert (ran.returncode, ran.stderr.startswith("gbp: GBP_PORT=")) == (1, True)


def test_inspect_prints_one_object_a_file(tmp_path: Path, files: Path) -> None:
    found = gbp(tmp_path, "inspect", "--json", str(files / "놀이터.csv"), str(files / "깨짐.csv"))
    one, broken = sorted(map(json.loads, found.stdout.splitlines()), key=lambda said: str(said["outcome"]))
    assert (one["file"], one["outcome"], one["rows"], one["encoding"]) == ("놀이터.csv", "ok", 29, "cp949")
    assert {"columns", "totals", "wide", "years", "years_from", "region_level", "coordinates"} <= set(one)
    assert broken["outcome"] == "refuse"
    assert found.returncode == 1


def test_a_metadata_line_without_its_file_is_named(tmp_path: Path, files: Path) -> None:
    listing = tmp_path / "m.csv"
    listing.write_text("file,title\n놀이터.csv,어린이 놀이터\n없음.csv,없음\n", encoding="utf-8")
    found = gbp(tmp_path, "add", str(files / "놀이터.csv"), "--metadata", str(listing))
    assert found.returncode == 0
    assert "없음.csv" in found.stderr
    status = json.loads(gbp(tmp_path, "status", "--json").stdout)
    assert status["datasets"][0]["title"] == "어린이 놀이터"
