"""All kinds of files the generator knows, the bundled sixteen first."""

from functools import cache

from indexer.sample import (
    amenities,
    amenities_social,
    businesses,
    city,
    environment,
    events,
    hourly,
    office_events,
    people,
    society,
    traffic,
)
from indexer.sample.events import event_kind
from indexer.sample.facilities import facility_kind
from indexer.sample.kind import Kind
from indexer.sample.licences import trade_kind
from indexer.sample.tables import panel_kind

# the bundled sample: what residents ask for first, ten 대분류, all formats, points and series, long and wide
BUNDLED = (
    *("공중화장실 현황", "동별 성별 연령대별 주민등록인구", "CCTV 설치현황", "지하철 역별 월별 승하차 인원"),
    *(
        "동별 고령자 인구",
        "무더위쉼터 현황",
        "동별 불법주정차 단속현황",
        "일반음식점 인허가 정보",
        "어린이집 현황",
    ),
    *("도서관 현황", "대기오염 월평균 농도", "공영주차장 현황", "화재발생 현황", "동별 1인가구 비율"),
    *("보안등 위치현황", "약국 현황"),
)
# the next ones bring in the areas that are still missing
NEXT = (
    *(
        "동별 생활폐기물 배출량",
        "문화행사 개최현황",
        "동별 민원 접수현황",
        "공동주택 현황",
        "도시공원 현황",
        "경로당 현황",
    ),
    *(
        "민방위 대피시설 현황",
        "전기차충전소 현황",
        "따릉이 대여소별 이용건수",
        "따릉이 대여소 현황",
        "동별 재활용률",
    ),
    *("재활용품 수거량", "동별 기초생활수급자 현황", "동별 인구이동 전입전출 현황", "불법주정차 단속내역"),
)


@cache
def kinds() -> tuple[Kind, ...]:
    """Every kind once, in the order in which a sample of growing size takes them in."""
    found = {kind.title: kind for kind in every_kind()}
    first = [found.pop(title) for title in (*BUNDLED, *NEXT)]
    return (*first, *found.values())


def every_kind() -> list[Kind]:
    panels = (
        *(people.POPULATION, society.SOCIETY, traffic.TRAFFIC_SERIES),
        *(environment.ENVIRONMENT_SERIES, city.CITY_SERIES),
    )
    places = (
        *(amenities.SAFETY, amenities.TRAFFIC, amenities.STREETS, amenities.ENVIRONMENT),
        *(amenities_social.HEALTH, amenities_social.WELFARE, amenities_social.LEARNING),
        *(amenities_social.CULTURE, amenities_social.HOUSING, amenities_social.OFFICES),
    )
    return [
        *(panel_kind(panel) for group in panels for panel in group),
        *(event_kind(event) for event in events.EVENTS),
        *(facility_kind(facility) for group in places for facility in group),
        *(trade_kind(trade) for trade in businesses.TRADES),
        *(event_kind(event) for event in office_events.OFFICE_EVENTS),
        *(panel_kind(panel) for panel in hourly.HOURLY),
    ]
