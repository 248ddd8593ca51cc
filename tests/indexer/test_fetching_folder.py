"""The office's folder as a source: each file for itself, with what the metadata beside it say."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from catalogue import datasets, fetches, runs
from indexer import adding, receiving
from tests.indexer.small import PLAYGROUNDS, TABLES, WHOLE, write_small
from tests.indexer.supplied import Portal
from tests.sources.entries import KOSIS
from tests.sources.stubs import Stub

PARKS = "강동구_놀이터.csv"


@pytest.fixture
def stub() -> Iterator[Stub]:
    with Stub() as serving:
        yield serving


@pytest.fixture
def portal(stub: Stub, tmp_path: Path) -> Iterator[Portal]:
    there = tmp_path / "office"
    write_small(there)
    (tmp_path / "var").mkdir()
    made = Portal(tmp_path / "var", stub, (KOSIS.entry,), there)
    yield made
    made.catalogue.close()


def put(portal: Portal, name: str, text: str | bytes) -> None:
    assert portal.folder
    (portal.folder / name).write_bytes(text.encode() if isinstance(text, str) else text)


def title(portal: Portal, file: str = PARKS) -> str:
    found = datasets.current_of(portal.catalogue, file)
    assert found
    return found.title


def test_every_file_comes_in_beside_the_other_sources(portal: Portal) -> None:
    run, outcomes = portal.run()
    assert run.state == runs.DONE
    assert {name: one.state for name, one in outcomes.items()} == {
        **{f"folder/{file}": fetches.NEW for file in TABLES},
        KOSIS.name: fetches.NEW,
        "folder": fetches.UNCHANGED,
    }
    assert set(WHOLE) < set(portal.counts())


def test_the_folder_alone_may_be_asked_for(portal: Portal, stub: Stub) -> None:
    run, outcomes = portal.run("folder")
    assert (run.state, len(outcomes)) == (runs.DONE, 4)
    assert stub.calls == []
    (standing,) = [one for one in fetches.standings(portal.catalogue) if one.plan.entry == "folder"]
    assert standing.succeeded_at is not None


def test_only_what_changed_is_new(portal: Portal) -> None:
    portal.run("folder")
    put(portal, PARKS, PLAYGROUNDS + "놀이터30,길동,2020,3\n")
    run, outcomes = portal.run("folder")
    states = {name: one.state for name, one in outcomes.items()}
    assert states.pop(f"folder/{PARKS}") == fetches.NEW
    assert set(states.values()) == {fetches.UNCHANGED}
    assert dict(portal.counts())["강동구-놀이터"] == 30
    assert "데이터셋 1개를 색인했습니다" in run.message


def test_a_file_that_lost_most_of_its_rows_is_held(portal: Portal) -> None:
    portal.run("folder")
    put(portal, PARKS, "".join(PLAYGROUNDS.splitlines(keepends=True)[:10]))
    run, outcomes = portal.run("folder")
    told = outcomes[f"folder/{PARKS}"]
    assert (run.state, told.state, told.kind) == (runs.WARNED, fetches.HELD, "drop")
    assert dict(portal.counts())["강동구-놀이터"] == 29


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (b"", "intake"),
        (bytes(range(256)) * 30, "intake"),
        (b"PK\x03\x04broken", "intake"),
        (b"<html></html>", "intake"),
    ],
    ids=["empty", "no text", "half a zip", "a web page"],
)
def test_a_file_that_cannot_be_read_leaves_the_old_edition(portal: Portal, content: bytes, kind: str) -> None:
    portal.run("folder")
    put(portal, PARKS, content)
    run, outcomes = portal.run("folder")
    told = outcomes[f"folder/{PARKS}"]
    assert (run.state, told.state, told.kind) == (runs.WARNED, fetches.FAILED, kind)
    assert "이전 판을 그대로 둡니다(" in told.message
    assert dict(portal.counts())["강동구-놀이터"] == 29
    put(portal, PARKS, TABLES[PARKS])
    assert portal.run("folder")[0].state == runs.DONE


def test_a_file_that_the_system_does_not_give_is_named(portal: Portal) -> None:
    assert portal.folder
    portal.run("folder")
    (portal.folder / PARKS).unlink()
    (portal.folder / PARKS).symlink_to("/proc/self/mem")
    run, outcomes = portal.run("folder")
    told = outcomes[f"folder/{PARKS}"]
    assert (run.state, told.state) == (runs.WARNED, fetches.FAILED)
    assert told.message.startswith("파일을 읽지 못했습니다(")
    assert "이전 판을 그대로" in told.message


def test_what_nobody_thought_of_hurts_one_file_only(portal: Portal, monkeypatch: pytest.MonkeyPatch) -> None:
    portal.run("folder")
    put(portal, PARKS, PLAYGROUNDS + "놀이터30,길동,2020,3\n")

    def add(*given: object) -> object:
        if any(getattr(one, "file", "") == PARKS for one in given[3]):  # type: ignore[attr-defined]
            raise RuntimeError("nobody thought of it")
        return adding.add(*given)  # type: ignore[arg-type]

    monkeypatch.setattr(receiving, "add", add)
    put(portal, "강동구_새표.csv", TABLES["강동구_도서관.csv"])
    run, outcomes = portal.run("folder")
    assert outcomes[f"folder/{PARKS}"].kind == "error"
    assert "RuntimeError: nobody thought of it" in outcomes[f"folder/{PARKS}"].message
    assert outcomes["folder/강동구_새표.csv"].state == fetches.NEW
    assert run.state == runs.WARNED


def test_metadata_beside_say_what_the_name_does_not(portal: Portal) -> None:
    put(
        portal,
        "metadata.tsv",
        f"file\ttitle\tarea\tprovider\n{PARKS}\t어린이 놀이터\t복지 > 어린이집\t강동구 공원과\n",
    )
    portal.run("folder")
    found = datasets.current_of(portal.catalogue, PARKS)
    assert found
    assert (found.title, found.area, found.provider) == ("어린이 놀이터", "복지 > 어린이집", "강동구 공원과")


def test_new_words_about_the_same_bytes_are_taken_over(portal: Portal) -> None:
    portal.run("folder")
    put(portal, "metadata.tsv", f"file\ttitle\n{PARKS}\t어린이 놀이터\n")
    run, outcomes = portal.run("folder")
    assert title(portal) == "어린이 놀이터"
    assert outcomes[f"folder/{PARKS}"].state == fetches.NEW
    assert "데이터셋 1개를 색인했습니다" in run.message
    _, outcomes = portal.run("folder")
    assert {one.state for one in outcomes.values()} == {fetches.UNCHANGED}, "once is enough"


def test_decisions_of_the_metadata_are_taken_over_too(portal: Portal) -> None:
    portal.run("folder")
    put(portal, "metadata.tsv", f"file\toverrides\n{PARKS}\tkind 그네수=flow\n")
    portal.run("folder")
    found = datasets.current_of(portal.catalogue, PARKS)
    assert found
    assert found.overrides == {"kinds": {"그네수": "flow"}}


def test_broken_metadata_are_named_and_the_files_come_in_all_the_same(portal: Portal) -> None:
    put(portal, "metadata.tsv", "file\tcolour\nx\ty\n")
    run, outcomes = portal.run("folder")
    assert (run.state, outcomes["folder"].state) == (runs.WARNED, fetches.FAILED)
    assert outcomes["folder"].message.startswith("자료 폴더의 설명 파일을 읽지 못했습니다(metadata.tsv")
    assert sum(one.state == fetches.NEW for one in outcomes.values()) == len(TABLES)
    put(portal, "metadata.tsv", "file\ttitle\n")
    portal.run("folder")
    (standing,) = [one for one in fetches.standings(portal.catalogue) if one.plan.entry == "folder"]
    assert standing.failing_since is None


def test_a_folder_that_is_not_there_is_named(portal: Portal, tmp_path: Path) -> None:
    portal.run("folder")
    before = portal.counts()
    portal.folder = tmp_path / "gone"
    run, outcomes = portal.run("folder")
    assert (run.state, outcomes["folder"].kind) == (runs.FAILED, "network")
    assert "자료 폴더 gone" in outcomes["folder"].message
    assert portal.counts() == before
