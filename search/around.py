"""A build read through something that notes or keeps what its engine answers."""

from collections.abc import Mapping

from search.documents import Dataset
from search.engine import Build, Snapshot


class Around:
    """The part of ``search.engine.Snapshot`` that is the same whatever stands around a build; ``ask`` is not."""

    def __init__(self, asked: Snapshot) -> None:
        self.asked = asked

    @property
    def build(self) -> Build:
        return self.asked.build

    @property
    def datasets(self) -> Mapping[str, Dataset]:
        return self.asked.datasets

    @property
    def versions(self) -> Mapping[str, str]:
        return self.asked.versions
