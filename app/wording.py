"""Words and numbers as people read them: Korean labels, thousands, 만 and 억, particles."""

from datetime import datetime
from zoneinfo import ZoneInfo

from search.documents import Column

SEOUL = ZoneInfo("Asia/Seoul")
ROLES = {
    "time": "시간",
    "region": "지역",
    "category": "분류",
    "label": "이름",
    "measure": "수치",
    "rate": "비율·평균",
    "code": "코드",
    "latitude": "위도",
    "longitude": "경도",
    "x": "X좌표",
    "y": "Y좌표",
    "text": "글",
}
KINDS = {"flow": "유량", "stock": "저량"}
STATES = {
    "queued": "대기",
    "running": "실행 중",
    "publishing": "공개 중",
    "done": "완료",
    "failed": "실패",
    "abandoned": "중단됨",
    "cancelled": "취소",
}


def number(value: float) -> str:
    """12345 → 12,345; at most two decimals, none for whole numbers."""
    if float(value).is_integer():
        return f"{int(value):,}"
    return f"{value:,.2f}".rstrip("0").rstrip(".")


def moment(text: str) -> datetime:
    """An ISO time in Seoul's clock."""
    return datetime.fromisoformat(text).astimezone(SEOUL)


def years(found: tuple[int, ...]) -> str:
    """2015–2024, or a single year, or nothing."""
    if not found:
        return ""
    return f"{found[0]}" if found[0] == found[-1] else f"{found[0]}–{found[-1]}"


def scale(values: list[float]) -> tuple[float, str]:
    """Divisor and word for an axis: 억 from a hundred million, 만 from a hundred thousand."""
    most = max((abs(value) for value in values), default=0.0)
    if most >= 1e8:
        return 1e8, "억"
    if most >= 1e5:
        return 1e4, "만"
    return 1.0, ""


def has_final(word: str) -> bool:
    """Whether a word ends in a final consonant, for choosing its particle."""
    last = word.rstrip(")]”’\"'. ")[-1:]
    if "가" <= last <= "힣":
        return (ord(last) - 0xAC00) % 28 > 0
    return last in set("013678LMNlmn")


def topic(word: str) -> str:
    """The word with 은 or 는."""
    return word + ("은" if has_final(word) else "는")


def rule(column: Column) -> str:
    """How a column adds up, in one phrase."""
    if column.role == "rate":
        return "더하지 않고 평균으로 봅니다"
    if column.role == "measure" and column.kind == "flow":
        return "기간과 장소로 더합니다"
    if column.role == "measure":
        return "장소로는 더하고 시간으로는 더하지 않습니다"
    return ""
