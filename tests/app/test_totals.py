"""Each kind of number adds up by its own rule, on tables small enough to add up by hand."""

from collections.abc import Sequence
from pathlib import Path

import pytest

from app.charts.chart import REGION, YEAR
from app.forms import Facet
from app.totals import Totals, Value, one_level, totals
from search.documents import Column, Dataset, Record
from search.engine import Snapshot
from search.plan import Filter, Selection
from tests.app.tiny import dataset, publish, record
from tests.conftest import embedded

FLOW = Column("건수", "measure", "flow", "건", "m0")
STOCK = Column("인구", "measure", "stock", "명", "m1")
RATE = Column("비율", "rate", None, "%", "m2")
DOUBT = Column("무엇", "measure", None, None, "m1")
PANEL = (
    # period, region, flow, stock, rate
    ("2020-01", "길동", 1, 100, 10),
    ("2020-02", "길동", 2, 110, 20),
    ("2020-02", "둔촌동", 4, 50, 30),
    ("2021-01", "길동", 8, 120, 40),
    ("2021-01", "둔촌동", 16, 60, 60),
    ("2021-01", "", 32, 1, 20),
)


def panel() -> tuple[Dataset, list[Record]]:
    measures = [
        (period, region, {"m0": float(flow), "m1": float(stock), "m2": float(rate)})
        for period, region, flow, stock, rate in PANEL
    ]
    return by_month("표", measures, FLOW, STOCK, RATE)


def by_month(
    key: str, rows: Sequence[tuple[str, str, dict[str, float]]], *numbers: Column
) -> tuple[Dataset, list[Record]]:
    """A table of months and places ('' for none) with its numbers."""
    records = [
        record(
            key,
            at,
            {"월": period},
            year=int(period[:4]),
            period=period,
            region=region or None,
            measures=measures,
        )
        for at, (period, region, measures) in enumerate(rows)
    ]
    return dataset(key, (Column("월", "time"), *numbers), records), records


def parks(*days: str) -> tuple[Dataset, list[Record]]:
    records = [
        record("공원", at, {"이름": f"공원{at}"}, year=int(day[:4]), period=day, measures={"m0": 10.0})
        for at, day in enumerate(days)
    ]
    columns = (
        Column("이름", "label"),
        Column("기준일", "time"),
        Column("면적", "measure", "stock", "㎡", "m0"),
    )
    return dataset("공원", columns, records), records


@pytest.fixture(scope="module")
def tiny(tmp_path_factory: pytest.TempPathFactory) -> Snapshot:
    undated = [record("날짜없음", at, {"동": "길동"}, region="길동", measures={"m0": 5.0}) for at in range(3)]
    plain = dataset(
        "날짜없음", (Column("동", "region"), Column("대수", "measure", "stock", "대", "m0")), undated
    )
    engine = embedded(tmp_path_factory.mktemp("tiny"))
    return publish(engine, panel(), parks("2020-05-01", "2021-03-02", "2021-04-03"), (plain, undated))


def added(snapshot: Snapshot, key: str, column: Column, by: Facet) -> Totals:
    selection = Selection(filters=(Filter("dataset", (key,)),))
    return totals(snapshot, snapshot.datasets[key], selection, column, by)


def values(found: Totals) -> dict[object, float]:
    return {one.key: one.value for one in found.values}


def test_a_flow_is_added_over_time_and_place(tiny: Snapshot) -> None:
    assert values(added(tiny, "표", FLOW, YEAR)) == {2020: 7, 2021: 56}
    assert values(added(tiny, "표", FLOW, REGION)) == {"길동": 11, "둔촌동": 20}


def test_a_stock_of_a_year_is_its_last_period(tiny: Snapshot) -> None:
    found = added(tiny, "표", STOCK, YEAR)
    assert values(found) == {2020: 160, 2021: 181}
    assert [one.period for one in found.values] == ["2020-02", "2021-01"]


def test_stocks_of_places_are_compared_at_the_last_period_of_all(tiny: Snapshot) -> None:
    found = added(tiny, "표", STOCK, REGION)
    assert values(found) == {"길동": 120, "둔촌동": 60}
    assert {one.period for one in found.values} == {"2021-01"}


def test_the_last_period_is_one_at_which_a_place_has_a_value(tmp_path: Path) -> None:
    """Also where only records of no place are of the latest periods, more of them than are looked through first."""
    rows = [(f"2020-{month:02d}", "길동", {"m1": 10.0 + month}) for month in (1, 2)]
    rows += [(f"2021-{month:02d}", "", {"m1": 1.0}) for month in range(1, 13)]
    found = added(publish(embedded(tmp_path), by_month("달", rows, STOCK)), "달", STOCK, REGION)
    assert [(one.key, one.value, one.period) for one in found.values] == [("길동", 12.0, "2020-02")]


def test_of_more_periods_than_are_looked_through_the_last_is_still_the_last(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("app.totals.MOST_PERIODS", 5)
    rows = [
        (f"{year}-{month:02d}", "길동", {"m1": 100.0 * (year - 2019) + month})
        for year in (2020, 2021)
        for month in range(1, 5)
    ]
    found = added(publish(embedded(tmp_path), by_month("달", rows, STOCK)), "달", STOCK, REGION)
    assert [(one.value, one.period) for one in found.values] == [(204.0, "2021-04")]


def test_a_rate_is_never_added(tiny: Snapshot) -> None:
    found = added(tiny, "표", RATE, YEAR)
    assert values(found) == {2020: 20, 2021: 40}
    assert "평균" in found.rule


def test_a_number_of_unknown_kind_is_read_with_care(tiny: Snapshot) -> None:
    assert added(tiny, "표", DOUBT, YEAR).kind == "stock"
    assert values(added(tiny, "표", DOUBT, YEAR)) == {2020: 160, 2021: 181}


def test_a_stock_without_any_time_is_added_over_place(tiny: Snapshot) -> None:
    assert values(added(tiny, "날짜없음", Column("대수", "measure", "stock", "대", "m0"), REGION)) == {
        "길동": 15
    }


def test_things_dated_one_by_one_are_all_counted(tiny: Snapshot) -> None:
    """A register of parks is not what the last office to send its list happens to have."""
    whole = Facet("dataset", "dataset", "데이터셋")
    found = added(tiny, "공원", Column("면적", "measure", "stock", "㎡", "m0"), whole)
    assert values(found) == {"공원": 30}
    assert found.register
    assert "모든 레코드" in found.rule


def test_without_records_there_is_no_number(tiny: Snapshot, tmp_path: Path) -> None:
    nothing = Selection(filters=(Filter("dataset", ("표",)), Filter("year", (1999,))))
    for column in (FLOW, STOCK, RATE):
        assert totals(tiny, tiny.datasets["표"], nothing, column, YEAR).values == ()


@pytest.mark.parametrize(("kind", "ours"), [("flow", 7.0), ("rate", 7 / 3)])
def test_our_dong_are_one_district_beside_the_others(kind: str, ours: float) -> None:
    column = Column("수", "rate" if kind == "rate" else "measure", kind, None, "m0")
    values = {"강남구": 5.0, "송파구": 6.0, "중구": 7.0, "천호1동": 2.0, "길동": 4.0, "강동구": 1.0}
    one = dataset("city", [column], [], regions=tuple(values))
    found = Totals(column, kind, "", REGION, tuple(Value(p, v, 1) for p, v in values.items()), partial=False)
    assert [(value.key, value.value) for value in one_level(one, found).values] == [
        ("강남구", 5.0),
        ("송파구", 6.0),
        ("중구", 7.0),
        ("강동구", pytest.approx(ours)),
    ]


def test_dong_of_the_district_alone_stay_apart() -> None:
    column = Column("수", "measure", "flow", None, "m0")
    one = dataset("ours", [column], [], regions=("천호1동", "길동", "강동구", "하남시"))
    found = Totals(
        column, "flow", "", REGION, (Value("천호1동", 1.0, 1), Value("길동", 2.0, 1)), partial=False
    )
    assert one_level(one, found) == found
