"""How many records other searches find: many of them, of mostly the same words, in one trip to the engine."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from search.engine import Snapshot
from search.finding.columns import with_cases
from search.language.query import Language, deciding, parse
from search.plan import Clause, Filter, Groups, Selection


@dataclass(frozen=True)
class Asking:
    """Counts searches of one build; a clause is held against the datasets once, however often it comes."""

    snapshot: Snapshot
    language: Language
    _held: dict[Clause, Clause] = field(default_factory=dict)

    def counts(self, searches: Sequence[tuple[str, tuple[Filter, ...]]]) -> list[int]:
        """Records that each query finds under its filters. Raises QueryTooLong."""
        return self.of([(parse(q, self.language).clauses, filters) for q, filters in searches])

    def of(self, searches: Sequence[tuple[Sequence[Clause], tuple[Filter, ...]]]) -> list[int]:
        """The same for clauses as they are read."""
        if not searches:
            return []
        self._hold(clause for clauses, _ in searches for clause in clauses)
        questions = [Groups(self._selection(clauses, filters)) for clauses, filters in searches]
        return [said.groups[0].records for said in self.snapshot.ask(questions)]

    def _hold(self, clauses: Iterable[Clause]) -> None:
        new = [clause for clause in dict.fromkeys(clauses) if clause not in self._held]
        cased = with_cases(self.snapshot, new).clauses
        self._held.update(
            (clause, self.language.holders.added(one)) for clause, one in zip(new, cased, strict=True)
        )

    def _selection(self, clauses: Sequence[Clause], filters: tuple[Filter, ...]) -> Selection:
        held = (self._held[clause] for clause in clauses)
        return Selection(deciding(held, len(self.snapshot.datasets)), filters)
