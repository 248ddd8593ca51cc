"""Services of Seoul's open-data plaza. ``CardSubwayStatsNew`` has 2,350 rows on 2026-01-01 alone: more stations
than there are, but three pages for one request.
"""

from itertools import product
from random import Random

from tests.sources.stubs.places import DISTRICT, DONGS, SEOUL, lot_address, name, phone, road_address, spot
from tests.sources.stubs.wire import Row, Worlds

DAY, NEXT_DAYS = "20260101", ("20260102", "20260103")
STATIONS, STATIONS_LATER, BICYCLES = 235, 5, 2350
LINES = [f"{line}호선" for line in range(1, 10)] + ["우이신설선"]
REAL_STATIONS = ["천호(풍납토성)", "강동구청", "암사역사공원", "길동", "굽은다리(강동구민회관앞)"]
FIRST, SECOND = "가나다라마바사아자차카타파하고노", "람솔빛들터울골재말뫼섬숲내벌길"
AGES = ["F0T9", *(f"F{age}T{age + 4}" for age in range(10, 75, 5))]


def _subway(rng: Random) -> list[Row]:
    names = [*REAL_STATIONS, *("".join(pair) for pair in product(FIRST, SECOND))][:STATIONS]
    days = [(DAY, LINES, names), *((day, LINES, names[:STATIONS_LATER]) for day in NEXT_DAYS)]
    return [
        {
            "USE_YMD": day,
            "SBWY_ROUT_LN_NM": line,
            "SBWY_STNS_NM": station,
            "GTON_TNOPE": str(rng.randint(100, 60_000)),
            "GTOFF_TNOPE": str(rng.randint(100, 60_000)),
            "REG_YMD": f"{day[:6]}{int(day[6:]) + 3:02}",
        }
        for day, lines, stations in days
        for line, station in product(lines, stations)
    ]


def _bicycles(rng: Random) -> list[Row]:
    rows = []
    for place in range(BICYCLES):
        latitude, longitude = spot(rng)
        rows.append(
            {
                "rackTotCnt": str(rng.randint(5, 40)),
                "stationName": f"{1001 + place}. {name(rng)} 사거리",
                "parkingBikeTotCnt": str(rng.randint(0, 40)),
                "shared": str(rng.randint(0, 200)),
                "stationLatitude": latitude,
                "stationLongitude": longitude,
                "stationId": f"ST-{place + 1}",
            }
        )
    return rows


def _living(rng: Random) -> list[Row]:
    """Living population of the nineteen dong by hour, of two days."""
    rows = []
    for day, hour, (_, code, *_) in product((DAY, NEXT_DAYS[0]), range(24), DONGS):
        row: Row = {"STDR_DE_ID": day, "TMZON_PD_SE": f"{hour:02}", "ADSTRD_CODE_SE": code[:8]}
        parts = {
            f"{sex}_{age}_LVPOP_CO": f"{rng.uniform(50, 900):.4f}"
            for sex, age in product(("MALE", "FEMALE"), AGES)
        }
        row["TOT_LVPOP_CO"] = f"{sum(map(float, parts.values())):.4f}"
        rows.append(row | parts)
    return rows


def _library(rng: Random, place: int) -> Row:
    """XCNTS is the latitude."""
    latitude, longitude = spot(rng)
    return {
        "LBRRY_SEQ_NO": str(place + 1),
        "LBRRY_NAME": f"{name(rng)}도서관",
        "GU_CODE": "0025",
        "CODE_VALUE": DISTRICT,
        "ADRES": road_address(rng),
        "TEL_NO": phone(rng),
        "FXNUM": "",
        "HMPG_URL": "https://example.invalid/",
        "OP_TIME": "화~금: 09:00~22:00",
        "FDRM_CLOSE_DATE": "매주 월요일",
        "LBRRY_SE_NAME": "공공도서관",
        "FOND_YEAR": str(rng.randint(1990, 2024)),
        "XCNTS": latitude,
        "YDNTS": longitude,
    }


def _shelter(rng: Random, place: int) -> Row:
    """Outdoor shelters for earthquakes, in the old names; numbers are texts of floats."""
    latitude, longitude = spot(rng)
    return {
        "R_SEQ_NO": str(place + 1),
        "CD_AREA": "1174000000",
        "SD_NM": SEOUL,
        "SGG_NM": DISTRICT,
        "GB_ACMD": "지진옥외대피장소",
        "EQUP_NM": f"{name(rng)}초등학교",
        "HDONG_CD": rng.choice(DONGS)[1],
        "LOC_SFPR_A": lot_address(rng),
        "SECT_EQUP": f"{rng.randint(500, 9000)}.0",
        "QTY_CPTY": f"{rng.randint(300, 9000)}.0",
        "XCORD": longitude,
        "YCORD": latitude,
        "LAT": latitude,
        "LOT": longitude,
    }


def _park(rng: Random, place: int) -> Row:
    latitude, longitude = spot(rng)
    return {
        "P_IDX": str(place + 1),
        "P_PARK": f"{name(rng)}공원",
        "AREA": f"{rng.randint(900, 90_000)}㎡",
        "OPEN_DT": "1994.5.5",
        "P_ZONE": DISTRICT if place % 3 else "송파구",
        "P_ADDR": lot_address(rng),
        "P_NAME": "푸른도시과",
        "P_ADMINTEL": phone(rng),
        "LONGITUDE": longitude if place % 13 else "",
        "LATITUDE": latitude if place % 13 else "",
    }


def _air(rng: Random) -> list[Row]:
    stations = [DISTRICT, "송파구", "광진구", *(f"{name(rng)}구" for _ in range(27))]
    return [
        {
            "MSRDT": "202609011300",
            "SAREA_NM": "동남권" if place < 2 else "동북권",
            "MSRSTN_NM": station,
            "PM10": str(rng.randint(5, 90)),
            "PM25": str(rng.randint(2, 50)),
            "CAI_GRD": rng.choice(["좋음", "보통", "나쁨"]),
        }
        for place, station in enumerate(stations)
    ]


def worlds() -> Worlds:
    rng = Random(3)
    return {
        "seoul:CardSubwayStatsNew": _subway(rng),
        "seoul:bikeList": _bicycles(rng),
        "seoul:SPOP_LOCAL_RESD_DONG": _living(rng),
        "seoul:SeoulPublicLibraryInfo": [_library(rng, place) for place in range(48)],
        "seoul:TlEtqkP": [_shelter(rng, place) for place in range(64)],
        "seoul:SearchParkInfoService": [_park(rng, place) for place in range(132)],
        "seoul:RealtimeCityAir": _air(rng),
    }
