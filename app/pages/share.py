"""``…/share.png``: the picture of a dataset or a result, shown where its address is shared."""

from collections.abc import Callable, Iterable

import pandas as pd
from flask import Blueprint, Response, request

from app.charts.chart import Told
from app.charts.kinds import bars, choropleth, trend
from app.find import search
from app.forms import records_form, search_form
from app.look import Asked, asked, dataset_of
from app.pages.cards import cards
from app.params import read
from app.portal import language, live, portal
from app.sharing.picture import Shared, png
from app.telling import told_of
from app.views import Card
from app.wording import found as found_sentence
from app.wording import number
from search.engine import Snapshot

MOST_NUMBERS = 3
_SKETCHED = (trend.NAME, bars.NAME, choropleth.NAME)

bp = Blueprint("share", __name__)


@bp.get("/datasets/<key>/share.png")
def of_dataset(key: str) -> Response:
    """Of a dataset under the filters of the address."""
    snapshot = live()
    dataset = dataset_of(snapshot, key)
    what = asked(snapshot, dataset, read(request.args, records_form(dataset, 1), strict=True), language())
    return _answer(snapshot, ("dataset", what.dataset.id, what.selection), lambda: _dataset(snapshot, what))


@bp.get("/search/share.png")
def of_result() -> Response:
    """Of what a search finds."""
    snapshot = live()
    params = read(request.args, search_form(1), strict=True)
    searched = search(snapshot, params, language())

    def made() -> Shared:
        found = searched.found
        title = f"‘{params.q}’ 검색 결과" if params.q else "통합검색 결과"
        first = [(one.dataset.title, f"{number(one.count)}건") for one in found.datasets[:MOST_NUMBERS]]
        return Shared(
            title,
            found_sentence(found.datasets_total, found.total),
            tuple(first),
            portal().name,
            any(one.dataset.sample for one in found.datasets),
        )

    return _answer(snapshot, ("result", params), made)


def _answer(snapshot: Snapshot, key: tuple[object, ...], made: Callable[[], Shared]) -> Response:
    """Drawn once a build."""
    parts = portal()
    body = parts.memory.of(snapshot, ("share", *key), lambda: png(made(), parts.lettering))
    return Response(body, mimetype="image/png")


def _dataset(snapshot: Snapshot, what: Asked) -> Shared:
    dataset = what.dataset
    charts = (one for one in told_of(snapshot, what) if one.chart.kind in _SKETCHED)
    first = next(charts, None)
    return Shared(
        dataset.title,
        f"{dataset.provider} · {dataset.area}",
        tuple(_numbers(cards(snapshot, what))),
        portal().name,
        dataset.sample,
        _seen(first.frame) if first else None,
        is_line=_is_line(first),
    )


def _seen(frame: pd.DataFrame) -> pd.DataFrame:
    """What was, without what may come."""
    return frame[frame["part"] != trend.AHEAD] if "part" in frame else frame


def _is_line(told: Told | None) -> bool:
    return told is not None and told.chart.kind == trend.NAME


def _numbers(found: Iterable[Card]) -> Iterable[tuple[str, str]]:
    for card in list(found)[:MOST_NUMBERS]:
        yield card.label, f"{card.value}{card.unit}"
