"""The answer block of ``/search`` as the page shows it: numbers, a chart, a map."""

from urllib.parse import quote

import pandas as pd

from app.answers import chart as charts
from app.answers.number import Number, numbers
from app.charts import figures, frames, maps
from app.charts.sentences import sentence
from app.find import Searched, filters
from app.found_views import AnswerView, NumberView
from app.pages.charts import chart_view, header, row
from app.params import Params
from app.places import COARSE, Places, places
from app.views import ChartView
from app.wording import listed, measured, moment, number, plain_name, when, with_particle
from search.engine import Build, Snapshot
from search.language.query import Language

RESULT_CHARTS = "/search/charts"
MAP = "places"
SOURCE = "통합검색 결과"
_MAP_HEADER = ("곳", "레코드 수", "위도", "경도")


def answer_view(snapshot: Snapshot, searched: Searched, language: Language, size: int) -> AnswerView:
    """``size`` is that of the search page: addresses leave it out."""
    found = asked_numbers(snapshot, searched, language)
    told = charts.chart(snapshot, searched, found)
    return AnswerView(
        numbers=tuple(map(_number, found)),
        chart=_chart(told, searched, size) if told else None,
        map=_map(snapshot, searched, size),
    )


def asked_numbers(snapshot: Snapshot, searched: Searched, language: Language) -> tuple[Number, ...]:
    """Numbers that the words of the search fix: none where one of them had to be left out."""
    if any(one.reason == "missing" for one in searched.repairs):
        return ()
    return numbers(snapshot, searched.found, language, filters(searched.params, snapshot.datasets))


def number_url(one: Number) -> str:
    """The dataset under the filters that make the number: its permalink."""
    return one.params.url(f"/datasets/{one.dataset.id}", 1)


def number_sentence(one: Number) -> str:
    """``‘주민등록 인구’의 2019년 천호2동 인구수는 31,234명입니다.``"""
    mean = one.found.kind == "rate" and not one.named.name.startswith("평균")
    name = ("평균 " if mean else "") + plain_name(one.named)
    what = [f"{one.year}년"] if one.year else []
    what += [listed(one.places)] if one.places else []
    subject = with_particle(" ".join([*what, *one.categories, name]), "은/는")
    return f"‘{one.dataset.title}’의 {subject} {measured(one.value.value, one.named.unit)}입니다."


def number_note(one: Number) -> str:
    """How the number is made, and of what."""
    moment_of = one.value.period if one.value.period and one.value.period != one.year else ""
    said = [f"{when(moment_of)} 기준."] if moment_of else []
    said += ["연도를 적지 않아 가장 최근 해의 값입니다."] if one.is_newest else []
    added = ", ".join(f"{label} {listed(values)}" for label, values in one.added)
    if added:
        how = "값의 단순평균입니다" if one.found.kind == "rate" else "값을 더했습니다"
        said.append(f"{added}의 {how}.")
    return " ".join([*said, f"레코드 {one.value.records:,}건으로 셈했습니다."])


def _number(one: Number) -> NumberView:
    dataset = one.dataset
    return NumberView(
        value=number(one.value.value),
        unit=one.named.unit or "",
        sentence=number_sentence(one),
        note=number_note(one),
        source=f"{dataset.provider}, {dataset.title}",
        date=f"{moment(dataset.fetched_at):%Y-%m-%d}",
        sample=dataset.sample,
        url=number_url(one),
    )


def _chart(told: charts.Told, searched: Searched, size: int) -> ChartView:
    if told.what is not None:
        return chart_view(told.what, told.chart, told.totals)
    frame = frames.frame(told.chart, told.totals)
    rows = tuple(row(told.chart, cells) for cells in frame.itertuples(index=False, name=None))
    return ChartView(
        id=told.chart.id,
        title="찾은 레코드의 연도별 건수",
        summary=sentence(told.chart, told.totals, frame),
        why=told.chart.why,
        unit=told.chart.column.unit or "",
        source=SOURCE,
        date=_day(searched.found.build),
        header=header(told.chart),
        rows=rows,
        json_url=_url(told.chart.id, "json", searched.params, size),
        csv_url=_url(told.chart.id, "csv", searched.params, size),
        height_px=figures.height_px(told.chart, len(frame)),
    )


def _map(snapshot: Snapshot, searched: Searched, size: int) -> ChartView | None:
    """None where no record has a place."""
    if not searched.found.beside["places"].groups:
        return None
    found = places(snapshot, searched.found.selection)
    cells = maps.frame(found)
    shown = cells.head(maps.TABLE_ROWS)
    rows = tuple(map_row(cells) for cells in shown.itertuples(index=False, name=None))
    return ChartView(
        id=MAP,
        title="찾은 레코드의 위치",
        summary=_map_sentence(found, cells),
        why=_map_why(found),
        unit="건",
        source=SOURCE,
        date=_day(searched.found.build),
        header=_MAP_HEADER,
        rows=rows,
        json_url=_url(MAP, "json", searched.params, size),
        csv_url=_url(MAP, "csv", searched.params, size),
        height_px=maps.HEIGHT_PX,
        links=tuple(
            _outside(name, lat, lon) for name, _, lat, lon in shown.itertuples(index=False, name=None)
        ),
    )


def map_header() -> tuple[str, ...]:
    return _MAP_HEADER


def map_row(cells: tuple[str, int, float, float]) -> tuple[str, ...]:
    """A line of the map's table."""
    name, records, lat, lon = cells
    return (name, number(records), f"{lat:.3f}", f"{lon:.3f}")


def _map_sentence(found: Places, cells: pd.DataFrame) -> str:
    most = found.spots[0].records
    alone = most == found.spots[-1].records
    where = "" if alone else f" 가장 많은 곳은 {cells['name'].iloc[0]}({most:,}건)입니다."
    if stray := int(cells["records"][maps.far_off(cells)].sum()):
        where += f" 멀리 떨어진 {stray:,}건은 그림 밖에 있고 표에는 있습니다."
    if found.cut:
        return f"위치를 아는 레코드가 많은 {len(found.spots):,}곳의 {found.records:,}건만 그렸습니다.{where}"
    return f"위치를 아는 레코드 {found.records:,}건이 {len(found.spots):,}곳에 있습니다.{where}"


def _map_why(found: Places) -> str:
    size = "2km" if found.cell == COARSE else "200m"
    cut = " 가장 많은 곳부터 그렸습니다." if found.cut else ""
    return f"레코드에 좌표가 있어 약 {size} 칸으로 묶어 지도에 놓았습니다. 원이 클수록 많습니다.{cut}"


def _outside(name: str, lat: float, lon: float) -> str:
    """The place in Kakao Map, by the address its makers document (apis.map.kakao.com, URL 바로가기)."""
    return f"https://map.kakao.com/link/map/{quote(name.replace(',', ' '))},{lat:.4f},{lon:.4f}"


def _url(name: str, kind: str, params: Params, size: int) -> str:
    return params.at(1).url(f"{RESULT_CHARTS}/{name}.{kind}", size)


def _day(build: Build) -> str:
    return f"{moment(build.published_at):%Y-%m-%d}"
