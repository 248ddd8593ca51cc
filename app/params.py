"""The query string to parameters: read here, checked here, and nowhere else."""

from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import quote, urlencode

from werkzeug.datastructures import MultiDict

from search.documents import Dataset
from search.plan import PAGING_LIMIT, Filter, Key
from search.schema import INTEGERS

MAX_VALUES = 50
MAX_SIZE = 100
SORTS = {"relevance": "관련도순", "newest": "최신순", "name": "이름순"}


class ParamError(ValueError):
    """A parameter that cannot be used; names it and says what would do."""

    def __init__(self, name: str, message: str) -> None:
        super().__init__(message)
        self.name = name


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


@dataclass(frozen=True)
class Params:
    """What is asked for. ``chosen`` holds the values of each facet by its name."""

    q: str
    chosen: tuple[tuple[str, tuple[str, ...]], ...]
    page: int
    size: int
    sort: str
    cursor: int | None = None

    def values(self, name: str) -> tuple[str, ...]:
        return dict(self.chosen).get(name, ())

    def filters(self, facets: Iterable[Facet]) -> tuple[Filter, ...]:
        """Filters of the engine. Raises ParamError for a year that is no number."""
        return tuple(
            Filter(facet.field, tuple(_key(facet, value) for value in values))
            for facet in facets
            if (values := self.values(facet.name))
        )

    def toggled(self, name: str, value: str) -> "Params":
        """The same with one value more or less, from the first page."""
        had = self.values(name)
        values = tuple(v for v in had if v != value) if value in had else (*had, value)
        rest = tuple(pair for pair in self.chosen if pair[0] != name)
        return self._with(chosen=(*rest, (name, values)) if values else rest, page=1)

    def cleared(self, name: str) -> "Params":
        return self._with(chosen=tuple(pair for pair in self.chosen if pair[0] != name), page=1)

    def at(self, page: int) -> "Params":
        return self._with(page=page)

    def sorted_by(self, sort: str) -> "Params":
        return self._with(sort=sort, page=1)

    def beyond(self, cursor: int) -> "Params":
        return self._with(page=1, cursor=cursor)

    def _with(
        self,
        *,
        chosen: tuple[tuple[str, tuple[str, ...]], ...] | None = None,
        page: int | None = None,
        sort: str | None = None,
        cursor: int | None = None,
    ) -> "Params":
        return Params(
            self.q,
            self.chosen if chosen is None else chosen,
            self.page if page is None else page,
            self.size,
            self.sort if sort is None else sort,
            cursor,
        )

    def url(self, path: str, default: "Params") -> str:
        """The address of this state: what equals ``default`` is left out, so equal states are equal addresses."""
        pairs = [("q", self.q)] if self.q else []
        pairs += [(name, value) for name, values in sorted(self.chosen) for value in values]
        for name in ("sort", "size", "page"):
            if getattr(self, name) != getattr(default, name):
                pairs.append((name, str(getattr(self, name))))
        if self.cursor is not None:
            pairs.append(("cursor", str(self.cursor)))
        return quote(path) + ("?" + urlencode(pairs) if pairs else "")


def read(
    args: MultiDict[str, str], facets: Iterable[Facet], *, size: int, known: Iterable[str] = ()
) -> Params:
    """Parameters of a request. Raises ParamError; ``known`` names parameters others read."""
    facets = tuple(facets)
    allowed = {"q", "page", "size", "sort", "cursor", *known, *(facet.name for facet in facets)}
    if strange := sorted(set(args) - allowed):
        raise ParamError(
            strange[0],
            f"‘{strange[0]}’은(는) 쓸 수 없는 항목입니다. 쓸 수 있는 항목: {', '.join(sorted(allowed))}",
        )
    q = " ".join("".join(char if char.isprintable() else " " for char in args.get("q", "")).split())
    chosen = tuple((facet.name, values) for facet in facets if (values := _values(args, facet.name)))
    sort = args.get("sort") or ("relevance" if q else "newest")
    if sort not in SORTS:
        raise ParamError("sort", f"sort는 {', '.join(SORTS)} 가운데 하나여야 합니다.")
    cursor = _number(args, "cursor", -1, 0, 10**12)
    params = Params(
        q,
        chosen,
        page=_number(args, "page", 1, 1, 10**9),
        size=_number(args, "size", size, 1, MAX_SIZE),
        sort=sort,
        cursor=None if cursor < 0 else cursor,
    )
    params.filters(facets)
    if params.page * params.size > PAGING_LIMIT:
        last = PAGING_LIMIT // params.size
        raise ParamError(
            "page",
            f"쪽 번호로는 {PAGING_LIMIT:,}건까지 볼 수 있습니다({last:,}쪽까지). 조건을 더 좁혀 주세요.",
        )
    return params


def _values(args: MultiDict[str, str], name: str) -> tuple[str, ...]:
    values = tuple(dict.fromkeys(value for value in args.getlist(name) if value))
    if len(values) > MAX_VALUES:
        raise ParamError(name, f"{name}은(는) {MAX_VALUES}개까지 고를 수 있습니다.")
    return values


def _number(args: MultiDict[str, str], name: str, default: int, least: int, most: int) -> int:
    text = args.get(name)
    if text is None or text == "":
        return default
    if not (text.isascii() and text.isdigit() and len(text) < 15 and least <= int(text) <= most):
        raise ParamError(name, f"{name}은(는) {least}부터 {most:,}까지의 숫자여야 합니다.")
    return int(text)


def _key(facet: Facet, value: str) -> Key:
    if facet.field not in INTEGERS:
        return value
    if not (value.isascii() and value.isdigit() and len(value) == 4):
        raise ParamError(facet.name, f"{facet.label}는 2020처럼 네 자리 숫자여야 합니다.")
    return int(value)


def dataset_facets(dataset: Dataset) -> tuple[Facet, ...]:
    """Facets within one dataset: year, region and its own dimensions, by column name."""
    taken = {"q", "page", "size", "sort", "cursor", "measure", "by", "year", "region"}
    own = tuple(
        Facet(column.name, str(column.slot), column.name)
        for column in dataset.columns
        if column.slot and not column.is_number and column.name not in taken
    )
    return (Facet("year", "year", "연도"), Facet("region", "region", "지역"), *own)
