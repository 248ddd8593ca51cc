"""The contract of charts: every one has words, a table of the same numbers, and runs under a strict policy."""

import csv
import html
import io
import json
import re

import pandas as pd
import pytest
from flask.testing import FlaskClient

from app.charts import entries, tables
from app.charts.boundaries import Boundaries
from app.charts.chart import RECORDS, REGION, YEAR, Chart, Source, Told
from app.charts.kinds import bars, trend
from app.charts.shape import shape
from app.forms import Facet
from app.pages.parts import dataset_url
from app.totals import RULES, Totals, Value
from app.trends.series import Series, series
from app.wording import number
from indexer.sample.boundaries import boundaries as schematic
from search.documents import Column, Dataset
from search.engine import Snapshot
from search.plan import Filter, Selection
from tests.app.figures import drawn, objects, same

PEOPLE = Column("인구수(명)", "measure", "stock", "명", "m0")
SHARE = Column("비율", "rate", None, "%", "m0")
WHOLE = re.compile(r"<figure.*?</figure>", re.DOTALL)
MOST_BYTES = 60_000


@pytest.fixture(scope="session")
def borders(tmp_path_factory: pytest.TempPathFactory) -> Boundaries:
    path = tmp_path_factory.mktemp("borders") / "boundaries.geojson"
    path.write_text(json.dumps(schematic()), encoding="utf-8")
    return Boundaries.load(path)


def source_of(snapshot: Snapshot, one: Dataset, borders: Boundaries | None) -> Source:
    only = Selection(filters=(Filter("dataset", (one.id,)),))
    return Source(snapshot, shape(snapshot, one, only), borders)


@pytest.fixture(scope="module")
def every(snapshot: Snapshot, datasets: tuple[Dataset, ...], borders: Boundaries) -> list[Told]:
    """Every chart that any dataset of the sample can get, shown or not."""
    found = []
    for one in datasets:
        source = source_of(snapshot, one, borders)
        told = (entries.kind_of(chart).tell(source, chart) for chart in entries.candidates(source))
        found += [one for one in told if one]
    return found


def test_the_sample_shows_nearly_every_kind(every: list[Told]) -> None:
    kinds = {told.chart.kind for told in every}
    assert kinds == {kind.NAME for kind in entries.CHARTS} - {"hours"}


def test_every_chart_says_what_it_shows_and_how_it_adds_up(every: list[Told]) -> None:
    for told in every:
        assert told.title or told.chart.title
        assert "니다" in told.summary
        assert told.summary.endswith(".")
        assert told.chart.why.endswith(".")
        assert told.rule.endswith(".")
        assert 0 < told.worth <= 1, told.chart
        assert len(told.frame) > 1


def test_every_figure_draws_the_very_numbers_of_its_table(
    every: list[Told], borders: Boundaries, caplog: pytest.LogCaptureFixture
) -> None:
    for told in every:
        found = drawn(json.loads(json.dumps(entries.item(told, borders))))
        for name in told.frame.columns:
            wanted = told.frame[name].tolist()
            assert all(map(same, found[name], wanted)), (told.chart, name)
            assert len(found[name]) == len(wanted)
    assert [said.getMessage() for said in caplog.records if said.name.startswith("bokeh")] == []


def test_every_table_holds_the_numbers_of_its_file_and_of_places_the_first(every: list[Told]) -> None:
    for told in every:
        header, rows, raw = tables.header(told), tables.rows(told), list(tables.raw_rows(told))
        assert len(rows) == (len(told.links) or len(raw))
        assert {len(row) for row in (*rows, *raw)} == {len(header)}
        assert len(set(header)) == len(header), header
        for row, cells in zip(rows, raw[: len(rows)], strict=True):
            shown = [number(cell) for cell in cells[1:2] if isinstance(cell, int | float)]
            assert shown == [text for text in row[1:2] if text != tables.NOTHING]


def test_no_figure_needs_eval_or_raw_markup_or_much_room(every: list[Told], borders: Boundaries) -> None:
    for told in every:
        body = entries.item(told, borders)
        names = {str(one.get("name", "")) for one in objects(body) if one.get("type") == "object"}
        assert not any(name.startswith("CustomJS") or name in {"CanvasTexture", "Div"} for name in names)
        text = json.dumps(body)
        assert "{safe}" not in text
        assert len(text.encode()) < MOST_BYTES, (told.chart, len(text))


def test_charts_of_one_dataset_have_names_of_their_own(
    snapshot: Snapshot, datasets: tuple[Dataset, ...], borders: Boundaries
) -> None:
    for one in datasets:
        names = [chart.id for chart in entries.candidates(source_of(snapshot, one, borders))]
        assert len(set(names)) == len(names)
        assert all(re.fullmatch(r"[\w-]+", name) for name in names)


def test_at_most_six_charts_are_shown_the_most_telling_first(
    snapshot: Snapshot, datasets: tuple[Dataset, ...], borders: Boundaries
) -> None:
    shown = [entries.told(source_of(snapshot, one, borders)) for one in datasets]
    assert max(map(len, shown)) == entries.MAX_CHARTS
    assert sum(map(bool, shown)) >= len(datasets) - 1
    for found in shown:
        assert [told.worth for told in found] == sorted((told.worth for told in found), reverse=True)


def test_the_page_holds_figure_caption_sentence_table_and_files(
    client: FlaskClient, datasets: tuple[Dataset, ...]
) -> None:
    parts = ('class="chart__summary"', "<table", "<caption>", "출처: ", "기준: ", ".csv", ".xlsx", ".json")
    for one in datasets:
        page = html.unescape(client.get(dataset_url(one.id)).get_data(as_text=True))
        for figure in WHOLE.findall(page):
            for part in ("<figcaption>", *parts):
                assert part in figure, (one.title, part)


def test_the_files_of_a_page_hold_its_tables(client: FlaskClient, datasets: tuple[Dataset, ...]) -> None:
    one = next(one for one in datasets if "주정차" in one.title)
    for figure in WHOLE.findall(client.get(dataset_url(one.id)).get_data(as_text=True)):
        rows = figure.split("<tbody>")[1].split("</tbody>", maxsplit=1)[0].count("<tr>")
        files = [html.unescape(found) for found in re.findall(r'href="(/[^"]+)"', figure)]
        by_kind = {re.search(r"\.(csv|xlsx|json)", file)[1]: file for file in files}  # type: ignore[index]
        text = client.get(by_kind["csv"]).get_data(as_text=True)
        assert text.startswith("\ufeff")
        assert len(list(csv.reader(io.StringIO(text)))) == rows + 1
        body = client.get(by_kind["json"]).get_json()
        assert len(body["rows"]) == rows
        assert one.title in body["citation"]
        assert one.edition[:8] in body["citation"]
        assert body["about"]["rule"]
        assert client.get(by_kind["xlsx"]).data.startswith(b"PK")


def test_a_chart_follows_the_filters_of_the_address(
    client: FlaskClient, datasets: tuple[Dataset, ...]
) -> None:
    one = next(one for one in datasets if "주정차" in one.title)
    address = f"{dataset_url(one.id)}/charts/bars-m0-region"
    whole = client.get(address + ".csv?raw=1").get_data(as_text=True)
    part = client.get(address + ".csv", query_string={"raw": "1", "year": "2020"}).get_data(as_text=True)
    assert whole != part
    for kind in ("csv", "xlsx", "json", "figure.json"):
        assert client.get(f"{dataset_url(one.id)}/charts/nonsense.{kind}").status_code == 404
        assert client.get(f"{address}.{kind}", query_string={"yaer": "2020"}).status_code == 400


def line(chart: Chart, kind: str, *pairs: tuple[int, float], **more: Series) -> str:
    totals = Totals(chart.column, kind, RULES[kind], YEAR, tuple(Value(k, v, 1) for k, v in pairs), False)
    told = trend.tell_series(chart, totals, series(totals.values, {}))
    assert told
    return told.summary


def test_a_line_tells_the_change_with_its_particles() -> None:
    chart = Chart("trend", PEOPLE, (YEAR,), "")
    assert line(chart, "stock", (2015, 438_474), (2025, 470_719)) == (
        "인구수는 2015년 438,474명에서 2025년 470,719명으로 7.4% 늘었습니다. 가장 많은 해는 2025년(470,719명)입니다. "
        "2016·2017·2018 외 6년은 자료가 없습니다."
    )
    shares = Chart("trend", SHARE, (YEAR,), "")
    assert "0.5%로 거의 그대로입니다" in line(shares, "rate", (2015, 0.5), (2016, 0.5))
    assert "10명이 되었습니다" in line(chart, "stock", (2015, 0), (2016, 10))
    assert "50.0% 줄었습니다" in line(chart, "stock", (2015, 2), (2016, 1))
    assert "(해마다 평균 +10.0%)" in line(chart, "stock", (2015, 100), (2016, 110), (2017, 121))


def sorted_bars(column: Column, kind: str, *pairs: tuple[str, float], by: Facet = REGION) -> Told:
    chart = Chart("bars", column, (by,), "")
    totals = Totals(column, kind, RULES[kind], by, tuple(Value(k, v, 1) for k, v in pairs), False)
    told = bars.tell_totals(chart, totals, records=len(pairs))
    assert told
    return told


def test_bars_tell_their_ends_and_means_are_called_means() -> None:
    assert sorted_bars(SHARE, "rate", ("길동", 3.2), ("둔촌동", 1.5), ("천호동", 2)).summary == (
        "평균 비율은 ‘길동’에서 가장 높고(3.2%), ‘둔촌동’에서 가장 낮습니다(1.5%)."
    )
    assert sorted_bars(PEOPLE, "stock", ("길동", 3), ("천호동", 9)).summary == (
        "인구수는 ‘천호동’에서 가장 많고(9명), ‘길동’이 그다음입니다(3명)."
    )


def test_of_many_bars_the_others_are_one_and_the_sentence_says_of_how_many() -> None:
    told = sorted_bars(PEOPLE, "stock", *((f"동{n}", 100 - n) for n in range(40)))
    assert told.frame["key"].tolist() == [*(f"동{n}" for n in range(bars.MOST_BARS)), bars.OTHERS]
    assert told.frame["value"].sum() == sum(100 - n for n in range(40))
    assert f"모두 40곳 가운데 앞의 {bars.MOST_BARS}곳" in told.summary


def test_the_others_of_means_are_the_mean_of_their_records() -> None:
    told = sorted_bars(SHARE, "rate", *((f"동{n}", 40.0 - n) for n in range(17)))
    assert told.frame["value"].iloc[-1] == (25 + 24) / 2


def test_values_with_an_order_of_their_own_keep_it() -> None:
    ages = Facet("연령대", "d0", "연령대")
    told = sorted_bars(PEOPLE, "stock", ("10~19세", 1), ("0~9세", 5), ("100세이상", 2), by=ages)
    assert told.frame["key"].tolist() == ["0~9세", "10~19세", "100세이상"]


def test_ages_year_by_year_are_told_in_bands_of_five() -> None:
    ages = Facet("연령", "d0", "연령")
    told = sorted_bars(
        PEOPLE, "stock", *((f"{age}세", 1.0) for age in range(100)), ("100세 이상", 7.0), by=ages
    )
    assert told.frame["key"].tolist()[:2] == ["0~4세", "5~9세"]
    assert told.frame["key"].tolist()[-1] == "100세 이상"
    assert told.frame["value"].tolist() == [5.0] * 20 + [7.0]


def test_a_year_without_numbers_is_a_gap() -> None:
    totals = Totals(PEOPLE, "stock", "", YEAR, (Value(2015, 1.0, 1), Value(2017, 2.0, 1)), False)
    told = trend.tell_series(Chart("trend", PEOPLE, (YEAR,), ""), totals, series(totals.values, {}))
    assert told
    assert told.frame["key"].tolist() == ["2015", "2016", "2017"]
    assert told.frame["value"].isna().tolist() == [False, True, False]
    assert tables.rows(told)[1][1] == tables.NOTHING
    assert entries.item(told, None)


def test_names_from_data_are_never_read_as_fields_or_markup() -> None:
    name = "@{value}{safe} $x <b>"
    column = Column(name, "measure", "flow", "{safe}", "m0")
    told = sorted_bars(column, "flow", ("@{a}{safe}", 2.0), ("$$x$$", -1.0), by=Facet(name, "d0", name))
    item = entries.item(told, None)
    tips = next(one["attributes"]["tooltips"] for one in objects(item) if one.get("name") == "HoverTool")
    assert [text for _, text in tips] == ["@key", "@told"]
    assert not any(sign in label for label, _ in tips for sign in "@${}")


def test_numbers_that_say_nothing_make_no_chart(snapshot: Snapshot, datasets: tuple[Dataset, ...]) -> None:
    nothing = Selection(filters=(Filter("dataset", ("no such dataset",)),))
    for one in datasets:
        assert entries.told(Source(snapshot, shape(snapshot, one, nothing), None)) == ()


def test_counted_records_are_no_development() -> None:
    chart = Chart("trend", RECORDS, (YEAR,), "")
    said = line(chart, "flow", (2019, 2), (2020, 5))
    assert said == "2019년부터 2020년까지의 레코드 7건이 있습니다. 가장 많은 해는 2020년(5건)입니다."


def test_a_frame_of_two_fields_is_shown_crosswise(every: list[Told]) -> None:
    months = next(told for told in every if told.chart.kind == "months" and tables.is_crossed(told))
    years = months.frame["column"].unique().tolist()
    assert tables.header(months) == ("월", *years)
    assert [row[0] for row in tables.rows(months)] == [f"{month}월" for month in range(1, 13)]
    cell = months.frame[(months.frame["key"] == "1월") & (months.frame["column"] == years[-1])]["value"]
    first = next(tables.raw_rows(months))
    assert same(first[-1], None if pd.isna(cell.iloc[0]) else cell.iloc[0])
