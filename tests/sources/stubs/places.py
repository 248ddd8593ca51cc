"""Names that exist (districts, dong, kinds of things) and names that do not (institutions, addresses)."""

from random import Random

SEOUL, DISTRICT = "서울특별시", "강동구"
BODY, BODY_NAME = "3240000", "서울특별시 강동구"
NEIGHBOURS = {"3230000": "서울특별시 송파구", "3040000": "서울특별시 광진구"}

DONGS = (  # name in statistics, code of the ministry, code of the statistics office, legal dong
    ("강일동", "1174051500", "11250750", "강일동"),
    ("상일1동", "1174052500", "11250760", "상일동"),
    ("상일2동", "1174052600", "11250770", "상일동"),
    ("명일1동", "1174053000", "11250530", "명일동"),
    ("명일2동", "1174054000", "11250540", "명일동"),
    ("고덕1동", "1174055000", "11250550", "고덕동"),
    ("고덕2동", "1174056000", "11250560", "고덕동"),
    ("암사1동", "1174057000", "11250720", "암사동"),
    ("암사2동", "1174058000", "11250580", "암사동"),
    ("암사3동", "1174059000", "11250590", "암사동"),
    ("천호1동", "1174060000", "11250610", "천호동"),
    ("천호2동", "1174061000", "11250730", "천호동"),
    ("천호3동", "1174062000", "11250630", "천호동"),
    ("성내1동", "1174064000", "11250650", "성내동"),
    ("성내2동", "1174065000", "11250660", "성내동"),
    ("성내3동", "1174066000", "11250670", "성내동"),
    ("길동", "1174068500", "11250740", "길동"),
    ("둔촌1동", "1174069000", "11250700", "둔촌동"),
    ("둔촌2동", "1174070000", "11250710", "둔촌동"),
)
ROADS = "천호대로 양재대로 성내로 올림픽로 고덕로 상암로 구천면로 진황도로 풍성로 아리수로".split()
NAMES = "해오름 달빛 새솔 온누리 가람 다솜 늘봄 한울 푸른 이든 미르 소담 나래 마루 별하 도담".split()


def official(dong: str) -> str:
    """As the ministry writes it: 명일제1동."""
    return f"{dong[:-2]}제{dong[-2:]}" if dong[-2].isdigit() else dong


def name(rng: Random) -> str:
    return "".join(rng.sample(NAMES, 2))


def road_address(rng: Random, body: str = BODY_NAME) -> str:
    return f"{body} {rng.choice(ROADS)} {rng.randint(1, 999)}"


def lot_address(rng: Random, body: str = BODY_NAME) -> str:
    return f"{body} {rng.choice(DONGS)[3]} {rng.randint(1, 699)}-{rng.randint(1, 40)}"


def phone(rng: Random) -> str:
    return f"02-0000-{rng.randint(0, 9999):04}"


def spot(rng: Random) -> tuple[str, str]:
    """Latitude and longitude within the district's box."""
    return f"{rng.uniform(37.525, 37.58):.6f}", f"{rng.uniform(127.11, 127.18):.6f}"


def spot_as_sent(rng: Random, place: int) -> tuple[str | None, str | None]:
    """As standard data have them: now and then missing, zero, the word null, or the two swapped."""
    latitude, longitude = spot(rng)
    odd: dict[int, tuple[str | None, str | None]] = {
        3: (None, None),
        7: ("0", "0"),
        11: ("null", "null"),
        15: (longitude, latitude),
    }
    return odd.get(place % 40, (latitude, longitude))


def body_of(place: int) -> tuple[str, str]:
    """Three of four things are the district's own."""
    return [(BODY, BODY_NAME), *NEIGHBOURS.items()][place % 8 // 6 * (1 + place % 2)]


def stamp(rng: Random) -> str:
    """YYYYMMDDHHMMSS in the summer of 2026."""
    return (
        f"2026{rng.randint(6, 8):02}{rng.randint(1, 28):02}{rng.randint(0, 23):02}{rng.randint(0, 59):02}00"
    )


def dashed(text: str) -> str:
    """``20260801`` or ``20260801030000`` as the CSV files write it."""
    date = f"{text[:4]}-{text[4:6]}-{text[6:8]}"
    return f"{date} {text[8:10]}:{text[10:12]}:{text[12:]}" if len(text) == 14 else date
