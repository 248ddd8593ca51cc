"""Above a list of results: a chart and, where records have places, a map, both by the contract of charts."""

import csv
import html
import io
import json
import re
from math import isnan

import pytest
from flask.testing import FlaskClient
from hypothesis import given
from hypothesis import strategies as st

from app import places as whereabouts
from app.charts import maps
from app.charts.tables import NOTHING
from app.places import COARSE, FINE, MOST_CELLS, Places, Spot, places
from app.wording import number
from search.documents import CELLS_DEGREES, Column, cells
from search.engine import Engine, Snapshot
from search.plan import Groups, Selection
from tests.app.figures import drawn
from tests.app.tiny import dataset, publish, record

QUERIES = ("화장실", "천호동", "강동구", "주정차 단속", "2020", "도서관")


def figures(client: FlaskClient, q: str) -> list[str]:
    page = client.get("/search", query_string={"q": q}).get_data(as_text=True)
    return re.findall(r"<figure.*?</figure>", page, re.DOTALL)


def rows(figure: str) -> list[list[str]]:
    body = figure.split("<tbody>")[1].split("</tbody>", maxsplit=1)[0]
    found = [re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", row, re.DOTALL) for row in body.split("</tr>")]
    plain = [[html.unescape(re.sub(r"<span.*?</span>|<[^>]+>", "", cell)) for cell in row] for row in found]
    return [row for row in plain if row]


def address(figure: str, kind: str) -> str:
    pattern = r'data-chart="([^"]+)"' if kind == "figure" else r'href="([^"]+\.csv[^"]*)"'
    return html.unescape(re.findall(pattern, figure)[0])


def test_results_have_charts_and_maps(client: FlaskClient) -> None:
    assert any("레코드의 위치" in figure for figure in figures(client, "화장실"))
    assert any("찾은 레코드의 연도별 건수" in figure for figure in figures(client, "천호동"))
    assert any("/datasets/" in figure for figure in figures(client, "주정차"))
    assert figures(client, "없는말뷁") == []


def test_of_the_totals_by_year_the_latest_are_seen_first(client: FlaskClient) -> None:
    page = client.get("/search", query_string={"q": "강동구"}).get_data(as_text=True)
    totals = page.partition("<h3>연도별 건수</h3>")[2].partition("</section>")[0]
    years = [int(year) for year in re.findall(r">(\d{4})년<", totals)]
    assert len(years) > 2
    assert years == sorted(years, reverse=True)


@pytest.mark.parametrize("q", ["화장실", "천호동", "없는말뷁"])
def test_what_stands_below_pictures_is_one_step_away(client: FlaskClient, q: str) -> None:
    page = client.get("/search", query_string={"q": q}).get_data(as_text=True)
    jumps = re.findall(r'<a href="#([^"]+)">', page.partition('class="jumps"')[2].partition("</nav>")[0])
    below = ["hits-title", *(match[1] for match in re.finditer(r'<figure class="chart" id="([^"]+)"', page))]
    assert jumps == (below if len(below) > 1 else [])
    assert all(f'id="{name}"' in page for name in jumps)


@pytest.mark.parametrize("q", QUERIES)
def test_every_figure_keeps_the_contract_of_charts(client: FlaskClient, q: str) -> None:
    for figure in figures(client, q):
        for part in ("<figcaption>", 'class="chart__summary"', "<caption>", "출처: ", "기준: "):
            assert part in figure
        body = client.get(address(figure, "figure")).get_json()
        found, table = drawn(body), rows(figure)
        if "column" not in found:
            values = [NOTHING if isnan(value) else number(value) for value in found["value"]]
            assert values[: len(table)] == [row[1] for row in table]
        assert "CustomJS" not in json.dumps(body)
        assert "{safe}" not in json.dumps(body)
        text = client.get(address(figure, "csv") + "&raw=1").get_data(as_text=True)
        lines = len(set(found["key"])) if "column" in found else len(found["key"])
        assert len(list(csv.reader(io.StringIO(text)))) == lines + 1


def test_a_map_counts_every_record_with_a_place(client: FlaskClient, snapshot: Snapshot) -> None:
    (answer,) = snapshot.ask([Groups(Selection(), by=(COARSE,))])
    found = places(snapshot, Selection())
    assert found.records == sum(group.records for group in answer.groups)
    assert found.records > 0
    page = client.get("/search", query_string={"q": "화장실"}).get_data(as_text=True)
    assert "https://map.kakao.com/link/map/" in page


@pytest.mark.parametrize("name", ["nonsense", "trend-m0-year"])
def test_an_unknown_chart_is_not_found(client: FlaskClient, name: str) -> None:
    assert client.get(f"/search/charts/{name}.figure.json?q=화장실").status_code == 404


def test_a_map_without_places_is_not_found(client: FlaskClient) -> None:
    assert client.get("/search/charts/points-records.figure.json?q=뷁뷁뷁").status_code == 404


def test_a_misspelt_filter_of_a_file_is_refused(client: FlaskClient) -> None:
    assert client.get("/search/charts/points-records.csv?q=화장실&yaer=2020").status_code == 400


@pytest.mark.parametrize(
    ("place", "cell"),
    [((37.5386, 127.1232), "37.539,127.123"), ((-0.0001, 0.0001), "-0.001,0.001"), ((90.0, 180.0), "90.001,180.001")],
)  # fmt: skip
def test_a_place_lies_in_the_cell_around_it(place: tuple[float, float], cell: str) -> None:
    assert cells(place)[FINE] == cell


def in_a_row(engine: Engine, count: int) -> Snapshot:
    """So many records, each in a fine cell of its own."""
    made = [
        record(
            "a", n, {"이름": f"곳{n}"}, location=(37.001 + n * 0.002, 127.001), region="길동" if n else None
        )
        for n in range(count)
    ]
    return publish(engine, (dataset("a", [Column("이름", "label")], made), made))


@pytest.mark.parametrize(("count", "cell"), [(MOST_CELLS + 50, COARSE), (9, FINE)])
def test_too_many_cells_are_drawn_coarsely(engine: Engine, count: int, cell: str) -> None:
    found = places(in_a_row(engine, count), Selection())
    assert (found.cell, found.records, found.cut) == (cell, count, False)
    assert {spot.region for spot in found.spots} <= {"길동", ""}


def test_coarse_cells_are_the_same_whoever_adds_them_up(
    engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    snapshot = in_a_row(engine, MOST_CELLS + 50)
    here = places(snapshot, Selection())
    assert here.spots[0].records == 10
    monkeypatch.setattr(whereabouts, "MOST_COUNTED", MOST_CELLS)  # too many to be told: the engine adds up
    assert set(places(snapshot, Selection()).spots) == set(here.spots)


@given(st.integers(-44_000, 44_000), st.integers(-89_000, 89_000), st.floats(0.001, 0.999))
def test_a_coarse_cell_holds_fine_ones_whole(south: int, west: int, inside: float) -> None:
    lat, lon = ((number + inside) * CELLS_DEGREES[FINE] for number in (south, west))
    fine, coarse = cells((lat, lon))[FINE], cells((lat, lon))[COARSE]
    middle_lat, middle_lon = map(float, fine.split(","))
    assert cells((middle_lat, middle_lon))[COARSE] == coarse


def test_one_place_alone_can_be_drawn() -> None:
    assert maps.draw(maps.frame(Places((Spot(37.5, 127.1, "", 1),), FINE, cut=False)), None)


def test_one_far_place_does_not_squash_the_others() -> None:
    spots = [Spot(37.53 + n * 0.002, 127.12 + n * 0.003, "길동", 50) for n in range(10)]
    cells = maps.frame(Places((*spots, Spot(35.87, 128.6, "", 1)), FINE, cut=False))
    assert maps.far_off(cells).tolist() == [False] * 10 + [True]
    assert not maps.far_off(maps.frame(Places(tuple(spots), FINE, cut=False))).any()


def test_a_country_is_shown_whole() -> None:
    spots = [Spot(33.4 + n * 0.4, 126.5 + n * 0.2, "", 10) for n in range(10)]
    assert not maps.far_off(maps.frame(Places(tuple(spots), COARSE, cut=False))).any()


def test_what_is_left_out_of_a_result_is_in_no_chart_of_it(client: FlaskClient) -> None:
    named = figures(client, "공중화장실")
    assert any("/datasets/" in address(figure, "figure") for figure in named)
    without = figures(client, "공중화장실 -개방")
    assert without
    assert not any("/datasets/" in address(figure, "figure") for figure in without)
