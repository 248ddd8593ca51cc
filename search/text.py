"""Text as it is matched: one normal form, words and bigrams, the same for both engines.

Only what this module lets through ever reaches an engine, so both hold the same terms. The rule
(reference/korean-search.md §3): a word of up to three characters matches inside words, a longer one
across blanks within one value; a single character matches a word of its own.
"""

import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache

WORD_INTERNAL_LENGTH = 3
"""Words up to this length match inside words: measured precision 0.996 against 0.990 space-blind."""

# Full-width forms are the only compatibility forms people type; NFKC would also take the
# compatibility jamo apart that stand for 초성.
_FULL_WIDTH = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)} | {0x3000: 0x20}
# Invisible characters join what they stand between; every other sign parts it.
_INVISIBLE = dict.fromkeys(map(ord, "\u00ad\u200b\u200c\u200d\u2060\ufeff"))
# The middle dot that Korean keyboards give is a letter to Unicode, a sign to its writers.
_ARAEA_DOT = {0x318D: 0xB7, 0x119E: 0xB7}
_TABLE = _FULL_WIDTH | _INVISIBLE | _ARAEA_DOT


def fold(text: str) -> str:
    """Character by character normal form: composed, half-width, lower case.

    Lower case is taken only where it keeps one character one character, so that offsets hold.
    """
    if text.isascii():
        return text.lower()
    composed = unicodedata.normalize("NFC", text).translate(_TABLE)
    lowered = composed.lower()
    if len(lowered) == len(composed):
        return lowered
    return "".join(_lower(char) for char in composed)


def _lower(char: str) -> str:
    lowered = char.lower()
    return lowered if len(lowered) == 1 else char


@lru_cache(maxsize=65_536)
def is_letter(char: str) -> bool:
    """Letters and decimal digits by Unicode category: what Java's isLetter and isDigit take too."""
    category = unicodedata.category(char)
    return category[0] == "L" or category == "Nd"


_PLAIN_BREAKS = re.compile(r"[^0-9a-z가-힣]+")


@lru_cache(maxsize=100_000)
def runs(text: str) -> tuple[str, ...]:
    """Unbroken stretches of letters and digits of the folded text.

    Cached: a value is cut once for each of its match fields, and public data repeat their values.
    """
    folded = fold(text)
    if all(part.isascii() for part in _PLAIN_BREAKS.findall(folded)):
        return tuple(run for run in _PLAIN_BREAKS.split(folded) if run)
    return tuple("".join(char if is_letter(char) else " " for char in folded).split())


@lru_cache(maxsize=100_000)
def joined(text: str) -> str:
    """The value with everything but letters and digits taken out, for matching across blanks."""
    return "".join(runs(text))


@lru_cache(maxsize=200_000)
def bigrams(run: str) -> tuple[str, ...]:
    """Pairs of neighbouring characters."""
    return tuple(run[at : at + 2] for at in range(len(run) - 1))


def grams_inside(values: Iterable[str]) -> set[str]:
    """Bigrams inside the runs of the values."""
    return set().union(*(bigrams(run) for value in values for run in runs(value)))


def grams_across(values: Iterable[str]) -> set[str]:
    """Bigrams of the values with their blanks taken out."""
    return set().union(*(bigrams(joined(value)) for value in values))


def singles(values: Iterable[str]) -> set[str]:
    """Runs of one character: what a query of one character finds."""
    return {run for value in values for run in runs(value) if len(run) == 1}


def is_across(part: str) -> bool:
    """Whether a blank-free part of a query matches across blanks: it is long, or signs part it (3.3)."""
    found = runs(part)
    return len(found) > 1 or (bool(found) and len(found[0]) > WORD_INTERNAL_LENGTH)


def holds(value: str, word: str, *, across: bool) -> bool:
    """Whether a value holds a normalised word by the matching rule; exact, not by bigrams."""
    if len(word) == 1:
        return word in runs(value)
    if across:
        return word in joined(value)
    return any(word in run for run in runs(value))
