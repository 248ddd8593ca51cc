"""Real published files, read in place: in, indexed, found by their own words, equally on both engines."""

import random
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import pytest

from catalogue import runs
from catalogue.store import Catalogue
from indexer.adding import add
from indexer.areas import Areas
from indexer.jobs import run_next
from indexer.storage import Storage
from indexer.workshop import Workshop
from search import text
from search.engine import Engine, Snapshot
from search.finding.columns import with_cases
from search.language.query import MAX_CHARACTERS, Language, parse, resolve
from search.language.synonyms import Synonyms
from search.plan import Filter, Groups, Selection
from sources import folder
from sources.contract import Facts
from tests.conftest import embedded

REAL = Path(__file__).parents[2] / "shared" / "data" / "real"
FILES = {
    "서울시_역사마스터_정보.csv": ("동탄", 783),
    "서울특별시_동작구_횡단보도_20260306.csv": ("보라매로 횡단보도", 1_057),
    "서울시 무더위쉼터.csv": ("무학경로당", 4_135),
    "subway_fee.csv": ("종로3가", 613),
    "kosis-airline-company.csv": ("아시아나항공 도착 2005", 3_696),
    "전국도시공원정보표준데이터.csv": ("백현체육공원 구미시", 16_969),
}
SAMPLED_WORDS = 5_000
SAMPLED_QUERIES = 1_000
A_TRIP = 100

pytestmark = pytest.mark.skipif(
    not REAL.is_dir(), reason="the folder of real files is not beside the project"
)


@dataclass(frozen=True)
class Published:
    """The real files on one engine, with a word drawn from a record and the dataset it stands in."""

    snapshot: Snapshot
    language: Language

    def counts(self, asked: Sequence[tuple[str, tuple[Filter, ...]]]) -> list[int]:
        """Records that each query finds under its filters."""
        found: list[int] = []
        for start in range(0, len(asked), A_TRIP):
            questions = [Groups(self._selection(*one)) for one in asked[start : start + A_TRIP]]
            found += [answer.groups[0].records for answer in self.snapshot.ask(questions)]
        return found

    def _selection(self, q: str, filters: tuple[Filter, ...]) -> Selection:
        clauses = with_cases(self.snapshot, parse(q, self.language).clauses).clauses
        return Selection(resolve(clauses, self.language.holders), filters)


@pytest.fixture(scope="module")
def workshop(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workshop]:
    var = tmp_path_factory.mktemp("real")
    made = Workshop(Catalogue(f"sqlite:///{var / 'c.sqlite'}"), Storage(var), embedded(var / "index"))
    found = folder.read([REAL / name for name in FILES], {}, Facts())
    added = list(add(made.catalogue, made.storage, Areas.load(), found))
    assert [one.records for one in added] == [records for _, records in FILES.values()]
    yield made
    made.catalogue.close()


@pytest.fixture(scope="module")
def both(workshop: Workshop, clean_opensearch: Callable[[], Engine]) -> dict[str, Published]:
    found = {}
    for name, engine in (("embedded", workshop.engine), ("opensearch", clean_opensearch())):
        shop = Workshop(workshop.catalogue, workshop.storage, engine)
        run_next(shop, None, runs.enqueue(workshop.catalogue, "test", all_of_them=True))
        live = engine.live()
        found[name] = Published(live, Language.of(live.datasets.values(), Synonyms.load(), 2026))
    return found


@pytest.fixture(scope="module")
def words(workshop: Workshop, both: dict[str, Published]) -> list[tuple[str, tuple[Filter, ...]]]:
    """Words as they stand in cells, each with its very record: as many of each file."""
    chance = random.Random(5)
    datasets = both["embedded"].snapshot.datasets.values()
    drawn: list[tuple[str, tuple[Filter, ...]]] = []
    for current in datasets:
        frame = workshop.storage.table(current.edition)
        texts = frame[[name for name in frame.columns if not name.startswith("#")]]
        for _ in range(-(-SAMPLED_WORDS // len(datasets))):
            at = chance.randrange(len(texts))
            parts = [part for cell in texts.iloc[at] for part in str(cell).split() if text.joined(part)]
            record = (Filter("dataset", (current.id,)), Filter("ordinal", (at,)))
            drawn.append((chance.choice(parts)[:MAX_CHARACTERS], record))
    return drawn


@pytest.mark.parametrize("engine", ["embedded", "opensearch"])
def test_known_words_find_their_dataset(both: dict[str, Published], engine: str) -> None:
    by_file = {one.source_file: key for key, one in both[engine].snapshot.datasets.items()}
    asked = [(q, (Filter("dataset", (by_file[name],)),)) for name, (q, _) in FILES.items()]
    assert 0 not in both[engine].counts(asked)


@pytest.mark.parametrize("engine", ["embedded", "opensearch"])
def test_every_word_copied_from_a_record_finds_that_record(
    both: dict[str, Published], words: list[tuple[str, tuple[Filter, ...]]], engine: str
) -> None:
    counts = both[engine].counts(words)
    assert [one for one, records in zip(words, counts, strict=True) if not records] == []


def test_both_engines_find_as_many_records_for_every_query(
    both: dict[str, Published], words: list[tuple[str, tuple[Filter, ...]]]
) -> None:
    chance = random.Random(6)
    queries = [
        " ".join(word for word, _ in chance.sample(words, chance.randint(1, 3)))[:MAX_CHARACTERS]
        for _ in range(SAMPLED_QUERIES)
    ]
    one, other = (both[name].counts([(q, ()) for q in queries]) for name in ("embedded", "opensearch"))
    assert [q for q, here, there in zip(queries, one, other, strict=True) if here != there] == []
