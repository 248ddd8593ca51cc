"""The judged queries of the bundled sample (``queries.tsv``), scored by ``search.finding.relevance``."""

from pathlib import Path

from search.engine import Snapshot
from search.finding.relevance import Judged, Result, asked, read
from search.language.query import Language
from search.language.synonyms import Synonyms

QUERIES = Path(__file__).with_name("queries.tsv")
THIS_YEAR = 2026


def judged() -> tuple[Judged, ...]:
    with QUERIES.open(encoding="utf-8", newline="") as lines:
        return read(lines)


def answers(snapshot: Snapshot) -> list[Result]:
    """What a build answers to every judged query."""
    language = Language.of(snapshot.datasets.values(), Synonyms.load(), THIS_YEAR)
    return asked(snapshot, judged(), language)
