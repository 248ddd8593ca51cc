"""Columns of free words: titles, purposes, and what people write to their office."""

import re
from functools import cache

import numpy as np

from indexer.sample.draws import Draw
from indexer.sample.kind import Values
from indexer.sample.places import strings, texts
from indexer.sample.topics import (
    ADJECTIVES,
    FORMS,
    GREETINGS,
    HEADS,
    NOUNS,
    PLIGHTS,
    SENTENCES,
    TAILS,
    TREES,
    WISHES,
)
from indexer.sample.vocabulary import buildings_named, coined, heavy_tailed, landmarks

# a particle after a consonant and after a vowel
PARTICLES = {"이": "가", "은": "는", "을": "를", "과": "와", "으로": "로"}
SHORTEST, LONGEST = 100, 340  # characters of what people write


@cache
def topics() -> Values:
    """교통정비, 하수점검: what offices do, the likeliest first."""
    made = [head + tail for head in HEADS for tail in TAILS]
    return texts(made)[np.random.default_rng(len(made)).permutation(len(made))]


@cache
def claims() -> Values:
    """넘치더니, 막히기 때문에: why something is a nuisance, in all its forms."""
    return texts(stem + form for stem in PLIGHTS for form in FORMS)


def listed(words: tuple[str, ...]) -> Draw:
    pool = texts(words)
    return lambda rng, rows: heavy_tailed(rng, pool, rows)


SLOTS: dict[str, Draw] = {
    "word": coined,
    "building": buildings_named,
    "spot": landmarks,
    "topic": lambda rng, rows: heavy_tailed(rng, topics(), rows),
    "claim": lambda rng, rows: heavy_tailed(rng, claims(), rows),
    "noun": listed(NOUNS),
    "adjective": listed(ADJECTIVES),
    "tree": listed(TREES),
    "wish": listed(WISHES),
    "n": lambda rng, rows: strings(rng.integers(1, 60, rows)),
}


def phrases(*patterns: str) -> Draw:
    """Texts after the patterns, the earlier the likelier; "{noun:이}" takes the particle that fits."""
    weights = 1 / np.arange(1, len(patterns) + 1)

    def draw(rng: np.random.Generator, rows: int) -> Values:
        which = rng.choice(len(patterns), rows, p=weights / weights.sum())
        column = texts([""] * rows)
        for number, pattern in enumerate(patterns):
            here = which == number
            column[here] = written(rng, pattern, int(here.sum()))
        return column

    return draw


def written(rng: np.random.Generator, pattern: str, rows: int) -> Values:
    text = texts([""] * rows)
    for part in re.split(r"(\{\w+(?::\w+)?\})", pattern):
        if part.startswith("{"):
            slot, _, particle = part.strip("{}").partition(":")
            text = text + with_particle(SLOTS[slot](rng, rows), particle)
        else:
            text = text + part
    return text


def with_particle(words: Values, particle: str) -> Values:
    """나무가, 꽃이: by whether the last syllable ends in a consonant."""
    if particle not in PARTICLES:
        return words + particle
    return texts(
        word + (particle if is_closed(word[-1], particle) else PARTICLES[particle]) for word in words
    )


def is_closed(syllable: str, particle: str) -> bool:
    """Syllables stand in the order of their 28 finals, the first of which is none, the ninth ㄹ."""
    final = (ord(syllable) - ord("가")) % 28
    return final not in ((0, 8) if particle == "으로" else (0,))


def letters(share: float) -> Draw:
    """What people write to their office, several sentences long; `share` of the cells have it."""
    sentence = phrases(*SENTENCES)

    def draw(rng: np.random.Generator, rows: int) -> Values:
        column = texts([""] * rows)
        here = np.flatnonzero(rng.random(rows) < share)
        lengths = rng.integers(SHORTEST, LONGEST + 1, len(here))
        sentences = [sentence(rng, len(here)) for _ in range(7)]
        opening, closing = listed(GREETINGS)(rng, len(here)), phrases("{wish}")(rng, len(here))
        for number, at in enumerate(here):
            told = [one[number] for one in sentences]
            column[at] = letter(opening[number], told, closing[number], int(lengths[number]))
        return column

    return draw


def letter(opening: str, told: list[str], closing: str, longest: int) -> str:
    """As many of the sentences as fit, at least as many as make the shortest letter."""
    text = f"{opening} {told[0]}"
    for sentence in told[1:]:
        if len(text) >= SHORTEST and len(text) + len(sentence) + len(closing) + 2 > longest:
            break
        text = f"{text} {sentence}"
    return f"{text} {closing}"[:LONGEST]
