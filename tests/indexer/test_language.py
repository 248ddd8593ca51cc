"""Staff edit synonyms, words and judged queries; the portal's own stay the defaults."""

from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from flask.testing import FlaskClient

from app import create_app
from catalogue import language
from catalogue.store import Catalogue
from catalogue.versions import versions
from indexer.cli import gbp
from search import dictionary, text
from search.dictionary import Dictionary, Entry
from search.language import synonyms
from search.language.synonyms import Group, Synonyms
from search.morphology import load
from settings import Settings
from tests.indexer.small import write_small

BY = ("--why", "시험", "--by", "담당자")


@pytest.fixture
def var(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("GBP_VAR", str(tmp_path / "var"))
    return tmp_path / "var"


def run(*args: str) -> Result:
    return CliRunner().invoke(gbp, args)


def test_every_default_group_has_a_reason_and_two_words() -> None:
    for group in synonyms.defaults():
        assert group.why
        assert len({*group.words, *group.finds}) == len(group.words) + len(group.finds) > 1


def test_every_default_word_can_be_used_and_has_a_reason() -> None:
    assert [entry.fault() for entry in dictionary.defaults() if entry.fault() or not entry.why] == []
    assert len({entry.word for entry in dictionary.defaults()}) == len(dictionary.defaults())


@pytest.mark.parametrize("word", ["공영주차장", "따릉이", "천호동", "무더위쉼터"])
def test_a_word_of_the_dictionary_is_read_as_it_stands(word: str) -> None:
    analyzer = load(Dictionary.load())
    assert analyzer.tokens(word)[0] == word
    assert word in analyzer.tokens(f"강동{word}현황")


def test_a_word_that_its_parts_do_not_make_up_is_refused(var: Path) -> None:
    found = run("words", "add", "공영주차장", "공영", "차장", *BY)
    assert found.exit_code == 2
    assert "조각을 이으면" in found.output
    assert Entry("cctv").fault() is not None


def test_groups_are_added_and_taken_out_and_everything_is_kept(var: Path) -> None:
    catalogue = Catalogue(Settings.from_env().database_url)
    before = versions(catalogue).language
    assert run("synonyms", "add", "시험보드", "개인형이동장치", *BY).exit_code == 0
    assert "시험보드 = 개인형이동장치\t시험" in run("synonyms", "list").output
    assert "already" in run("synonyms", "add", "개인형이동장치", "시험보드", *BY).output
    assert versions(catalogue).language > before
    assert run("synonyms", "remove", "개인형이동장치", "시험보드", "--by", "담당자").exit_code == 0
    assert "시험보드" not in run("synonyms", "list").output
    assert [edit.removed for edit in language.edits(catalogue, "synonyms")] == [False, True]
    catalogue.close()


def test_a_default_can_be_taken_out(var: Path) -> None:
    first = synonyms.defaults()[0]
    assert run("synonyms", "remove", *first.words, "--by", "담당자").exit_code == 0
    assert " = ".join(first.words) not in run("synonyms", "list").output


@pytest.mark.parametrize("words", [["하나"], ["가", "가"], ["가", "!!"]])
def test_a_group_that_is_none_is_refused(var: Path, words: list[str]) -> None:
    assert run("synonyms", "add", *words, *BY).exit_code == 2


def test_taking_out_what_is_not_there_says_so(var: Path) -> None:
    assert "no group of exactly" in run("synonyms", "remove", "가나", "다라", "--by", "a").output
    assert "no word" in run("words", "remove", "가나다", "--by", "a").output


def test_a_new_group_holds_at_once_on_the_pages(var: Path, tmp_path: Path) -> None:
    write_small(tmp_path / "files")
    assert run("add", str(tmp_path / "files")).exit_code == 0
    assert run("index").exit_code == 0
    app = create_app(Settings.from_env())
    client = FlaskClient(app, app.response_class)

    def total() -> int:
        return int(client.get("/api/v1/search", query_string={"q": "그네뛰는곳"}).get_json()["total"])

    assert total() == 0
    tag = client.get("/search?q=그네뛰는곳").headers["ETag"]
    told = run("synonyms", "add", "그네뛰는곳", "놀이터", *BY).output
    assert "그네뛰는곳: 0 → " in told
    assert total() > 0
    assert client.get("/search?q=그네뛰는곳", headers={"If-None-Match": tag}).status_code == 200
    app.extensions["portal"].catalogue.close()


def test_a_new_word_makes_the_next_index_a_whole_one(var: Path, tmp_path: Path) -> None:
    write_small(tmp_path / "files")
    run("add", str(tmp_path / "files"))
    run("index")
    assert "바뀐 데이터셋이 없습니다" in run("index").output
    assert run("words", "add", "그네터", "그네", "터", *BY).exit_code == 0
    assert "그네터 그네 터\t시험" in run("words", "list").output
    assert "사전이 바뀌어" in run("index").output
    assert "바뀐 데이터셋이 없습니다" in run("index").output


def test_judged_queries_are_loaded_whole_and_scored(var: Path, tmp_path: Path) -> None:
    write_small(tmp_path / "files")
    run("add", str(tmp_path / "files"))
    run("index")
    file = tmp_path / "judged.tsv"
    file.write_text("class\tquery\tjudged\ntitle\t놀이터\t놀이터=3\n", encoding="utf-8")
    assert run("judged", "load", str(file)).output == "1 queries\n"
    assert run("judged", "list").output == "title\t놀이터\t놀이터=3\n"
    assert "title" in run("judged", "score").output
    file.write_text("class\tquery\n", encoding="utf-8")
    assert "judged.tsv: columns judged are missing" in run("judged", "load", str(file)).output
    file.write_text("class\tquery\tjudged\n", encoding="utf-8")
    assert "no query below its header" in run("judged", "load", str(file)).output
    file.write_bytes(b"\x89PNG\r\n")
    assert "no text in UTF-8" in run("judged", "load", str(file)).output
    assert run("judged", "list").output == "title\t놀이터\t놀이터=3\n", "what was there stays"


def test_a_wider_name_finds_what_is_narrower_and_not_the_other_way_round(var: Path) -> None:
    known = Synonyms.of([Group(("날씨",), "시험", ("기온", "강수량"))])
    assert known.beside("날씨") == ("기온", "강수량")
    assert known.beside("기온") == ()
    assert run("synonyms", "add", "시험탈것", "→", "버스", "지하철", *BY).exit_code == 0
    assert "시험탈것 → 버스, 지하철\t시험" in run("synonyms", "list").output
    assert run("synonyms", "remove", "시험탈것", "→", "지하철", "버스", "--by", "담당자").exit_code == 0
    assert "시험탈것" not in run("synonyms", "list").output


def test_synonyms_of_a_group_find_each_other() -> None:
    for group in synonyms.defaults():
        known = Synonyms.of([group])
        for word in group.words:
            others = {text.joined(other) for other in group.words} - {text.joined(word)}
            assert others <= set(known.beside(text.joined(word)))
