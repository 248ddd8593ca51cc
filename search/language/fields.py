"""Fields one may name in a query (필드:값): facets, the title, and columns of datasets by their names."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from search import text
from search.documents import Dataset
from search.language.syntax import Part
from search.plan import Clause, ColumnValue, Filter, Word

_NAMES = {
    **dict.fromkeys(("분야", "area"), "area"),
    **dict.fromkeys(("연도", "년도", "year"), "year"),
    **dict.fromkeys(("제공기관", "기관", "provider"), "provider"),
    **dict.fromkeys(("지역", "region"), "region"),
    **dict.fromkeys(("제목", "데이터셋", "title", "dataset"), "title"),
}


@dataclass(frozen=True)
class Fields:
    """Of a build: values of the facets, and by column name where its values stand (dataset, slot).

    ``names`` holds for year, area, provider and column the values by the normalised word people type
    for them: of areas the leaf or the whole branch.
    """

    values: Mapping[str, tuple[str, ...]]
    names: Mapping[str, Mapping[str, tuple[str, ...]]]
    titles: Mapping[str, str]
    columns: Mapping[str, tuple[tuple[str, str], ...]]

    @classmethod
    def of(cls, datasets: Iterable[Dataset]) -> "Fields":
        datasets = tuple(datasets)
        columns: dict[str, list[tuple[str, str]]] = {}
        for one in datasets:
            for column in one.columns:
                if column.slot and not column.is_number:
                    columns.setdefault(text.joined(column.name), []).append((one.id, column.slot))
        return cls(
            {
                "area": _different(one.area for one in datasets),
                "provider": _different(one.provider for one in datasets),
                "region": _different(region for one in datasets for region in one.regions),
            },
            {
                "year": _named((str(year), str(year)) for one in datasets for year in one.years),
                "area": _named((part, one.area) for one in datasets for part in one.area.split(" > ")),
                "provider": _named((one.provider, one.provider) for one in datasets),
                "column": _named((column.name, column.name) for one in datasets for column in one.columns),
            },
            {one.id: one.title for one in datasets},
            {name: tuple(places) for name, places in columns.items()},
        )

    def holds(self, name: str) -> bool:
        """Whether a normalised word names a field."""
        return name in _NAMES or name in self.columns

    def clause(self, part: Part, years: tuple[int, ...]) -> Clause | None:
        """The condition of a part with a field, without variants; None where the field has no such value.

        ``years`` are those that the part's text means.
        """
        name, word = text.joined(part.field), text.joined(part.text)
        wanted = Word(word, text.is_across(part.text))
        match _NAMES.get(name):
            case "year":
                return Clause(word, (), cases=((Filter("year", years),),)) if years else None
            case "title":
                titled = tuple(key for key, title in self.titles.items() if _fits(title, wanted, part))
                return Clause(word, (), datasets=titled) if titled else None
            case None:
                places = self.columns[name]
                asked = tuple(ColumnValue(dataset, slot, wanted, part.exact) for dataset, slot in places)
                return Clause(word, (), columns=asked)
            case field:
                found = tuple(value for value in self.values[field] if _fits(value, wanted, part))
                return Clause(word, (), cases=((Filter(field, found),),)) if found else None


def fitting(asked: ColumnValue, values: Iterable[str]) -> tuple[str, ...]:
    """The values of a column that hold the word."""
    part = Part(asked.word.text, asked.whole)
    return tuple(value for value in values if _fits(value, asked.word, part))


def _fits(value: str, word: Word, part: Part) -> bool:
    """Quoted, a value is meant as a whole."""
    if part.exact:
        return text.joined(value) == word.text
    return text.holds(value, word.text, across=True)


def _different(values: Iterable[str]) -> tuple[str, ...]:
    return tuple(sorted({value for value in values if value}))


def _named(pairs: Iterable[tuple[str, str]]) -> dict[str, tuple[str, ...]]:
    found: dict[str, dict[str, None]] = {}
    for name, value in pairs:
        found.setdefault(text.joined(name), {})[value] = None
    return {name: tuple(values) for name, values in found.items()}
