"""Opening the catalogue, and many who use it at once."""

import os
import threading
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy.dialects import postgresql
from sqlalchemy.schema import CreateTable

from catalogue import datasets, runs
from catalogue.store import Catalogue, CatalogueError
from catalogue.tables import Base, Run
from tests.catalogue.test_catalogue import NEW

AT_ONCE = 8


def at_once(work: Callable[[int], None]) -> None:
    """Run in threads that begin together; the first error is raised here."""
    gate = threading.Barrier(AT_ONCE)
    errors: list[BaseException] = []

    def begin(number: int) -> None:
        gate.wait(30)
        try:
            work(number)
        except BaseException as error:  # noqa: BLE001 - carried over to the test
            errors.append(error)

    threads = [threading.Thread(target=begin, args=(number,)) for number in range(AT_ONCE)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    if errors:
        raise errors[0]


def test_many_may_open_a_new_catalogue_at_once(tmp_path: Path) -> None:
    at_once(lambda _: Catalogue(f"sqlite:///{tmp_path / 'c.sqlite'}").close())


def test_files_added_at_once_all_get_an_id_of_their_own(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'c.sqlite'}"
    Catalogue(url).close()

    def add(number: int) -> None:
        catalogue = Catalogue(url)
        datasets.add(catalogue, replace(NEW, source_file=f"화장실{'!' * number}.csv"))
        datasets.add(catalogue, replace(NEW, source_file="같은 파일.csv"))
        catalogue.close()

    at_once(add)
    catalogue = Catalogue(url)
    assert len(datasets.current(catalogue)) == AT_ONCE + 1
    catalogue.close()


def test_of_many_who_want_a_run_one_gets_it(tmp_path: Path) -> None:
    catalogue = Catalogue(f"sqlite:///{tmp_path / 'c.sqlite'}")
    asked = runs.enqueue(catalogue, "test")
    got: list[Run | None] = []
    at_once(lambda _: got.append(runs.take(catalogue)))
    assert [run.id for run in got if run is not None] == [asked]
    catalogue.close()


def test_requests_made_at_once_are_one_run(tmp_path: Path) -> None:
    catalogue = Catalogue(f"sqlite:///{tmp_path / 'c.sqlite'}")
    asked: list[int] = []
    at_once(lambda _: asked.append(runs.enqueue(catalogue, "test")))
    assert len(set(asked)) == 1
    catalogue.close()


def test_who_reads_does_not_wait_for_who_writes(tmp_path: Path) -> None:
    catalogue = Catalogue(f"sqlite:///{tmp_path / 'c.sqlite'}")
    datasets.add(catalogue, NEW)
    with catalogue.session() as writing:
        writing.add(
            Run(job="index", trigger="test", datasets={}, state="queued", step="", done=0, total=0,
                queued_at=runs.now(), message="")
        )  # fmt: skip
        writing.flush()
        assert len(datasets.current(catalogue)) == 1
        assert runs.recent(catalogue) == []
    catalogue.close()


@pytest.mark.parametrize(
    ("url", "named"),
    [
        ("nonsense", "GBP_DATABASE_URL"),
        ("oracle9://x", "GBP_DATABASE_URL"),
        ("sqlite:////proc/nowhere.sqlite", "cannot be opened"),
    ],
)
def test_a_database_that_cannot_be_had_is_named(url: str, named: str) -> None:
    with pytest.raises(CatalogueError, match=named):
        Catalogue(url)


def test_a_file_that_is_no_database_is_named(tmp_path: Path) -> None:
    (tmp_path / "c.sqlite").write_bytes(os.urandom(5_000))
    with pytest.raises(CatalogueError, match=r"c\.sqlite cannot be opened: file is not a database"):
        Catalogue(f"sqlite:///{tmp_path / 'c.sqlite'}")


def test_a_password_is_not_shown() -> None:
    with pytest.raises(CatalogueError) as error:
        Catalogue("postgresql://gbp:hush@127.0.0.1:1/gbp")
    assert "hush" not in str(error.value)


def test_postgresql_can_hold_the_tables() -> None:
    dialect = postgresql.dialect()  # type: ignore[no-untyped-call]
    made = [str(CreateTable(table).compile(dialect=dialect)) for table in Base.metadata.sorted_tables]
    assert len(made) == len(Base.metadata.sorted_tables)
    assert "JSON" in "".join(made)
