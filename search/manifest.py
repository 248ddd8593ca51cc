"""What is written down of a build: enough to read it, to go back to it, to build on it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from search.dictionary import NO_WORDS, Dictionary
from search.documents import Dataset
from search.engine import Build, FieldsChanged
from search.schema import FIELDS_VERSION


def version(build: str, puts: int) -> str:
    """What a dataset is called as the stage of a build puts it in, the so many-th thing it puts.

    Short: hundreds of them may stand in one question to a server.
    """
    return f"{build}.{puts}"


@dataclass(frozen=True)
class Manifest:
    """A build with its datasets and the words it was read with.

    ``versions``: by dataset, another text whenever its records were written anew. ``index`` is OpenSearch's alone.
    """

    build: Build
    previous: str | None
    datasets: Mapping[str, Dataset]
    index: str = ""
    versions: Mapping[str, str] = field(default_factory=dict)
    fields_version: int = FIELDS_VERSION
    dictionary: Dictionary = NO_WORDS

    def same_words(self, dictionary: Dictionary) -> None:
        """Raises FieldsChanged where the build was read with other words: records and queries must not differ."""
        self.same_fields()
        if self.dictionary != dictionary:
            raise FieldsChanged("the words of the dictionary have changed: run gbp index --all")

    def same_fields(self) -> None:
        """Raises FieldsChanged where the build has other fields than the code writes."""
        if self.fields_version != FIELDS_VERSION:
            raise FieldsChanged("the fields of the index have changed: run gbp index --all")

    def as_json(self) -> dict[str, Any]:
        return {**self.outline(), "datasets": [dataset.as_json() for dataset in self.datasets.values()]}

    def outline(self) -> dict[str, Any]:
        """As JSON without its datasets."""
        return {
            "id": self.build.id,
            "published_at": self.build.published_at,
            "previous": self.previous,
            "index": self.index,
            "versions": dict(self.versions),
            "fields_version": self.fields_version,
            "dictionary": list(self.dictionary.rules),
        }

    @classmethod
    def from_json(cls, body: Mapping[str, Any]) -> "Manifest":
        datasets = {entry["id"]: Dataset.from_json(entry) for entry in body.get("datasets", ())}
        return cls(
            Build(body["id"], body["published_at"]),
            body["previous"],
            datasets,
            body.get("index", ""),
            # builds of before had none on the embedded engine: as if all had been written for this one
            body.get("versions") or {name: version(body["id"], at) for at, name in enumerate(datasets, 1)},
            body.get("fields_version", 0),
            Dictionary(tuple(body.get("dictionary", ()))),
        )
