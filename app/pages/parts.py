"""Parts that several pages show: dataset summaries, facets, pagers, bars."""

from collections.abc import Callable, Iterable
from urllib.parse import quote

from app import find
from app.params import SORTS, Facet, Params
from app.views import Bar, BuildView, Cell, Choice, DatasetSummary, FacetView, PageLink, Pager, RecordView
from app.wording import moment, years
from search.documents import Dataset
from search.engine import Build
from search.marks import Marks, marks
from search.plan import Clause, Group, Hit

SHOWN_CHOICES = 12
PAGES_AROUND = 2
RECORDS_PAGE_SIZE = 20


def build_view(build: Build) -> BuildView:
    return BuildView(build.id, moment(build.published_at))


def dataset_url(key: str) -> str:
    return quote(f"/datasets/{key}")


def records_url(key: str, params: Params) -> str:
    """The records of a dataset under the words and filters of a search."""
    plain = Params(params.q, (), 1, RECORDS_PAGE_SIZE, "newest")
    return Params(params.q, params.chosen, 1, RECORDS_PAGE_SIZE, "newest").url(f"/datasets/{key}", plain)


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


def facet_view(
    facet: Facet, choices: Iterable[find.Choice], params: Params, url: Callable[[Params], str]
) -> FacetView:
    """The first choices by count, every chosen one among them; years newest first."""
    found = list(choices)
    if facet.field == "year":
        found.sort(key=lambda choice: choice.value, reverse=True)
    shown = [choice for at, choice in enumerate(found) if at < _shown(facet) or choice.chosen]
    return FacetView(
        facet.name,
        facet.label,
        tuple(
            Choice(
                choice.value,
                f"{choice.value}년" if facet.field == "year" else choice.value,
                choice.count,
                choice.chosen,
                url(params.toggled(facet.name, choice.value)),
            )
            for choice in shown
        ),
        url(params.cleared(facet.name)),
    )


def _shown(facet: Facet) -> int:
    """A year left out would look like a gap: all of a century are shown."""
    return 100 if facet.field == "year" else SHOWN_CHOICES


def pager(params: Params, last: int, url: Callable[[Params], str], cursor: int | None = None) -> Pager:
    """Links to the first, the last and the pages around; ``cursor`` goes on where numbers end."""
    page = params.page
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


def sorts(params: Params, url: Callable[[Params], str]) -> tuple[Choice, ...]:
    offered = SORTS if params.q else {key: label for key, label in SORTS.items() if key != "relevance"}
    return tuple(
        Choice(key, label, 0, key == params.sort, url(params.sorted_by(key)))
        for key, label in offered.items()
    )


def bars(groups: Iterable[Group], label: Callable[[str], str], url: Callable[[str], str]) -> tuple[Bar, ...]:
    """Bars of counts; the longest has share 100."""
    found = list(groups)
    most = max((group.records for group in found), default=1)
    return tuple(
        Bar(
            label(str(group.keys[0])),
            group.records,
            max(1, round(100 * group.records / most)),
            url(str(group.keys[0])),
        )
        for group in found
    )


def record_view(
    hit: Hit,
    dataset: Dataset,
    clauses: Iterable[Clause],
    columns: Iterable[str] | None = None,
    most: int | None = None,
) -> RecordView:
    """A record's cells with their marks. Given ``columns``, one cell each, blanks too; else what is filled."""
    roles = {column.name: column.is_number for column in dataset.columns}
    clauses = tuple(clauses)
    names = tuple(columns) if columns is not None else tuple(hit.record.row)
    cells = [
        Cell(name, value, marks(value, clauses), roles.get(name, False))
        for name in names
        for value in [hit.record.row.get(name, "")]
    ]
    if most is not None and len(cells) > most:
        # what matched comes first: a reader wants to see why this record is here
        marked = [cell for cell in cells if cell.marks][:most]
        first = [cell for cell in cells if cell not in marked][: most - len(marked)]
        cells = [cell for cell in cells if cell in marked or cell in first]
    return RecordView(hit.record.id, hit.record.title, tuple(cells))
