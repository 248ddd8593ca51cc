"""Schematic borders of the sample: whole, honest about themselves, and never a dataset."""

import json
from datetime import date
from pathlib import Path

import pytest
import shapely
from click.testing import CliRunner

from indexer.cli.processes import _put_boundaries
from indexer.cli.sample import sample
from indexer.sample.boundaries import SOURCE, boundaries, write_boundaries
from indexer.sample.places import CENTRES, REACH_DEGREES, dongs_on
from settings import Settings
from sources import folder

TODAY = dongs_on(date(2025, 12, 31))


def test_every_dong_of_today_has_an_area_around_its_centre() -> None:
    shapes = {
        one["properties"]["name"]: shapely.geometry.shape(one["geometry"]) for one in boundaries()["features"]
    }
    assert set(shapes) == {dong.name for dong in TODAY}
    for name, shape in shapes.items():
        latitude, longitude = CENTRES[name]
        assert shape.contains(shapely.Point(longitude, latitude)), name
    assert [one["properties"]["code"] for one in boundaries()["features"]] == [dong.code for dong in TODAY]


def test_together_they_are_one_area_without_gaps_that_holds_all_places_of_the_sample() -> None:
    shapes = [shapely.geometry.shape(one["geometry"]) for one in boundaries()["features"]]
    assert shapely.coverage_is_valid(shapes)
    district = shapely.union_all(shapes)
    assert district.geom_type == "Polygon"
    assert not district.interiors
    for dong in TODAY:
        latitude, longitude = CENTRES[dong.name]
        reach = (
            longitude - REACH_DEGREES,
            latitude - REACH_DEGREES,
            longitude + REACH_DEGREES,
            latitude + REACH_DEGREES,
        )
        assert district.contains(shapely.box(*reach)), dong.name


def test_they_say_that_they_are_not_real(tmp_path: Path) -> None:
    written = json.loads(write_boundaries(tmp_path / "b.geojson").read_text(encoding="utf-8"))
    assert (written["source"], written["schematic"]) == (SOURCE, True)
    assert "실제 행정 경계가 아닙니다" in SOURCE


def test_they_are_the_same_bytes_every_time(tmp_path: Path) -> None:
    first, second = (write_boundaries(tmp_path / name).read_bytes() for name in ("a.geojson", "b.geojson"))
    assert first == second
    assert {path.name for path in tmp_path.iterdir()} == {"a.geojson", "b.geojson"}


def test_the_sample_has_them_beside_its_files_and_they_are_no_dataset(tmp_path: Path) -> None:
    said = CliRunner().invoke(sample, ["--datasets", "2", "--records", "40", str(tmp_path)])
    assert said.output == f"5 files in {tmp_path}\n"
    assert (tmp_path / folder.BOUNDARIES).is_file()
    assert len(list(folder.files([tmp_path]))) == 2
    assert not list(folder.left_out([tmp_path]))


def test_the_first_run_puts_them_where_the_portal_looks(tmp_path: Path) -> None:
    settings = Settings(tmp_path / "var", "sqlite://")
    _put_boundaries(settings)
    assert json.loads(settings.boundaries.read_text(encoding="utf-8"))["schematic"] is True


@pytest.mark.parametrize("named", [False, True])
def test_the_first_run_leaves_what_the_operator_has_or_names(tmp_path: Path, named: bool) -> None:
    elsewhere = tmp_path / "dong.geojson" if named else None
    settings = Settings(tmp_path, "sqlite://", boundaries_file=elsewhere)
    if not named:
        settings.boundaries.write_text("{}", encoding="utf-8")
    _put_boundaries(settings)
    assert [path.read_text(encoding="utf-8") for path in tmp_path.iterdir()] == ([] if named else ["{}"])
