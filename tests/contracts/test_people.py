"""How people in Korea type: every query that failed elsewhere finds what was meant, on both engines.

The list is that of the reports of other portals and search engines, made ours; each record below is
found by each way of asking for it.
"""

from functools import cache

import pytest
from werkzeug.datastructures import MultiDict

from app.find import Searched, search
from app.forms import search_form
from app.params import read
from search.documents import Column, Dataset, Record
from search.engine import Engine, Snapshot
from search.language.query import Language
from search.language.synonyms import Synonyms
from tests.app.tiny import dataset, publish, record

TEXTS = {
    "공중화장실 현황": ["천호공원 화장실", "길동 개방화장실 2층"],
    "공중위생업 인허가": ["목욕장업 (대중탕)", "이용업"],
    "시·군·구별 인구": ["시, 군 및 구 소계", "시·군·구 합계", "65세 이상", "1인 가구"],
    "공공자전거 대여소": ["따릉이 대여소", "둔촌주공 정문", "에어팟 분실함"],
    "CCTV 설치 현황": ["방범용 CCTV (길동)", "어린이보호 폐쇄회로"],
    "시설 가입 안내": ["회원 가입 [필수]", "대한민국 학술원", "44사이즈 대여", "코로나19 검사소"],
    "주민등록 인구": ["천호2동 거주자", "강일동 거주자"],
}


def _made(title: str, cells: list[str]) -> tuple[Dataset, list[Record]]:
    records = [
        record(title, n, {"이름": cell}, year=2020 + n % 2, extra=(str(2020 + n % 2), "강동구"))
        for n, cell in enumerate(cells)
    ]
    words: dict[str, int] = {}
    for cell in cells:
        for word in cell.split():
            words[word] = words.get(word, 0) + 1
    said = "\n".join(f"{word} {count}" for word, count in words.items())
    return dataset(title, [Column("이름", "label", slot="d0")], records, title=title, words=said), records


@pytest.fixture
def people(engine: Engine) -> Snapshot:
    return publish(engine, *(_made(title, cells) for title, cells in TEXTS.items()))


@cache
def synonyms() -> Synonyms:
    return Synonyms.load()


def asked(snapshot: Snapshot, q: str) -> Searched:
    language = Language.of(snapshot.datasets.values(), synonyms(), 2026)
    return search(snapshot, read(MultiDict({"q": q}), search_form(10)), language)


WAYS = {
    "공중화장실 현황": ["공중 화장실", "공중화장실", "화장실이", "화장실", "강동구 공중화장실 2020", "ghkwkdtlf", "ㅎㅈㅅ", "공중화정실", "변소", "현황 공중화장실"],
    "공중위생업 인허가": ["목욕탕", "목욕장", "공중위생업"],
    "시·군·구별 인구": ["시군구", "시·군·구", "시ㆍ군ㆍ구", "시, 군 및 구", "시, 군, 구", "65세이상", "65세 이상", "1인가구"],
    "공공자전거 대여소": ["따릉이", "둔촌주공", "에어팟", "공공자전거", "Ekfmddl"],
    "CCTV 설치 현황": ["씨씨티비", "CCTV", "cctv", "ㅊㅊㅅㅍ", "길동)", "폐쇄회로"],
    "시설 가입 안내": ["민국", "회원의 가입", "필수]", "필수", "44사이즈", "코로나19", "학술원"],
    "주민등록 인구": ["천호2동", "천호2동 인구", "거주자"],
}  # fmt: skip


@pytest.mark.parametrize("title", WAYS)
def test_every_way_of_asking_finds_the_dataset(people: Snapshot, title: str) -> None:
    missed = [
        q for q in WAYS[title] if title not in [one.dataset.title for one in asked(people, q).found.datasets]
    ]
    assert missed == []


def test_initials_of_the_district_find_all_it_has(people: Snapshot) -> None:
    found = asked(people, "ㄱㄷㄱ")
    assert [one.instead for one in found.repairs] == ["강동구"]
    assert found.found.datasets_total == len(TEXTS)


def test_a_word_is_found_in_whatever_way_it_is_listed(people: Snapshot) -> None:
    for q in ("시군구", "시·군·구", "시, 군 및 구"):
        records = [hit.record.row["이름"] for one in asked(people, q).datasets for hit in one.hits]
        assert {"시, 군 및 구 소계", "시·군·구 합계"} <= set(records), q


def test_the_exact_title_comes_first(people: Snapshot) -> None:
    for title in TEXTS:
        assert asked(people, title).found.datasets[0].dataset.title == title


def test_what_was_searched_for_instead_is_said(people: Snapshot) -> None:
    found = asked(people, "rkdehdrn 화정실")
    assert [(one.word, one.instead) for one in found.repairs] == [
        ("rkdehdrn", "강동구"),
        ("화정실", "화장실"),
    ]
    assert found.params.q == "강동구 화장실"


def test_a_word_that_stands_nowhere_is_left_out_and_named(people: Snapshot) -> None:
    found = asked(people, "따릉이 뷁뷁뷁")
    assert [(one.word, one.instead, one.reason) for one in found.repairs] == [("뷁뷁뷁", "", "missing")]
    assert dict(found.found.alone) == {"따릉이": 3, "뷁뷁뷁": 0}
    assert found.found.total == 3
    assert asked(people, "뷁뷁뷁").found.total == 0


def test_what_became_of_a_sign_is_said_of_a_repaired_search_too(people: Snapshot) -> None:
    found = asked(people, '"따릉이 뷁뷁뷁')
    assert found.repairs
    assert [note.kind for note in found.found.query.notes] == ["quote"]


def test_words_that_never_stand_together_are_looked_for_by_the_one_that_names_a_dataset(
    people: Snapshot,
) -> None:
    found = asked(people, "따릉이 목욕장업")
    assert [(one.word, one.reason) for one in found.repairs] == [("목욕장업", "apart")]
    assert (found.params.q, found.found.total) == ("따릉이", 3)
    assert [(way.name, way.records) for way in found.ways] == [("목욕장업", 1)]


ODD = ["*", "???", "의", "은는이가", "ㅋ", "동", "'; DROP TABLE records; --", "<script>alert(1)</script>", '"화장실', "((((", "😀😀", "\u200b", "AND OR NOT", "field:값", "가" * 200, " ".join(f"낱말{n}" for n in range(30))]  # fmt: skip


@pytest.mark.parametrize("q", ODD)
def test_whatever_is_typed_gets_an_answer_or_a_word_about_each_of_its_words(people: Snapshot, q: str) -> None:
    found = asked(people, q).found
    said = {word for word, _ in found.alone}
    assert found.total or said == {clause.word for clause in found.query.clauses if not clause.excluded}
