"""Hanja and their reading find each other."""

import pytest

from search.korean import Korean
from search.language.hanja import initial_law, readings


@pytest.mark.parametrize(
    ("word", "read"),
    [
        ("高齡者", ("고령자",)),
        ("圖書館", ("도서관",)),
        ("서울市", ("서울시",)),
        ("第2016號", ("제2016호",)),
        ("女子", ("여자", "녀자")),
        ("龍山區", ("용산구", "룡산구")),
        ("李舜臣", ("이순신",)),
        ("화장실", ()),
        ("cctv", ()),
        ("㐂", ()),
    ],
)
def test_hanja_are_read_as_they_sound(word: str, read: tuple[str, ...]) -> None:
    assert readings(word, Korean().read_hanja) == read


@pytest.mark.parametrize(
    ("word", "sounds"),
    [("녀자", "여자"), ("락원", "낙원"), ("력사", "역사"), ("나라", "나라"), ("", ""), ("A", "A")],
)
def test_the_beginning_of_a_word_sounds_by_law(word: str, sounds: str) -> None:
    assert initial_law(word) == sounds
