"""A small portal for tests of the indexer: three tables of a few rows, quick on both engines."""

from pathlib import Path

from catalogue import runs
from catalogue.store import Catalogue
from catalogue.tables import Run
from indexer.adding import Added, add
from indexer.areas import Areas
from indexer.jobs import run_next
from indexer.storage import Storage
from indexer.workshop import Workshop
from search.engine import Engine
from sources import names
from sources.contract import Facts, Fetched

PLAYGROUNDS = "이름,동,설치연도,그네수\n" + "".join(
    f"놀이터{n},길동,{2015 + n % 5},{n}\n" for n in range(1, 30)
)
TABLES = {
    "강동구_놀이터.csv": PLAYGROUNDS,
    "강동구_도서관.csv": "도서관명,동,연도,장서수\n"
    + "".join(f"도서관{n},천호1동,{2018 + n % 3},{n * 100.5}\n" for n in range(1, 21)),
    "강동구_민원.csv": "연도,동,민원건수\n"
    + "".join(f"{2010 + n // 3},{dong},{n * 7}\n" for n in range(12) for dong in ("길동", "둔촌1동")),
}
WHOLE = (("강동구-놀이터", 29), ("강동구-도서관", 20), ("강동구-민원", 24))


def small(var: Path, engine: Engine) -> Workshop:
    """The three tables in the catalogue; nothing indexed yet."""
    workshop = Workshop(Catalogue(f"sqlite:///{var / 'catalogue.sqlite'}"), Storage(var), engine)
    for file, text in TABLES.items():
        put(workshop, file, text)
    return workshop


def put(workshop: Workshop, file: str, text: str, facts: Facts | None = None) -> Added:
    """Take one file in."""
    fetched = Fetched(file, text.encode(), facts or Facts(), names.facts(file))
    (added,) = add(workshop.catalogue, workshop.storage, Areas.load(), [fetched])
    assert added.dataset, added.why
    return added


def index(workshop: Workshop, *only: str, everything: bool = False) -> Run:
    """Do one run; gives it as it stands in the catalogue, also when it fails."""
    asked = runs.enqueue(workshop.catalogue, "test", only, all_of_them=everything)
    run_next(workshop, None, asked)
    return runs.get(workshop.catalogue, asked)


def write_small(folder: Path) -> None:
    """The three tables as files."""
    folder.mkdir()
    for file, text in TABLES.items():
        (folder / file).write_text(text, encoding="utf-8")
