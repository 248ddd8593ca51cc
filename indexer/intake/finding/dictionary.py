"""Data dictionaries (컬럼정의서): files that describe the columns of another file."""

import re

from indexer.intake.reading.description import is_dictionary
from indexer.intake.reading.reader import read
from indexer.intake.table import Refused

_NAME = re.compile(r"한글명|(?:컬럼|칼럼|항목|필드|변수|속성)\s*한?글?\s*명|column\s*name", re.IGNORECASE)
_KOREAN = re.compile(r"한글")


def column_names(file: str, data: bytes) -> tuple[str, ...]:
    """The names that a dictionary gives, in its order. Raises Refused for a file that is none."""
    rows = read(file, data).rows
    head = next((i for i, row in enumerate(rows[:20]) if is_dictionary(row)), None)
    if head is None:
        raise Refused(f"{file}은 컬럼 정의서가 아닙니다: 열의 이름·타입·길이를 적은 파일을 주십시오")
    named = [place for place, cell in enumerate(rows[head]) if _NAME.search(cell)]
    korean = [place for place in named if _KOREAN.search(rows[head][place])]
    place = (korean or named or [0])[0]
    return tuple(row[place] for row in rows[head + 1 :] if len(row) > place and row[place])
