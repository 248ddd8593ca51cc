"""The answer block of ``/search`` as the page shows it: numbers, a chart, a map."""

from app.answers import chart as charts
from app.answers.number import Number, numbers
from app.charts.chart import RECORDS, Chart, Told
from app.charts.kinds import points
from app.find import Searched, filters
from app.found_views import AnswerView, NumberView
from app.pages.charts import FIGURE, FILES, chart_view, view
from app.pages.citing import SEARCHED
from app.params import Params
from app.places import places
from app.portal import portal
from app.views import ChartView
from app.wording import listed, measured, moment, number, plain_name, when, with_particle
from search.engine import Snapshot
from search.language.query import Language

RESULT_CHARTS = "/search/charts"
MAP_ROWS = 20
"""Of the table under the map: a page of results is a list of datasets; the files hold all places."""


def answer_view(snapshot: Snapshot, searched: Searched, language: Language, size: int) -> AnswerView:
    """``size`` is that of the search page: addresses leave it out."""
    found = asked_numbers(snapshot, searched, language)
    told = charts.chart(snapshot, searched, found)
    return AnswerView(
        numbers=tuple(map(_number, found)),
        chart=_chart(told, searched, size) if told else None,
        map=_map(snapshot, searched, size),
    )


def asked_numbers(snapshot: Snapshot, searched: Searched, language: Language) -> tuple[Number, ...]:
    """Numbers that the words of the search fix: none where one of them had to be left out."""
    if any(one.reason in ("missing", "apart", "head") for one in searched.repairs):
        return ()
    return numbers(snapshot, searched.found, language, filters(searched.params, snapshot.datasets))


def number_url(one: Number) -> str:
    """The dataset under the filters that make the number: its permalink."""
    return one.params.url(f"/datasets/{one.dataset.id}", 1)


def number_sentence(one: Number) -> str:
    """``‘주민등록 인구’의 2019년 천호2동 인구수는 31,234명입니다.``"""
    mean = one.found.kind == "rate" and not one.named.name.startswith("평균")
    name = ("평균 " if mean else "") + plain_name(one.named)
    what = [f"{one.year}년"] if one.year else []
    what += [listed(one.places)] if one.places else []
    subject = with_particle(" ".join([*what, *one.categories, name]), "은/는")
    return f"‘{one.dataset.title}’의 {subject} {measured(one.value.value, one.named.unit)}입니다."


def number_note(one: Number) -> str:
    """How the number is made, and of what."""
    moment_of = one.value.period if one.value.period and one.value.period != one.year else ""
    said = [f"{when(moment_of)} 기준."] if moment_of else []
    said += ["연도를 적지 않아 가장 최근 해의 값입니다."] if one.is_newest else []
    added = ", ".join(f"{label} {listed(values)}" for label, values in one.added)
    if added:
        how = "값의 단순평균입니다" if one.found.kind == "rate" else "값을 더했습니다"
        said.append(f"{added}의 {how}.")
    return " ".join([*said, f"레코드 {one.value.records:,}건으로 셈했습니다."])


def _number(one: Number) -> NumberView:
    dataset = one.dataset
    return NumberView(
        value=number(one.value.value),
        unit=one.named.unit or "",
        sentence=number_sentence(one),
        note=number_note(one),
        source=f"{dataset.provider}, {dataset.title}",
        date=f"{moment(dataset.fetched_at):%Y-%m-%d}",
        sample=dataset.sample,
        url=number_url(one),
    )


def _chart(found: charts.Answered, searched: Searched, size: int) -> ChartView:
    told, what = found
    return chart_view(what, told) if what else _result_view(told, searched, size)


def _map(snapshot: Snapshot, searched: Searched, size: int) -> ChartView | None:
    """None where no record has a place."""
    if not searched.found.beside["places"].groups:
        return None
    return _result_view(map_told(snapshot, searched), searched, size)


def map_told(snapshot: Snapshot, searched: Searched) -> Told:
    """Where the records of a result are."""
    found = places(snapshot, searched.found.selection)
    chart = Chart(points.NAME, RECORDS, (), "레코드에 좌표가 있어 지도에 놓았습니다.")
    return points.tell_places(found, chart, portal().boundaries, MAP_ROWS)


def _result_view(told: Told, searched: Searched, size: int) -> ChartView:
    return view(
        told,
        source=SEARCHED,
        date=f"{moment(searched.found.build.published_at):%Y-%m-%d}",
        urls={kind: _url(told.chart.id, kind, searched.params, size) for kind in (FIGURE, *dict(FILES))},
    )


def _url(name: str, kind: str, params: Params, size: int) -> str:
    return params.at(1).url(f"{RESULT_CHARTS}/{name}.{kind}", size)
