"""Standard data of old, uploads on odcloud, a classic gateway service and the child-care service.

Field names of toilets and cameras beyond the common ones are guesses.
"""

from random import Random

from tests.sources.stubs.places import (
    BODY,
    BODY_NAME,
    DISTRICT,
    DONGS,
    SEOUL,
    lot_address,
    name,
    phone,
    road_address,
    spot,
    spot_as_sent,
)
from tests.sources.stubs.wire import Row, Worlds

CAMERAS, TOILETS, CAR_PARKS, LIBRARIES, PARKS, CENTRES = 2350, 330, 120, 40, 60, 90


def _common(rng: Random, place: int, date: str = "2026-07-31") -> Row:
    latitude, longitude = spot_as_sent(rng, place)
    return {
        "rdnmadr": road_address(rng),
        "lnmadr": lot_address(rng),
        "latitude": latitude,
        "longitude": longitude,
        "phoneNumber": phone(rng),
        "institutionNm": f"{BODY_NAME}청",
        "referenceDate": date,
        "insttCode": BODY,
        "insttNm": BODY_NAME,
    }


def _camera(rng: Random, place: int) -> Row:
    said = {
        "installationPurpose": rng.choice(["생활방범", "교통단속", "다목적"]),
        "cctvNumber": str(rng.randint(1, 4)),
        "cctvPixel": "200",
        "storageDay": "30",
        "installationMonth": f"20{rng.randint(10, 25)}-0{rng.randint(1, 9)}",
    }
    return said | _common(rng, place)


def _toilet(rng: Random, place: int) -> Row:
    said = {
        "toiletType": "공중화장실",
        "toiletNm": f"{name(rng)}쉼터 화장실 {place + 1}",
        "menToiletBowlNumber": str(rng.randint(0, 4)),
        "ladiesToiletBowlNumber": str(rng.randint(1, 6)),
        "openTime": "상시",
    }
    return said | _common(rng, place)


def _car_park(rng: Random, place: int) -> Row:
    said = {
        "prkplceNo": f"174-1-{place + 1:06}",
        "prkplceNm": f"{name(rng)} 공영주차장",
        "prkplceSe": rng.choice(["공영", "민영"]),
        "prkplceType": rng.choice(["노상", "노외", "부설"]),
        "prkcmprt": str(rng.randint(5, 300)),
        "operDay": "평일+토요일+공휴일",
        "weekdayOperOpenHhmm": "09:00",
        "weekdayOperColseHhmm": "21:00",
        "satOperOperOpenHhmm": "09:00",
        "satOperCloseHhmm": "18:00",
        "holidayOperOpenHhmm": "00:00",
        "holidayCloseOpenHhmm": "00:00",
        "parkingchrgeInfo": rng.choice(["유료", "무료"]),
        "basicTime": "5",
        "basicCharge": rng.choice(["150", "250", ""]),
    }
    return said | _common(rng, place)


def _library(rng: Random, place: int) -> Row:
    latitude, longitude = spot_as_sent(rng, place)
    return {
        "LBRRY_NM": f"{name(rng)}도서관",
        "CTPRVN_NM": SEOUL,
        "SIGNGU_NM": DISTRICT,
        "LBRRY_SE": rng.choice(["공공도서관", "작은도서관"]),
        "CLOSE_DAY": "매주 월요일+법정공휴일",
        "WEEKDAY_OPER_OPEN_HHMM": "09:00",
        "WEEKDAY_OPER_COLSE_HHMM": "22:00",
        "SAT_OPER_OPER_OPEN_HHMM": "09:00",
        "SAT_OPER_CLOSE_HHMM": "18:00",
        "HOLIDAY_OPER_OPEN_HHMM": "00:00",
        "HOLIDAY_CLOSE_OPEN_HHMM": "00:00",
        "SEAT_CO": str(rng.randint(20, 900)),
        "BOOK_CO": str(rng.randint(2_000, 200_000)),
        "LON_CO": "5",
        "RDNMADR": road_address(rng),
        "OPER_INSTITUTION_NM": f"{BODY_NAME}청",
        "PHONE_NUMBER": phone(rng),
        "LATITUDE": latitude,
        "LONGITUDE": longitude,
        "REFERENCE_DATE": "2026-06-30",
        "instt_code": BODY,
        "instt_nm": BODY_NAME,
    }


def _park(rng: Random, place: int) -> Row:
    said = {
        "MANAGE_NO": f"11740-{place + 1:05}",
        "PARK_NM": f"{name(rng)}공원",
        "PARK_SE": rng.choice(["어린이공원", "근린공원", "소공원"]),
        "PARK_AR": f"{rng.uniform(300, 90_000):.1f}",
        "APPN_NTFC_DATE": "1987-03-05",
    }
    common = {"".join(f"_{c}" if c.isupper() else c for c in key).upper(): value
              for key, value in _common(rng, place).items()}  # fmt: skip
    common["instt_code"], common["instt_nm"] = common.pop("INSTT_CODE"), common.pop("INSTT_NM")
    return said | common


def _parking_fines(rng: Random, date: str, *, older: bool) -> list[Row]:
    dongs = [dong for dong, *_ in DONGS]
    if older:  # before 2021-07-01
        dongs = ["상일동" if dong == "상일1동" else dong for dong in dongs if dong != "상일2동"]
    return [
        {"연번": 2 * place + half + 1, "단속동": dong, "단속건수": rng.randint(80, 9_000), "기준일자": day}
        for place, dong in enumerate(dongs)
        for half, day in enumerate((f"{date}-06-30", f"{date}-12-31"))
    ]


def _small_libraries(rng: Random, count: int) -> list[Row]:
    return [
        {
            "연번": place + 1,
            "도서관명": f"{name(rng)}작은도서관",
            "소재지(도로명)": road_address(rng),
            "장서수 (권)": rng.randint(900, 30_000),
            "전화번호": phone(rng),
        }
        for place in range(count)
    ]


def _centre(rng: Random, place: int) -> Row:
    latitude, longitude = spot(rng) if place % 17 else ("47.8", "137.1")
    state = ["정상", "정상", "정상", "정상", "휴지", "폐지"][place % 6]
    return {
        "sidoname": SEOUL,
        "sigunname": DISTRICT,
        "stcode": f"117400{place + 1:05}",
        "crname": f"{name(rng)}어린이집",
        "crtypename": rng.choice(["국공립", "민간", "가정", "직장"]),
        "crstatusname": state,
        "zipcode": f"05{rng.randint(200, 420)}",
        "craddr": road_address(rng),
        "crtelno": phone(rng),
        "CRREPNAME": "홍길동",
        "crcapat": str(rng.randint(18, 120)),
        "crchcnt": "0" if state == "폐지" else str(rng.randint(5, 99)),
        "la": latitude,
        "lo": longitude,
        "crcnfmdt": "2009-03-02",
        "crabldt": "2024-02-29" if state == "폐지" else "",
        "datastdrdt": "2026-08-31",
        "CLASS_CNT_00": str(rng.randint(0, 2)),
        "CHILD_CNT_00": str(rng.randint(0, 9)),
    }


def worlds() -> Worlds:
    rng = Random(2)
    rides = [
        {"pasngDe": f"202608{day:02}", "pasngHr": f"{hour:02}", "lineNm": "5호선", "stnNm": station,
         "rideNope": str(rng.randint(1, 900)), "gffNope": str(rng.randint(1, 900))}
        for day in (1, 2) for hour in range(5, 24) for station in ("강동", "길동", "천호(풍납토성)")
    ]  # fmt: skip
    return {
        "standard:tn_pubr_public_cctv_api": [_camera(rng, place) for place in range(CAMERAS)],
        "standard:tn_pubr_public_toilet_api": [_toilet(rng, place) for place in range(TOILETS)],
        "standard:tn_pubr_public_prkplce_info_api": [_car_park(rng, place) for place in range(CAR_PARKS)],
        "standard:tn_pubr_public_lbrry_api": [_library(rng, place) for place in range(LIBRARIES)],
        "standard:tn_pubr_public_cty_park_info_api": [_park(rng, place) for place in range(PARKS)],
        "datagokr:B553766/psgr/getPsgr": rides,
        "odcloud:15081659": _parking_fines(rng, "2023", older=False),
        "odcloud:15081659:older": _parking_fines(rng, "2020", older=True),
        "odcloud:15000002": _small_libraries(rng, 45),
        "odcloud:15000002:older": _small_libraries(rng, 32),
        "childcare:cpmsapi030": [_centre(rng, place) for place in range(CENTRES)],
    }
