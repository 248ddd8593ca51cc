"""Series of stations and roads: subway, bicycles, buses, accidents."""

from indexer.sample.kind import SEOUL
from indexer.sample.panels import WHOLE, Measure, Panel, fixed, hours, split

SUBWAY = "서울교통공사"
# made-up sizes: 1 is about 10,000 people a day getting on
STATIONS = fixed(
    ("호선명", "역명"),
    (("5호선", "천호(풍납토성)"), 2.1), (("8호선", "천호(풍납토성)"), 1.3), (("5호선", "강동"), 1.6),
    (("5호선", "길동"), 1.2), (("5호선", "굽은다리"), 0.8), (("5호선", "명일"), 1.1),
    (("5호선", "고덕"), 1.3),
    (("5호선", "상일동"), 1.9), (("5호선", "둔촌동"), 1.1), (("8호선", "암사"), 2.2),
    (("8호선", "강동구청"), 1.4),
)  # fmt: skip
BIKES = fixed(
    ("대여소번호", "대여소명"),
    *(
        ((f"{1000 + at:05}", f"{1000 + at}. 강동 대여소 {at}"), 0.4 + (at * 7 % 13) / 10)
        for at in range(1, 121)
    ),
)
RIDES = (
    Measure("승차총승객수", 10_000, -0.004, "level", commas=True, outing=True),
    Measure("하차총승객수", 9_800, -0.004, "level", commas=True, outing=True),
)
MONTH_RIDES = (
    Measure("승차총승객수", 305_000, -0.004, "level", commas=True, season="school", outing=True),
    Measure("하차총승객수", 299_000, -0.004, "level", commas=True, season="school", outing=True),
)
ACCIDENTS = split("사고유형", "차대차", "차대사람", "차량단독")
ROADS = fixed(
    ("도로명",), (("천호대로",), 3.1), (("올림픽로",), 2.4), (("양재대로",), 2.6), (("고덕로",), 1.3)
)

TRAFFIC_SERIES = (
    Panel("지하철 역별 월별 승하차 인원", "교통 > 지하철", STATIONS, MONTH_RIDES, step="month", time="사용월",
        provider=SUBWAY, form="utf-8"),
    Panel("지하철 역별 일별 승하차 인원", "교통 > 지하철", STATIONS, RIDES, step="day", time="사용일자",
        provider=SUBWAY, form="utf-8", typical=44_198),
    Panel("지하철 역별 시간대별 승하차 인원", "교통 > 지하철", STATIONS, RIDES, hours(5, 23), "day",
        "사용일자", provider=SUBWAY, form="utf-8", typical=153_000),
    Panel("역별 교통약자 무임승차 인원", "교통 > 지하철", STATIONS,
        (Measure("무임승차(명)", 41_000, 0.02, "level", commas=True, outing=True),),
        split("구분", "경로", "장애인", "유공자"), "month", "월", provider=SUBWAY),
    Panel("따릉이 대여소별 이용건수", "교통 > 따릉이", BIKES,
        (Measure("이용건수", 780, 0.08, season="outdoor"),
        Measure("이동거리(m)", 1_600_000, 0.08, "amount", 0, season="outdoor")), step="month",
        time="기준년월", provider=SEOUL, typical=11_520),
    Panel("따릉이 대여소별 일별 이용현황", "교통 > 따릉이", BIKES,
        (Measure("이용건수", 26, 0.08, season="outdoor"),), step="day", time="대여일자", provider=SEOUL,
        form="cp949", typical=43_800),
    Panel("교통사고 발생현황", "교통 > 교통사고", WHOLE,
        (Measure("발생건수(건)", 120, -0.03, season="school"), Measure("사망자수(명)", 0.7, -0.05),
        Measure("부상자수(명)", 160, -0.03)), ACCIDENTS, "month", "기준년월"),
    Panel("견인차량 현황", "교통 > 견인", WHOLE, (Measure("견인대수(대)", 260, 0.04),),
        split("차종", "전동킥보드", "승용", "화물"), "month", "월"),
    Panel("주요도로 교통량", "교통 > 교통량", ROADS,
        (Measure("교통량(대)", 21_000, 0.002, "level", commas=True, outing=True),), hours(0, 23), "day",
        "측정일자", provider=SEOUL, typical=35_040),
    Panel("주요도로 평균 통행속도", "교통 > 교통량", ROADS,
        (Measure("평균속도(㎞/h)", 24, -0.1, "rate", 1, 4),), hours(7, 22), "month", "월", provider=SEOUL),
    Panel("마을버스 노선별 이용현황", "교통 > 버스",
        fixed(("노선명",), *(((f"강동{at:02}",), 0.5 + at % 3) for at in range(1, 9))),
        (Measure("승차인원(명)", 62_000, -0.01, "level", commas=True, outing=True),), step="month",
        time="기준년월"),
)  # fmt: skip
