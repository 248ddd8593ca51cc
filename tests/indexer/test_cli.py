"""The command line as staff use it."""

import json
import signal
import socket
import subprocess
import sys
from pathlib import Path
from time import monotonic

import pytest

from search.opening import open_engine
from tests.faults.killing import end, environment, start, until

TABLE = "이름,동,설치연도,그네수\n" + "".join(f"놀이터{n},길동,{2015 + n % 5},{n}\n" for n in range(1, 30))


def gbp(
    var: Path, *words: str, url: str | None = None, typed: str = ""
) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(
        [sys.executable, "-m", "indexer", *words],
        env=environment(var, url),
        input=typed,
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
    "words",
    [
        ("nonsense",),
        ("index", "a", "--all"),
        ("add",),
        ("sample", "--datasets", "0", "x"),
        ("sample", "--datasets", "5", "--records", "9", "x"),
    ],
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


def test_progress_for_programs_is_an_object_a_line(tmp_path: Path, files: Path) -> None:
    gbp(tmp_path, "add", str(files / "놀이터.csv"))
    *steps, done = map(json.loads, gbp(tmp_path, "index", "--json").stdout.splitlines())
    assert steps[0] == {"step": "색인 놀이터", "done": 0, "total": 29}
    assert [step["step"] for step in steps[1:]] == ["쓰기", "검사", "공개"]
    assert (done["state"], done["trigger"], done["done"]) == ("done", "add", 29)
    assert done["build"]


def test_status_for_programs_has_what_the_one_for_people_has(tmp_path: Path, files: Path) -> None:
    gbp(tmp_path, "add", str(files / "놀이터.csv"))
    found = gbp(tmp_path, "status", "--json")
    said = json.loads(found.stdout)
    assert found.returncode == 0
    assert {"engine", "engine_answers", "build", "builds", "datasets", "records", "waiting", "runs"} <= set(
        said
    )
    assert (said["build"], said["records"], said["waiting"]) == (None, 29, 1)
    assert said["disk_bytes"] > 0
    assert gbp(tmp_path, "index").returncode == 0
    told = gbp(tmp_path, "status").stdout
    assert "datasets  1 with 29 records" in told
    assert "데이터셋 1개를 색인했습니다." in told


def test_what_an_edition_has_no_more_is_told_as_it_is_added(tmp_path: Path, files: Path) -> None:
    file = files / "놀이터.csv"
    assert "다름" not in gbp(tmp_path, "add", str(file)).stderr
    lines = [line.rpartition(",")[0] for line in TABLE.splitlines()]
    file.write_text("\n".join(lines[:6]), encoding="utf-8")
    added = gbp(tmp_path, "add", str(file))
    assert added.returncode == 0
    assert "29건에서 5건으로" in added.stderr
    assert "그네수" in added.stderr


def test_a_file_of_another_name_is_an_edition_only_where_somebody_says_so(tmp_path: Path) -> None:
    var, first, second = (
        tmp_path / "var",
        tmp_path / "강동구_놀이터_20240131.csv",
        tmp_path / "강동구_놀이터_20240229.csv",
    )
    first.write_text(TABLE, encoding="utf-8")
    second.write_text(f"{TABLE}놀이터30,길동,2020,3\n", encoding="utf-8")
    told = gbp(var, "add", str(first))
    assert "같은 데이터셋" not in told.stderr
    wrong = gbp(var, "add", str(second), "--as", "없는것")
    assert (wrong.returncode, "없는것" in wrong.stderr) == (1, True)
    assert gbp(var, "add", str(second), "--as", "강동구-놀이터-20240131").returncode == 0
    (one,) = json.loads(gbp(var, "status", "--json").stdout)["datasets"]
    assert (one["title"], one["records"]) == ("놀이터", 30)
    other = gbp(var, "add", str(second))
    assert "그 새 판이라면: gbp add FILE --as 강동구-놀이터-20240131" in other.stderr
    assert len(json.loads(gbp(var, "status", "--json").stdout)["datasets"]) == 2


def test_an_edition_under_another_name_is_of_the_year_that_its_own_name_says(tmp_path: Path) -> None:
    var = tmp_path / "var"
    table = "동,시설수\n" + "".join(
        f"{dong},{n * 7 % 13 + 40}\n"
        for n, dong in enumerate(("길동", "둔촌1동", "천호1동", "암사1동", "명일1동"))
    )
    for year in (2020, 2021):
        file = tmp_path / f"강동구_시설수_{year}1231.csv"
        file.write_text(f"{table}성내1동,{year}\n", encoding="utf-8")
        said = ("--as", "강동구-시설수-20201231") if year == 2021 else ()
        added = gbp(var, "add", str(file), *said)
        assert (added.returncode, file.name in added.stdout) == (0, True), added.stderr
    assert gbp(var, "index").returncode == 0
    (one,) = open_engine(None, None, var / "index").live().datasets.values()
    assert (one.id, one.years) == ("강동구-시설수-20201231", (2021,))


def test_rollback_and_forth(tmp_path: Path, files: Path) -> None:
    file = files / "놀이터.csv"
    gbp(tmp_path, "add", str(file))
    gbp(tmp_path, "index")
    first = json.loads(gbp(tmp_path, "status", "--json").stdout)["build"]
    gbp(tmp_path, "index", "--all")
    assert gbp(tmp_path, "rollback").stdout.startswith(f"published again: {first}")
    status = json.loads(gbp(tmp_path, "status", "--json").stdout)
    assert status["build"] == first
    assert "앞선 색인본" in status["runs"][0]["message"], "it stands among the runs like any other"


def test_the_catalogue_away_fails_the_health_check_in_one_line(tmp_path: Path) -> None:
    (tmp_path / "catalogue.sqlite").write_bytes(b"no database at all" * 300)
    found = gbp(tmp_path, "status")
    assert found.returncode == 1
    assert found.stderr.count("\n") == 1
    assert "catalogue.sqlite" in found.stderr


def test_a_state_folder_that_cannot_be_written_is_one_clear_line(tmp_path: Path, files: Path) -> None:
    (tmp_path / "var").write_text("a file where the folder should be", encoding="utf-8")
    found = gbp(tmp_path / "var", "add", str(files))
    assert (found.returncode, found.stderr.count("Traceback")) == (1, 0)
    assert "var" in found.stderr.splitlines()[-1]


def test_a_mistake_in_the_metadata_takes_nothing(tmp_path: Path, files: Path) -> None:
    (files / "metadata.csv").write_text("file,title\n놀이터.csv,가,나\n", encoding="utf-8")
    found = gbp(tmp_path, "add", str(files))
    assert (found.returncode, found.stderr) == (
        1,
        (
            "gbp: metadata.csv: row 2: 3 cells under 2 columns: "
            "put a cell that holds the delimiter into quotation marks\n"
        ),
    )
    assert not (tmp_path / "editions").exists()


def test_what_a_folder_holds_besides_data_is_named_and_no_failure(tmp_path: Path, files: Path) -> None:
    (files / "깨짐.csv").unlink()
    (files / "안내.hwp").write_bytes(b"x")
    found = gbp(tmp_path, "add", str(files))
    assert found.returncode == 0
    assert "안내.hwp: left out" in found.stderr
    (files / "놀이터.csv").unlink()
    empty = gbp(tmp_path, "add", str(files))
    assert (empty.returncode, "no data files" in empty.stderr) == (1, True)


def test_a_title_fits_one_file(tmp_path: Path, files: Path) -> None:
    assert gbp(tmp_path, "add", "--title", "놀이터", str(files)).returncode == 2
    assert gbp(tmp_path, "add", "--title", "어린이 놀이터", str(files / "놀이터.csv")).returncode == 0
    assert "어린이 놀이터" in gbp(tmp_path, "status").stdout


def test_up_on_a_busy_port_says_so_before_it_does_anything(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        monkeypatch.setenv("GBP_PORT", str(taken.getsockname()[1]))
        found = gbp(tmp_path / "var", "up")
    assert found.returncode == 1
    assert "set GBP_PORT" in found.stderr
    assert not (tmp_path / "var").exists()


def test_up_brings_no_sample_where_all_that_the_office_has_is_held_back(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "지원금.csv"
    file.write_text("이름,번호\n" + "가,800102-1234567\n" * 9, encoding="utf-8")
    gbp(tmp_path / "var", "add", str(file))
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        monkeypatch.setenv("GBP_PORT", str(free.getsockname()[1]))
    found = gbp(tmp_path / "var", "up")
    assert (found.returncode, "held back" in found.stderr, "표본" in found.stdout) == (1, True, False)


@pytest.mark.parametrize("command", ["worker", "scheduler"])
def test_told_to_end_twice_at_once_it_ends_once_and_in_order(tmp_path: Path, command: str) -> None:
    process = start(tmp_path, command)
    until(lambda: _catches(process.pid, signal.SIGTERM), process)
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGINT):
        process.send_signal(number)
    assert end(process) == (0, [])


def _catches(pid: int, number: signal.Signals) -> bool:
    """Whether the process has a handler of its own: its program has come that far."""
    lines = Path(f"/proc/{pid}/status").read_text(encoding="utf-8").splitlines()
    caught = next(line for line in lines if line.startswith("SigCgt:"))
    return bool(int(caught.split()[1], 16) & 1 << (number - 1))


TOGETHER = "import sys; from indexer.cli.processes import _together; sys.exit(_together({!r}))"
LASTING = ("-c", "import signal; signal.pause()")


def test_when_one_of_the_processes_of_up_dies_the_others_end_and_it_is_said() -> None:
    began = monotonic()
    ran = subprocess.run(
        [sys.executable, "-c", TOGETHER.format((LASTING, ("-c", "raise SystemExit(3)")))],
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert ran.returncode == 1
    assert "ended by itself (status 3)" in ran.stderr
    assert monotonic() - began < 15


def test_up_told_to_end_takes_its_processes_with_it() -> None:
    process = subprocess.Popen(
        [sys.executable, "-c", TOGETHER.format((LASTING, LASTING))], stdout=subprocess.PIPE, text=True
    )
    until(lambda: len(_children(process.pid)) == 2, process)
    children = _children(process.pid)
    process.terminate()
    assert end(process)[0] == 0
    assert not any(Path(f"/proc/{child}").exists() for child in children)


def _children(pid: int) -> list[int]:
    found = Path(f"/proc/{pid}/task/{pid}/children").read_text(encoding="utf-8")
    return [int(child) for child in found.split()]
