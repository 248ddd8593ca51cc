"""The contract both engines keep: read one published build, publish the next in one step."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from search.batch import Batch
from search.dictionary import NO_WORDS, Dictionary
from search.documents import Dataset
from search.plan import Answer, Question


class EngineError(Exception):
    """The engine cannot do what was asked; the message says why and what to do."""


class EngineDown(EngineError):
    """The engine does not answer."""


class NothingPublished(EngineError):
    """There is no build to read."""


class FieldsChanged(NothingPublished):
    """The published index has other fields than the code writes: only a fresh build can follow it."""


class Damaged(NothingPublished):
    """A build of which not everything is there: only a fresh build can follow it."""


class TooManyGroups(EngineError):
    """More groups than an engine counts in one answer (65,000): ask for fewer fields or choose first."""


class Busy(EngineError):
    """Another process is building."""


@dataclass(frozen=True)
class Build:
    """One published state of the index. ``published_at`` is ISO 8601 with offset."""

    id: str
    published_at: str


class Snapshot(Protocol):
    """One build, held still: whatever is published meanwhile, it answers from the same state.

    It does so while it is the live build or the one before: what is older may be swept away.
    """

    @property
    def build(self) -> Build: ...

    @property
    def datasets(self) -> Mapping[str, Dataset]:
        """Every dataset of the build by id."""

    @property
    def versions(self) -> Mapping[str, str]:
        """By dataset a text, another one whenever its records were written anew: what was made of them is old then."""

    def ask(self, questions: Sequence[Question]) -> list[Answer]:
        """Answer all questions in one go. Raises EngineDown, TooManyGroups, FieldsChanged."""


class Stage(Protocol):
    """The next build while it is made: no reader sees anything of it before ``publish``."""

    @property
    def datasets(self) -> Mapping[str, Dataset]:
        """Those of the next build as far as it is made."""

    def put(self, dataset: Dataset, batches: Iterable[Batch]) -> int:
        """Put a dataset in the place of its old state; gives the number of its records.

        Rows of the batches have the dataset's columns, in their order: no record repeats what they are called.
        They may still be on their way when it returns: what went wrong with them is raised later, by ``seal`` at last.
        """

    def drop(self, dataset: str) -> None: ...

    def seal(self) -> Snapshot:
        """Write everything out and open the staged build for the gate to read."""

    def publish(self) -> Build:
        """Make the staged build the one that readers see, in one atomic step.

        Raises Busy where another build was published since the stage began.
        """

    def abandon(self) -> None:
        """Take the staged build away; the published one was never touched.

        What cannot be taken away now the next sweep takes. A build already published stays.
        """


class Engine(Protocol):
    """Implemented by ``search.embedded`` and ``search.opensearch``."""

    @property
    def name(self) -> str:
        """For people: the product and its version."""

    def live(self) -> Snapshot:
        """The published build. Raises NothingPublished (FieldsChanged, Damaged among it), EngineDown."""

    def stage(self, build: str, *, fresh: bool = False, dictionary: Dictionary = NO_WORDS) -> Stage:
        """Begin the next build on top of the published one, or ``fresh`` from nothing, read with the dictionary.

        Raises Busy; FieldsChanged, Damaged where nothing can be put on top: then only a fresh one will do.
        """

    def builds(self) -> tuple[Build, ...]:
        """Builds that can be published again, newest first; the live one among them."""

    def before(self) -> Mapping[str, Dataset]:
        """Datasets of the build before the live one by id. Raises NothingPublished if there is none, FieldsChanged."""

    def rollback(self) -> Build:
        """Publish the build before the live one again. Raises NothingPublished if there is none, FieldsChanged."""

    def sweep(self) -> tuple[str, ...]:
        """Take away what neither the live build nor the one before it needs; gives its names."""


Clock = Callable[[], str]
