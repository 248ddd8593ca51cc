"""From the command line to the pages: what is held back is nowhere to be found until two persons release it."""

import json
import subprocess
from pathlib import Path

import pytest

from tests.indexer.test_cli import gbp

NUMBER = "800102-1234567"
CLEAN = "이름,동,금액\n" + "".join(f"가{n},길동,{n}\n" for n in range(1, 9))


PASSWORD = "correct-horse-9"


def released(var: Path, by: str, password: str = PASSWORD) -> "subprocess.CompletedProcess[str]":
    words = ("release", "지원금", "--by", by, "--reason", "시험 자료", "--password-stdin")
    return gbp(var, *words, typed=f"{password}\n")


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "지원금.csv"
    path.write_text(CLEAN + f"나,길동 {NUMBER},9\n", encoding="utf-8")
    return path


def test_a_file_with_an_identity_number_is_kept_held_and_released(tmp_path: Path, file: Path) -> None:
    var = tmp_path / "var"
    added = gbp(var, "add", str(file))
    assert added.returncode == 1
    assert "지원금.csv: held back: '동' 열에 주민등록번호" in added.stderr
    assert "800102-1******" in added.stderr
    assert "0 taken, 0 refused, 1 held back" in added.stdout
    status = json.loads(gbp(var, "status", "--json").stdout)
    assert (status["datasets"], [one["id"] for one in status["held"]]) == ([], ["지원금"])
    empty = gbp(var, "index")
    assert (empty.returncode, "held back" in empty.stderr) == (1, True)
    for name, role in (("김민", "publisher"), ("이수", "publisher"), ("박하", "operator")):
        given = ("staff", "add", name, "--role", role, "--password-stdin")
        assert gbp(var, *given, typed=f"{PASSWORD}\n").returncode == 0
    first = released(var, "김민")
    assert (first.returncode, "1 more" in first.stdout) == (0, True)
    again = released(var, "김민")
    assert (again.returncode, "second person" in again.stderr) == (1, True)
    assert released(var, "이수").returncode == 0
    assert gbp(var, "index").returncode == 0
    after = json.loads(gbp(var, "status", "--json").stdout)
    assert (len(after["datasets"]), after["held"]) == (1, [])
    for said in (added.stdout, added.stderr, json.dumps(status), gbp(var, "inspect", str(file)).stdout):
        assert NUMBER not in said


@pytest.mark.parametrize(
    ("by", "password", "said"),
    [
        ("김민", "not-the-password", "wrong name or password"),
        ("아무개", PASSWORD, "wrong name or password"),
        ("박하", PASSWORD, "operator"),
    ],
)
def test_only_who_may_publish_and_proves_it_releases_anything(
    tmp_path: Path, file: Path, by: str, password: str, said: str
) -> None:
    var = tmp_path / "var"
    gbp(var, "add", str(file))
    assert "gbp staff add" in released(var, by, password).stderr, "there is nobody yet"
    for name, role in (("김민", "publisher"), ("박하", "operator")):
        gbp(var, "staff", "add", name, "--role", role, "--password-stdin", typed=f"{PASSWORD}\n")
    refused = released(var, by, password)
    assert (refused.returncode, said in refused.stderr) == (1, True)
    (held,) = json.loads(gbp(var, "status", "--json").stdout)["held"]
    assert held["released_by"] == []


def test_the_published_edition_stays_while_the_next_is_held(tmp_path: Path, file: Path) -> None:
    var, dirty = tmp_path / "var", file.read_text(encoding="utf-8")
    file.write_text(CLEAN, encoding="utf-8")
    assert gbp(var, "add", str(file)).returncode == 0
    assert gbp(var, "index").returncode == 0
    file.write_text(dirty, encoding="utf-8")
    assert gbp(var, "add", str(file)).returncode == 1
    assert gbp(var, "index", "--all").returncode == 0
    status = json.loads(gbp(var, "status", "--json").stdout)
    assert [one["records"] for one in status["datasets"]] == [8]
    assert len(status["held"]) == 1
