"""Answers of the live build, kept for who asks the same: front pages, facets of common words, charts beside their page."""

import threading
from collections import OrderedDict
from collections.abc import Mapping, Sequence

from search.around import Around
from search.dictionary import NO_WORDS, Dictionary
from search.documents import Dataset
from search.engine import Build, Engine, Snapshot, Stage
from search.plan import Answer, Question

MOST_KEPT = 200_000
"""Groups in all, some 60 MB; a hit with its record weighs as much as HIT_GROUPS of them."""

HIT_GROUPS = 10
MOST_OF_ONE = 0.05
"""Of all that is kept: a page of an export is read once, and would drive out what many ask for."""


class _Kept:
    """Answers of one build, the longest unused forgotten first. Threads may share it."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._lock = threading.Lock()
        self._answers: OrderedDict[Question, Answer] = OrderedDict()
        self._size = 0

    def known(self, questions: Sequence[Question]) -> dict[Question, Answer]:
        with self._lock:
            found = {one: self._answers[one] for one in questions if one in self._answers}
            for one in found:
                self._answers.move_to_end(one)
        return found

    def keep(self, answers: Mapping[Question, Answer]) -> None:
        """Whole answers of no great size: one that the clock cut short may be whole the next time."""
        with self._lock:
            for question, answer in answers.items():
                size = _size(answer)
                if answer.late or question in self._answers or size > MOST_OF_ONE * self._most:
                    continue
                self._answers[question] = answer
                self._size += size
            while self._size > self._most:
                _, gone = self._answers.popitem(last=False)
                self._size -= _size(gone)


def _size(answer: Answer) -> int:
    return 1 + len(answer.groups) + len(answer.best) + HIT_GROUPS * len(answer.hits)


class RememberingSnapshot(Around):
    """A build whose answers are kept; implements ``search.engine.Snapshot``."""

    def __init__(self, asked: Snapshot, most: int = MOST_KEPT) -> None:
        super().__init__(asked)
        self._kept = _Kept(most)

    def ask(self, questions: Sequence[Question]) -> list[Answer]:
        known = self._kept.known(questions)
        new = [question for question in dict.fromkeys(questions) if question not in known]
        if new:
            made = dict(zip(new, self.asked.ask(new), strict=True))
            self._kept.keep(made)
            known |= made
        return [known[question] for question in questions]


class RememberingEngine:
    """An engine for readers: what one has been told, the next is told without asking again.

    A build never changes, so what is kept of it stays true; of an older build nothing is kept.
    Implements ``search.engine.Engine``.
    """

    def __init__(self, engine: Engine, most: int = MOST_KEPT) -> None:
        self._engine = engine
        self._most = most
        self._lock = threading.Lock()
        self._live: RememberingSnapshot | None = None

    @property
    def name(self) -> str:
        return self._engine.name

    def live(self) -> RememberingSnapshot:
        found = self._engine.live()
        with self._lock:
            if self._live is None or self._live.build.id != found.build.id:
                self._live = RememberingSnapshot(found, self._most)
            return self._live

    def stage(self, build: str, *, fresh: bool = False, dictionary: Dictionary = NO_WORDS) -> Stage:
        return self._engine.stage(build, fresh=fresh, dictionary=dictionary)

    def builds(self) -> tuple[Build, ...]:
        return self._engine.builds()

    def before(self) -> Mapping[str, Dataset]:
        return self._engine.before()

    def rollback(self) -> Build:
        return self._engine.rollback()

    def sweep(self) -> tuple[str, ...]:
        return self._engine.sweep()
