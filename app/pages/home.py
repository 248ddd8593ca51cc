"""``/``, ``/areas``: what there is, and how much of it."""

from collections import defaultdict
from collections.abc import Iterable
from urllib.parse import urlencode

from flask import Blueprint, render_template

from app.pages.parts import build_view, summary
from app.portal import live
from app.views import AreasPage, AreaTile, HomePage
from search.documents import Dataset
from search.finding.ranking import newest

NEWEST_SHOWN = 6

bp = Blueprint("home", __name__)


@bp.get("/")
def home() -> str:
    snapshot = live()
    datasets = list(snapshot.datasets.values())
    page = HomePage(
        records=sum(one.records for one in datasets),
        datasets=len(datasets),
        areas_count=len({one.area for one in datasets}),
        providers=len({one.provider for one in datasets}),
        areas=tiles(datasets),
        newest=tuple(summary(one) for one in newest(datasets)[:NEWEST_SHOWN]),
        build=build_view(snapshot.build),
        sample=any(one.sample for one in datasets),
    )
    return render_template("home.html", page=page)


@bp.get("/areas")
def areas() -> str:
    snapshot = live()
    datasets = snapshot.datasets.values()
    page = AreasPage(tiles(datasets), build_view(snapshot.build), any(one.sample for one in datasets))
    return render_template("areas.html", page=page)


def tiles(datasets: Iterable[Dataset]) -> tuple[AreaTile, ...]:
    """A tile for each 대분류 with its 분야, by number of records."""
    tree: dict[str, dict[str, list[Dataset]]] = defaultdict(lambda: defaultdict(list))
    for one in datasets:
        tree[one.area.split(" > ")[0]][one.area].append(one)
    found = [_top(name, leaves) for name, leaves in tree.items()]
    return tuple(sorted(found, key=lambda tile: (-tile.records, tile.name)))


def _top(name: str, leaves: dict[str, list[Dataset]]) -> AreaTile:
    inner = [_tile(area.split(" > ")[-1], [area], inside) for area, inside in leaves.items()]
    return _tile(
        name,
        sorted(leaves),
        [one for inside in leaves.values() for one in inside],
        tuple(sorted(inner, key=lambda tile: (-tile.records, tile.name))),
    )


def _tile(
    name: str, areas_inside: list[str], inside: list[Dataset], leaves: tuple[AreaTile, ...] = ()
) -> AreaTile:
    address = "/search?" + urlencode([("area", area) for area in areas_inside])
    return AreaTile(name, len(inside), sum(one.records for one in inside), address, leaves)
