"""Parts that several pages show: dataset summaries, facets, pagers, bars."""

from collections.abc import Callable, Iterable
from urllib.parse import quote

from app.choices import Choice
from app.forms import SORTS, Facet
from app.params import Params, default_sort
from app.views import Bar, BuildView, DatasetSummary, FacetView, PageLink, Pager
from app.views import Choice as ChoiceView
from app.wording import moment, years
from search.documents import Dataset
from search.engine import Build
from search.marks import Marks
from search.plan import Group

SHOWN_CHOICES = 12
SHOWN_YEARS = 100
"""A year left out would look like a gap: all of a century are shown."""

PAGES_AROUND = 2
RECORDS_PAGE_SIZE = 20

Url = Callable[[Params], str]


def build_view(build: Build) -> BuildView:
    return BuildView(build.id, moment(build.published_at))


def dataset_url(key: str) -> str:
    return quote(f"/datasets/{key}")


def records_url(key: str, params: Params) -> str:
    """The records of a dataset under the words and filters of a search."""
    there = Params(params.q, params.chosen, 1, RECORDS_PAGE_SIZE, default_sort(params.q))
    return there.url(f"/datasets/{key}", RECORDS_PAGE_SIZE) + "#records"


def summary(dataset: Dataset, title_marks: Marks = ()) -> DatasetSummary:
    return DatasetSummary(
        id=dataset.id,
        title=dataset.title,
        area=dataset.area,
        provider=dataset.provider,
        description=dataset.description,
        records=dataset.records,
        years=years(dataset.years),
        fetched_at=moment(dataset.fetched_at),
        sample=dataset.sample,
        url=dataset_url(dataset.id),
        marks=title_marks,
    )


def value_label(facet: Facet, value: str) -> str:
    return f"{value}년" if facet.field == "year" else value


def facet_view(facet: Facet, choices: Iterable[Choice], params: Params, url: Url) -> FacetView:
    """The first choices by count, every chosen one among them; years newest first."""
    found = list(choices)
    shown = SHOWN_CHOICES
    if facet.field == "year":
        found.sort(key=lambda choice: choice.value, reverse=True)
        shown = SHOWN_YEARS
    views = tuple(
        ChoiceView(
            choice.value,
            value_label(facet, choice.value),
            choice.count,
            choice.chosen,
            url(params.toggled(facet.name, choice.value)),
        )
        for at, choice in enumerate(found)
        if at < shown or choice.chosen
    )
    return FacetView(facet.name, facet.label, views, url(params.cleared(facet.name)))


def pager(params: Params, last: int, url: Url, cursor: int | None = None) -> Pager:
    """Links to the first, the last and the pages around; ``cursor`` goes on where numbers end."""
    page = params.page
    if params.cursor is not None:
        # beyond the numbers there is only on, or back to the start
        following = None if cursor is None else url(params.beyond(cursor))
        return Pager(page, last, (PageLink("1", url(params.at(1))), PageLink("…", None)), None, following)
    wanted = sorted({1, last, *range(max(1, page - PAGES_AROUND), min(last, page + PAGES_AROUND) + 1)})
    links: list[PageLink] = []
    for before, number in zip([0, *wanted], wanted, strict=False):
        if number - before > 1:
            links.append(PageLink("…", None))
        links.append(PageLink(f"{number:,}", url(params.at(number)), current=number == page))
    following = url(params.at(page + 1)) if page < last else None
    if following is None and cursor is not None:
        following = url(params.beyond(cursor))
    return Pager(page, last, tuple(links), url(params.at(page - 1)) if page > 1 else None, following)


def sorts(params: Params, offered: Iterable[str], url: Url) -> tuple[ChoiceView, ...]:
    """Orders to choose from; relevance only where there are words."""
    return tuple(
        ChoiceView(key, SORTS[key], 0, key == params.sort, url(params.sorted_by(key)))
        for key in offered
        if params.q or key != "relevance"
    )


def bars(groups: Iterable[Group], facet: Facet, params: Params, url: Url) -> tuple[Bar, ...]:
    """Bars of counts, each a way to choose its value; the longest has share 100."""
    found = [(str(group.keys[0]), group.records) for group in groups]
    most = max((records for _, records in found), default=1)
    return tuple(
        Bar(
            value_label(facet, value),
            records,
            max(1, round(100 * records / most)),
            url(params.choosing(facet.name, (value,))),
        )
        for value, records in found
    )
