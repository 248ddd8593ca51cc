"""The ministry's services of 2025-11 and their bulk files: toilets, cameras, shelters."""

from random import Random

from tests.sources.stubs.places import (
    body_of,
    dashed,
    lot_address,
    name,
    phone,
    road_address,
    spot,
    stamp,
)
from tests.sources.stubs.wire import Row, Worlds

TOILETS, CAMERAS, SHELTERS = 230, 430, 120
PURPOSES = "생활방범 어린이보호 시설물관리 쓰레기단속 교통단속 재난재해 다목적".split()


def _toilet(rng: Random, place: int) -> Row:
    """Their coordinates were dropped in 2025-02."""
    code, body = body_of(place)
    stamped = stamp(rng)
    return {
        "OPN_ATMY_GRP_CD": code,
        "MNG_NO": f"{code}-T-{place:05}",
        "SE_NM": rng.choice(["공중화장실", "개방화장실", "간이화장실"]),
        "RSTRM_NM": f"{name(rng)}공원 화장실",
        "RSTRM_PSN_SE_NM": rng.choice(["공공기관-지방자치단체", "민간"]),
        "LCTN_ROAD_NM_ADDR": road_address(rng, body),
        "LCTN_LOTNO_ADDR": lot_address(rng, body),
        "MALE_TOILT_CNT": str(rng.randint(0, 5)),
        "MALE_URNL_CNT": str(rng.randint(0, 6)),
        "MALE_DSPSN_TOILT_CNT": str(rng.randint(0, 2)),
        "FEMALE_TOILT_CNT": str(rng.randint(1, 8)),
        "FEMALE_DSPSN_TOILT_CNT": str(rng.randint(0, 2)),
        "MNG_INST_NM": f"{body} 청소행정과",
        "TELNO": phone(rng),
        "OPN_HR": rng.choice(["상시", "정시"]),
        "OPN_HR_DTL": rng.choice(["00:00~24:00", "09:00~18:00", ""]),
        "EMRGNCBLL_INSTL_YN": rng.choice("YN"),
        "RSTRM_ENTRAN_CCTV_INSTL_EN": rng.choice("YN"),
        "DIAP_EXCHCON_EN": rng.choice("YN"),
        "WGS84_LAT": "",
        "WGS84_LOT": "",
        "DAT_CRTR_YMD": dashed(stamped[:8]),
        "LAST_MDFCN_PNT": stamped,
        "DAT_UPDT_SE": rng.choice("IU"),
        "DAT_UPDT_PNT": stamped,
    }


def _camera(rng: Random, place: int) -> Row:
    code, body = body_of(place)
    stamped, (latitude, longitude) = stamp(rng), spot(rng)
    return {
        "OPN_ATMY_GRP_CD": code,
        "MNG_NO": f"{code}-C-{place:05}",
        "MNG_INST_NM": body,
        "LCTN_ROAD_NM_ADDR": road_address(rng, body),
        "LCTN_LOTNO_ADDR": lot_address(rng, body),
        "INSTL_PRPS_SE_NM": rng.choice(PURPOSES),
        "CAM_CNTOM": str(rng.randint(1, 5)),
        "CAM_PIXEL_CNT": rng.choice(["200", "210", "400", ""]),
        "SHT_ANGLE_INFO": rng.choice(["360도 전방면", "고정형", ""]),
        "KPNG_DAY_CNT": "30",
        "INSTL_YM": f"{rng.randint(2010, 2025)}-{rng.randint(1, 12):02}",
        "MNG_INST_TELNO": phone(rng),
        "WGS84_LAT": latitude,
        "WGS84_LOT": longitude,
        "DAT_CRTR_YMD": dashed(stamped[:8]),
        "LAST_MDFCN_PNT": stamped,
        "DAT_UPDT_SE": rng.choice("IU"),
        "DAT_UPDT_PNT": stamped,
    }


def _shelter(rng: Random, place: int) -> Row:
    code, body = body_of(place)
    stamped, (latitude, longitude) = stamp(rng), spot(rng)
    return {
        "OPN_ATMY_GRP_CD": code,
        "MNG_NO": f"{code}-S-{place:05}",
        "FCLT_NM": f"{name(rng)}아파트 지하주차장",
        "FCLT_SE": "공공용시설",
        "FCLTLOC_GRND_UDGD": rng.choice(["지하", "지상"]),
        "FCLT_AREA": f"{rng.randint(200, 9000)}",
        "MAX_ACTC_PERNE": str(rng.randint(100, 9000)),
        "OPER_STTS": "사용중지" if place % 9 == 5 else "사용중",
        "LCTN_WHOL_ADDR": lot_address(rng, body),
        "ROAD_NM_WHOL_ADDR": road_address(rng, body),
        "ROAD_NM_ZIP": f"05{rng.randint(200, 420)}",
        "DSGN_YMD": f"{rng.randint(1995, 2020)}-0{rng.randint(1, 9)}-11",
        "LAT_EPSG4326": latitude,
        "LOT_EPST4326": longitude,
        "CRD_INFO_X_EPSG5179": f"{rng.uniform(966000, 972000):.3f}",
        "CRD_INFO_Y_EPSG5179": f"{rng.uniform(1947000, 1953000):.3f}",
        "LAST_MDFCN_PNT": stamped,
        "DAT_UPDT_SE": rng.choice("IU"),
        "DAT_UPDT_PNT": stamped,
    }


def _with_repeats(rows: list[Row], **older: str) -> list[Row]:
    """Every fifteenth thing stands there once more, with the same number and an older stamp."""
    again = [
        {**row, **older, "LAST_MDFCN_PNT": "20250101000000", "DAT_UPDT_PNT": "20250101000000"}
        for row in rows[::15]
    ]
    return [*rows, *again]


def _bulk_toilet(row: Row, body: str) -> Row:
    return {
        "개방자치단체코드": body,
        "관리번호": row["MNG_NO"],
        "구분명": row["SE_NM"],
        "화장실명": row["RSTRM_NM"],
        "소재지도로명주소": row["LCTN_ROAD_NM_ADDR"] + " ",
        "소재지지번주소": row["LCTN_LOTNO_ADDR"],
        "남성용-대변기수": row["MALE_TOILT_CNT"],
        "남성용-소변기수": row["MALE_URNL_CNT"],
        "여성용-대변기수": row["FEMALE_TOILT_CNT"],
        "관리기관명": row["MNG_INST_NM"],
        "전화번호": row["TELNO"],
        "개방시간": row["OPN_HR"],
        "개방시간상세": row["OPN_HR_DTL"],
        "WGS84위도": "",
        "WGS84경도": "",
        "비상벨설치여부": row["EMRGNCBLL_INSTL_YN"],
        "데이터기준일자": row["DAT_CRTR_YMD"],
        "데이터갱신구분": row["DAT_UPDT_SE"],
        "데이터갱신시점": dashed(row["DAT_UPDT_PNT"]),
        "최종수정시점": dashed(row["LAST_MDFCN_PNT"]),
    }


CAMERA_HEADER = {
    "관리기관명": "MNG_INST_NM",
    "소재지도로명주소": "LCTN_ROAD_NM_ADDR",
    "소재지지번주소": "LCTN_LOTNO_ADDR",
    "설치목적구분": "INSTL_PRPS_SE_NM",
    "카메라대수": "CAM_CNTOM",
    "카메라화소수": "CAM_PIXEL_CNT",
    "촬영방면정보": "SHT_ANGLE_INFO",
    "보관일수": "KPNG_DAY_CNT",
    "설치연월": "INSTL_YM",
    "관리기관전화번호": "MNG_INST_TELNO",
    "WGS84위도": "WGS84_LAT",
    "WGS84경도": "WGS84_LOT",
    "데이터기준일자": "DAT_CRTR_YMD",
}


def worlds() -> Worlds:
    rng = Random(1)
    toilets = [_toilet(rng, place) for place in range(TOILETS)]
    cameras = _with_repeats([_camera(rng, place) for place in range(CAMERAS)], INSTL_YM="2009-03")
    shelters = _with_repeats([_shelter(rng, place) for place in range(SHELTERS)], OPER_STTS="사용중지")
    return {
        "datagokr:1741000/public_restroom_info/info": toilets,
        "datagokr:1741000/cctv_info/info": cameras,
        "datagokr:1741000/civil_defense_shelter_info/info": shelters,
        "bulk:public_restroom_info": [_bulk_toilet(row, row["OPN_ATMY_GRP_CD"]) for row in toilets],
        "bulk:cctv_info": [{name: row[field] for name, field in CAMERA_HEADER.items()} for row in cameras],
    }
