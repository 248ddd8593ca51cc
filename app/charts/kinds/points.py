"""Places as circles by number of records, counted by cells on the server."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any
from urllib.parse import quote

import pandas as pd

from app.charts import maps
from app.charts.boundaries import Boundaries
from app.charts.chart import RECORDS, Chart, Source, Told
from app.charts.worth import coverage, worth
from app.places import COARSE, Places, places

NAME = "points"
TITLE = "레코드의 위치"
TABLE_ROWS = 100
"""The fullest cells stand on the page; the files hold all of them."""

WEIGHT = 0.93


def charts(source: Source) -> Iterator[Chart]:
    if source.shape.cells.counts:
        yield Chart(NAME, RECORDS, (), "레코드에 좌표가 있어 지도에 놓았습니다.")


def tell(source: Source, chart: Chart) -> Told | None:
    told = tell_places(places(source.snapshot, source.shape.selection), chart, source.boundaries)
    covered = coverage(source.shape.cells.records, source.shape.records)
    return replace(told, worth=worth(WEIGHT, covered)) if len(told.frame) > 1 else None


def tell_places(found: Places, chart: Chart, boundaries: Boundaries | None, rows: int = TABLE_ROWS) -> Told:
    """The places of any result: at least one, so many of them in the table on the page."""
    frame = maps.frame(found)
    shown = frame.head(rows)
    return Told(
        chart=chart,
        frame=frame,
        names={"key": "곳", "value": "레코드 수", "lat": "위도", "lon": "경도"},
        summary=_sentence(found, frame),
        rule=_rule(found),
        worth=0.0,
        height_px=maps.HEIGHT_PX,
        partial=found.cut,
        notes=_notes(frame, boundaries, rows),
        title=TITLE,
        links=tuple(_outside(*place) for place in zip(shown["key"], shown["lat"], shown["lon"], strict=True)),
    )


def _sentence(found: Places, cells: pd.DataFrame) -> str:
    most = found.spots[0].records
    alone = most == found.spots[-1].records
    where = "" if alone else f" 가장 많은 곳은 {cells['key'].iloc[0]}({most:,}건)입니다."
    if stray := int(cells["value"][maps.far_off(cells)].sum()):
        where += f" 멀리 떨어진 {stray:,}건은 그림 밖에 있고 표에는 있습니다."
    if found.cut:
        return f"위치를 아는 레코드가 많은 {len(found.spots):,}곳의 {found.records:,}건만 그렸습니다.{where}"
    return f"위치를 아는 레코드 {found.records:,}건이 {len(found.spots):,}곳에 있습니다.{where}"


def _rule(found: Places) -> str:
    size = "2km" if found.cell == COARSE else "200m"
    cut = " 가장 많은 곳부터 그렸습니다." if found.cut else ""
    return f"약 {size} 칸마다 레코드를 세었습니다. 원이 클수록 많습니다.{cut}"


def _notes(frame: pd.DataFrame, boundaries: Boundaries | None, rows: int) -> tuple[str, ...]:
    notes = [f"경계: {boundaries.source}"] if boundaries and boundaries.source else []
    if len(frame) > rows:
        notes.append(f"아래 표에는 많은 곳부터 {rows}곳, 내려받는 파일에는 그린 {len(frame):,}곳이 있습니다.")
    return tuple(notes)


def _outside(name: str, lat: float, lon: float) -> str:
    """The place in Kakao Map, by the address its makers document (apis.map.kakao.com, URL 바로가기)."""
    return f"https://map.kakao.com/link/map/{quote(name.replace(',', ' '))},{lat:.4f},{lon:.4f}"


def draw(told: Told, boundaries: Boundaries | None) -> Any:
    return maps.draw(told.frame, boundaries)
