"""Counts by the hour at many places: what makes a sample large."""

from indexer.sample.kind import SEOUL
from indexer.sample.panels import Measure, Panel, fixed, hours
from indexer.sample.words import NAMES, SPOTS

STOPS = fixed(
    ("정류장번호", "정류장명"),
    *(
        ((f"25{at:03}", f"{NAMES[at % len(NAMES)]}{SPOTS[at // 6]}"), 0.3 + (at * 11 % 17) / 10)
        for at in range(1, 91)
    ),
)
SENSORS = fixed(
    ("센서번호", "설치장소"),
    *(
        ((f"GD{at:03}", f"{NAMES[at]}{SPOTS[at % len(SPOTS)]}"), 0.4 + (at * 7 % 19) / 10)
        for at in range(1, 61)
    ),
)

HOURLY = (
    Panel("버스정류장별 시간대별 승하차 인원", "교통 > 버스", STOPS,
        (Measure("승차인원(명)", 260, -0.004, outing=True), Measure("하차인원(명)", 250, -0.004, outing=True)),
        hours(5, 23), "day", "사용일자", provider=SEOUL, form="utf-8", typical=61_560),
    Panel("도시센서 시간별 유동인구 측정자료", "인구/가구 > 생활인구", SENSORS,
        (Measure("유동인구(명)", 180, 0.01, outing=True),), hours(0, 23), "day", "측정일자",
        provider=SEOUL, form="utf-8-sig", typical=43_200),
)  # fmt: skip
