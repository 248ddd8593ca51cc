"""What addresses may hold: facets, orders, and one form for each kind of page."""

from dataclasses import dataclass

from search.documents import Dataset

SORTS = {"relevance": "관련도순", "newest": "최신순", "name": "이름순"}
_RESERVED = frozenset({"q", "page", "size", "sort", "cursor", "measure", "by", "raw", "year", "region"})
"""Names with a meaning of their own; a column of that name cannot be a facet."""


@dataclass(frozen=True)
class Facet:
    """A facet is one line: its name in addresses and the API, its field, its label."""

    name: str
    field: str
    label: str


FACETS = (
    Facet("area", "area", "분야"),
    Facet("year", "year", "연도"),
    Facet("provider", "provider", "제공기관"),
    Facet("region", "region", "지역"),
)
DATASET = Facet("dataset", "dataset", "데이터셋")
COLUMN = Facet("column", "dataset", "항목")
"""By the name of a column: datasets that have one of that name."""
CHOSEN_ONLY = (DATASET, COLUMN)
"""Facets that are chosen by links and taken back, but not offered as lists."""


@dataclass(frozen=True)
class Form:
    """What an address may hold: facets, words, an order, a cursor, and names that others read."""

    facets: tuple[Facet, ...]
    size: int
    words: bool = True
    paged: bool = True
    sorts: tuple[str, ...] = ()
    cursor: bool = False
    others: tuple[str, ...] = ()

    @property
    def names(self) -> frozenset[str]:
        offered = {
            "q": self.words,
            "page": self.paged,
            "size": self.paged,
            "sort": bool(self.sorts),
            "cursor": self.cursor,
        }
        own = {name for name, there in offered.items() if there}
        return frozenset({*own, *self.others, *(facet.name for facet in self.facets)})


def search_form(size: int) -> Form:
    return Form((*FACETS, *CHOSEN_ONLY), size, sorts=tuple(SORTS))


def list_form(size: int) -> Form:
    """Datasets are listed without words: words are searched."""
    facets = tuple(facet for facet in FACETS if facet.name != "region")
    return Form(facets, size, words=False, sorts=("newest", "name"))


def records_form(dataset: Dataset, size: int, *others: str) -> Form:
    return Form(dataset_facets(dataset), size, cursor=True, others=others)


def totals_form(dataset: Dataset) -> Form:
    return Form(dataset_facets(dataset), 1, paged=False, others=("measure", "by"))


def forecast_form(dataset: Dataset) -> Form:
    return Form(dataset_facets(dataset), 1, paged=False, others=("measure",))


def dataset_facets(dataset: Dataset) -> tuple[Facet, ...]:
    """Facets within one dataset: year, region and its own dimensions, by column name."""
    own = tuple(
        Facet(column.name, str(column.slot), column.name)
        for column in dataset.columns
        if column.slot and not column.is_number and column.name not in _RESERVED
    )
    return (Facet("year", "year", "연도"), Facet("region", "region", "지역"), *own)
