"""Words and numbers as people read them: Korean labels, thousands, 만 and 억, particles."""

import math
import re
from datetime import datetime

from catalogue.audit import Action
from search.documents import Column
from search.language.syntax import Note
from settings import SEOUL

_BRACKETS = re.compile(r"\s*[(\[][^()\[\]]*[)\]]$")
_RIEUL = 8
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
TRIGGERS = {
    "command line": "명령",
    "add": "자료 넣기",
    "schedule": "예약",
    "folder": "자료 폴더",
    "release": "보류 해제",
    "up": "첫 실행",
}
JOBS = {
    "index": "색인",
    "fetch": "자료 받기",
    "inspect": "올린 파일 읽기",
    "take": "올린 파일 받아들이기",
    "rollback": "되돌리기",
}
ACTIONS = {
    Action.LOGIN: "로그인",
    Action.LOGIN_REFUSED: "로그인 거절",
    Action.LOGOUT: "로그아웃",
    Action.RUN: "실행",
    Action.RUN_AGAIN: "다시 실행",
    Action.CANCEL: "실행 취소",
    Action.DESCRIBE: "설명 고침",
    Action.ACCEPT: "확인하고 공개",
    Action.WITHDRAW: "거두어들임",
    Action.ROLLBACK: "색인본 되돌림",
    Action.UPLOAD: "파일 올림",
    Action.TAKE_IN: "파일 받아들임",
    Action.DROP_UPLOAD: "올린 파일 버림",
    Action.SCHEDULE: "일정 고침",
    Action.STAFF_ADD: "직원 추가",
    Action.STAFF_REMOVE: "직원 삭제",
}
SOURCES = {
    "seoul": "서울 열린데이터광장",
    "kosis": "KOSIS 국가통계포털",
    "datagokr": "공공데이터포털",
    "mois": "행정안전부",
    "folder": "우리 구 자료 폴더",
}
LATE = {
    "key": "출처가 인증을 받아 주지 않았습니다",
    "quota": "오늘 받을 수 있는 횟수를 다 썼습니다",
    "rate": "출처가 너무 자주 부른다고 했습니다",
    "gone": "출처가 이 자료의 제공을 멈추었거나 주소를 바꾸었습니다",
    "network": "출처에 연결되지 않았습니다",
    "slow": "출처가 제때 답하지 않았습니다",
    "server": "출처의 서버에 오류가 났습니다",
    "page": "출처가 자료 대신 안내 화면을 보냈습니다",
    "cut": "자료를 받다가 끊겼습니다",
    "charset": "받은 자료의 글자가 깨져 있습니다",
    "fields": "출처가 항목의 이름을 바꾸었습니다",
    "columns": "출처가 항목을 바꾸어 확인하고 있습니다",
    "count": "출처가 말한 건수와 보낸 건수가 다릅니다",
    "few": "받은 건수가 너무 적습니다",
    "drop": "받은 건수가 크게 줄어 확인하고 있습니다",
    "doubled": "같은 자료가 되풀이되어 확인하고 있습니다",
    "withdrawn": "담당자가 잘못된 자료를 거두어들였습니다",
    "personal": "공개해도 되는지 확인하고 있습니다",
}
"""Why newer data are not there yet, for everybody: without what is only for staff."""

LATE_OTHERWISE = "새 자료를 읽지 못했습니다"
FETCH_STATES = {"new": "새 판", "unchanged": "그대로", "held": "보류", "failed": "실패"}
STATES = {
    "queued": "대기",
    "running": "실행 중",
    "publishing": "공개 중",
    "done": "완료",
    "done_with_warnings": "완료(살펴볼 것 있음)",
    "failed": "실패",
    "abandoned": "중단됨",
    "cancelled": "취소",
}


def number(value: float) -> str:
    """12345 → 12,345; at most two decimals, and three figures of a small number: 0.0253."""
    if float(value).is_integer():
        return f"{int(value):,}"
    decimals = 2 if abs(value) >= 1 else min(12, 2 - math.floor(math.log10(abs(value))))
    return f"{value:,.{decimals}f}".rstrip("0").rstrip(".")


def measured(value: float, unit: str | None) -> str:
    """A number with its unit, a blank between them only where the unit is not Korean: 3명, 3.2%, 25 ㎍/㎥."""
    if not unit:
        return number(value)
    blank = "" if unit in {"%", "‰", "℃"} or "가" <= unit[0] <= "힣" else " "
    return number(value) + blank + unit


def moment(text: str) -> datetime:
    """An ISO time in Seoul's clock."""
    return datetime.fromisoformat(text).astimezone(SEOUL)


def years(found: tuple[int, ...]) -> str:
    """2015–2024, or a single year, or nothing."""
    if not found:
        return ""
    return f"{found[0]}" if found[0] == found[-1] else f"{found[0]}–{found[-1]}"


def scale(values: list[float]) -> tuple[float, str]:
    """Divisor and word for an axis: 만 from a hundred thousand, 억 from a hundred million, 조 from 10¹²."""
    most = max((abs(value) for value in values), default=0.0)
    for least, divisor, word in ((1e12, 1e12, "조"), (1e8, 1e8, "억"), (1e5, 1e4, "만")):
        if most >= least:
            return divisor, word
    return 1.0, ""


def short(value: float) -> str:
    """A number for narrow places: 123456789 → 1.23억, 12345 → 12,345."""
    divisor, word = scale([value])
    return number(round(value / divisor, 2)) + word if word else number(value)


_SPOKEN = {
    **dict(zip("0123456789", "영일이삼사오육칠팔구", strict=True)),
    **dict(zip("lmnr", "엘엠엔알", strict=True)),
    "%": "퍼센트",
    "℃": "도",
    "㎡": "터",
    "㎥": "터",
    "㎞": "터",
    "㎢": "터",
    "㎏": "램",
    "㎍": "램",
    "㎎": "램",
}
"""How signs at the end of a word are said; a letter that is not here ends in a vowel."""


_LATIN_UNIT = re.compile(r"\d ?([A-Za-z]+)$")
_UNITS = dict.fromkeys(("m", "km", "cm", "mm", "L", "l", "ml"), "터") | {"g": "램", "kg": "램", "t": "톤"}


def _final(word: str) -> int:
    """Final consonant of how the word is said: 0 for none, 8 for ㄹ (Unicode's numbering)."""
    unit = _LATIN_UNIT.search(word)
    kept = [char for char in word.lower() if char.isalnum() or char in _SPOKEN]
    if unit and unit[1] in _UNITS:
        kept = [_UNITS[unit[1]]]
    last = _SPOKEN.get(kept[-1], kept[-1])[-1] if kept else ""
    return (ord(last) - 0xAC00) % 28 if "가" <= last <= "힣" else 0


def with_particle(word: str, pair: str) -> str:
    """The word with the particle of a pair that fits its sound: 은/는, 이/가, 으로/로."""
    closed, opened = pair.split("/")
    final = _final(_spoken_part(word))
    if pair == "으로/로" and final == _RIEUL:
        return word + opened
    return word + (closed if final else opened)


def _spoken_part(word: str) -> str:
    """What stands in brackets at the end is not said."""
    return _BRACKETS.sub("", word) or word


def rule(column: Column) -> str:
    """How a column adds up, in one phrase."""
    if column.role == "rate":
        return "더하지 않고 평균으로 봅니다"
    if column.role == "measure" and column.kind == "flow":
        return "기간과 장소로 더합니다"
    if column.role == "measure":
        return "장소로는 더하고 시간으로는 더하지 않습니다"
    return ""


def plain_name(column: Column) -> str:
    """The column's name without its unit in brackets, which is shown beside the number: 인구수(명) → 인구수."""
    if not column.unit:
        return column.name
    return (
        column.name.removesuffix(f"({column.unit})").removesuffix(f"[{column.unit}]").strip() or column.name
    )


def each(name: str) -> str:
    """What a number is told by: 지역 → 지역별; 성별 and 항공사별(1) are so named already."""
    return re.sub(r"별(\(\d+\))?$", "", name) + "별"


_PARTS = {**{f"Q{part}": f"{part}분기" for part in range(1, 5)}, "H1": "상반기", "H2": "하반기"}


def when(period: str) -> str:
    """A period as people say it: 2020 → 2020년, 2020-Q3 → 2020년 3분기; days and months stand as they are."""
    year, _, part = period.partition("-")
    if not re.fullmatch(r"\d{4}", year):
        return period
    return f"{year}년 {_PARTS[part]}" if part in _PARTS else period if part else f"{year}년"


def shortened(text: str, most: int) -> str:
    return text if len(text) <= most else text[: most - 1].rstrip() + "…"


def note(one: Note) -> str:
    """What became of a sign in the query."""
    word, field = f"‘{one.word}’", f"‘{one.field}’"
    match one.kind:
        case "quote":
            return "따옴표가 하나 모자라 그 뒤는 낱말로 찾았습니다."
        case "alone":
            return "뺄 낱말만 있어 그 낱말을 찾았습니다. 찾을 낱말을 함께 적어 주세요."
        case "field":
            kind = with_particle(field, "은/는")
            return f"{kind} 값을 골라 찾는 항목이 아니어서 {with_particle(word, '을/를')} 낱말로 찾았습니다."
        case "value":
            return f"{field} 항목에 {word} 값이 없어 낱말로 찾았습니다."
        case "or":
            return "OR는 두 낱말 사이에서만 ‘둘 가운데 하나’를 뜻합니다. 여기서는 넘겼습니다."
        case "excluded":
            return f"{field} 항목이 {word}인 자료는 뺐습니다." if one.field else f"{word} 자료는 뺐습니다."


def found(datasets: int, records: int) -> str:
    """How much a search has found, in one sentence."""
    if not records:
        return "찾은 자료가 없습니다."
    return f"데이터셋 {datasets:,}개에서 레코드 {records:,}건을 찾았습니다."


def listed(words: tuple[str, ...]) -> str:
    """Words in a row as a label bears them: 천호1동·천호2동·천호3동, of many the first and how many more."""
    shown = 4
    if len(words) <= shown:
        return "·".join(words)
    return f"{'·'.join(words[: shown - 1])} 외 {len(words) - shown + 1}"


def stretch(found: tuple[str, ...]) -> str:
    """Years in order as people say them: 2019년, 2019–2021년, 2019·2021년 where one is missing between."""
    if len(found) > 1 and int(found[-1]) - int(found[0]) == len(found) - 1:
        return f"{found[0]}–{found[-1]}년"
    return f"{listed(found)}년"
