"""The Python twin of nori: tokens to rank by."""

import re
from functools import cache

import pytest
from mecab import MeCab

from search import text
from search.morphology import Analyzer, stop_tags
from tests.conftest import ANALYZER
from tests.contracts.corpus import corpus

MECAB = cache(MeCab)


@pytest.mark.parametrize(
    ("value", "tokens"),
    [
        ("무더위쉼터에서", ["무더위", "무", "더위", "쉼터", "쉼", "터"]),
        ("大韓民國", ["대한", "민국"]),
        ("CCTV 3대", ["cctv", "3", "대"]),
        ("", []),
    ],
)
def test_compounds_come_whole_and_in_parts_and_particles_go(value: str, tokens: list[str]) -> None:
    assert ANALYZER().tokens(value) == tokens


def test_a_word_gives_the_same_tokens_wherever_it_stands() -> None:
    alone = ANALYZER().tokens("공영주차장")
    assert ANALYZER().tokens("천호동 공영주차장 앞")[-len(alone) - 1 : -1] == alone


def slow_tokens(value: str) -> list[str]:
    """The same rules over the objects of the mecab package, without any cache."""
    stop = stop_tags()
    found: list[str] = []
    cut = (" ".join(re.findall(r"[0-9]+|[^0-9]+", run)) for run in text.cut(value))
    for part in " ".join(cut).split():
        if part.isascii():
            found.append(part)
            continue
        for morpheme in MECAB().parse(part):
            feature = morpheme.feature
            left = feature.start_pos if feature.type == "Inflect" else feature.pos.split("+")[0]
            hanja = any("\u4e00" <= char <= "\u9fff" for char in morpheme.surface)
            kept = (
                [] if left in stop else [feature.reading if hanja and feature.reading else morpheme.surface]
            )
            if feature.type and feature.expression:
                pieces = [piece.split("/") for piece in feature.expression.split("+")]
                kept += [piece[0] for piece in pieces if len(piece) > 1 and piece[0] and piece[1] not in stop]
            found += [token.lower() for token in kept]
    return found


def test_the_fast_way_gives_the_tokens_of_the_slow_one() -> None:
    values = {value for record in corpus(seed=4).all() for value in record.values()}
    analyzer = ANALYZER()
    for value in values:
        slow = slow_tokens(value)
        assert analyzer.tokens(value) == slow
        runs = text.cut(value)
        tokens, inside, across, single = (terms.split() for terms in analyzer.terms(value))
        assert tokens == slow
        are_words = not all(map(text.is_digits, runs))
        assert inside == [pair for run in runs if are_words for pair in text.bigrams(run)]
        assert sorted(across) == sorted(text.bigrams("".join(runs)) if are_words else [])
        assert single == text.singles(runs)


def test_a_full_cache_is_emptied_and_forgets_nothing_else() -> None:
    asked: list[str] = []

    def tagger(run: str) -> list[tuple[str, str]]:
        asked.append(run)
        return [(run, "NNG,*,T,*,*,*,*,*")]

    analyzer = Analyzer(tagger, frozenset(), cached_words=2)
    for value in ("가나", "다라", "가나", "마바", "가나"):
        assert analyzer.terms(value)[0] == value
    assert asked == ["가나", "다라", "마바", "가나"]
