"""Totals of real published files are those that a person has added up, on cards, in charts, on both engines."""

import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from search.engine import Engine
from tests.conftest import embedded
from tests.real_totals import REAL, Score, Truth, compare, indexed, plain, truths

LARGE = frozenset(
    {
        *("gender20.csv", "age.csv", "age09.csv"),
        "서울시_우리마을가게_상권분석서비스(구_상권_상주인구).csv",
        "서울시_우리마을가게_상권분석서비스(구_상권_상주인구).zip",
    }
)
"""Beyond 300,000 records: ``python -m tests.real_totals`` reads them too."""

pytestmark = pytest.mark.skipif(
    not REAL.is_dir(), reason="the folder of real files is not beside the project"
)


@pytest.fixture(scope="module")
def wanted() -> list[Truth]:
    return [one for one in truths() if one.file not in LARGE]


@pytest.fixture(scope="module", params=["embedded", "opensearch"])
def score(
    request: pytest.FixtureRequest,
    tmp_path_factory: pytest.TempPathFactory,
    clean_opensearch: Callable[[], Engine],
    wanted: list[Truth],
) -> Iterator[Score]:
    var: Path = tmp_path_factory.mktemp("totals")
    names = {one.file for one in wanted}
    files = [path for path in sorted(REAL.iterdir()) if plain(path.name) in names]
    engine = embedded(var / "index") if request.param == "embedded" else clean_opensearch()
    shop = indexed(var, engine, files)
    found = compare(shop.engine.live(), wanted)
    sys.stdout.write(f"\n{request.param}: {found}\n")
    yield found
    shop.catalogue.close()


def test_every_total_is_the_truth(score: Score) -> None:
    assert score.wrong == []


def test_every_total_is_held_and_most_are_shown(score: Score, wanted: list[Truth]) -> None:
    assert score.not_held == []
    assert score.totals == len(wanted)
    assert score.cards > len(wanted) / 2
    assert score.charts > len(wanted) / 2
