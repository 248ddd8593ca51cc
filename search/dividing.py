"""Questions that count are divided: datasets that are found whole are counted by build, the rest is asked of the engine.

A word that stands in a dataset's own texts finds all its records (docs/decisions/0005): how many they are by area, year
or place is the same whatever else is searched for. Pure but for ``DividedSnapshot``.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from search import aggregations
from search.around import Around
from search.documents import Dataset
from search.engine import Snapshot
from search.plan import Answer, Group, Groups, Key, Question, Selection
from search.ways import OF_DATASETS, of_dataset, others, ways
from search.wholes import Late, Wholes

COUNTED = ("year", "region", "cell_200m", "cell_2km")
"""Fields of records that are counted by build."""

REST_LIMIT = 5_000
"""Groups of the rest: more than are ever shown, since what is added up may not be cut."""


@dataclass(frozen=True)
class Parts:
    """``whole``: datasets of which every record is selected; ``rest`` selects the others' records, None: there are none."""

    whole: tuple[str, ...]
    rest: Selection | None


def parts(selection: Selection, datasets: Mapping[str, Dataset]) -> Parts:
    """A selection, divided."""
    found = ways(selection, datasets)
    whole = found.whole()
    if not whole:
        return Parts((), selection)
    return Parts(whole, others(selection, whole) if len(found.ways) > 1 else None)


@dataclass(frozen=True)
class Divided:
    """A question with what is known of its answer: records by value (by dataset for what is the dataset's own).

    ``asked`` asks for the rest; None: there is none.
    """

    question: Groups
    known: Mapping[Key, int]
    asked: Groups | None

    def answer(self, said: Answer | None, datasets: Mapping[str, Dataset]) -> Answer:
        """The whole answer; ``said`` is that to what was asked."""
        found = Counter(self.known)
        for group in said.groups if said else ():
            found[_value(group)] += group.records
        late = said is not None and said.late
        if not self.question.by:
            return Answer((Group((), sum(found.values())),), partial=late, late=late)
        return aggregations.fullest(self.question, _named(found, self.question.by[0], datasets), late=late)


def _value(group: Group) -> Key:
    return group.keys[0] if group.keys else ""


def _named(found: Mapping[Key, int], name: str, datasets: Mapping[str, Dataset]) -> list[Group]:
    """Groups by the field."""
    if name in {"area", "provider"}:
        by: Counter[Key] = Counter()
        for key, records in found.items():
            by[of_dataset(datasets[str(key)], name)] += records
        del by[""]
        found = by
    return [Group((key,), records) for key, records in found.items() if records]


class DividedSnapshot(Around):
    """A build that is asked only for what is not known of it; implements ``search.engine.Snapshot``."""

    def __init__(self, asked: Snapshot, before: "DividedSnapshot | None" = None) -> None:
        """``before``: the build that was read until now; what is known of it holds for most of the next."""
        super().__init__(asked)
        self.wholes: Wholes = Wholes.after(before.wholes, asked) if before else Wholes(asked)

    def ask(self, questions: Sequence[Question]) -> list[Answer]:
        divided = dict(self._divided(questions))
        plain = [one for one in questions if one not in divided]
        found = self._asked([*plain, *(made.asked for made in divided.values() if made.asked)])
        answers: dict[Question, Answer] = {one: found[one] for one in plain}
        cut: list[Question] = []
        for one, made in divided.items():
            said = found[made.asked] if made.asked else None
            if said and said.partial and not said.late:
                cut.append(one)  # what is cut cannot be added up: it is asked for as it was
            else:
                answers[one] = made.answer(said, self.datasets)
        answers |= self._asked(cut)
        return [answers[one] for one in questions]

    def _asked(self, questions: Iterable[Question]) -> dict[Question, Answer]:
        once = list(dict.fromkeys(questions))
        return dict(zip(once, self.asked.ask(once), strict=True)) if once else {}

    def _divided(self, questions: Sequence[Question]) -> Iterator[tuple[Question, Divided]]:
        found: dict[Selection, Parts] = {}
        for one in dict.fromkeys(questions):
            if isinstance(one, Groups) and not one.numbers and _counted_by(one) is not None:
                if one.selection not in found:
                    found[one.selection] = parts(one.selection, self.datasets)
                if made := self._part(one, found[one.selection]):
                    yield one, made

    def _part(self, question: Groups, found: Parts) -> Divided | None:
        """None where nothing of the answer is known and nothing is asked for otherwise."""
        name = _counted_by(question) or ""
        try:
            counts = self.wholes.by(name) if found.whole else None
        except Late:
            counts = None
        if counts is None or not all(one in counts.of for one in found.whole):
            found, counts = Parts((), question.selection), None
        by = question.by and (name,)
        if counts is None and by == question.by:
            return None
        limit = max(question.limit, REST_LIMIT, len(self.datasets))
        asked = Groups(found.rest, by, limit=limit) if found.rest is not None else None
        return Divided(question, counts.added(found.whole) if counts else {}, asked)


def _counted_by(question: Groups) -> str | None:
    """The field by which whole datasets are counted for a question; None where they are not."""
    if not question.by:
        return "dataset"
    if len(question.by) > 1:
        return None
    (name,) = question.by
    return "dataset" if name in OF_DATASETS else name if name in COUNTED else None
