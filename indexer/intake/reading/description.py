"""Data dictionaries (컬럼정의서) among the tables: they describe the columns of another file."""

import re

_PARTS = (
    re.compile(
        r"(컬럼|칼럼|항목|필드|변수|속성|column|field).{0,4}(명|id|name|코드)|한글명|영문명", re.IGNORECASE
    ),
    re.compile(r"타입|자료형|데이터\s*유형|형식|type", re.IGNORECASE),
    re.compile(r"길이|크기|length|size|자릿수", re.IGNORECASE),
)


def is_dictionary(names: list[str]) -> bool:
    """Has it columns for a field's name, type and length?"""
    return all(any(pattern.search(name) for name in names) for pattern in _PARTS)
