"""Hanja as they are read: 高齡者 is 고령자. Records in hanja are found by Hangul, and the other way round.

Readings come from the Korean dictionary that ranks; a character it does not know leaves the word unread.
"""

import re
import unicodedata
from collections.abc import Callable, Iterator
from functools import cache

HANJA = re.compile("[\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff]")
_RUNS = re.compile(f"{HANJA.pattern}+")

Read = Callable[[str], str | None]
"""The reading of a run of hanja in Hangul, syllable for character; None where it is not known."""

_NIEUN, _RIEUL, _IEUNG = 2, 5, 11
_INITIAL_SIZE = 588
_IOTIZED = frozenset({2, 3, 6, 7, 12, 17, 20})
"""ㅑ ㅒ ㅕ ㅖ ㅛ ㅠ ㅣ among the vowels: before them ㄴ and ㄹ are silent at the beginning of a word."""


def has_hanja(text: str) -> bool:
    return bool(HANJA.search(text))


def readings(word: str, read: Read) -> tuple[str, ...]:
    """The word with its hanja read; twice where the beginning sounds otherwise (女子: 녀자, 여자)."""
    if not has_hanja(word):
        return ()
    parts = [(match, read(match[0])) for match in _RUNS.finditer(word)]
    if any(known is None for _, known in parts):
        return ()
    known_by = {match[0]: known or "" for match, known in parts}
    found = _RUNS.sub(lambda match: known_by[match[0]], word)
    return tuple(dict.fromkeys((initial_law(found), found)))


def initial_law(word: str) -> str:
    """The word with its first consonant as it sounds there (두음 법칙, 한글 맞춤법 10-12항): 녀자 → 여자, 락원 → 낙원."""
    code = ord(word[0]) - 0xAC00 if word else -1
    if not 0 <= code < 11_172:
        return word
    initial, rest = divmod(code, _INITIAL_SIZE)
    if initial not in (_NIEUN, _RIEUL):
        return word
    sounds = _IEUNG if rest // 28 in _IOTIZED else _NIEUN
    return chr(0xAC00 + sounds * _INITIAL_SIZE + rest) + word[1:]


@cache
def compatibility() -> dict[str, tuple[str, ...]]:
    """By each unified character those that KS X 1001 has besides for its other readings: the dictionary knows some."""
    found: dict[str, list[str]] = {}
    for code in range(0xF900, 0xFA0C):
        found.setdefault(unicodedata.normalize("NFC", chr(code)), []).append(chr(code))
    return {plain: tuple(others) for plain, others in found.items()}


def alternatives(char: str) -> Iterator[str]:
    """The character and the other codes it has."""
    yield char
    yield from compatibility().get(char, ())
