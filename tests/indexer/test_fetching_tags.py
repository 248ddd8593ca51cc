"""A file that the source says is still the one we hold is not sent again."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from catalogue import datasets, fetches, runs
from sources.tags import Tag
from tests.indexer.supplied import Portal
from tests.sources.entries import BULK
from tests.sources.stubs import Fault, Stub


@pytest.fixture
def portal(tmp_path: Path) -> Iterator[Portal]:
    """With the file fetched once."""
    with Stub() as stub:
        made = Portal(tmp_path, stub, (BULK.entry,))
        assert made.run()[0].state == runs.DONE
        yield made
        made.catalogue.close()


def conditions(portal: Portal) -> list[bool]:
    """Of each call, whether it named the state that we hold."""
    return ["if-none-match" in call.headers for call in portal.stub.calls_to(BULK.host)]


def test_an_unchanged_file_is_asked_for_by_its_tag_and_counts_as_success(portal: Portal) -> None:
    before = portal.editions()
    run, outcomes = portal.run()
    assert conditions(portal) == [False, True]
    assert (run.state, outcomes[BULK.name].state) == (runs.DONE, fetches.UNCHANGED)
    assert "바뀌지 않았다" in outcomes[BULK.name].message
    assert outcomes[BULK.name].records == BULK.rows
    assert portal.editions() == before


def test_a_changed_file_comes_whole_and_is_the_next_edition(portal: Portal) -> None:
    rows = portal.stub.worlds[BULK.world]
    assert isinstance(rows, list)
    rows.append({**rows[0], "관리번호": "2026-999"})
    _, outcomes = portal.run()
    assert outcomes[BULK.name].state == fetches.NEW
    portal.run()
    assert conditions(portal) == [False, True, True]


def test_an_edition_that_is_held_or_gone_is_fetched_whole(portal: Portal) -> None:
    portal.stub.fault = Fault("fewer_rows", host=BULK.host)
    assert portal.run()[1][BULK.name].state == fetches.HELD
    portal.run()
    assert conditions(portal) == [False, True, False]
    portal.stub.fault = None
    portal.run()
    last = datasets.current(portal.catalogue)[0].hash
    (portal.var / "editions" / last).unlink()
    assert portal.run()[1][BULK.name].state in fetches.ANSWERED
    assert conditions(portal)[-1] is False
    assert (portal.var / "editions" / last).exists()


@pytest.mark.parametrize("text", ["", "{", "[]", '{"edition": "a"}', '{"edition": "a", "seen": 3}'])
def test_a_damaged_tag_is_none(tmp_path: Path, text: str) -> None:
    (tmp_path / "x.json").write_text(text, encoding="utf-8")
    assert Tag.opened(tmp_path / "x.json", "a").conditions() == {}
