"""Suggestions as one types: datasets, areas, places, providers, columns and frequent words, by strokes.

Strokes make half a syllable a beginning (공중화ㅈ), initial consonants and the other keyboard come next,
slips of the fingers last. Everything is looked up in memory; only what completes several words is asked
of the engine, for it may find nothing.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import islice

from search import text
from search.documents import Dataset
from search.engine import Snapshot
from search.finding.asking import Asking
from search.language import hangul
from search.language.query import Language, fits
from search.language.repair import repairs
from search.language.vocabulary import Vocabulary

MOST = 10
_MOST_WORDS = 4
MOST_LED = 5
_LOOKED_AT = 500
_KINDS = ("dataset", "area", "region", "provider", "column")


@dataclass(frozen=True)
class Suggestion:
    """``kind``: dataset, area, region, provider, column or word; ``key`` is the dataset's id or the facet's value."""

    text: str
    kind: str
    key: str


@dataclass(frozen=True)
class _Entry:
    suggestion: Suggestion
    strokes: str
    initials: str


@dataclass(frozen=True)
class Suggester:
    """What can be suggested of one build."""

    named: tuple[_Entry, ...]
    vocabulary: Vocabulary

    @classmethod
    def of(cls, datasets: Iterable[Dataset], vocabulary: Vocabulary) -> "Suggester":
        found = dict.fromkeys(one for dataset in datasets for one in _names(dataset))
        return cls(tuple(map(_entry, found)), vocabulary)

    def warm(self) -> None:
        """Make what is made when somebody first types, so that no reader waits for it."""
        self.vocabulary.warm(typing=True)

    def suggest(self, q: str) -> tuple[Suggestion, ...]:
        """At most MOST, the likeliest first; none for nothing."""
        typed = text.joined(q)
        if not typed:
            return ()
        found = self._for(typed) or self._going_on(q) or self._for_meant("".join(q.split()))
        return tuple(islice(found, MOST))

    def _going_on(self, q: str) -> list[Suggestion]:
        """Of several words the last is completed, the others stay: 천호동 화장 → 천호동 화장실."""
        before, _, last = q.strip().rpartition(" ")
        if not before or q != q.rstrip():
            return []
        found = dict.fromkeys(f"{before} {one.text}" for one in self._for(text.joined(last)))
        return [self._word(words) for words in found if words != q]

    def _for(self, typed: str) -> list[Suggestion]:
        strokes = hangul.strokes(typed)
        found = _ranked(self.named, lambda one: one.strokes.find(strokes))
        if not found and hangul.is_initials(typed):
            found = _ranked(self.named, lambda one: one.initials.find(typed))
            return [*found, *map(self._word, self.vocabulary.starting(typed, _MOST_WORDS))]
        known = {text.joined(one.text) for one in found}
        begun = self.vocabulary.beginning(strokes, _LOOKED_AT)
        words = [word for word in begun if word not in known]
        return [*found[: MOST - min(len(words), _MOST_WORDS)], *map(self._word, words[:_MOST_WORDS])]

    def _for_meant(self, typed: str) -> list[Suggestion]:
        """What was meant; ``typed`` keeps its capitals, for Shift doubles a consonant."""
        for meant in (
            hangul.in_korean(typed),
            hangul.in_latin(typed) if hangul.has_loose_jamo(typed) else None,
        ):
            if meant and (found := self._for(text.joined(meant))):
                return found
        return [self._word(one.instead) for one in repairs(text.joined(typed), self.vocabulary, typed)]

    def _word(self, word: str) -> Suggestion:
        return Suggestion(word, "word", word)


def leading_somewhere(
    snapshot: Snapshot, language: Language, found: Iterable[Suggestion]
) -> tuple[Suggestion, ...]:
    """Without searches of several words that find nothing: each word alone stands somewhere, all together may not.

    The first of them are asked of the engine; of what is left out nothing is lost, for it can be typed.
    """
    found = tuple(found)
    asked = [one for one in found if one.kind == "word" and " " in one.text and fits(one.text)]
    if not asked:
        return found
    asking = Asking(snapshot, language)
    counts = dict(zip(asked, asking.counts([(one.text, ()) for one in asked[:MOST_LED]]), strict=False))
    return tuple(one for one in found if counts.get(one, 0) or one not in asked)


def _names(dataset: Dataset) -> Iterator[Suggestion]:
    yield Suggestion(dataset.title, "dataset", dataset.id)
    yield Suggestion(dataset.area.rpartition(" > ")[2], "area", dataset.area)
    yield Suggestion(dataset.provider, "provider", dataset.provider)
    for region in dataset.regions:
        yield Suggestion(region, "region", region)
    for column in dataset.columns:
        yield Suggestion(column.name, "column", column.name)


def _entry(one: Suggestion) -> _Entry:
    plain = text.joined(one.text)
    return _Entry(one, hangul.strokes(plain), hangul.initials(plain))


def _ranked(entries: Iterable[_Entry], place: Callable[[_Entry], int]) -> list[Suggestion]:
    """Columns last; what begins so before what holds it further on; datasets first; short before long."""
    found = [
        (one.suggestion.kind == "column", at > 0, _KINDS.index(one.suggestion.kind), len(one.strokes), one)
        for one in entries
        if (at := place(one)) >= 0
    ]
    return [one.suggestion for *_, one in sorted(found, key=lambda found: (*found[:-1], found[-1].strokes))]
