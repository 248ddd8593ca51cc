"""Personal data is found by shape and date, shown masked, and never mistaken for what looks like it."""

from datetime import date

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.intake import take
from indexer.intake.report import as_line, as_text
from indexer.intake.screening import mask, screen
from indexer.intake.table import Personal, Table

DAYS = st.dates(date(1930, 1, 1), date(2025, 12, 31))
TAILS = st.integers(0, 999_999).map("{:06d}".format)


def identity(day: date, tail: str, *, foreign: bool = False, female: bool = False) -> str:
    """A number of no person: any day, any tail (the tail of a true one is random since 2020)."""
    seventh = (1 if day.year < 2000 else 3) + female + 4 * foreign
    return f"{day:%y%m%d}-{seventh}{tail}"


IDENTITIES = st.builds(identity, DAYS, TAILS, foreign=st.booleans(), female=st.booleans())


def table(columns: dict[str, list[str]]) -> Table:
    rows = len(next(iter(columns.values())))
    frame = pd.DataFrame(columns, dtype="str", index=pd.Index(range(2, rows + 2), name="row"))
    return Table(frame, "csv", "utf-8", 1)


def corporate(number: int) -> str:
    """The number of a corporation that is none: twelve digits and their check digit."""
    first = f"{number:012d}"
    weighted = sum(int(digit) * (1 + place % 2) for place, digit in enumerate(first))
    return f"{first[:6]}-{first[6:]}{(10 - weighted % 10) % 10}"


@given(st.lists(IDENTITIES, min_size=1, max_size=20))
def test_every_identity_number_is_found_and_holds_back(numbers: list[str]) -> None:
    (found,) = screen(table({"비고": numbers}))
    assert (found.kind, found.column, found.cells, found.row, found.sure) == (
        Personal.IDENTITY,
        "비고",
        len(numbers),
        2,
        True,
    )
    assert numbers[0][7:] not in found.example


@given(IDENTITIES, st.sampled_from(["신청인 {} 확인", "({})", "{}", "홍길동/{}/서울", "주민번호:{}"]))
def test_one_identity_number_inside_a_sentence_is_enough(number: str, sentence: str) -> None:
    found = screen(table({"내용": ["없음", "길동 12-3", sentence.format(number)]}))
    assert [(one.kind, one.row, one.sure) for one in found] == [(Personal.IDENTITY, 4, True)]


def test_identity_numbers_in_full_width_digits_are_identity_numbers() -> None:
    wide = str.maketrans("0123456789", "０１２３４５６７８９")
    numbers = [identity(date(1980, 1, at), "234567").translate(wide) for at in range(1, 9)]
    found = take(
        "명단.csv",
        ("이름,번호\n" + "".join(f"가{at},{number}\n" for at, number in enumerate(numbers))).encode(),
    )
    assert found.held


@given(st.lists(IDENTITIES.map(lambda n: n.replace("-", "").lstrip("0")), min_size=3, max_size=30))
def test_numbers_that_a_sheet_has_robbed_of_their_zeros_are_found_by_their_column(numbers: list[str]) -> None:
    found = screen(table({"주민등록번호": numbers}))
    assert [(one.kind, one.cells, one.sure) for one in found] == [(Personal.IDENTITY, len(numbers), True)]


@given(st.lists(IDENTITIES, min_size=1, max_size=5))
def test_no_report_and_no_message_repeats_an_identity_number(numbers: list[str]) -> None:
    text = "성명,번호,금액\n" + "".join(f"가{n},{number},{n}\n" for n, number in enumerate(numbers))
    taken = take("명단.csv", (text + f"합계,,{numbers[0]}\n").encode())
    for shown in (as_line(taken), as_text(taken)):
        assert not [number for number in numbers if number in shown or number.replace("-", "") in shown]
    assert taken.held


@given(st.lists(st.integers(110_111_000_000, 285_171_999_999), min_size=8, max_size=60, unique=True))
def test_a_column_of_corporations_is_no_column_of_persons(numbers: list[int]) -> None:
    assert screen(table({"법인등록번호": [corporate(number) for number in numbers]})) == ()


LOOKALIKES = {
    "동 코드": [str(1_174_050_000 + 1_000 * n) for n in range(100)],
    "우편번호와 좌표": [f"{127 + n / 7_919:.15f}" for n in range(1, 200)],
    "시각": [
        f"2021{n % 12 + 1:02d}{n % 28 + 1:02d}{n % 24:02d}{n % 60:02d}{n * 7 % 60:02d}" for n in range(300)
    ],
    "밀리초": [str(1_577_836_800_000 + n * 86_400_017) for n in range(300)],
    "PNU": [f"11740101{n:011d}" for n in range(200)],
    "전화": [f"02-3425-{n:04d}" for n in range(100)],
    "버스": [f"{n:04d} {n + 1:04d} {n + 2:04d} {n + 3:04d}" for n in range(1_000, 1_100)],
    "관리번호": [f"2019-3240000-{n:05d}" for n in range(100)],
}


@pytest.mark.parametrize("name", LOOKALIKES)
def test_what_only_looks_like_it_holds_nothing_back(name: str) -> None:
    assert [one for one in screen(table({name: LOOKALIKES[name]})) if one.sure] == []


@pytest.mark.parametrize(
    ("column", "cell", "kind", "sure", "shown"),
    [
        ("여권번호", "M12345678", Personal.PASSPORT, True, "M1*******"),
        ("여권번호", "M123A4567", Personal.PASSPORT, True, "M1*******"),
        ("제품", "M12345678", Personal.PASSPORT, False, "M1*******"),
        ("면허", "11-22-333333-44", Personal.LICENCE, True, "11-22-******-**"),
        ("카드번호", "4111-1111-1111-1111", Personal.CARD, True, "4111-****-****-****"),
        ("환급계좌번호", "123-45-678901", Personal.ACCOUNT, True, "123-45*******"),
        ("연락처", "010-1234-5678", Personal.MOBILE, False, "010-****-****"),
        ("연락처", "관리소 01012345678", Personal.MOBILE, False, "관리소 010-****-****"),
        ("이메일", "someone@example.go.kr", Personal.MAIL, False, "s***@example.go.kr"),
    ],
)
def test_each_kind_is_named_and_masked(
    column: str, cell: str, kind: Personal, sure: bool, shown: str
) -> None:
    (found,) = screen(table({column: [cell]}))
    assert (found.kind, found.sure, found.example) == (kind, sure, shown)


def test_a_card_number_that_fails_its_check_digit_is_none() -> None:
    assert screen(table({"번호": ["4111-1111-1111-1112"]})) == ()


def test_names_with_birthdays_and_addresses_are_a_list_of_persons() -> None:
    columns = {"성명": ["가나다"], "생년월일": ["1980-01-02"], "주소": ["서울 강동구 성내로 25"]}
    (found,) = screen(table(columns))
    assert (found.kind, found.column, found.sure) == (Personal.PERSONS, "성명, 생년월일, 주소", True)
    assert screen(table({"시설명": ["가"], "설치일": ["1980-01-02"], "주소": ["성내로 25"]})) == ()


def test_what_stands_beside_the_table_is_screened_too() -> None:
    number = identity(date(1980, 1, 2), "234567")
    text = f"작성자 {number}\n\n구분,동,수\n가,길동,1\n나,길동,2\n다,둔촌동,3\n"
    (found,) = take("표.csv", text.encode()).personal
    assert (found.column, found.sure) == ("", True)


def test_masking_leaves_other_numbers_alone() -> None:
    text = "2,021건, 127.0101234567도, 20210322180903, 02-3425-5000, 1174010100"
    assert mask(text) == text


def test_the_hour_of_an_accident_is_no_number_of_a_person() -> None:
    hours = [f"2019{month:02d}01{hour:02d}" for month in range(1, 12) for hour in range(24)]
    assert screen(table({"발생년월일시": hours})) == ()


def test_an_address_of_a_page_is_no_telephone() -> None:
    assert screen(table({"누리집": ["http://x.go.kr/index.do?mId=0101000000&no=3"]})) == ()
