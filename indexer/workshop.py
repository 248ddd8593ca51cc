"""What a job works with: catalogue, storage, engine, and the language of the search as staff have it."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import datetime
from importlib.metadata import version

from catalogue import judged, language
from catalogue.datasets import Current
from catalogue.store import Catalogue
from catalogue.versions import versions
from indexer.flatten import Flat, flatten
from indexer.regions import legal_dong
from indexer.relevance import JudgedBefore, Jury
from indexer.storage import Storage
from indexer.supply import Supply
from indexer.tables import table_of
from search.dictionary import Dictionary, Entry, defaults, edited
from search.documents import Dataset
from search.engine import Engine, Snapshot
from search.finding.relevance import Judged
from search.language import synonyms
from search.language.query import Language
from search.language.successive import Successive
from search.language.synonyms import Group
from settings import SEOUL


@dataclass(frozen=True)
class Workshop:
    """What a job works with. ``any_relevance``: a build may be worse to search than the published one."""

    catalogue: Catalogue
    storage: Storage
    engine: Engine
    legal_dong: dict[str, tuple[str, ...]] = field(default_factory=legal_dong)
    any_relevance: bool = False
    supply: Supply = field(default_factory=Supply)
    languages: Successive = field(default_factory=Successive)

    def flat(self, current: Current) -> Flat:
        return flatten(*table_of(self.catalogue, self.storage, current), self.legal_dong)

    def groups(self) -> tuple[Group, ...]:
        """The groups of synonyms as staff have them now."""
        return synonyms.current(language.edits(self.catalogue, "synonyms"))

    def words(self) -> tuple[Entry, ...]:
        """The words of the dictionary as staff have them now."""
        return edited(defaults(), language.edits(self.catalogue, "word"))

    def language_of(self, build: Snapshot) -> Language:
        """What a build is searched with today."""
        return self._reader()(build.datasets.values())

    def _reader(self) -> Callable[[Iterable[Dataset]], Language]:
        """The same for the datasets of several builds: the synonyms are read once."""
        known, year = synonyms.known(language.edits(self.catalogue, "synonyms")), datetime.now(SEOUL).year
        return lambda datasets: self.languages.of(datasets, known, year)

    def jury(self) -> Jury | None:
        """Who judges the next build; None where this was waived."""
        if self.any_relevance:
            return None
        queries = [Judged(*one) for one in judged.queries(self.catalogue)]
        return Jury(queries, self._reader(), JudgedBefore(self.catalogue, self._asked_with()))

    def _asked_with(self) -> str:
        """Another text where the same build may answer otherwise: another portal, other synonyms, another year."""
        return f"{version('gbp')} {versions(self.catalogue).language} {datetime.now(SEOUL).year}"

    def dictionary(self) -> Dictionary:
        """What the next build is read with."""
        return Dictionary.of(self.words())
