"""The gate of relevance: a build that is worse to search is refused, with the queries that fell."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from catalogue import judged
from catalogue.judged import Answers
from catalogue.store import Catalogue
from indexer.gate import GateClosed
from indexer.relevance import JudgedBefore, Jury
from search.around import Around
from search.batch import Batch
from search.documents import Column, Dataset
from search.engine import Engine, Snapshot
from search.finding.relevance import Judged, JudgedError, Result, known_items, read
from search.language.query import Language
from search.language.synonyms import Synonyms
from search.plan import Answer, Question
from sources.contract import Facts
from tests.app.tiny import dataset, record
from tests.batches import beside
from tests.conftest import embedded
from tests.indexer.small import index, put, small

TITLES = ("공중화장실 현황", "목욕장업 인허가", "주차장 목록")
LIVE, STAGED = "live", "staged"


def made(title: str, words: str) -> tuple[Dataset, list[Batch]]:
    records = [record(title, 0, {"이름": words})]
    about = dataset(title, [Column("이름", "label")], records, title=title)
    return about, beside(records, about)


def built(folder: Path, build: str, **words: str) -> Snapshot:
    """A build of the three datasets with these words in their records."""
    engine: Engine = embedded(folder / build)
    stage = engine.stage(build, fresh=True)
    for title in TITLES:
        stage.put(*made(title, words.get(title.split()[0], "천호동")))
    stage.seal()
    stage.publish()
    return engine.live()


@pytest.fixture
def catalogue(tmp_path: Path) -> Iterator[Catalogue]:
    made = Catalogue(f"sqlite:///{tmp_path / 'catalogue.sqlite'}")
    yield made
    made.close()


@dataclass
class Asking:
    """A jury, and the builds it asked."""

    catalogue: Catalogue
    asked_with: str = "1.0"
    read: list[str] = field(default_factory=list)

    def check(self, live: Snapshot | None, staged: Snapshot, *queries: Judged) -> None:
        judging = Jury(queries, language, JudgedBefore(self.catalogue, self.asked_with))
        before = live and Asked(live, self.read)
        judging.check(before, Asked(staged, self.read), language(staged.datasets.values()))


class Asked(Around):
    """A build that notes when it is asked for the first time."""

    def __init__(self, build: Snapshot, noted: list[str]) -> None:
        super().__init__(build)
        self.noted = noted

    def ask(self, questions: Sequence[Question]) -> list[Answer]:
        if self.build.id not in self.noted:
            self.noted.append(self.build.id)
        return self.asked.ask(questions)


def language(datasets: Iterable[Dataset]) -> Language:
    return Language.of(datasets, Synonyms.of(()), 2026)


class Forgetful:
    """Remembers nothing of any build."""

    def of(self, _build: str) -> Answers:
        return {}

    def keep(self, build: str, answers: Answers, live: str) -> None:
        pass


def check(live: Snapshot, staged: Snapshot, *queries: Judged) -> None:
    Jury(queries, language, Forgetful()).check(live, staged, language(staged.datasets.values()))


BATH = Judged("synonym", "대중탕", {"목욕장업 인허가": 3})


def test_a_build_as_good_as_the_published_one_passes(tmp_path: Path) -> None:
    live, staged = (built(tmp_path, build, 목욕장업="대중탕") for build in (LIVE, STAGED))
    check(live, staged, BATH)


def test_a_build_that_finds_less_is_refused_by_class_and_query(tmp_path: Path) -> None:
    before = built(tmp_path, LIVE, 목욕장업="대중탕")
    after = built(tmp_path, STAGED, 목욕장업="이용원")
    with pytest.raises(
        GateClosed, match=r"relevance of synonym: nDCG@10 1\.000 .* 0\.000 .*‘대중탕’ 1\.00 → 0\.00"
    ):
        check(before, after, BATH)


def test_a_build_that_finds_more_passes(tmp_path: Path) -> None:
    check(built(tmp_path, LIVE, 목욕장업="이용원"), built(tmp_path, STAGED, 목욕장업="대중탕"), BATH)


def test_what_is_judged_of_datasets_that_are_not_in_both_builds_is_not_asked(tmp_path: Path) -> None:
    live, staged = (built(tmp_path, build) for build in (LIVE, STAGED))
    check(live, staged, Judged("title", "없는 자료", {"없는 자료": 3}))


def test_known_items_are_asked_of_every_build(tmp_path: Path) -> None:
    live, staged = (built(tmp_path, build) for build in (LIVE, STAGED))
    asked = known_items(staged.datasets.values(), 2)
    assert {one.kind for one in asked} == {"title", "spacing", "keyboard"}
    assert len(asked) == 6
    assert asked == known_items(live.datasets.values(), 2)


def test_a_build_that_no_longer_finds_its_own_titles_is_refused(tmp_path: Path) -> None:
    live = built(tmp_path, LIVE)
    engine = embedded(tmp_path / STAGED)
    stage = engine.stage(STAGED, fresh=True)
    for title in TITLES:
        one, records = made(title, "천호동")
        stage.put(one, (records if title != TITLES[0] else []))
    stage.seal()
    stage.publish()
    with pytest.raises(GateClosed, match=r"relevance of title.*‘공중화장실 현황’ 1\.00 → 0\.00"):
        check(live, engine.live())


def test_a_build_that_was_judged_is_not_asked_again_when_it_is_the_published_one(
    tmp_path: Path, catalogue: Catalogue
) -> None:
    first, second, third = (built(tmp_path, build, 목욕장업="대중탕") for build in ("a", "b", "c"))
    asking = Asking(catalogue)
    asking.check(first, second, BATH)
    assert sorted(asking.read) == ["a", "b"]
    asking.check(second, third, BATH)
    assert sorted(asking.read) == ["a", "b", "c"]


def test_the_first_build_is_held_against_none_and_the_second_against_what_it_answered(
    tmp_path: Path, catalogue: Catalogue
) -> None:
    first, worse = built(tmp_path, "a", 목욕장업="대중탕"), built(tmp_path, "b", 목욕장업="이용원")
    asking = Asking(catalogue)
    asking.check(None, first, BATH)
    with pytest.raises(GateClosed, match=r"‘대중탕’ 1\.00 → 0\.00"):
        asking.check(first, worse, BATH)
    assert asking.read == ["a", "b"], "the first was asked once"


def test_what_the_published_build_answered_is_what_the_next_one_is_held_to(
    tmp_path: Path, catalogue: Catalogue
) -> None:
    first, second = (built(tmp_path, build, 목욕장업="대중탕") for build in ("a", "b"))
    worse = built(tmp_path, "c", 목욕장업="이용원")
    Asking(catalogue).check(first, second, BATH)
    with pytest.raises(GateClosed, match=r"‘대중탕’ 1\.00 → 0\.00"):
        Asking(catalogue).check(second, worse, BATH)
    # a refused build leaves what is known of the published one
    asking = Asking(catalogue)
    with pytest.raises(GateClosed):
        asking.check(second, worse, BATH)
    assert asking.read == ["c"]


def test_a_query_that_is_new_is_asked_of_the_published_build_too(
    tmp_path: Path, catalogue: Catalogue
) -> None:
    first, second = (built(tmp_path, build, 목욕장업="대중탕") for build in ("a", "b"))
    worse = built(tmp_path, "c", 목욕장업="이용원")
    Asking(catalogue).check(first, second)
    with pytest.raises(GateClosed, match=r"‘대중탕’ 1\.00 → 0\.00"):
        Asking(catalogue).check(second, worse, BATH)


def test_where_the_same_build_may_answer_otherwise_now_it_is_asked(
    tmp_path: Path, catalogue: Catalogue
) -> None:
    first, second, third = (built(tmp_path, build) for build in ("a", "b", "c"))
    Asking(catalogue).check(first, second)
    asking = Asking(catalogue, asked_with="1.1")
    asking.check(second, third)
    assert sorted(asking.read) == ["b", "c"]


def test_a_title_that_comes_twice_counts_once() -> None:
    twice = Result(Judged("title", "x", {"X": 3}), ("X", "X"), 2, 0.0)
    assert twice.ndcg == 1.0


@pytest.mark.parametrize(
    ("lines", "said"),
    [
        ("class\tquery\na\tb", "judged are missing"),
        ("class\tquery\tjudged\n\tb\tc=3", "line 2"),
        ("class\tquery\tjudged\na\tb\tc=3\na\tb\tc=9", "line 3.*grades 0 to 3"),
        ("class\tquery\tjudged\na\tb\tc=0", "no title with a grade above 0"),
        ("class\tquery\tjudged\na\t" + "가" * 201 + "\tc=3", "line 2"),
        ("class\tquery\tjudged\na\t" + "가 " * 33 + "\tc=3", "line 2"),
    ],
)
def test_judged_queries_that_cannot_be_read_name_the_line(lines: str, said: str) -> None:
    with pytest.raises(JudgedError, match=said):
        read(lines.splitlines())


def test_publishing_reads_the_next_build_as_it_will_be_and_refuses_a_worse_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    read_of: list[int] = []
    made = Jury.language

    def noted(self: Jury, datasets: Sequence[Dataset]) -> Language:
        read_of.append(next(one.records for one in datasets if one.title == "목욕장업 인허가"))
        return made(self, datasets)

    monkeypatch.setattr(Jury, "language", noted)
    workshop = small(tmp_path, embedded(tmp_path / "index"))
    judged.replace(workshop.catalogue, [("office", "뭉게탕", {"목욕장업 인허가": 3})])

    def changed(*rows: str) -> None:
        table = "\n".join(("업소,동", *rows, ""))
        put(workshop, "강동구_목욕장.csv", table, Facts(title="목욕장업 인허가"))
        index(workshop)

    changed("뭉게탕,길동")
    changed("뭉게탕,길동", "뭉게탕,둔촌동")
    with pytest.raises(GateClosed, match=r"relevance of office.*‘뭉게탕’ 1\.00 → 0\.00"):
        changed("이용원,길동", "이용원,둔촌동", "이용원,천호동")
    assert read_of == [1, 2, 3]
    workshop.catalogue.close()
