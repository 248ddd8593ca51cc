"""Datasets keep their editions; runs are taken once."""

import unicodedata
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from catalogue import datasets, runs
from catalogue.datasets import NewEdition
from catalogue.store import Catalogue

NEW = NewEdition(
    "화장실.csv", "화장실", "환경 > 화장실", "강동구", "", False, "a" * 64, 10, 3, {"columns": []}, {}
)


@pytest.fixture
def catalogue(tmp_path: Path) -> Iterator[Catalogue]:
    opened = Catalogue(f"sqlite:///{tmp_path / 'c.sqlite'}")
    yield opened
    opened.close()


def test_the_same_bytes_are_no_new_edition(catalogue: Catalogue) -> None:
    assert datasets.add(catalogue, NEW) == ("화장실", True)
    assert datasets.add(catalogue, NEW) == ("화장실", False)


def test_other_bytes_under_the_same_name_are_the_next_edition(catalogue: Catalogue) -> None:
    datasets.add(catalogue, NEW)
    assert datasets.add(catalogue, replace(NEW, hash="b" * 64, records=4)) == ("화장실", True)
    (current,) = datasets.current(catalogue)
    assert (current.hash, current.records) == ("b" * 64, 4)


def test_a_new_title_is_a_change(catalogue: Catalogue) -> None:
    datasets.add(catalogue, NEW)
    assert datasets.add(catalogue, replace(NEW, title="공중화장실"))[1]


def test_files_that_differ_in_their_ending_are_two_datasets(catalogue: Catalogue) -> None:
    ids = [datasets.add(catalogue, replace(NEW, source_file=f))[0] for f in ("a.csv", "a.json", "A!.csv")]
    assert ids == ["a", "a-json", "a-csv"]


def test_ids_are_readable_whatever_the_file_is_called(catalogue: Catalogue) -> None:
    names = (
        "서울시 공원(2026).csv",
        unicodedata.normalize("NFD", "도서관.xlsx"),
        "???.csv",
        f"{'가' * 200}.csv",
    )
    ids = [datasets.add(catalogue, replace(NEW, source_file=name))[0] for name in names]
    assert ids == ["서울시-공원-2026", "도서관", "dataset", "가" * 120]


def test_the_same_bytes_read_otherwise_stay_one_edition(catalogue: Catalogue) -> None:
    datasets.add(catalogue, NEW)
    (before,) = datasets.current(catalogue)
    better = {"columns": [{"name": "칸", "role": "measure", "kind": "stock", "unit": None}]}
    assert datasets.add(catalogue, replace(NEW, columns=better, records=2)) == ("화장실", True)
    (current,) = datasets.current(catalogue)
    assert (current.columns, current.records) == (better, 2)
    assert current.fetched_at == before.fetched_at


def test_an_edition_that_comes_back_is_the_newest_again(catalogue: Catalogue) -> None:
    for hash_ in ("a" * 64, "b" * 64, "a" * 64):
        assert datasets.add(catalogue, replace(NEW, hash=hash_))[1]
    (current,) = datasets.current(catalogue)
    assert current.hash == "a" * 64


def test_a_run_is_taken_once(catalogue: Catalogue) -> None:
    asked = runs.enqueue(catalogue, "test")
    taken = runs.take(catalogue)
    assert taken is not None
    assert taken.id == asked
    assert runs.take(catalogue) is None


def test_a_request_that_waits_is_not_doubled(catalogue: Catalogue) -> None:
    assert runs.enqueue(catalogue, "add") == runs.enqueue(catalogue, "schedule")
    assert runs.enqueue(catalogue, "add", all_of_them=True) != runs.enqueue(catalogue, "add")


def test_a_run_whose_process_died_is_marked_abandoned(catalogue: Catalogue) -> None:
    runs.enqueue(catalogue, "test")
    runs.take(catalogue)
    assert runs.abandon_orphans(catalogue) == 1
    again, run = runs.recent(catalogue)
    assert (run.state, again.state) == (runs.ABANDONED, runs.QUEUED)
    assert run.finished_at is not None
    assert runs.last_done(catalogue) is None


def test_times_come_back_with_their_offset(catalogue: Catalogue) -> None:
    runs.finish(catalogue, runs.enqueue(catalogue, "test"), runs.DONE, "done", "b1")
    done = runs.last_done(catalogue)
    assert done is not None
    assert done.queued_at.tzinfo is not None
    assert done.build == "b1"
