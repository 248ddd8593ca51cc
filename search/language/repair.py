"""Other words for one that finds nothing: the other keyboard, initial consonants, slips of the fingers."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

from search import text
from search.language import hangul
from search.language.vocabulary import Vocabulary

Reason = Literal[
    "keyboard", "initials", "spelling", "spacing", "particle", "filler", "missing", "apart", "head"
]

MOST = 3
MOST_NEAR = 8
_SHORTEST_PART = 2

# 조사: longest first; what is left must be a word of the build (particles that are also endings of names stay)
_PARTICLES = (
    *("에서의", "으로의", "이라는", "이란", "에서는", "에게서", "으로서", "으로써", "까지의", "부터의"),
    *(
        "에서",
        "에게",
        "으로",
        "까지",
        "부터",
        "처럼",
        "마다",
        "이나",
        "라는",
        "에는",
        "에도",
        "와의",
        "과의",
        "이랑",
    ),
    *("은", "는", "이", "가", "을", "를", "의", "에", "와", "과", "도", "로", "만", "나", "랑"),
)


@dataclass(frozen=True)
class Repair:
    """``instead`` of ``word``, and why."""

    word: str
    instead: str
    reason: Reason


def apart(word: str, is_known: Callable[[str], bool]) -> Iterator[Repair]:
    """``공중변소``: two words that are known, each for itself, by their synonyms too."""
    for at in range(len(word) - _SHORTEST_PART, _SHORTEST_PART - 1, -1):
        if is_known(word[:at]) and is_known(word[at:]):
            yield Repair(word, f"{word[:at]} {word[at:]}", "spacing")


def repairs(
    word: str, vocabulary: Vocabulary, typed: str = "", fits: Callable[[str], bool] = bool
) -> tuple[Repair, ...]:
    """What may have been meant, the likeliest first: words of the build, and what other keys give.

    ``typed`` is the word as it was typed: Shift doubles a consonant. ``fits`` says which guesses at a
    slip are worth making: a word of prose with its ending is no guess.
    """
    if text.is_digits(word):  # one figure away is another number, not what was meant
        return ()
    found: dict[tuple[str, Reason], None] = {}
    # one by one: the later a guess, the longer it takes to make, and mostly enough are found before
    for instead, reason in _guesses(word, vocabulary, typed or word):
        if instead != word and (reason != "spelling" or all(map(fits, instead.split()))):
            found[instead, reason] = None
        if len(found) == MOST:
            break
    return tuple(Repair(word, instead, reason) for instead, reason in found)


def _guesses(word: str, vocabulary: Vocabulary, typed: str) -> Iterator[tuple[str, Reason]]:
    other = list(_other_keyboard(typed))
    for meant in other:
        if vocabulary.holds(meant):
            yield meant, "keyboard"
    if hangul.is_initials(word):
        for meant in vocabulary.starting(word, MOST):
            yield meant, "initials"
        return
    yield from _apart(word, vocabulary)
    for near in vocabulary.near(word, MOST_NEAR):
        yield near, "spelling"
    for meant in other:
        for near in vocabulary.near(meant, 1):
            yield near, "keyboard"
        # a name rarer than the words that a build carries
        yield meant, "keyboard"
    yield from _in_parts(word, vocabulary)
    for near in vocabulary.near_in_names(word):
        yield near, "spelling"
    if (head := vocabulary.head(word)) is not None:
        yield head, "head"


def _other_keyboard(word: str) -> Iterator[str]:
    """What the same keys give with the keyboard in the other language."""
    if korean := hangul.in_korean(word):
        yield text.joined(korean)
    if hangul.has_loose_jamo(word):
        yield text.joined(hangul.in_latin(word))


def _apart(word: str, vocabulary: Vocabulary) -> Iterator[tuple[str, Reason]]:
    """``천호동화장실``: two words of the build without the blank between them."""
    for at in range(len(word) - _SHORTEST_PART, _SHORTEST_PART - 1, -1):
        if word[:at] in vocabulary.words and word[at:] in vocabulary.words:
            yield f"{word[:at]} {word[at:]}", "spacing"


def without_particles(words: list[str]) -> tuple[Repair, ...]:
    """Every word without its particle, whether or not the build knows what is left."""
    found = []
    for word in words:
        rest = next(
            (word.removesuffix(one) for one in _PARTICLES if word.endswith(one) and len(word) > len(one)),
            word,
        )
        if rest != word and "가" <= word[-1] <= "힣":
            found.append(Repair(word, rest, "particle"))
    return tuple(found)


def fillers(words: list[str], is_filler: Callable[[str], bool]) -> tuple[Repair, ...]:
    """Words that only ask (어디에, 있나요) left out; none where nothing else is there."""
    found = tuple(Repair(word, "", "filler") for word in words if is_filler(word))
    return found if len(found) < len(words) else ()


def together(words: list[str], is_known: Callable[[str], bool]) -> Iterator[Repair]:
    """Neighbouring words that are known as one: 어린이 집."""
    for one, other in pairwise(words):
        if is_known(one + other):
            yield Repair(f"{one} {other}", one + other, "spacing")


def _in_parts(word: str, vocabulary: Vocabulary) -> Iterator[tuple[str, Reason]]:
    """``천호동공중화정실``: one part is a word of the build, the other is near one."""
    for at in range(len(word) - _SHORTEST_PART, _SHORTEST_PART - 1, -1):
        start, end = word[:at], word[at:]
        if vocabulary.holds(start) and (near := vocabulary.near(end, 1)):
            yield f"{start} {near[0]}", "spelling"
        if vocabulary.holds(end) and (near := vocabulary.near(start, 1)):
            yield f"{near[0]} {end}", "spelling"


def without_particle(word: str, vocabulary: Vocabulary) -> str | None:
    """``화장실이`` → ``화장실``, where no word of the build is written so and the rest is one."""
    if not word or not "가" <= word[-1] <= "힣" or vocabulary.holds(word):
        return None
    for particle in _PARTICLES:
        rest = word.removesuffix(particle)
        if len(rest) >= _SHORTEST_PART and rest != word and vocabulary.holds(rest):
            return rest
    return None
