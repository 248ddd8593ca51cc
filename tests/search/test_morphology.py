"""The Python twin of nori: tokens to rank by."""

import pytest

from tests.conftest import ANALYZER


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
