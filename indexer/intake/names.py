"""Column names: cleaning, joining of stacked headers, telling them apart."""

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import count

NAMELESS = "column "
"""With which what a column without a name is called by begins; its place follows."""

_BLANKS = re.compile(r"\s+")
_BRACKETS = re.compile(r"[(\[（〔].*?[)\]）〕]")


def clean(name: str) -> str:
    if name.isalnum():
        return name
    # a byte order mark that was read as text, or lost as a question mark before the first name
    plain = name.replace("﻿", "").replace("\xa0", " ").strip()
    return _BLANKS.sub(" ", plain.lstrip("?")).strip() or plain


def joined(parts: Iterable[str]) -> str:
    """Stacked labels from top to bottom; a repeated one once, one that the next begins with not at all."""
    distinct = list(dict.fromkeys(part for part in map(clean, parts) if part))
    kept = [
        part
        for place, part in enumerate(distinct)
        if not any(lower.startswith(f"{part} ") for lower in distinct[place + 1 :])
    ]
    told: list[str] = []
    for part in kept:
        # "신설 학교수" over "학교수" says it already
        if not any(upper.endswith(f" {part}") for upper in told):
            told.append(part)
    return " ".join(told)


def unique(names: Sequence[str]) -> list[str]:
    """The second column of a name becomes ``name (2)``, or the next number that no column is called by itself.

    A nameless one is called by its place.
    """
    bases = [name or f"{NAMELESS}{place}" for place, name in enumerate(names, start=1)]
    taken = set(bases)
    numbers: dict[str, Iterator[int]] = {}
    result = []
    for base in bases:
        name = base
        if base in numbers:
            name = next(one for at in numbers[base] if (one := f"{base} ({at})") not in taken)
            taken.add(name)
        numbers.setdefault(base, count(2))
        result.append(name)
    return result


def key(name: str) -> str:
    """A name without blanks and underscores, in lower case: for comparing with words."""
    return re.sub(r"[\s_·ㆍ・․‧∙•.\-]+", "", name).lower()


def bare(name: str) -> str:
    """``key`` without what stands in brackets (units, kinds, numbers of levels)."""
    return key(_BRACKETS.sub("", name)) or key(name)
