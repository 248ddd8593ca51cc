"""``/search``: what was found, grouped by dataset."""

from dataclasses import replace

from flask import Blueprint, Response, abort, render_template, request

from app.answers.chart import of_years
from app.charts.chart import Told
from app.charts.kinds import points
from app.downloads.sheet import Kind
from app.find import Searched, search
from app.forms import FACETS, search_form
from app.found_views import AnswerView, DatasetHit, MeaningView, RepairView, SearchPage, WordView
from app.pages.answers import answer_view, map_told
from app.pages.charts import figure, file
from app.pages.citing import about_result, absolute
from app.pages.parts import bars, build_view, facet_view, pager, records_url, sorts, summary, value_label
from app.pages.records import found_record
from app.params import Params, read
from app.portal import language, live
from app.understand import Meaning
from app.wording import found as found_sentence
from app.wording import listed, note, stretch, with_particle
from search.finding.find import DatasetFound, Found
from search.language.query import MAX_CHARACTERS, MAX_WORDS
from search.language.repair import Repair
from search.marks import Marker

PAGE_SIZE = 10
TOTALS_SHOWN = 12
FORM = search_form(PAGE_SIZE)
CUT = f"검색어가 길어 앞부분만 찾았습니다. {MAX_CHARACTERS}자, 낱말 {MAX_WORDS}개까지 쓸 수 있습니다."
_BY_NAME = {facet.name: facet for facet in FACETS}

bp = Blueprint("search", __name__)


@bp.get("/search")
def show() -> str:
    """Free text, facets, totals by area and year."""
    params = read(request.args, FORM)
    searched = search(live(), params, language())
    block = answer_view(live(), searched, language(), PAGE_SIZE) if searched.found.total else AnswerView()
    return render_template("search.html", page=page(searched, params, block))


@bp.get("/search/charts/<name>.figure.json")
def chart(name: str) -> Response:
    """The figure of a chart of the result for the browser."""
    searched = _searched()
    key = ("search", searched.found.selection)
    return figure(live(), key, _told(name, searched))


@bp.get("/search/charts/<name>.<any(csv, xlsx, json):kind>")
def chart_file(name: str, kind: Kind) -> Response:
    """The numbers of a chart of the result."""
    searched = _searched()
    return file(kind, _told(name, searched), about_result(live(), searched.params, "/search", PAGE_SIZE))


def _searched() -> Searched:
    """Files are read by programs: there a misspelt filter is refused."""
    form = replace(FORM, others=("raw",))
    return search(live(), read(request.args, form, strict=True), language())


def _told(name: str, searched: Searched) -> Told:
    if searched.found.beside["places"].groups and name.startswith(points.NAME):
        return map_told(live(), searched)
    told = of_years(searched.found.beside["by_year"])
    return told if told and name == told.chart.id else abort(404)


def url(params: Params) -> str:
    return params.url("/search", PAGE_SIZE)


def page(searched: Searched, asked: Params, block: AnswerView) -> SearchPage:
    """The page of what was found; its links go on with the repaired words, the box keeps those typed."""
    found, params = searched.found, searched.params
    marker = Marker.of(found.query.clauses)
    areas = sorted(searched.by_area, key=lambda group: -group.records)[:TOTALS_SHOWN]
    # the latest first, as among the choices: older ones are one step away
    years = searched.by_year[: -TOTALS_SHOWN - 1 : -1]
    facets = tuple(facet_view(facet, choices, params, url) for facet, choices in searched.facets)
    return SearchPage(
        q=asked.q,
        repair=_repair(searched.repairs, asked, params),
        notes=(*([CUT] if asked.is_cut else []), *map(note, found.query.notes)),
        ways=tuple(
            WordView(_way_label(one.kind, one.name), one.records, url(one.params)) for one in searched.ways
        ),
        sentence=found_sentence(found.datasets_total, found.total),
        total=found.total,
        datasets_total=found.datasets_total,
        meanings=tuple(
            MeaningView(one.word, meaning_label(one), meaning_url(one, params)) for one in searched.meanings
        ),
        words=tuple(_word(word, records, params) for word, records in found.alone),
        hits=tuple(_hit(one, marker, params) for one in found.datasets),
        near=tuple(map(summary, searched.near)),
        facets=facets,
        chosen=(*facets, *(facet_view(facet, choices, params, url) for facet, choices in searched.chosen)),
        answer=block,
        by_year=bars(years, _BY_NAME["year"], params, url),
        by_area=bars(areas, _BY_NAME["area"], params, url),
        pager=pager(params, max(1, -(-found.datasets_total // params.size)), url),
        sorts=sorts(params, FORM.sorts, url),
        hint=_hint(found, params),
        share_url=absolute(params.at(1).url("/search/share.png", PAGE_SIZE)),
        build=build_view(found.build),
        partial=found.partial,
        sample=any(one.sample for one in (*(hit.dataset for hit in found.datasets), *searched.near)),
    )


def meaning_url(one: Meaning, params: Params) -> str:
    """The search with the words turned into a choice."""
    return url(params.asking(one.rest).choosing(one.facet.name, one.choices))


def meaning_label(one: Meaning) -> str:
    """``연도 2019–2021년``, ``지역 천호동(천호1동·천호2동·천호3동)``; of a dong that is no more what became of it."""
    if one.place is not None:
        name, since = one.place.name, one.place.ended
        if since and one.place.successors and name not in one.place.successors:
            return f"{one.facet.label} {name}({since}부터 {listed(one.place.successors)})"
        inside = f"({listed(one.choices)})" if list(one.choices) != [name] else ""
        return f"{one.facet.label} {name}{inside}"
    if one.facet.name == "year":
        return f"{one.facet.label} {stretch(one.choices)}"
    return f"{one.facet.label} {listed(tuple(value_label(one.facet, value) for value in one.choices))}"


def _way_label(kind: str, name: str) -> str:
    return f"‘{name}’ 검색" if kind == "instead" else f"‘{name}’ 없이 찾기"


def _repair(made: tuple[Repair, ...], asked: Params, params: Params) -> RepairView | None:
    if not made:
        return None
    said = [
        _instead([one for one in made if one.instead]),
        _without([one for one in made if one.reason == "filler"], ""),
        _without([one for one in made if one.reason == "missing"], "어느 자료에도 없어 "),
        _without([one for one in made if one.reason == "apart"], "나머지와 함께 있는 자료가 없어 "),
    ]
    typed = " ".join(f'"{word}"' for word in asked.q.replace('"', " ").split())
    return RepairView(
        " ".join(filter(None, said)),
        params.q,
        url(params),
        url(asked.asking(typed)),
    )


def _instead(made: list[Repair]) -> str:
    words = ", ".join(f"‘{one.word}’" for one in made)
    instead = ", ".join(f"‘{one.instead}’" for one in made)
    return f"{words} 대신 {with_particle(instead, '으로/로')} 찾은 결과입니다." if made else ""


def _without(made: list[Repair], why: str) -> str:
    words = ", ".join(f"‘{one.word}’" for one in made)
    return f"{with_particle(words, '은/는')} {why}빼고 찾았습니다." if made else ""


def _word(word: str, records: int, params: Params) -> WordView:
    there = params.asking(word).cleared(*(name for name, _ in params.chosen))
    return WordView(word, records, url(there) if records else None)


def _hit(one: DatasetFound, marker: Marker, params: Params) -> DatasetHit:
    inside = params.cleared("area", "provider", "dataset", "column")
    return DatasetHit(
        summary(one.dataset, marker.marks(one.dataset.title)),
        one.count,
        tuple(found_record(hit, one.dataset, marker) for hit in one.hits),
        records_url(one.dataset.id, inside),
    )


def _hint(found: Found, params: Params) -> str | None:
    if params.q and not found.query.clauses:
        return "글자나 숫자가 없는 검색어라서 전체를 보여 드립니다. 낱말을 넣어 찾아 보세요."
    if not params.q and not params.chosen:
        return "검색어를 넣거나 분야와 연도를 골라 보세요. 지금은 전체를 보여 드립니다."
    if found.total:
        return None
    missing = [f"‘{word}’" for word, records in found.alone if not records]
    if missing:
        return f"{with_particle(', '.join(missing), '이/가')} 들어 있는 자료가 없습니다. 다른 말로 바꾸거나 빼 보세요."
    if params.chosen:
        return "고른 조건에 맞는 자료가 없습니다. 조건을 하나씩 빼 보세요."
    return "낱말은 저마다 있지만 모두 함께 들어 있는 자료가 없습니다. 낱말을 줄여 보세요."
