"""Text as it is matched: one normal form, words and bigrams, the same for both engines.

Only what this module lets through ever reaches an engine, so both hold the same terms. The rule
(reference/korean-search.md §3): a word of up to three characters matches inside words, a longer one
across blanks within one value; a single character matches a word of its own. A number matches only a
number of its own: by bigrams 2020 would be found in every 2021, and 118900050 in any record with enough figures.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import groupby, pairwise
from operator import add
from typing import Literal

WORD_INTERNAL_LENGTH = 3
"""Words up to this length match inside words: measured precision 0.996 against 0.990 space-blind."""

# Full-width forms are the only compatibility forms people type; NFKC would also take the
# compatibility jamo apart that stand for 초성.
_FULL_WIDTH = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)} | {0x3000: 0x20}
# Invisible characters join what they stand between; every other sign parts it.
_INVISIBLE = dict.fromkeys(
    (
        *(0xAD, 0x61C, 0x180E, 0xFEFF),
        *range(0x200B, 0x2010),
        *range(0x202A, 0x202F),
        *range(0x2060, 0x2070),
        *range(0xFE00, 0xFE10),  # say which of its forms a character has
    )
)
# The middle dot that Korean keyboards give is a letter to Unicode, a sign to its writers.
_ARAEA_DOT = {0x318D: 0xB7, 0x119E: 0xB7}
# The only letters whose lower case is two characters, or depends on their neighbours.
_LOWER = {ord("İ"): "i", ord("Σ"): "σ", ord("ς"): "σ"}
_TABLE = _FULL_WIDTH | _INVISIBLE | _ARAEA_DOT | _LOWER

JOINING_DOTS = re.compile(r"(?<=(?<![가-힣])[가-힣])[·‧・･∙•․](?=[가-힣])")
"""Of folded text: dots behind single syllables only list them. 시·군·구별 is the word 시군구별."""

_NUMBER = re.compile(r"[0-9]+")
_DAY = re.compile(r"((?:19|20)[0-9]{2}) (0?[1-9]|1[0-2]) (0?[1-9]|[12][0-9]|3[01])")
DAY_NUMBERS, YEAR_FIGURES, MONTH_FIGURES = 3, 4, 2
"""A day is three numbers; its year has four figures, month and day two at most."""

APART = "\n"
"""Stands between values that are looked through at once; no word holds it."""

_UNUSUAL = re.compile(r"[^\x00-\x7f가-힣]")
_USUAL_RUN = re.compile(r"[0-9a-z가-힣]+")


def fold(text: str) -> str:
    """Normal form: composed, half-width, lower case, nothing invisible.

    Folding twice changes nothing more. A composed text without invisible characters keeps its length.
    """
    if not _UNUSUAL.search(text):
        return text.lower()
    plain = unicodedata.normalize("NFC", text).translate(_TABLE).lower()
    # what stood apart may compose now: a full-width letter and its accent, an invisible sign between
    return unicodedata.normalize("NFC", plain)


def plain(text: str) -> str:
    """Composed, half-width, nothing invisible; letter case stays: it is a sign in ``OR``, and Shift on the keyboard."""
    return unicodedata.normalize(
        "NFC", unicodedata.normalize("NFC", text).translate(_FULL_WIDTH | _INVISIBLE)
    )


def clusters(text: str) -> Iterator[tuple[int, int]]:
    """[start, end) of stretches that fold each for itself: a character and what may join it."""
    start = 0
    for at in range(1, len(text)):
        if not _joins(text[at]):
            yield start, at
            start = at
    if text:
        yield start, len(text)


def _joins(char: str) -> bool:
    """Whether a character may become one with those before it: marks, medial and final jamo."""
    if char < "\u00ad":
        return False
    return "\u1160" <= char <= "\u11ff" or ord(char) in _INVISIBLE or unicodedata.category(char)[0] == "M"


@lru_cache(maxsize=65_536)
def is_letter(char: str) -> bool:
    """Letters and decimal digits by Unicode category: what Java's isLetter and isDigit take too."""
    category = unicodedata.category(char)
    return category[0] == "L" or category == "Nd"


def cut(text: str) -> tuple[str, ...]:
    """Unbroken stretches of letters and digits of the folded text; dots between single syllables break none."""
    folded = fold(text)
    if not _UNUSUAL.search(folded):
        return tuple(_USUAL_RUN.findall(folded))
    folded = JOINING_DOTS.sub("", folded)
    return tuple("".join(char if is_letter(char) else " " for char in folded).split())


@lru_cache(maxsize=20_000)
def runs(text: str) -> tuple[str, ...]:
    """``cut``, cached: the texts of all datasets are compared with the words of every query."""
    return cut(text)


@lru_cache(maxsize=20_000)
def joined(text: str) -> str:
    """The value with everything but letters and digits taken out, for matching across blanks."""
    return "".join(cut(text))


def bigrams(run: str) -> list[str]:
    """Pairs of neighbouring characters."""
    return list(map(add, run, run[1:]))


def seams(found: Sequence[str]) -> list[str]:
    """The bigrams that arise where runs are joined: with those inside the runs they are all of the joined value's."""
    return [one[-1] + other[0] for one, other in pairwise(found)]


def singles(found: Sequence[str]) -> list[str]:
    """Runs of one character and numbers: what a query of either finds.

    Numbers in a row are also one (02-820-1522): people leave signs out. A day among them is one of eight figures.
    """
    alone: list[str] = []
    for are_digits, group in groupby(found, is_digits):
        if not are_digits:
            for run in group:
                alone += [run] if len(run) == 1 else numbers(run)
            continue
        row = list(group)
        whole = "".join(row)
        for at, number in enumerate(row):
            alone.append(number)
            if 0 < at == len(row) - 1:
                alone.append(whole)
            if (day := as_day(" ".join(row[at : at + DAY_NUMBERS]))) not in {"", whole}:
                alone.append(day)
    return alone


def as_day(numbers: str) -> str:
    """The day that three numbers with blanks between name, the year first, in eight figures; nothing where they name none."""
    match = _DAY.fullmatch(numbers)
    return f"{match[1]}{match[2]:0>2}{match[3]:0>2}" if match else ""


def numbers(run: str) -> list[str]:
    """The numbers in a run."""
    return _NUMBER.findall(run)


def is_digits(run: str) -> bool:
    """Whether a run is a number."""
    return run.isascii() and run.isdecimal()


def is_alone(word: str) -> bool:
    """Whether a word is found only where it stands alone: one character, or a number; several numbers have blanks between."""
    return len(word) == 1 or is_digits(word.replace(" ", ""))


def is_across(part: str) -> bool:
    """Whether a blank-free part of a query matches across blanks: it is long or signs part it (3.3), and no number."""
    found = runs(part)
    if all(map(is_digits, found)):
        return False
    return len(found) > 1 or len(found[0]) > WORD_INTERNAL_LENGTH


Place = Literal["joined", "single", "runs"]


def place(word: str, *, across: bool) -> Place:
    """In what of values a normalised word may stand by the matching rule."""
    if across:
        return "joined"
    return "single" if is_alone(word) else "runs"


def holds(value: str, word: str, *, across: bool) -> bool:
    """Whether a value holds a normalised word by the matching rule; exact, not by bigrams."""
    return stands(value, word, place(word, across=across))


def stands(value: str, word: str, where: Place) -> bool:
    """The same of a word whose place (``place``) is known: one word is looked for in many values."""
    if where == "joined":
        return word in joined(value)
    if where == "single":
        return set(word.split(" ")) <= set(singles(runs(value)))
    return any(word in run for run in runs(value))


@dataclass(frozen=True)
class Held:
    """Values in which word after word is looked for, by where a word may stand (``Place``): read once."""

    runs: str
    joined: str
    single: frozenset[str]

    @classmethod
    def of(cls, values: Iterable[str]) -> "Held":
        found = [cut(value) for value in values]
        return cls(
            APART.join(run for runs_of in found for run in runs_of),
            APART.join(map("".join, found)),
            frozenset(single for runs_of in found for single in singles(runs_of)),
        )
