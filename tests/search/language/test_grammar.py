"""What the grammar says of words as people type them."""

import pytest

from search.korean import Korean

KOREAN = Korean()


@pytest.mark.parametrize(
    ("word", "stem"),
    [("인구가", "인구"), ("화장실은", "화장실"), ("도서관에서", "도서관"), ("전화번호가", "전화번호"), ("혼잡한가요", "혼잡"), ("대피하나요", "대피"), ("고덕로에서", "고덕로"), ("천호대로113길", None), ("강동구의인구", None), ("장애인차량", None), ("도봉한신아파트", None), ("혼잡한곳", "혼잡"), ("어린이", None), ("지하도", None), ("화장실", None), ("어디에", None)],
)  # fmt: skip
def test_a_stem_is_what_stands_before_particle_and_ending(word: str, stem: str | None) -> None:
    assert KOREAN.stem(word) == stem


@pytest.mark.parametrize(
    "word",
    [
        "어디에",
        "어디",
        "있나요",
        "뭐예요",
        "얼마나",
        "몇",
        "알려줘",
        "많은",
        "심한",
        "찾고",
        "무엇이",
        "하나요",
        "싶어요",
        "곳은",
    ],
)
def test_words_that_only_ask_are_fillers(word: str) -> None:
    assert KOREAN.is_filler(word)


@pytest.mark.parametrize(
    "word", ["화장실", "인구가", "둔촌주공", "cctv", "2020", "따릉이", "뷁뷁", "대피하나요"]
)
def test_words_that_mean_something_are_none(word: str) -> None:
    assert not KOREAN.is_filler(word)


@pytest.mark.parametrize("word", ["물난리", "방공호", "날씨", "버스"])
def test_a_noun_of_the_dictionary_is_spelt_as_it_is_meant(word: str) -> None:
    assert KOREAN.is_spelt(word)


@pytest.mark.parametrize("word", ["화정실", "도셔관", "주차쟝", "무더위쉼텨", "천허공원", "cctv", "공기를"])
def test_a_slip_of_the_fingers_is_none(word: str) -> None:
    assert not KOREAN.is_spelt(word)


@pytest.mark.parametrize(("word", "name"), [("방범대", True), ("장애인", True), ("조합설립인가", True), ("교통과", True), ("천호대로", True), ("공원입니다", False), ("침수흔적도", True), ("광화문시민열린마당", True), ("공기를", False), ("알려져", False), ("cctv", True), ("2020년", True)])  # fmt: skip
def test_what_is_guessed_is_a_name(word: str, name: bool) -> None:
    assert KOREAN.is_name(word) is name
