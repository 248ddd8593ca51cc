"""``/search``: what was found, grouped by dataset."""

from flask import Blueprint, render_template, request

from app.find import DatasetFound, Found
from app.forms import FACETS, Facet, search_form
from app.found_views import DatasetHit, MeaningView, RepairView, SearchPage, WordView
from app.pages.parts import bars, build_view, facet_view, pager, records_url, sorts, summary, value_label
from app.pages.records import found_record
from app.params import Params, read
from app.portal import live, portal, vocabulary
from app.rescue import Answered, answer
from app.understand import Meaning
from app.wording import found as found_sentence
from app.wording import with_particle
from search.repair import Repair

PAGE_SIZE = 10
TOTALS_SHOWN = 12
FORM = search_form(PAGE_SIZE)
_BY_NAME = {facet.name: facet for facet in FACETS}

bp = Blueprint("search", __name__)


@bp.get("/search")
def show() -> str:
    """Free text, facets, totals by area and year."""
    params = read(request.args, FORM)
    answered = answer(live(), params, portal().synonyms, vocabulary())
    return render_template("search.html", page=page(answered, params))


def url(params: Params) -> str:
    return params.url("/search", PAGE_SIZE)


def page(answered: Answered, asked: Params) -> SearchPage:
    """The page of what was found; its links go on with the repaired words, the box keeps those typed."""
    found, params = answered.found, answered.params
    areas = sorted(found.by_area, key=lambda group: -group.records)[:TOTALS_SHOWN]
    years = found.by_year[-TOTALS_SHOWN:]
    return SearchPage(
        q=asked.q,
        repair=_repair(answered.repairs, params),
        ways=tuple(WordView(one.without, one.records, url(one.params)) for one in answered.ways),
        sentence=found_sentence(found.datasets_total, found.total),
        total=found.total,
        datasets_total=found.datasets_total,
        meanings=tuple(_meaning(one, params) for one in found.meanings),
        words=tuple(_word(word, records, params) for word, records in found.alone),
        hits=tuple(_hit(one, found, params) for one in found.datasets),
        facets=tuple(facet_view(facet, choices, params, url) for facet, choices in found.facets),
        by_year=bars(years, _BY_NAME["year"], params, url),
        by_area=bars(areas, _BY_NAME["area"], params, url),
        pager=pager(params, max(1, -(-found.datasets_total // params.size)), url),
        sorts=sorts(params, FORM.sorts, url),
        hint=_hint(found, params),
        build=build_view(found.build),
        partial=found.partial,
        sample=any(one.dataset.sample for one in found.datasets),
    )


def meaning_url(one: Meaning, params: Params) -> str:
    """The search with the word turned into a choice."""
    return url(params.asking(one.rest).choosing(one.facet.name, (one.value,)))


def meaning_label(facet: Facet, value: str) -> str:
    return f"{facet.label} {value_label(facet, value)}"


def _meaning(one: Meaning, params: Params) -> MeaningView:
    return MeaningView(one.word, meaning_label(one.facet, one.value), meaning_url(one, params))


def _repair(made: tuple[Repair, ...], params: Params) -> RepairView | None:
    if not made:
        return None
    words = ", ".join(f"‘{one.word}’" for one in made)
    instead = ", ".join(f"‘{one.instead}’" for one in made)
    return RepairView(
        f"{words} 대신 {with_particle(instead, '으로/로')} 찾은 결과입니다.",
        params.q,
        url(params),
    )


def _word(word: str, records: int, params: Params) -> WordView:
    there = params.asking(word).cleared(*(name for name, _ in params.chosen))
    return WordView(word, records, url(there) if records else None)


def _hit(one: DatasetFound, found: Found, params: Params) -> DatasetHit:
    inside = params.cleared("area", "provider", "dataset")
    return DatasetHit(
        summary(one.dataset, one.title_marks),
        one.count,
        tuple(found_record(hit, one.dataset, found.clauses) for hit in one.hits),
        records_url(one.dataset.id, inside),
    )


def _hint(found: Found, params: Params) -> str | None:
    if params.q and not found.clauses:
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
