"""Signs of a query mean the same on both engines: phrases, what is left out, fields, either or."""

import pytest

from search.documents import Column, Dataset, Record
from search.engine import Engine, Snapshot
from search.finding.find import Asked, find
from search.language.query import Language
from search.language.synonyms import Synonyms
from tests.app.tiny import dataset, publish, record

CELLS = {
    "공중화장실": [("천호공원", "개방", 2019), ("길동공원", "공중", 2020), ("천호역", "개방", 2021), ("구분:공중", "간이", 2021)],
    "도서관": [("천호도서관", "구립", 2020), ("개방 열람실", "구립", 2021)],
}  # fmt: skip


def made(title: str) -> tuple[Dataset, list[Record]]:
    records = [
        record(title, n, {"이름": name, "구분": kind}, year=year, dimensions={"d0": name, "d1": kind}, extra=(str(year),), area=f"생활 > {title}")
        for n, (name, kind, year) in enumerate(CELLS[title])
    ]  # fmt: skip
    columns = [Column("이름", "label", slot="d0"), Column("구분", "category", slot="d1")]
    return dataset(title, columns, records, title=title, area=f"생활 > {title}"), records


@pytest.fixture
def snapshot(engine: Engine) -> Snapshot:
    return publish(engine, *map(made, CELLS))


@pytest.mark.parametrize(
    ("q", "names"),
    [
        ("천호 OR 길동", {"천호공원", "길동공원", "천호역", "천호도서관"}),
        ("천호 -도서관", {"천호공원", "천호역"}),
        ("공중화장실 -개방", {"길동공원", "구분:공중"}),
        ("공중화장실 -구분:개방", {"길동공원", "구분:공중"}),
        ("구분:개방", {"천호공원", "천호역"}),
        ("천호 -2019", {"천호역", "천호도서관"}),
        ("천호 -2019년", {"천호역", "천호도서관"}),
        ("천호 -2019~2020", {"천호역"}),
        ("구분:공중", {"길동공원", "구분:공중"}),
        ('구분:"개"', set()),
        ("구분:없는값", set()),
        ("분야:도서관", {"천호도서관", "개방 열람실"}),
        ("제목:도서관 개방", {"개방 열람실"}),
        ("연도:2019", {"천호공원"}),
        ("2020~2021 천호", {"천호역", "천호도서관"}),
        ("연도:2020~2021 천호", {"천호역", "천호도서관"}),
        ("작년 천호", {"천호도서관"}),
        ("최근 2년 천호", {"천호역", "천호도서관"}),
        ('"개방 열람실"', {"개방 열람실"}),
        ('"열람실 개방"', set()),
        ("-천호 -도서관 개방", set()),
    ],
)
def test_signs_choose_the_same_records_on_both_engines(snapshot: Snapshot, q: str, names: set[str]) -> None:
    language = Language.of(snapshot.datasets.values(), Synonyms({}), 2021)
    found = find(snapshot, Asked(q), language)
    shown = {hit.record.row["이름"] for one in found.datasets for hit in one.hits}
    assert shown == names
    assert found.total == len(names)
