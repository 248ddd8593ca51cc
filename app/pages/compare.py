"""``/compare``: up to eight series from any datasets, its files, and the chart alone for other sites."""

from dataclasses import replace

from flask import Blueprint, Response, abort, render_template, request

from app.charts.chart import REGION, YEAR, Chart, Told
from app.charts.kinds import compared
from app.charts.shape import shape
from app.compare_views import ComparePage, Option, Select, SeriesView
from app.comparing.asking import MOST, As, Chosen, Comparison, chosen, read
from app.comparing.comparing import NotComparable, lines, residents
from app.downloads.sheet import Kind
from app.pages.charts import FIGURE, FILES, figure, file, view
from app.pages.citing import about_result, absolute
from app.pages.parts import build_view, dataset_url
from app.params import Params
from app.portal import live, portal
from app.views import ChartView
from app.wording import moment, plain_name
from search.documents import Dataset
from search.engine import Snapshot
from search.plan import Filter, Selection

PATH = "/compare"
EMPTY = "견줄 데이터셋을 골라 주세요. 여덟 계열까지 나란히 볼 수 있습니다."
NOTHING = "고른 계열에 견줄 값이 없습니다. 나누는 기준을 바꾸거나 다른 수치나 지역을 골라 보세요."
SHOWN_VALUES = 40
"""Of a category: with more values it is searched, not picked from."""

WAYS: dict[As, str] = {"value": "값 그대로", "per_head": "인구 천 명당", "index": "지수(첫 해=100)"}
RULES: dict[As, str] = {
    "value": "계열마다 자기 단위의 값입니다. 단위가 다르면 지수로 견주어 보세요.",
    "per_head": "같은 해(같은 지역)의 주민등록인구로 나누어 천 명당으로 나타냈습니다.",
    "index": "계열마다 첫 해를 100으로, 지역별로는 지역 평균을 100으로 나타냈습니다.",
}

bp = Blueprint("compare", __name__)


@bp.get(PATH)
def show() -> str:
    """The form with what is chosen, and the chart."""
    snapshot = live()
    return render_template("compare.html", page=_page(snapshot, read(request.args)))


@bp.get(PATH + "/embed")
def embed() -> str:
    """The chart alone, to stand in a page of another site."""
    snapshot = live()
    page = _page(snapshot, read(request.args, strict=True))
    return render_template("embed.html", page=page)


@bp.get(PATH + ".figure.json")
def chart() -> Response:
    """The figure for the browser."""
    asked = read(request.args, strict=True)
    return figure(live(), ("compare", asked), _told(live(), asked) or abort(404))


@bp.get(PATH + ".<any(csv, xlsx, json):kind>")
def chart_file(kind: Kind) -> Response:
    """The numbers of the chart."""
    snapshot, asked = live(), read(request.args, strict=True)
    told = _told(snapshot, asked) or abort(404)
    datasets = [one.dataset for one in chosen(snapshot.datasets, asked)]
    about = replace(
        about_result(snapshot, Params("", (), 1, 1, "newest"), PATH, 1),
        title=told.title,
        provider=", ".join(dict.fromkeys(f"{one.provider} {one.title}" for one in datasets)),
        source_url=absolute(asked.url(PATH)),
        sample=any(one.sample for one in datasets),
    )
    return file(kind, told, about)


def _settled(snapshot: Snapshot, asked: Comparison) -> tuple[Comparison, Told | None]:
    """What is told: by place where nobody said by what and by year there is nothing, as of lists of one day.

    Raises ParamError, NotComparable.
    """
    told = _told(snapshot, asked)
    if told is None and "by" not in request.args:
        by_place = replace(asked, by="region")
        if told := _told(snapshot, by_place):
            return by_place, told
    return asked, told


def _told(snapshot: Snapshot, asked: Comparison) -> Told | None:
    """Raises ParamError, NotComparable."""
    found = lines(snapshot, chosen(snapshot.datasets, asked), asked.by, asked.way)
    by = YEAR if asked.by == "year" else REGION
    why = "고른 계열을 나란히 놓았습니다."
    return compared.tell_lines(Chart(compared.NAME, compared.VALUE, (by,), why), found, RULES[asked.way])


def _page(snapshot: Snapshot, asked: Comparison) -> ComparePage:
    found = chosen(snapshot.datasets, asked)
    asked = replace(asked, wanted=tuple(one.wanted for one in found))
    told, hint = None, "" if found else EMPTY
    try:
        asked, told = _settled(snapshot, asked) if found else (asked, None)
        hint = hint or ("" if told else NOTHING)
    except NotComparable as error:
        hint = str(error)
    return ComparePage(
        series=tuple(_series(snapshot, one, asked, at) for at, one in enumerate(found)),
        add=_add(snapshot, len(found)),
        ways=_ways(snapshot, asked),
        chart=_view(snapshot, asked, told, found) if told else None,
        hint=hint,
        permalink=asked.url(PATH),
        embed=asked.url(PATH + "/embed"),
        build=build_view(snapshot.build),
        sample=any(one.dataset.sample for one in found),
    )


def _view(snapshot: Snapshot, asked: Comparison, told: Told, found: tuple[Chosen, ...]) -> ChartView:
    sources = dict.fromkeys(f"{one.dataset.provider}, {one.dataset.title}" for one in found)
    return view(
        told,
        source=" · ".join(sources),
        date=f"{moment(snapshot.build.published_at):%Y-%m-%d}",
        urls={kind: asked.url(f"{PATH}.{kind}") for kind in (FIGURE, *dict(FILES))},
    )


def _series(snapshot: Snapshot, one: Chosen, asked: Comparison, at: int) -> SeriesView:
    number, dataset = at + 1, one.dataset
    measures = tuple(
        Option(column.name, plain_name(column), column.name == one.column.name)
        for column in dataset.numbers()
    )
    selects = [Select(f"m{number}", "수치", measures)]
    if len(dataset.regions) > 1:
        regions = (Option(region, region, region == one.wanted.region) for region in dataset.regions)
        selects.append(Select(f"r{number}", "지역", (Option("", "모든 지역"), *regions)))
    if categories := _categories(snapshot, dataset, one.wanted.category):
        selects.append(Select(f"c{number}", "항목", (Option("", "전체"), *categories)))
    return SeriesView(
        number,
        dataset.id,
        dataset.title,
        dataset_url(dataset.id),
        tuple(selects),
        asked.without(at).url(PATH),
        dataset.sample,
    )


def _categories(snapshot: Snapshot, dataset: Dataset, wanted: str) -> tuple[Option, ...]:
    """Values of each category with few of them: ``성별=여``."""
    whole = Selection(filters=(Filter("dataset", (dataset.id,)),))
    made = portal().memory.of(snapshot, ("shape", dataset.id, whole), lambda: shape(snapshot, dataset, whole))
    return tuple(
        Option(f"{facet.name}={value}", f"{facet.label}: {value}", f"{facet.name}={value}" == wanted)
        for facet, values in made.categories
        if len(values.counts) <= SHOWN_VALUES
        for value in values.counts
    )


def _add(snapshot: Snapshot, there: int) -> Select | None:
    """Datasets with numbers to compare, by name; None where no more fit."""
    if there >= MOST:
        return None
    datasets = sorted((one for one in snapshot.datasets.values() if one.numbers()), key=lambda one: one.title)
    options = (Option(one.id, f"{one.title} ({one.provider})") for one in datasets)
    return Select(f"d{there + 1}", "데이터셋 더하기", (Option("", "고르지 않음"), *options))


def _ways(snapshot: Snapshot, asked: Comparison) -> tuple[Select, ...]:
    by = (Option("year", "해마다", asked.by == "year"), Option("region", "지역별", asked.by == "region"))
    known = residents(snapshot.datasets.values()) is not None
    offered = (key for key in WAYS if known or key != "per_head" or asked.way == key)
    ways = tuple(Option(key, WAYS[key], asked.way == key) for key in offered)
    return (Select("by", "나누는 기준", by), Select("as", "나타내는 법", ways))
