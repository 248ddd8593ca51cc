"""Borders from a file of the operator: what is drawn of it, and what is said of one that cannot be drawn."""

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import shapely

from app.charts.boundaries import MOST_POINTS, Boundaries, BoundariesError, opened

REAL = Path(__file__).resolve().parents[3] / "shared" / "data" / "real"
WEST, SOUTH = 127.12, 37.53
STEP = 0.01


def square(at: int, side: float = STEP, north: float = 0.0) -> list[list[float]]:
    """The ring of the square that stands so many squares to the east."""
    west, south = WEST + at * STEP, SOUTH + north
    corners = [(0.0, 0.0), (side, 0.0), (side, side), (0.0, side), (0.0, 0.0)]
    return [[west + x, south + y] for x, y in corners]


def feature(at: int = 0, kind: str = "Polygon", shape: Any = None, **properties: Any) -> dict[str, Any]:
    coordinates = [square(at)] if shape is None else shape
    return {
        "type": "Feature",
        "properties": properties,
        "geometry": {"type": kind, "coordinates": coordinates},
    }


def saved(folder: Path, *features: Any, **members: Any) -> Path:
    path = folder / "경계.geojson"
    document = {"type": "FeatureCollection", "features": features, **members}
    path.write_text(json.dumps(document, ensure_ascii=False), encoding="utf-8")
    return path


def names(path: Path) -> list[str]:
    return [area.name for area in Boundaries.load(path).areas]


def shapes(found: Boundaries) -> list[Any]:
    return [shapely.MultiPolygon([(ring, []) for ring in area.rings]) for area in found.areas]


def points(found: Boundaries) -> int:
    return sum(len(ring) for area in found.areas for ring in area.rings)


def jagged(rows: int, corners: int) -> list[dict[str, Any]]:
    """Strips from south to north that share borders of so many corners."""
    rng = np.random.default_rng(7)
    east = np.linspace(WEST, WEST + 0.06, corners)
    lines = [
        list(zip(east, SOUTH + row * STEP + rng.uniform(0, STEP / 3, corners), strict=True))
        for row in range(rows + 1)
    ]
    return [
        feature(shape=[[*lines[row], *reversed(lines[row + 1]), lines[row][0]]], name=f"암사{row + 1}동")
        for row in range(rows)
    ]


@pytest.mark.parametrize(
    ("properties", "name"),
    [
        ({"adm_nm": "서울특별시 강동구 강일동"}, "강일동"),
        ({"name": "천호제2동"}, "천호2동"),
        ({"NAME": "천호 2동"}, "천호2동"),
        ({"EMD_CD": "11740102", "EMD_KOR_NM": "고덕동"}, "고덕동"),
        ({"ADM_CD": "11250530", "ADM_NM": "명일1동"}, "명일1동"),
        ({"dong": "길동"}, "길동"),
        ({"행정동": "성내제3동"}, "성내3동"),
        ({"name": "Gangil dong", "dong": "강일동"}, "강일동"),
        ({"adm_cd2": "1174052500"}, "상일1동"),
        ({"code": 1174068500}, "길동"),
        ({"EMD_CD": "11740101"}, "명일동"),
        ({"name": "강동구", "code": "11250"}, "강동구"),
        ({"SIG_CD": "11740", "SIG_KOR_NM": "강동구"}, "강동구"),
        ({"name": "서울특별시 강동구"}, "강동구"),
        ({"adm_nm": "서울특별시 강동구 상일3동"}, "상일3동"),
        ({"ADM_CD": "11250790", "ADM_NM": "상일3동"}, "상일3동"),
    ],
)
def test_an_area_is_called_what_records_call_it(
    tmp_path: Path, properties: dict[str, Any], name: str
) -> None:
    assert names(saved(tmp_path, feature(**properties))) == [name]


@pytest.mark.parametrize(
    "properties",
    [
        {"adm_nm": "경기도 평택시 고덕동"},
        {"name": "고덕동", "code": "41220"},
        {"name": "종로1가"},
        {"name": "부산광역시 강서구"},
        {"SIG_CD": "26110", "SIG_KOR_NM": "중구"},
        {"EMD_CD": "11680103", "EMD_KOR_NM": "개포동", "SIG_KOR_NM": "강남구"},
    ],
)
def test_places_elsewhere_are_passed_over_however_they_are_drawn(
    tmp_path: Path, properties: dict[str, Any]
) -> None:
    assert names(saved(tmp_path, feature(**properties, kind="Point"), feature(name="길동"))) == ["길동"]


def test_districts_of_seoul_are_taken_beside_the_dong_they_lie_under(tmp_path: Path) -> None:
    two = [[square(0, 2 * STEP)]]
    path = saved(
        tmp_path,
        feature(shape=two, kind="MultiPolygon", name="강동구"),
        feature(2, name="송파구"),
        feature(name="길동"),
        feature(1, name="강일동"),
    )
    assert names(path) == ["길동", "강일동", "강동구", "송파구"]


def test_who_drew_the_borders_and_that_they_are_schematic_is_kept(tmp_path: Path) -> None:
    found = Boundaries.load(saved(tmp_path, feature(name="길동"), source=" 통계청 ", schematic=True))
    assert (found.source, found.schematic) == ("통계청", True)
    found = Boundaries.load(saved(tmp_path, feature(name="길동"), source=7, schematic="no"))
    assert (found.source, found.schematic) == ("", False)


def test_a_ring_is_lon_lat_without_its_first_point_again_and_its_label_lies_within(tmp_path: Path) -> None:
    (area,) = Boundaries.load(saved(tmp_path, feature(name="길동"))).areas
    assert set(area.rings[0]) == {(127.12, 37.53), (127.13, 37.53), (127.13, 37.54), (127.12, 37.54)}
    assert len(area.rings[0]) == 4
    assert area.centre == (127.125, 37.535)


def test_heights_are_left_out_and_a_byte_order_mark_is_read_over(tmp_path: Path) -> None:
    path = saved(tmp_path, feature(shape=[[[*point, 12.5] for point in square(0)]], name="길동"))
    path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes())
    assert len(Boundaries.load(path).areas[0].rings[0]) == 4


def test_few_points_are_left_and_neighbours_still_share_their_border(tmp_path: Path) -> None:
    found = Boundaries.load(saved(tmp_path, *jagged(3, 4000)))
    assert MOST_POINTS / 3 < points(found) <= MOST_POINTS
    assert shapely.coverage_is_valid(shapes(found))
    together = shapely.union_all(shapes(found))
    assert together.geom_type == "Polygon"
    assert together.area == pytest.approx(sum(shape.area for shape in shapes(found)))
    assert all(
        shape.contains(shapely.Point(area.centre))
        for shape, area in zip(shapes(found), found.areas, strict=True)
    )


def test_few_points_stay_as_they_are(tmp_path: Path) -> None:
    assert points(Boundaries.load(saved(tmp_path, *jagged(3, 150)))) == 3 * 300


def test_parts_of_one_name_are_one_area_and_those_too_small_to_see_are_dropped(tmp_path: Path) -> None:
    path = saved(
        tmp_path,
        feature(shape=[[square(0)], [square(3, STEP / 100)]], kind="MultiPolygon", name="길동"),
        feature(5, name="길동"),
        feature(shape=[square(7, STEP / 80)], name="강일동"),
    )
    first, second = Boundaries.load(path).areas
    assert (first.name, len(first.rings)) == ("길동", 2)
    assert (second.name, len(second.rings)) == ("강일동", 1), "the largest part of an area always stays"


def test_a_hole_that_can_be_seen_is_cut_open_and_stays_empty(tmp_path: Path) -> None:
    seen = [[x + STEP / 4, y + STEP / 4] for x, y in square(0, STEP / 2)]
    unseen = [[x + STEP / 20, y + STEP / 20] for x, y in square(0, STEP / 200)]
    (area,) = Boundaries.load(saved(tmp_path, feature(shape=[square(0), seen, unseen], name="길동"))).areas
    (ring,) = area.rings
    assert len(ring) == 4 + 4 + 2
    assert shapely.Polygon(ring).area == pytest.approx(STEP**2 * 3 / 4)


def test_a_ring_that_crosses_itself_is_mended(tmp_path: Path) -> None:
    a, b, c, d, _ = square(0)
    (area,) = Boundaries.load(saved(tmp_path, feature(shape=[[a, c, b, d, a]], name="길동"))).areas
    assert sum(shapely.Polygon(ring).area for ring in area.rings) == pytest.approx(STEP**2 / 2)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "not JSON"),
        ("[" * 100_000, "not JSON"),
        ('{"type": "Topology", "objects": {}}', "not a FeatureCollection"),
        ("[]", "not a FeatureCollection"),
        ('{"type": "FeatureCollection"}', "its features are not a list"),
        ('{"type": "FeatureCollection", "features": [1]}', "its features are not a list"),
        ('{"type": "FeatureCollection", "features": []}', r"no feature of 0 .*no names"),
    ],
)
def test_a_file_of_another_kind_is_named_with_what_to_do(tmp_path: Path, text: str, said: str) -> None:
    path = tmp_path / "경계.geojson"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(BoundariesError, match=rf"경계\.geojson: {said}"):
        Boundaries.load(path)


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        (feature(kind="Point", shape=[127.1, 37.5], name="길동"), r" \(길동\): no polygon but Point"),
        ({"type": "Feature", "properties": {"name": "길동"}}, r" \(길동\): no polygon but nothing"),
        (feature(kind="MultiPolygon", shape=[], name="길동"), r" \(길동\): no polygon but MultiPolygon"),
        (feature(shape=[[]], name="길동"), r" \(길동\): a ring of fewer than 3 corners"),
        (feature(kind="MultiPolygon", shape=[[]], name="길동"), r" \(길동\): a polygon without rings"),
        (
            feature(shape=[[[127.1, 37.5], [127.11, 37.5], [127.12, 37.5]]], name="길동"),
            r" \(길동\): an area of nothing",
        ),
        (
            feature(shape=[[[210_000.5, 551_000], [0, 0], [1, 1]]], name="길동"),
            r" \(길동\): \[210000\.5, 551000\] is no longitude .* EPSG:4326",
        ),
        (feature(shape=[[[37.53, 127.12]]], name="길동"), r" \(길동\): .*latitude before longitude"),
        (feature(shape=[[["a", None]]], name="길동"), r" \(길동\): .*is no position"),
        (feature(OBJECTID=7), r": no name: write the name of the dong to one of adm_nm"),
        ({"type": "Feature", "properties": None}, r": no name"),
        (feature(adm_cd="1125099"), r": no name"),
    ],
)
def test_a_feature_that_cannot_be_drawn_is_named_with_what_to_do(
    tmp_path: Path, wrong: dict[str, Any], said: str
) -> None:
    with pytest.raises(BoundariesError, match=rf"경계\.geojson: feature 2{said}"):
        Boundaries.load(saved(tmp_path, feature(name="강일동"), wrong))


def test_borders_of_another_district_are_refused_with_the_names_that_are_there(tmp_path: Path) -> None:
    path = saved(tmp_path, feature(name="종로1가"), feature(1, name="송파구"))
    with pytest.raises(BoundariesError, match=r"no feature of 2 is a dong of 강동구 .*종로1가, 송파구\)"):
        Boundaries.load(path)


def test_a_shapefile_or_a_text_of_another_encoding_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "dong.geojson"
    path.write_bytes('{"name": "길동"}'.encode("cp949"))
    with pytest.raises(BoundariesError, match="not UTF-8: save it as GeoJSON"):
        Boundaries.load(path)


def test_without_a_file_there_are_no_borders_unless_they_are_asked_for(tmp_path: Path) -> None:
    path = tmp_path / "boundaries.geojson"
    assert opened(path) is None
    with pytest.raises(BoundariesError, match=r"boundaries\.geojson: no such file: .*GBP_BOUNDARIES"):
        Boundaries.load(path)
    path.mkdir()
    with pytest.raises(BoundariesError, match="cannot be read"):
        opened(path)
    assert opened(saved(tmp_path, feature(name="길동"))) is not None


def test_a_file_too_large_to_be_meant_is_not_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("app.charts.boundary_file.MOST_BYTES", 10)
    with pytest.raises(BoundariesError, match="larger than 10 bytes"):
        Boundaries.load(saved(tmp_path, feature(name="길동")))


@pytest.mark.skipif(not REAL.is_dir(), reason="shared/data is not at hand")
@pytest.mark.parametrize(
    ("file", "areas", "some"),
    [
        ("hangjeongdong_강동구.geojson", 18, {"상일동", "천호2동", "길동", "둔촌1동"}),
        ("seoul_municipalities_geo_simple.json", 25, {"강동구", "중구", "강서구"}),
    ],
)
def test_published_files_are_drawn_whole(file: str, areas: int, some: set[str]) -> None:
    found = Boundaries.load(REAL / file)
    assert len({area.name for area in found.areas}) == len(found.areas) == areas
    assert some <= {area.name for area in found.areas}
    assert points(found) <= MOST_POINTS
    assert shapely.coverage_is_valid(shapes(found))
