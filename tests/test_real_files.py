"""Real published files, read in place: in, indexed, found by their own words on both engines."""

import random
from pathlib import Path

import pytest

from catalogue import runs
from catalogue.store import Catalogue
from indexer.adding import add
from indexer.areas import Areas
from indexer.jobs import Workshop, run_next
from indexer.storage import Storage
from search import text
from search.engine import Engine, Snapshot
from search.plan import Filter, Groups, Selection
from search.query import Synonyms, parse, resolve
from sources import folder
from sources.contract import Facts

REAL = Path(__file__).parents[2] / "shared" / "data" / "real"
FILES = {
    "서울시_역사마스터_정보.csv": ("동탄", 783),
    "서울특별시_동작구_횡단보도_20260306.csv": ("보라매로 횡단보도", 1_057),
    "서울시 무더위쉼터.csv": ("무학경로당", 4_135),
    "subway_fee.csv": ("종로3가", 613),
    "kosis-airline-company.csv": ("아시아나항공 도착 2005", 3_696),
    "전국도시공원정보표준데이터.csv": ("백현체육공원 구미시", 16_969),
}
SAMPLED_WORDS = 300

pytestmark = pytest.mark.skipif(
    not REAL.is_dir(), reason="the folder of real files is not beside the project"
)


def count(snapshot: Snapshot, q: str, dataset: str) -> int:
    selection = Selection(
        resolve(parse(q, Synonyms.load()), snapshot.datasets), (Filter("dataset", (dataset,)),)
    )
    (answer,) = snapshot.ask([Groups(selection)])
    return answer.groups[0].records


def test_real_files_are_found_by_their_own_words(tmp_path: Path, engine: Engine) -> None:
    workshop = Workshop(Catalogue(f"sqlite:///{tmp_path / 'c.sqlite'}"), Storage(tmp_path), engine)
    found = folder.read([REAL / name for name in FILES], {}, Facts())
    added = list(add(workshop.catalogue, workshop.storage, Areas.load(), found))
    assert [one.records for one in added] == [records for _, records in FILES.values()]
    run_next(workshop, None, runs.enqueue(workshop.catalogue, "test"))
    live = engine.live()
    for one, (q, _) in zip(added, FILES.values(), strict=True):
        assert one.dataset is not None
        assert count(live, q, one.dataset) > 0, q
    chance = random.Random(5)
    for current in live.datasets.values():
        frame = workshop.storage.table(current.edition)
        texts = [name for name in frame.columns if not name.startswith("#")]
        for _ in range(SAMPLED_WORDS // len(FILES)):
            cells = [
                str(cell) for cell in frame[texts].iloc[chance.randrange(len(frame))] if str(cell).strip()
            ]
            parts = [part for cell in cells for part in cell.split() if text.joined(part)]
            part = chance.choice(parts)
            assert count(live, part, current.id) > 0, (current.title, part)
    workshop.catalogue.close()
