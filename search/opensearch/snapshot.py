"""A build held still for reading."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from opensearchpy import OpenSearch

from search.documents import Dataset
from search.engine import Build, TooManyGroups
from search.gathering import Gathered, gathered
from search.manifest import Manifest
from search.opensearch import bodies
from search.opensearch.client import our_errors
from search.plan import Answer, Question, Ranked

ROUND_TRIP_SECONDS = 2
Body = dict[str, Any]


@dataclass(frozen=True)
class OpenSearchSnapshot:
    """A build, read by its versions: what is written beside them stays unseen."""

    _manifest: Manifest
    _client: OpenSearch
    _seconds: int  # for each question

    @property
    def build(self) -> Build:
        return self._manifest.build

    @property
    def datasets(self) -> Mapping[str, Dataset]:
        return self._manifest.datasets

    @property
    def versions(self) -> Mapping[str, str]:
        return self._manifest.versions

    def ask(self, questions: Sequence[Question]) -> list[Answer]:
        if not questions:
            return []
        parts = gathered(questions)
        found: dict[Question, Answer] = {}
        for part, said in zip(parts, self._search(parts), strict=True):
            try:
                found |= bodies.answers(part, said, self.datasets)
            except TooManyGroups:
                if not isinstance(part, Gathered) or len(part.questions) == 1:
                    raise
                apart = part.apart()
                for one, alone in zip(apart, self._search(apart), strict=True):
                    found |= bodies.answers(one, alone, self.datasets)
        return [found[question] for question in questions]

    def _search(self, parts: Sequence[Gathered | Ranked]) -> list[Body]:
        """All parts in one trip."""
        lines: list[Body] = []
        for part in parts:
            lines += [{"index": self._manifest.index}, bodies.request(part, self._manifest, self._seconds)]
        with our_errors():
            said = self._client.msearch(body=lines, params={"timeout": self._seconds + ROUND_TRIP_SECONDS})
        found: list[Body] = said["responses"]
        return found
