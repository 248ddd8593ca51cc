"""What every reader of a build needs is made before the first one asks for it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from threading import Event

from app.find import beside
from app.portal import Readings
from catalogue.store import Catalogue
from search.documents import Dataset
from search.engine import Build
from search.plan import Answer, Question, Selection

SECONDS = 10


@dataclass
class Waited:
    """A build that tells when it was asked what the front page asks."""

    build: Build = field(default_factory=lambda: Build("1", "2026"))
    datasets: Mapping[str, Dataset] = field(default_factory=dict)
    versions: Mapping[str, str] = field(default_factory=dict)
    asked: list[Question] = field(default_factory=list)
    done: Event = field(default_factory=Event)

    def ask(self, questions: Sequence[Question]) -> list[Answer]:
        self.asked += questions
        self.done.set()
        return [Answer() for _ in questions]


def test_counts_of_everything_are_asked_for_as_soon_as_a_build_is_read(tmp_path: Path) -> None:
    catalogue, build = Catalogue(f"sqlite:///{tmp_path / 'c.sqlite'}"), Waited()
    Readings(catalogue).of(build, 2026, 0)
    assert build.done.wait(SECONDS)
    assert build.asked == list(beside(Selection()).values())
    catalogue.close()
