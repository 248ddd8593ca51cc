"""Numbers are held to the last bit, whichever way they are written."""

from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.documents import Record
from search.embedded.fields import reads_alike
from search.plan import Groups, Selection
from tests.batches import beside
from tests.conftest import embedded
from tests.contracts.corpus import corpus

ANY = st.floats(allow_nan=False, allow_infinity=False)
USUAL = st.decimals(-(10**8), 10**8, places=4).map(float) | st.integers(-(10**13), 10**13).map(float)
(DATASET, *_) = corpus(seed=1, datasets=1).datasets


def records(numbers: list[float]) -> list[Record]:
    return [
        Record(DATASET.id, at, DATASET.area, DATASET.provider, "이름", {}, measures={"m0": number}, dimensions={"d0": str(at)})
        for at, number in enumerate(numbers)
    ]  # fmt: skip


def read_back(numbers: list[float]) -> list[float | None]:
    with TemporaryDirectory() as folder:
        engine = embedded(Path(folder))
        stage = engine.stage("b1")
        stage.put(DATASET, beside(records(numbers), DATASET))
        (answer,) = stage.seal().ask([Groups(Selection(), by=("d0",), numbers=("m0",))])
        stage.abandon()
    found = {int(group.keys[0]): group.stats["m0"] for group in answer.groups}
    return [found[at].max for at in range(len(numbers))]


@given(st.lists(USUAL | ANY, min_size=1, max_size=20))
def test_every_number_is_read_back_as_it_was(numbers: list[float]) -> None:
    assert read_back(numbers) == numbers


@given(st.lists(USUAL, min_size=1))
def test_usual_numbers_go_the_quick_way(numbers: list[float]) -> None:
    (batch,) = beside(records(numbers))
    assert reads_alike(batch)


@pytest.mark.parametrize("number", [127.32943951115477, 1e300, 5e-324, 2.0**53 + 2])
def test_long_ones_do_not(number: float) -> None:
    (batch,) = beside(records([1.5, number]))
    assert not reads_alike(batch)
