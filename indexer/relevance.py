"""The second gate: a build in which searches find their meaning worse than in the published one is refused.

Asked are the judged queries of the office and known items (titles, also without blanks and typed on the
other keyboard): of datasets that are in both builds, for a dataset that went away is no fault of ranking.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Protocol

from catalogue import judged
from catalogue.judged import Answers
from catalogue.store import Catalogue
from indexer.gate import GateClosed
from search.dividing import DividedSnapshot
from search.documents import Dataset
from search.engine import Snapshot
from search.finding.relevance import Judged, Result, asked, known_items, scores
from search.language.query import Language
from search.remembered import RememberingSnapshot

MOST_WORSE = 0.02
"""Of nDCG@10 in a class."""

KNOWN_ITEMS = 10
"""Datasets asked for by their titles, three queries each in two builds: few, for every publishing waits for them."""

AT_ONCE = 4
"""Queries: a server elsewhere is waited for most of the time."""

_EXAMPLES = 5

Read = Callable[[Iterable[Dataset]], Language]
"""What a build of the datasets is searched with."""


class Memory(Protocol):
    """What builds answered when they were judged."""

    def of(self, build: str) -> Answers:
        """By query the titles that were found; nothing of a build that was not judged, or is asked otherwise now."""
        ...

    def keep(self, build: str, answers: Answers, live: str) -> None:
        """What a build answered beside the live one. Others are not needed any more."""
        ...


@dataclass(frozen=True)
class JudgedBefore:
    """``Memory`` in the catalogue, of builds ``asked_with`` the same."""

    catalogue: Catalogue
    asked_with: str

    def of(self, build: str) -> Answers:
        return judged.answers(self.catalogue, build, self.asked_with)

    def keep(self, build: str, answers: Answers, live: str) -> None:
        judged.keep(self.catalogue, build, self.asked_with, answers, beside=live)


@dataclass(frozen=True)
class Jury:
    """The judged queries of the office, with what a build is searched, and what the live one is known to answer."""

    queries: Sequence[Judged]
    read: Read
    memory: Memory

    def language(self, datasets: Iterable[Dataset]) -> Language:
        """What a build of the datasets is searched with, with what is else made when it is first asked for."""
        language = self.read(datasets)
        language.vocabulary.warm(typing=False)
        return language

    def check(self, live: Snapshot | None, staged: Snapshot, language: Language) -> None:
        """Hold a build against the published one. The first is held against none, but it is known what it answers.

        ``language``: of the staged build. Raises GateClosed naming class, both figures and the queries that fell most.
        """
        asking = self._questions(live or staged, staged)
        # as readers will ask it: and most of what one query asks of a build another has asked before
        read = RememberingSnapshot(DividedSnapshot(staged))
        after = asked(read, asking, language, AT_ONCE)
        if live is not None:
            _hold(self._before(live, asking), after)
        answers = {one.judged.q: one.titles for one in after}
        self.memory.keep(staged.build.id, answers, (live or staged).build.id)

    def _before(self, live: Snapshot, asking: Sequence[Judged]) -> list[Result]:
        """What the live build answers: mostly it was judged itself, and what it said then is known."""
        known = self.memory.of(live.build.id)
        new = [one for one in asking if one.q not in known]
        found = (
            {one.judged.q: one.titles for one in asked(live, new, self.read(live.datasets.values()), AT_ONCE)}
            if new
            else {}
        )
        there = {**known, **found}
        return [Result(one, there[one.q], 0, 0.0) for one in asking]

    def _questions(self, live: Snapshot, staged: Snapshot) -> list[Judged]:
        """What can be answered by both builds."""
        both = {one.title for one in live.datasets.values()} & {one.title for one in staged.datasets.values()}
        known = known_items(
            (one for key, one in staged.datasets.items() if key in live.datasets and one.title in both),
            KNOWN_ITEMS,
        )
        return [one for one in (*self.queries, *known) if set(one.grades) <= both]


def _hold(before: Sequence[Result], after: Sequence[Result]) -> None:
    """Raises GateClosed where a class of queries is answered worse than before."""
    was, now = scores(before), scores(after)
    for kind, score in was.items():
        if now[kind].ndcg < score.ndcg - MOST_WORSE:
            fallen = _fallen(kind, before, after)
            raise GateClosed(
                f"relevance of {kind}: nDCG@10 {score.ndcg:.3f} in the published build, {now[kind].ndcg:.3f} "
                f"in the new one ({MOST_WORSE} less is let through); fell most: {fallen}; "
                "the published build stays: gbp index --any-relevance publishes all the same"
            )


def _fallen(kind: str, before: Iterable[Result], after: Iterable[Result]) -> str:
    pairs = [pair for pair in zip(before, after, strict=True) if pair[0].judged.kind == kind]
    pairs.sort(key=lambda pair: pair[1].ndcg - pair[0].ndcg)
    return ", ".join(
        f"‘{was.judged.q}’ {was.ndcg:.2f} → {now.ndcg:.2f}"
        for was, now in pairs[:_EXAMPLES]
        if now.ndcg < was.ndcg
    )
