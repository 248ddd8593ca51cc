"""Hangul below the syllable: jamo as they are typed, initial consonants, and the other keyboard layout.

A syllable is taken apart into the strokes of the two-set keyboard (두벌식, KS X 5002): a compound
vowel or final is two strokes, a doubled consonant one. So half a syllable is a prefix of the whole, a
slip of one finger is one stroke, and text typed with the keyboard in the wrong language is the same
strokes under other letters.
"""

_FIRST_SYLLABLE, _LAST_SYLLABLE = 0xAC00, 0xD7A3
_INITIALS = "ㄱㄲㄴㄷㄸㄹㅁㅂㅃㅅㅆㅇㅈㅉㅊㅋㅌㅍㅎ"
_MEDIALS = "ㅏㅐㅑㅒㅓㅔㅕㅖㅗㅘㅙㅚㅛㅜㅝㅞㅟㅠㅡㅢㅣ"
_FINALS = ("", *"ㄱㄲㄳㄴㄵㄶㄷㄹㄺㄻㄼㄽㄾㄿㅀㅁㅂㅄㅅㅆㅇㅈㅊㅋㅌㅍㅎ")
_STROKES = {
    "ㅘ": "ㅗㅏ", "ㅙ": "ㅗㅐ", "ㅚ": "ㅗㅣ", "ㅝ": "ㅜㅓ", "ㅞ": "ㅜㅔ", "ㅟ": "ㅜㅣ", "ㅢ": "ㅡㅣ",
    "ㄳ": "ㄱㅅ", "ㄵ": "ㄴㅈ", "ㄶ": "ㄴㅎ", "ㄺ": "ㄹㄱ", "ㄻ": "ㄹㅁ", "ㄼ": "ㄹㅂ", "ㄽ": "ㄹㅅ", "ㄾ": "ㄹㅌ",
    "ㄿ": "ㄹㅍ", "ㅀ": "ㄹㅎ", "ㅄ": "ㅂㅅ",
}  # fmt: skip
_JOINED = {strokes: jamo for jamo, strokes in _STROKES.items()}
_KEYS = dict(
    zip(
        "ㅂㅈㄷㄱㅅㅛㅕㅑㅐㅔㅁㄴㅇㄹㅎㅗㅓㅏㅣㅋㅌㅊㅍㅠㅜㅡㅃㅉㄸㄲㅆㅒㅖ",
        "qwertyuiopasdfghjklzxcvbnmQWERTOP",
        strict=True,
    )
)
_JAMO = {key: jamo for jamo, key in _KEYS.items()}
# Shift changes only seven keys; whoever holds it down means the same letter on the others
_JAMO |= {key.upper(): jamo for key, jamo in list(_JAMO.items()) if key.upper() not in _JAMO}
_VOWELS = frozenset(_MEDIALS)


def strokes(text: str) -> str:
    """``화장`` → ``ㅎㅗㅏㅈㅏㅇ``; what is no Hangul stays."""
    return text.translate(STROKES_OF)


def _strokes(char: str) -> str:
    code = ord(char) - _FIRST_SYLLABLE
    if not 0 <= code <= _LAST_SYLLABLE - _FIRST_SYLLABLE:
        return _STROKES.get(char, char)
    initial, rest = divmod(code, len(_MEDIALS) * len(_FINALS))
    medial, final = divmod(rest, len(_FINALS))
    parts = (_INITIALS[initial], _MEDIALS[medial], _FINALS[final])
    return "".join(_STROKES.get(part, part) for part in parts)


def initials(text: str) -> str:
    """``공중화장실`` → ``ㄱㅈㅎㅈㅅ``; what is no syllable stays."""
    return text.translate(_INITIAL_OF)


def _initial(char: str) -> str:
    code = ord(char) - _FIRST_SYLLABLE
    if not 0 <= code <= _LAST_SYLLABLE - _FIRST_SYLLABLE:
        return char
    return _INITIALS[code // (len(_MEDIALS) * len(_FINALS))]


_SYLLABLES = [chr(_FIRST_SYLLABLE + at) for at in range(_LAST_SYLLABLE - _FIRST_SYLLABLE + 1)]
STROKES_OF = str.maketrans({char: _strokes(char) for char in (*_SYLLABLES, *_STROKES)})
_INITIAL_OF = str.maketrans({char: _initial(char) for char in _SYLLABLES})
"""Made at once: words of a build are taken apart by the hundred thousand."""


LAST_SYLLABLE = _SYLLABLES[-1]
SOUNDING = f"^[{_SYLLABLES[0]}-{LAST_SYLLABLE}{_INITIALS}]+$"
"""What has initials from end to end; a consonant that stands alone is one itself."""


def is_initials(text: str) -> bool:
    """Nothing but consonants, as people type who want to be quick."""
    return bool(text) and not text.strip(_INITIALS)


def has_loose_jamo(text: str) -> bool:
    """A letter that stands outside a syllable: half typed, or typed by mistake."""
    return any("ㄱ" <= char <= "ㅣ" for char in text)


def in_korean(text: str) -> str | None:
    """What the keys of a Latin text give with the keyboard in Korean: ``ghkwkdtlf`` → ``화장실``.

    None where it gives no whole syllables or the same text: then it was meant as it is.
    """
    made = compose("".join(_JAMO.get(char, char) for char in text))
    return made if made != text and not has_loose_jamo(made) else None


def in_latin(text: str) -> str:
    """What the keys of a Korean text give with the keyboard in Latin: ``ㅊㅊㅅㅍ`` → ``cctv``."""
    return "".join(_KEYS.get(stroke, stroke) for stroke in strokes(text))


def compose(jamo: str) -> str:
    """Strokes to syllables as an input method does it: a final goes over to a vowel that follows."""
    made: list[str] = []
    at = 0
    while at < len(jamo):
        syllable, length = _syllable(jamo, at)
        made.append(syllable)
        at += length
    return "".join(made)


def _syllable(jamo: str, at: int) -> tuple[str, int]:
    """The syllable that begins at a place, or the letter there alone, and how many strokes it takes."""
    initial = jamo[at]
    if initial not in _INITIALS or at + 1 >= len(jamo) or jamo[at + 1] not in _VOWELS:
        joined = _JOINED.get(jamo[at : at + 2], "")
        return (joined, 2) if joined in _VOWELS and joined else (initial, 1)
    medial, end = jamo[at + 1], at + 2
    if (both := jamo[at + 1 : at + 3]) in _JOINED:
        medial, end = _JOINED[both], at + 3
    final, end = _final(jamo, end)
    code = (_INITIALS.index(initial) * len(_MEDIALS) + _MEDIALS.index(medial)) * len(_FINALS)
    return chr(_FIRST_SYLLABLE + code + _FINALS.index(final)), end - at


def _final(jamo: str, at: int) -> tuple[str, int]:
    """The final consonant at a place: what a vowel follows begins the next syllable instead."""

    def ends(count: int) -> bool:
        after = jamo[at + count : at + count + 1]
        return len(jamo) >= at + count and after not in _VOWELS

    if (both := _JOINED.get(jamo[at : at + 2], "")) in _FINALS and both and ends(2):
        return both, at + 2
    if jamo[at : at + 1] in _FINALS and jamo[at : at + 1] and ends(1):
        return jamo[at], at + 1
    return "", at
