"""What a word that finds nothing may have been meant to be: words of the build, the likeliest first."""

import pytest

from search.language.repair import Repair, repairs, together, without_particle, without_particles
from search.language.vocabulary import Vocabulary

WORDS = Vocabulary(
    {"화장실": 90, "공중화장실": 80, "화장품": 5, "강동구": 500, "어린이": 40, "회원": 7, "가입": 6, "cctv": 30, "도서관": 20, "천호동": 60, "2020년": 9}
)  # fmt: skip


@pytest.mark.parametrize(
    ("word", "instead", "reason"),
    [
        ("ghkwkdtlf", "화장실", "keyboard"),
        ("rkdehdrn", "강동구", "keyboard"),
        ("ㅊㅊㅅㅍ", "cctv", "keyboard"),
        ("ㅎㅈㅅ", "화장실", "initials"),
        ("ㄱㄷㄱ", "강동구", "initials"),
        ("화정실", "화장실", "spelling"),
        ("공중화쟝실", "공중화장실", "spelling"),
        ("도셔관", "도서관", "spelling"),
        ("천호동화정실", "천호동 화장실", "spelling"),
        ("천호동화장실", "천호동 화장실", "spacing"),
    ],
)
def test_the_likeliest_meaning_comes_first(word: str, instead: str, reason: str) -> None:
    assert repairs(word, WORDS)[0] == Repair(word, instead, reason)  # type: ignore[arg-type]


TITLES = Vocabulary(
    {"범죄": 9, "현황": 90}, frozenset({"전국도시공원정보표준데이터", "체감안전도kpu", "범죄현황"})
)


@pytest.mark.parametrize(
    ("word", "instead", "reason"),
    [
        ("채감안전도", "체감안전도", "spelling"),
        ("전국도시곤원정보", "전국도시공원정보", "spelling"),
        ("5대범죄", "범죄", "head"),
    ],
)
def test_a_slip_in_the_middle_of_a_title_is_mended_and_of_a_compound_its_head_is_left(
    word: str, instead: str, reason: str
) -> None:
    assert repairs(word, TITLES) == (Repair(word, instead, reason),)  # type: ignore[arg-type]


@pytest.mark.parametrize("word", ["qqqq", "뷁뷁뷁", "ㅋ", "2021년", "a"])
def test_what_means_nothing_is_not_guessed_at(word: str) -> None:
    assert repairs(word, WORDS) == ()


@pytest.mark.parametrize(
    ("word", "rest"),
    [
        ("화장실이", "화장실"),
        ("회원의", "회원"),
        ("도서관에서", "도서관"),
        ("어린이", None),
        ("강동구", None),
        ("의", None),
        ("하늘이", None),
    ],
)
def test_a_particle_is_taken_off_where_a_word_of_the_build_is_left(word: str, rest: str | None) -> None:
    assert without_particle(word, WORDS) == rest


def test_words_are_weighed_by_the_records_that_hold_them() -> None:
    assert WORDS.near("화장슬", 3)[0] == "화장실"
    assert WORDS.starting("ㅎㅈㅅ", 3) == ["화장실"]


def test_neighbours_that_are_one_word_are_put_together() -> None:
    found = list(together(["공중", "화장실", "천호동"], WORDS.holds))
    assert found == [Repair("공중 화장실", "공중화장실", "spacing")]


def test_shift_doubles_a_consonant_of_the_other_keyboard() -> None:
    assert repairs("rkrktnthr", WORDS, typed="RkRkTnthr")[0].instead == "까까쑤속"


def test_particles_are_taken_off_every_word_when_nothing_else_helps() -> None:
    found = without_particles(["서강나루", "공원의", "cctv를", "의"])
    assert [(one.word, one.instead) for one in found] == [("공원의", "공원"), ("cctv를", "cctv")]


NAMED = Vocabulary(
    {"교통": 9_000, "교통과": 30, "인구": 50_000, "인구가": 9, "공원": 400, "공원과": 60}, by_name={"교통": 8_990, "인구": 50_000, "공원": 10}
)  # fmt: skip


@pytest.mark.parametrize(
    ("word", "stem", "itself"),
    [("교통과", "교통", True), ("인구가", "인구", False), ("공원과", "공원", False)],
)
def test_what_datasets_are_called_does_not_hide_a_word_of_their_cells(
    word: str, stem: str, itself: bool
) -> None:
    assert NAMED.is_itself(word, stem) is itself


@pytest.mark.parametrize("word", ["118900050", "1005"])
def test_no_other_number_is_guessed(word: str) -> None:
    assert repairs(word, Vocabulary({"50": 9, "1005번지": 9, "10": 5, "05": 5}, frozenset({"50"}))) == ()


OWN = Vocabulary(
    {"천호대로113길": 3, "천호대로": 2, "천호": 50, "구천면로12번길": 1, "동남로3나길": 1, "동남": 9, "버스": 9, "버스로": 2, "버스로10분": 2, "교통과": 30, "교통": 90, "장애인": 8}
)  # fmt: skip


@pytest.mark.parametrize(
    ("word", "stem", "itself"),
    [
        ("교통과", "교통", True),
        ("장애인", "장애", True),
        ("천호대로", "천호", True),
        ("구천면로", "구천면", True),
        ("동남로", "동남", True),
        ("버스로", "버스", False),
        ("명일로", "명일", False),
        ("교통도", "교통", False),
    ],
)
def test_a_word_of_its_own_is_not_its_stem_with_an_ending(word: str, stem: str, itself: bool) -> None:
    assert OWN.is_itself(word, stem) is itself
