"""Questions about the same records are answered in one pass over them: pure, before either engine is asked."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from search import aggregations
from search.plan import Answer, Counting, Question, Ranked, Selection

Body = dict[str, Any]


@dataclass(frozen=True)
class Gathered:
    """What is counted of one selection, each question once."""

    selection: Selection
    questions: tuple[Counting, ...]

    def body(self) -> Body:
        """The aggregations of all questions, each under names of its own."""
        return {
            f"{at}_{name}": inner
            for at, question in enumerate(self.questions)
            for name, inner in aggregations.body(question).items()
        }

    @property
    def counts_all(self) -> bool:
        """Whether the number of all records of the selection is among what is asked for."""
        return any(map(aggregations.counts_all, self.questions))

    def answers(self, found: Mapping[str, Any], total: int, *, late: bool) -> dict[Question, Answer]:
        """Each question's own answer. ``late``: not all records were looked at."""
        return {
            question: aggregations.answer(question, _own(found, at), total, late=late)
            for at, question in enumerate(self.questions)
        }

    def apart(self) -> list["Gathered"]:
        """The same, one question at a time."""
        return [Gathered(self.selection, (question,)) for question in self.questions]


def _own(found: Mapping[str, Any], at: int) -> Body:
    sign = f"{at}_"
    return {name.removeprefix(sign): inner for name, inner in found.items() if name.startswith(sign)}


def gathered(questions: Sequence[Question]) -> list[Gathered | Ranked]:
    """What an engine is asked for these questions, in the order in which they first come."""
    counted: dict[Selection, dict[Counting, None]] = {}
    parts: dict[Selection | Ranked, None] = {}
    for question in questions:
        if isinstance(question, Ranked):
            parts[question] = None
        else:
            counted.setdefault(question.selection, {})[question] = None
            parts[question.selection] = None
    return [one if isinstance(one, Ranked) else Gathered(one, tuple(counted[one])) for one in parts]
