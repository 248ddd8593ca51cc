"""The query string to parameters: read here, checked here, and nowhere else."""

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import lru_cache
from urllib.parse import quote, quote_plus

from werkzeug.datastructures import MultiDict

from app.forms import Facet, Form
from search.language.query import fitted
from search.plan import PAGING_LIMIT, Filter, Key
from search.schema import INTEGERS

MAX_VALUES = 50
MAX_SIZE = 100
_MAX_DIGITS = 12

Chosen = tuple[tuple[str, tuple[str, ...]], ...]


class ParamError(ValueError):
    """A parameter that cannot be used; names it and says what would do."""

    def __init__(self, name: str, message: str) -> None:
        super().__init__(message)
        self.name = name


@dataclass(frozen=True)
class Params:
    """What is asked for. ``chosen`` holds the values of each facet by its name, in one fixed order.

    ``is_cut``: more words were typed than are asked for; ``q`` holds the first of them.
    """

    q: str
    chosen: Chosen
    page: int
    size: int
    sort: str
    cursor: int | None = None
    is_cut: bool = False

    def values(self, name: str) -> tuple[str, ...]:
        return dict(self.chosen).get(name, ())

    def filters(self, facets: Iterable[Facet]) -> tuple[Filter, ...]:
        """Filters of the engine. Raises ParamError for a year that is no number."""
        return tuple(
            Filter(facet.field, tuple(_key(facet, value) for value in values))
            for facet in facets
            if (values := self.values(facet.name))
        )

    def choosing(self, name: str, values: Iterable[str]) -> "Params":
        """The same with these values of a facet and no others, from the first page."""
        kept = {key: had for key, had in self.chosen if key != name}
        return replace(self, chosen=_fixed({**kept, name: values}), page=1, cursor=None)

    def toggled(self, name: str, value: str) -> "Params":
        """The same with one value more or less."""
        had = self.values(name)
        return self.choosing(name, set(had) ^ {value})

    def cleared(self, *names: str) -> "Params":
        kept = tuple(pair for pair in self.chosen if pair[0] not in names)
        return replace(self, chosen=kept, page=1, cursor=None)

    def asking(self, q: str) -> "Params":
        """The same for other words; an order that was not chosen follows them."""
        sort = default_sort(q) if self.sort == default_sort(self.q) else self.sort
        return replace(self, q=q, sort=_fitting(sort, q), page=1, cursor=None)

    def at(self, page: int) -> "Params":
        return replace(self, page=page, cursor=None)

    def sorted_by(self, sort: str) -> "Params":
        return replace(self, sort=sort, page=1, cursor=None)

    def beyond(self, cursor: int) -> "Params":
        return replace(self, page=1, cursor=cursor)

    def url(self, path: str, size: int) -> str:
        """The address of this state; defaults are left out, so equal states are equal addresses."""
        pairs = [("q", self.q)] if self.q else []
        pairs += [(name, value) for name, values in self.chosen for value in values]
        if self.sort != default_sort(self.q):
            pairs.append(("sort", self.sort))
        if self.size != size:
            pairs.append(("size", str(self.size)))
        if self.page > 1:
            pairs.append(("page", str(self.page)))
        if self.cursor is not None:
            pairs.append(("cursor", str(self.cursor)))
        asked = "&".join(f"{_quoted(name)}={_quoted(value)}" for name, value in pairs)
        return quote(path) + (f"?{asked}" if asked else "")


@lru_cache(maxsize=4_096)
def _quoted(value: str) -> str:
    """A page has a hundred addresses of the same words, and all pages have those of the same choices."""
    return quote_plus(value)


def default_sort(q: str) -> str:
    """Without words nothing is more relevant than anything else."""
    return "relevance" if q else "newest"


def read(args: MultiDict[str, str], form: Form, *, strict: bool = False) -> Params:
    """Parameters of a request. Raises ParamError.

    What a form does not know is passed over on pages, where links come with the marks of whoever sent
    them on; to a program (``strict``) a misspelt filter must not look like an answer. So with the words:
    a person gets an answer to the first of too many, a program is refused.
    """
    if strict and (strange := sorted(set(args) - form.names)):
        offered = ", ".join(sorted(form.names))
        raise ParamError(strange[0], f"‘{strange[0]}’ 항목은 쓸 수 없습니다. 쓸 수 있는 항목: {offered}")
    typed = _words(args, strict=strict) if form.words else ""
    q = typed if strict else fitted(typed)
    chosen = _fixed({facet.name: _values(args, facet.name) for facet in form.facets})
    cursor = _number(args, "cursor", 0, 10**_MAX_DIGITS - 1) if form.cursor else None
    params = Params(
        q,
        chosen,
        page=_number(args, "page", 1, 10**9) or 1,
        size=_number(args, "size", 1, MAX_SIZE) or form.size,
        sort=_sort(args, form, q),
        cursor=cursor,
        is_cut=q != typed,
    )
    params.filters(form.facets)
    _check_window(params, form)
    return params


def _check_window(params: Params, form: Form) -> None:
    if params.cursor is not None and params.page > 1:
        raise ParamError("cursor", "cursor와 page는 함께 쓸 수 없습니다.")
    if form.cursor and params.page * params.size > PAGING_LIMIT:
        last = PAGING_LIMIT // params.size
        raise ParamError(
            "page",
            f"page(쪽 번호)로는 {PAGING_LIMIT:,}건, {last:,}쪽까지 볼 수 있습니다. "
            "조건을 더 좁히거나 CSV로 모두 내려받아 주세요.",
        )


def _fixed(chosen: dict[str, Iterable[str]]) -> Chosen:
    """Facets and values in one order, so that one state has one address."""
    found = ((name, tuple(sorted(set(values)))) for name, values in sorted(chosen.items()))
    return tuple((name, values) for name, values in found if values)


def _words(args: MultiDict[str, str], *, strict: bool) -> str:
    """The query, blanks and line breaks made one, invisible characters taken out. Raises ParamError.

    Control characters, which no keyboard gives, are blanks to people and an error to programs.
    """
    text = args.get("q", "")
    if strict:
        _refuse_controls("q", "".join(char for char in text if not char.isspace()))
    text = "".join(" " if unicodedata.category(char) == "Cc" else char for char in text)
    return " ".join("".join(char for char in text if unicodedata.category(char) != "Cf").split())


def _values(args: MultiDict[str, str], name: str) -> tuple[str, ...]:
    values = tuple(dict.fromkeys(value for value in args.getlist(name) if value))
    if len(values) > MAX_VALUES:
        raise ParamError(name, f"{name} 값은 {MAX_VALUES}개까지 고를 수 있습니다.")
    for value in values:
        _refuse_controls(name, value)
    return values


def _refuse_controls(name: str, text: str) -> None:
    if any(unicodedata.category(char) == "Cc" and char not in "\t\r\n" for char in text):
        raise ParamError(name, f"{name} 값에 보이지 않는 제어 문자가 있습니다. 지우고 다시 보내 주세요.")


def _sort(args: MultiDict[str, str], form: Form, q: str) -> str:
    sort = (args.get("sort") if form.sorts else "") or default_sort(q)
    if form.sorts and sort not in form.sorts and sort != default_sort(q):
        raise ParamError("sort", f"sort 값은 {', '.join(form.sorts)} 가운데 하나여야 합니다.")
    return _fitting(sort, q)


def _fitting(sort: str, q: str) -> str:
    return default_sort(q) if sort == "relevance" else sort


def _number(args: MultiDict[str, str], name: str, least: int, most: int) -> int | None:
    text = args.get(name)
    if not text:
        return None
    if not (text.isascii() and text.isdigit() and len(text) <= _MAX_DIGITS and least <= int(text) <= most):
        raise ParamError(name, f"{name} 값은 {least}부터 {most:,}까지의 숫자여야 합니다.")
    return int(text)


def _key(facet: Facet, value: str) -> Key:
    if facet.field not in INTEGERS:
        return value
    if not (value.isascii() and value.isdigit() and len(value) == 4):
        raise ParamError(facet.name, f"{facet.name}({facet.label}) 값은 2020처럼 네 자리 숫자여야 합니다.")
    return int(value)
