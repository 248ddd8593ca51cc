"""An edition with personal data waits for two persons; what was published before stays."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from catalogue import datasets, holds
from catalogue.holds import HoldError
from catalogue.store import Catalogue
from tests.catalogue.test_catalogue import NEW

FOUND = [{"kind": "여권번호", "column": "비고", "cells": 1, "row": 2, "example": "M1*******", "sure": True}]
NEXT = replace(NEW, hash="b" * 64, held_for=FOUND)


@pytest.fixture
def catalogue(tmp_path: Path) -> Iterator[Catalogue]:
    opened = Catalogue(f"sqlite:///{tmp_path / 'c.sqlite'}")
    yield opened
    opened.close()


def live(catalogue: Catalogue) -> list[str]:
    return [one.hash[0] for one in datasets.current(catalogue)]


def test_a_held_edition_is_not_the_current_one(catalogue: Catalogue) -> None:
    datasets.add(catalogue, NEXT)
    assert live(catalogue) == []
    (held,) = holds.held(catalogue)
    assert (held.dataset, held.edition, held.found, held.released_by) == ("화장실", 1, FOUND, [])


def test_the_edition_before_stays_until_the_new_one_is_released_by_two(catalogue: Catalogue) -> None:
    datasets.add(catalogue, NEW)
    datasets.add(catalogue, NEXT)
    assert live(catalogue) == ["a"]
    assert holds.release(catalogue, "화장실", "가", "공개된 번호") == 1
    assert live(catalogue) == ["a"]
    with pytest.raises(HoldError, match="second person"):
        holds.release(catalogue, "화장실", "가", "다시")
    assert holds.release(catalogue, "화장실", "나", "확인함") == 0
    assert (live(catalogue), holds.held(catalogue)) == (["b"], [])


def test_a_released_edition_stays_released_when_it_comes_again(catalogue: Catalogue) -> None:
    datasets.add(catalogue, NEXT)
    for name in ("가", "나"):
        holds.release(catalogue, "화장실", name, "확인함")
    datasets.add(catalogue, NEXT)
    assert live(catalogue) == ["b"]
    datasets.add(catalogue, replace(NEXT, hash="c" * 64))
    assert live(catalogue) == ["b"], "the next edition is looked at anew"


def test_a_clean_edition_takes_the_place_of_a_held_one(catalogue: Catalogue) -> None:
    datasets.add(catalogue, NEXT)
    datasets.add(catalogue, replace(NEW, hash="c" * 64))
    assert (live(catalogue), holds.held(catalogue)) == (["c"], [])


def test_what_intake_no_longer_finds_is_no_longer_held(catalogue: Catalogue) -> None:
    datasets.add(catalogue, NEXT)
    datasets.add(catalogue, replace(NEXT, held_for=[]))
    assert (live(catalogue), holds.held(catalogue)) == (["b"], [])


@pytest.mark.parametrize(("by", "reason"), [("", "확인함"), ("가", " ")])
def test_a_release_needs_a_name_and_a_reason(catalogue: Catalogue, by: str, reason: str) -> None:
    datasets.add(catalogue, NEXT)
    with pytest.raises(HoldError, match="name and a reason"):
        holds.release(catalogue, "화장실", by, reason)


def test_nothing_held_is_nothing_to_release(catalogue: Catalogue) -> None:
    datasets.add(catalogue, NEW)
    with pytest.raises(HoldError, match="nothing"):
        holds.release(catalogue, "화장실", "가", "확인함")


def test_an_only_edition_taken_back_is_shown_no_more(catalogue: Catalogue) -> None:
    dataset, _ = datasets.add(catalogue, NEW)
    assert not holds.withdraw(catalogue, dataset, "박", "틀렸다", 1)
    assert (live(catalogue), holds.unshown(catalogue)) == ([], {(dataset, NEW.hash)})
    with pytest.raises(HoldError, match="not the one"):
        holds.withdraw(catalogue, dataset, "박", "틀렸다", 1)
    assert holds.release(catalogue, dataset, "김", "맞다") == 0
    assert (live(catalogue), holds.unshown(catalogue)) == (["a"], set())


def test_a_second_word_takes_no_second_edition_back(catalogue: Catalogue) -> None:
    dataset, _ = datasets.add(catalogue, NEW)
    datasets.add(catalogue, replace(NEW, hash="c" * 64))
    assert holds.withdraw(catalogue, dataset, "박", "틀렸다", 2)
    with pytest.raises(HoldError, match="edition 2"):
        holds.withdraw(catalogue, dataset, "박", "틀렸다", 2)
    assert live(catalogue) == ["a"]


def test_each_edition_that_was_taken_back_can_be_shown_again(catalogue: Catalogue) -> None:
    dataset, _ = datasets.add(catalogue, NEW)
    datasets.add(catalogue, replace(NEW, hash="c" * 64))
    holds.withdraw(catalogue, dataset, "박", "틀렸다", 2)
    holds.withdraw(catalogue, dataset, "박", "이것도", 1)
    assert [one.edition for one in holds.held_of(catalogue, dataset)] == [2, 1]
    assert holds.release(catalogue, dataset, "김", "이것은 맞다", 1) == 0
    assert live(catalogue) == ["a"]
    assert [one.edition for one in holds.held_of(catalogue, dataset)] == [2], "it is newer than what is shown"
    assert holds.release(catalogue, dataset, "김", "이것도 맞다") == 0
    assert (live(catalogue), holds.held_of(catalogue, dataset)) == (["c"], [])


def test_bytes_that_were_taken_back_are_not_shown_when_they_come_again_later(catalogue: Catalogue) -> None:
    dataset, _ = datasets.add(catalogue, NEW)
    bad = replace(NEW, hash="c" * 64)
    datasets.add(catalogue, bad)
    holds.withdraw(catalogue, dataset, "박", "틀렸다", 2)
    datasets.add(catalogue, NEW)
    datasets.add(catalogue, bad)
    assert live(catalogue) == ["a"]
    assert holds.unshown(catalogue) == {(dataset, bad.hash)}
    holds.release(catalogue, dataset, "김", "맞다")
    assert (live(catalogue), holds.unshown(catalogue)) == (["c"], set())


def test_personal_data_need_two_persons_also_after_somebody_took_the_edition_back(
    catalogue: Catalogue,
) -> None:
    dataset, _ = datasets.add(catalogue, NEW)
    datasets.add(catalogue, NEXT)
    holds.release(catalogue, dataset, "김", "지어낸 값")
    holds.release(catalogue, dataset, "이", "지어낸 값")
    assert holds.withdraw(catalogue, dataset, "박", "틀렸다", 2)
    assert holds.release(catalogue, dataset, "김", "맞다") == 1
    assert holds.release(catalogue, dataset, "이", "맞다") == 0
