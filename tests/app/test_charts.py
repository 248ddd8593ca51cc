"""The contract of charts: every one has words, a table of the same numbers, and runs under a strict policy."""

import html
import json
import re
from collections.abc import Iterator
from typing import Any

import pytest
from flask.testing import FlaskClient

from app.charts import entries, figures, frames
from app.charts.entries import REGION, YEAR, Chart
from app.charts.sentences import sentence
from app.forms import DATASET, Facet
from app.look import asked
from app.pages.charts import chart_views
from app.pages.parts import dataset_url
from app.params import Params
from app.totals import RULES, Totals, Value
from app.views import ChartView
from app.wording import number
from search.documents import Column, Dataset
from search.engine import Snapshot
from search.language.query import Language
from search.language.synonyms import Synonyms
from search.plan import Filter, Selection

PLAIN = Params("", (), 1, 20, "newest")
PEOPLE = Column("인구수(명)", "measure", "stock", "명", "m0")
SHARE = Column("비율", "rate", None, "%", "m0")


@pytest.fixture(scope="module")
def views(snapshot: Snapshot, datasets: tuple[Dataset, ...]) -> list[ChartView]:
    """All charts of all datasets of the sample."""
    language = Language.of(datasets, Synonyms.load(), 2026)
    return [view for one in datasets for view in chart_views(snapshot, asked(snapshot, one, PLAIN, language))]


def objects(body: Any) -> Iterator[dict[str, Any]]:
    if isinstance(body, dict):
        yield body
    for inner in body.values() if isinstance(body, dict) else body if isinstance(body, list) else ():
        yield from objects(inner)


def test_most_datasets_have_charts(views: list[ChartView], datasets: tuple[Dataset, ...]) -> None:
    assert len(views) > len(datasets)
    assert len({view.json_url for view in views}) == len(views)


def test_every_chart_says_what_it_shows_and_where_it_comes_from(views: list[ChartView]) -> None:
    for view in views:
        assert view.title
        assert "니다" in view.summary
        assert view.summary.endswith(".")
        assert view.why
        assert view.source
        assert re.fullmatch(r"\d{4}-\d\d-\d\d", view.date)
        assert len(view.rows) > 1
        assert all(len(row) == len(view.header) for row in view.rows)


def test_the_figure_draws_the_numbers_of_the_table(
    views: list[ChartView], client: FlaskClient, caplog: pytest.LogCaptureFixture
) -> None:
    for view in views:
        item = client.get(view.json_url).get_json()
        assert [said.getMessage() for said in caplog.records if said.name.startswith("bokeh")] == []
        data = next(
            dict(one["data"]["entries"]) for one in objects(item) if "entries" in (one.get("data") or {})
        )
        drawn = [text or "자료 없음" for text in data["text"]]
        assert drawn == [row[1] for row in view.rows], view.title
        assert data["name"] == [
            row[0].removesuffix("년") if view.title.startswith("연도") else row[0] for row in view.rows
        ]


def test_no_figure_needs_eval_or_raw_markup(views: list[ChartView], client: FlaskClient) -> None:
    for view in views:
        body = client.get(view.json_url).get_json()
        names = {str(one.get("name", "")) for one in objects(body) if one.get("type") == "object"}
        assert not any(name.startswith("CustomJS") or name in {"CanvasTexture", "Div"} for name in names)
        assert "{safe}" not in json.dumps(body)


def test_the_file_holds_the_numbers_of_the_table(views: list[ChartView], client: FlaskClient) -> None:
    for view in views:
        text = client.get(view.csv_url).get_data(as_text=True)
        assert text.startswith("\ufeff")
        lines = text.removeprefix("\ufeff").splitlines()
        assert len(lines) == len(view.rows) + 1
        last = lines[-1].rsplit(",", 3)[-3]
        assert (number(float(last)) if last else "자료 없음") == view.rows[-1][1]


def test_the_page_holds_figure_caption_sentence_and_table(
    client: FlaskClient, datasets: tuple[Dataset, ...]
) -> None:
    for one in datasets:
        page = html.unescape(client.get(dataset_url(one.id)).get_data(as_text=True))
        for figure in re.findall(r"<figure.*?</figure>", page, re.DOTALL):
            for part in (
                "<figcaption>",
                'class="chart__summary"',
                "<table",
                "<caption>",
                "출처: ",
                "기준: ",
                ".csv",
            ):
                assert part in figure, (one.title, part)


def test_a_chart_follows_the_filters_of_the_address(
    client: FlaskClient, datasets: tuple[Dataset, ...]
) -> None:
    one = next(one for one in datasets if "주정차" in one.title)
    address = f"{dataset_url(one.id)}/charts/m0-by-region"
    whole = client.get(address + ".csv?raw=1").get_data(as_text=True)
    part = client.get(address + ".csv", query_string={"raw": "1", "year": "2020"}).get_data(as_text=True)
    assert whole != part
    assert client.get(f"{dataset_url(one.id)}/charts/nonsense.json").status_code == 404
    assert client.get(address + ".csv", query_string={"yaer": "2020"}).status_code == 400


def told(chart: Chart, kind: str, *pairs: tuple[str | int, float]) -> str:
    totals = Totals(chart.column, kind, RULES[kind], chart.by, tuple(Value(k, v, 1) for k, v in pairs), False)
    return sentence(chart, totals, frames.frame(chart, totals))


def test_a_line_tells_the_change_with_its_particles() -> None:
    line = Chart("line", PEOPLE, YEAR, "")
    assert told(line, "stock", (2015, 438_474), (2025, 470_719)) == (
        "인구수는 2015년 438,474명에서 2025년 470,719명으로 7.4% 늘었습니다. 가장 많은 해는 2025년(470,719명)입니다."
    )
    assert "0.5%로 거의 그대로입니다" in told(
        Chart("line", SHARE, YEAR, ""), "rate", (2015, 0.5), (2016, 0.5)
    )
    assert "10명이 되었습니다" in told(line, "stock", (2015, 0), (2016, 10))
    assert "50.0% 줄었습니다" in told(line, "stock", (2015, 2), (2016, 1))


def test_bars_tell_their_ends_and_means_are_called_means() -> None:
    bars = Chart("bars", SHARE, REGION, "")
    assert told(bars, "rate", ("길동", 3.2), ("둔촌동", 1.5), ("천호동", 2)) == (
        "평균 비율은 ‘길동’에서 가장 높고(3.2%), ‘둔촌동’에서 가장 낮습니다(1.5%)."
    )
    assert told(Chart("bars", PEOPLE, REGION, ""), "stock", ("길동", 3), ("천호동", 9)) == (
        "인구수는 ‘천호동’에서 가장 많고(9명), ‘길동’이 그다음입니다(3명)."
    )


def test_a_year_without_numbers_is_a_gap() -> None:
    line = Chart("line", PEOPLE, YEAR, "")
    totals = Totals(PEOPLE, "stock", "", YEAR, (Value(2015, 1.0, 1), Value(2017, 2.0, 1)), False)
    frame = frames.frame(line, totals)
    assert frame["key"].tolist() == ["2015", "2016", "2017"]
    assert frame["value"].isna().tolist() == [False, True, False]
    assert figures.item(line, frame)


def test_of_many_bars_the_first_are_shown_and_the_sentence_says_of_how_many() -> None:
    values = tuple(Value(f"동{n}", float(100 - n), 1) for n in range(40))
    bars = Chart("bars", PEOPLE, REGION, "")
    totals = Totals(PEOPLE, "stock", "", REGION, values, False)
    frame = frames.frame(bars, totals)
    assert frame["value"].tolist() == [value.value for value in values[: frames.MAX_BARS]]
    assert f"모두 40개 가운데 앞의 {frames.MAX_BARS}개" in sentence(bars, totals, frame)


def test_names_from_data_are_never_read_as_fields_or_markup() -> None:
    name = "@{value}{safe} $x <b>"
    by = Facet(name, "d0", name)
    column = Column(name, "measure", "flow", "{safe}", "m0")
    chart = Chart("bars", column, by, "")
    totals = Totals(column, "flow", "", by, (Value("@{a}{safe}", 2.0, 1), Value("$$x$$", -1.0, 1)), False)
    item = figures.item(chart, frames.frame(chart, totals))
    tips = next(one["attributes"]["tooltips"] for one in objects(item) if one.get("name") == "HoverTool")
    assert [text for _, text in tips] == ["@name", "@told"]
    assert not any(sign in label for label, _ in tips for sign in "@${}")


def test_a_register_has_no_trend(snapshot: Snapshot) -> None:
    totals = Totals(
        PEOPLE, "stock", "", YEAR, (Value(2015, 1.0, 1), Value(2016, 2.0, 1)), False, register=True
    )
    assert not entries.tells(Chart("line", PEOPLE, YEAR, ""), totals)
    assert entries.tells(Chart("bars", PEOPLE, DATASET, ""), totals)


def test_at_most_six_charts_are_asked_for_and_shown(
    snapshot: Snapshot, datasets: tuple[Dataset, ...]
) -> None:
    for one in datasets:
        only = Selection(filters=(Filter("dataset", (one.id,)),))
        assert len(entries.told(snapshot, one, only)) <= entries.MAX_CHARTS
        assert len(entries.charts_of(one)) <= entries.MAX_ASKED
