"""The list that comes with the portal, and how a broken one is named."""

import json
from collections import Counter
from datetime import datetime
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest

from catalogue.cron import trigger
from indexer.intake.overrides import Overrides
from settings import SEOUL
from sources import entry
from sources.connector import times
from sources.connectors import CONNECTORS
from sources.entry import Entry, EntryError
from sources.metadata import MAX_CHARACTERS

LIST = entry.load()
NOW = datetime(2026, 11, 26, 3, 0, tzinfo=SEOUL)
REQUESTS: dict[str, dict[str, set[str]]] = {
    "seoul": {"": {"service"}},
    "kosis": {"": {"org", "table", "items", "period", "newest", "levels"}},
    "datagokr": {
        "gateway": {"style", "path"},
        "standard": {"style", "service"},
        "odcloud": {"style", "namespace"},
    },
    "mois": {
        "standard": {"kind", "slug"},
        "api": {"kind", "service", "params"},
        "population_csv": {"kind", "page", "form"},
        "bulk": {"kind", "slug", "org"},
    },
}
"""What must stand in a request, by source and way."""

one_each = pytest.mark.parametrize("one", LIST, ids=lambda one: one.id)


def test_there_are_enough_of_every_source() -> None:
    assert len(LIST) >= 60
    assert set(Counter(one.source for one in LIST)) == set(CONNECTORS)
    assert min(Counter(one.source for one in LIST).values()) >= 5


def test_titles_and_requests_are_told_apart() -> None:
    titles = Counter(one.title for one in LIST)
    requests = Counter(json.dumps([one.request, one.where], sort_keys=True, default=str) for one in LIST)
    assert titles.most_common(1)[0][1] == 1
    assert requests.most_common(1)[0][1] == 1


def test_no_entry_rests_on_a_guess() -> None:
    """Of this service only the name is known, not what a row of it is."""
    assert not [one.id for one in LIST if "tour_weak_tfcelctc_car" in str(one.request)]


@one_each
def test_an_entry_can_be_scheduled_and_shown(one: Entry) -> None:
    trigger(one.schedule, one.id)
    assert one.source in CONNECTORS
    known = json.loads(files("mappings").joinpath("areas.json").read_text(encoding="utf-8"))
    areas = {f"{group['name']} > {area['name']}" for group in known["categories"] for area in group["areas"]}
    assert one.area in areas
    assert len(one.id) <= 120
    assert len(one.title) <= MAX_CHARACTERS["title"]
    assert one.description.endswith(".")
    assert "한 행은" in one.description, "what a row is, is said first"
    Overrides.of(one.overrides)


@one_each
def test_names_of_an_entry_fit_together(one: Entry) -> None:
    columns = set(one.columns)
    assert not one.newest_by or one.key, "the newest of what?"
    if columns:
        assert {*one.key, *one.where} - {""} <= columns
        assert not one.newest_by or one.newest_by in columns
        wire = Counter(name for names in one.columns.values() for name in {name.casefold() for name in names})
        assert set(wire.values()) == {1}, "a field is one column"
        decided = {name for what in ("roles", "kinds", "units") for name in one.overrides.get(what, ())}
        assert decided <= columns
    assert all(name.strip() for name in columns)


@one_each
def test_a_request_has_all_that_its_way_needs(one: Entry) -> None:
    ways = REQUESTS[one.source]
    way = "" if "" in ways else str(one.request.get("style") or one.request.get("kind"))
    assert ways[way] <= set(one.request)
    asked = times(one, NOW)
    assert asked == sorted(asked)
    if "{time}" in json.dumps(one.request, ensure_ascii=False):
        assert asked != [""], "a time that nobody fills in"
    if one.source == "kosis":
        assert one.request["period"] in {"Y", "S", "Q", "M"}
    for name, value in one.request.get("params", {}).items():
        assert isinstance(value, str), name


GOOD = """
[all]
source = "seoul"
provider = "서울특별시"
verified = false

[[dataset]]
id = "bikes"
title = "따릉이"
area = "교통 > 자전거시설"
schedule = "10 2 * * *"
fresh_days = 15
at_least = 5
request = { service = "bikeList" }
"""


class ListFile:
    """A list file of one's own; ``read`` gives its entries."""

    def __init__(self, folder: Path) -> None:
        self.path = folder / "mine.toml"

    def read(self, text: str | bytes) -> tuple[Entry, ...]:
        self.path.write_bytes(text.encode() if isinstance(text, str) else text)
        return entry.read([self.path])


@pytest.fixture
def own(tmp_path: Path) -> ListFile:
    return ListFile(tmp_path)


def test_an_entry_of_ones_own(own: ListFile) -> None:
    (found,) = own.read(
        GOOD
        + 'key = "stationId"\nmost_drop = 1\n[dataset.columns]\n"거치대" = "rackTotCnt"\n"이름" = ["a", "b"]\n'
    )
    assert (found.provider, found.key, found.most_drop) == ("서울특별시", ("stationId",), 1.0)
    assert found.columns == {"거치대": ("rackTotCnt",), "이름": ("a", "b")}


@pytest.mark.parametrize(
    ("change", "named"),
    [
        (('id = "bikes"', 'id = "Bikes!"'), "field id"),
        (('id = "bikes"', "id = 3"), "field id"),
        (('title = "따릉이"', ""), "field title"),
        (('title = "따릉이"', 'title = " "'), "field title"),
        (('source = "seoul"', "source = 1"), "field source"),
        (('schedule = "10 2 * * *"', 'schedule = "daily"'), "field schedule"),
        (("fresh_days = 15", "fresh_days = 0"), "field fresh_days"),
        (("fresh_days = 15", "fresh_days = true"), "field fresh_days"),
        (("at_least = 5", 'at_least = "5"'), "field at_least"),
        (("verified = false", 'verified = "no"'), "field verified"),
        (('request = { service = "bikeList" }', 'request = "bikeList"'), "field request"),
        (("at_least = 5", "at_least = 5\nmost_drop = 1.5"), "field most_drop"),
        (("at_least = 5", 'at_least = 5\nmost_drop = "half"'), "field most_drop"),
        (("at_least = 5", "at_least = 5\nkey = [1]"), "field key"),
        (("at_least = 5", "at_least = 5\nkey = []"), "field key"),
        (("at_least = 5", "at_least = 5\nnewest_by = 1"), "field newest_by"),
        (("at_least = 5", 'at_least = 5\ncolumns = "x"'), "field columns"),
        (("at_least = 5", "at_least = 5\ncolumns = { a = [] }"), "field columns"),
        (("at_least = 5", "at_least = 5\nwhere = { a = 1 }"), "field where"),
        (("at_least = 5", "at_least = 5\noverrides = 1"), "field overrides"),
        (("at_least = 5", "at_least = 5\ncolour = 1"), "unknown field 'colour'"),
    ],
)
def test_a_broken_entry_is_named_with_file_entry_and_field(
    own: ListFile, change: tuple[str, str], named: str
) -> None:
    assert change[0] in GOOD
    with pytest.raises(EntryError) as error:
        own.read(GOOD.replace(*change))
    where = "dataset 3" if "id = 3" in change else "dataset Bikes!" if "!" in change[1] else "dataset bikes"
    assert str(error.value).startswith(f"mine.toml, {where}")
    assert named in str(error.value)


def test_an_id_that_stands_there_twice(own: ListFile) -> None:
    dataset = GOOD[GOOD.index("[[dataset]]") :]
    with pytest.raises(EntryError, match=r"mine\.toml, dataset bikes.*twice"):
        own.read(GOOD + dataset)


@pytest.mark.parametrize(
    "text",
    [GOOD + "=", b"\xff\xfe", GOOD.replace("[[dataset]]", "[dataset]"), "all = 3", "dataset = [1]"],
    ids=["no toml", "no text", "one bracket", "all", "numbers"],
)
def test_a_broken_file_is_named(own: ListFile, text: Any) -> None:
    with pytest.raises(EntryError, match=r"^mine\.toml"):
        own.read(text)
