"""Charts of whole datasets are made once, ahead of readers, and never shown of records that are no more."""

import logging
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from flask import Flask

from app import ahead, create_app, telling
from app.charts import album, entries
from app.charts.album import CHARTS, FOLDER, Album
from app.charts.chart import Source, Told
from app.charts.kinds import trend
from app.look import whole
from app.pages import cards as page_cards
from app.portal import live, portal
from search.documents import Column
from search.engine import Engine, EngineDown, NothingPublished, TooManyGroups
from search.plan import Filter, Selection
from settings import Settings
from tests.app.tiny import dataset, record
from tests.batches import beside
from tests.conftest import embedded

TREES, LAMPS = "가로수", "가로등"
NUMBER = Column("그루", "measure", "flow", "그루", "m0")


@pytest.fixture
def engine(tmp_path: Path) -> Engine:
    made = embedded(tmp_path / "index")
    publish(made, "b1", {TREES: 1.0, LAMPS: 5.0})
    return made


@pytest.fixture
def portal_app(tmp_path: Path, engine: Engine) -> Iterator[Flask]:
    made = app_of(tmp_path, engine)
    yield made
    made.extensions["portal"].catalogue.close()


def app_of(var: Path, engine: Engine) -> Flask:
    return create_app(Settings(var, f"sqlite:///{var / 'catalogue.sqlite'}"), engine)


def publish(engine: Engine, build: str, sizes: dict[str, float]) -> None:
    """Datasets of some years, each number that of the dataset times the year's place."""
    stage = engine.stage(build)
    for key, size in sizes.items():
        records = [
            record(key, at, {"그루": str(at)}, year=2015 + at, measures={"m0": size * (at + 1)})
            for at in range(8)
        ]
        made = dataset(key, [NUMBER], records)
        stage.put(made, beside(records, made))
    stage.seal()
    stage.publish()


def told(app: Flask, key: str) -> tuple[Told, ...]:
    with app.app_context():
        return telling.told_of(live(), whole(live().datasets[key]))


def lowest(app: Flask, key: str) -> float:
    """The lowest number in the first chart of a dataset: that of its first year."""
    return float(told(app, key)[0].frame["value"].min())


@pytest.fixture
def makings(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The datasets of which charts are made from now on, in turn."""
    made: list[str] = []
    make = entries.told

    def noted(source: Source) -> tuple[Told, ...]:
        made.append(source.shape.dataset.id)
        return make(source)

    monkeypatch.setattr(entries, "told", noted)
    return made


def test_charts_are_made_ahead_and_no_reader_makes_them_again(
    tmp_path: Path, engine: Engine, portal_app: Flask, makings: list[str]
) -> None:
    assert ahead.prepare(portal_app) == "b1"
    assert sorted(makings) == sorted([TREES, LAMPS])
    other = app_of(tmp_path, engine)  # another process
    assert lowest(other, TREES) == 1.0
    assert len(makings) == 2
    other.extensions["portal"].catalogue.close()


def test_what_a_reader_had_made_is_there_for_all(
    tmp_path: Path, engine: Engine, portal_app: Flask, makings: list[str]
) -> None:
    assert lowest(portal_app, LAMPS) == 5.0
    other = app_of(tmp_path, engine)
    assert lowest(other, LAMPS) == 5.0
    assert makings == [LAMPS]
    other.extensions["portal"].catalogue.close()


def test_of_the_next_build_only_what_was_written_anew_is_made(
    engine: Engine, portal_app: Flask, makings: list[str]
) -> None:
    ahead.prepare(portal_app)
    makings.clear()
    publish(engine, "b2", {TREES: 3.0})
    assert ahead.prepare(portal_app, made="b1") == "b2"
    assert makings == [TREES]
    assert (lowest(portal_app, TREES), lowest(portal_app, LAMPS)) == (3.0, 5.0)


def test_a_build_that_was_prepared_is_not_looked_through_again(
    portal_app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ahead, "told_of", lambda *_: pytest.fail("made again"))
    assert ahead.prepare(portal_app, made="b1") == "b1"


def test_what_another_process_is_writing_is_left_alone_until_its_dataset_is_written_anew(
    tmp_path: Path, engine: Engine, portal_app: Flask
) -> None:
    ahead.prepare(portal_app)
    names = sorted(path.name for path in (tmp_path / FOLDER).iterdir())
    for name in names:
        (tmp_path / FOLDER / f"{name}.abcd.new").write_bytes(b"half")
    publish(engine, "b2", {TREES: 3.0})
    ahead.prepare(portal_app, made="b1")
    half = [path.name for path in (tmp_path / FOLDER).iterdir() if path.suffix == ".new"]
    assert len(half) == 2, "charts and cards of the other"
    assert {name.removesuffix(".abcd.new") for name in half} < set(names)


@pytest.mark.parametrize(("by", "made"), [("ahead", 4), ("a reader", 3)])
def test_charts_that_nobody_needs_are_taken_away(
    tmp_path: Path, engine: Engine, portal_app: Flask, by: str, made: int
) -> None:
    ahead.prepare(portal_app)
    before = set((tmp_path / FOLDER).iterdir())
    publish(engine, "b2", {TREES: 3.0})
    if by == "ahead":
        ahead.prepare(portal_app, made="b1")
    else:
        told(portal_app, TREES)
    after = set((tmp_path / FOLDER).iterdir())
    assert (len(before), len(after), len(before & after)) == (4, made, 2), "charts and cards of two"


@pytest.mark.parametrize("error", [ZeroDivisionError, EngineDown])
def test_a_dataset_whose_charts_fail_keeps_no_other_from_its_own(
    portal_app: Flask,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
    error: type[Exception],
) -> None:
    make = entries.told

    def failing(source: Source) -> tuple[Told, ...]:
        if source.shape.dataset.id == TREES:
            raise error
        return make(source)

    monkeypatch.setattr(entries, "told", failing)
    assert ahead.prepare(portal_app) == "b1"
    assert f"charts and cards of {TREES} cannot be made" in caplog.text
    with portal_app.app_context():
        assert portal().album.kept(live().versions[LAMPS], CHARTS)


def test_a_chart_of_too_many_groups_keeps_no_other_from_the_page(
    portal_app: Flask, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    before = {one.chart.kind for one in told(portal_app, TREES)}
    assert trend.NAME in before

    def refused(*_: object) -> Told:
        raise TooManyGroups("65,000")

    monkeypatch.setattr(trend, "tell", refused)
    with portal_app.app_context():
        what = whole(live().datasets[LAMPS])
        assert trend.NAME not in {one.chart.kind for one in telling.told_of(live(), what)}
        assert telling.one_told(live(), what, f"{trend.NAME}-m0-year") is None
    assert f"no {trend.NAME}-m0-year of {LAMPS}: 65,000" in caplog.text
    assert portal_app.test_client().get(f"/datasets/{LAMPS}").status_code == 200


def test_where_nothing_is_published_there_is_nothing_to_prepare(tmp_path: Path) -> None:
    app = app_of(tmp_path, embedded(tmp_path / "empty"))
    with pytest.raises(NothingPublished):
        ahead.prepare(app)
    app.extensions["portal"].catalogue.close()


def test_cards_are_made_ahead_too_and_are_those_of_the_records(
    tmp_path: Path, portal_app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    ahead.prepare(portal_app)

    def unasked(*_: object) -> None:
        raise AssertionError("the engine is asked for what is there")

    other = app_of(tmp_path, portal_app.extensions["portal"].engine)
    with monkeypatch.context() as within, other.app_context():
        within.setattr(page_cards, "cards_of", unasked)
        shown = page_cards.cards(live(), whole(live().datasets[TREES]))
    publish(other.extensions["portal"].engine, "b2", {TREES: 2.0})
    with other.app_context():
        after = page_cards.cards(live(), whole(live().datasets[TREES]))
    assert [(one.label, one.value) for one in shown] == [
        ("레코드", "8"),
        ("기간", "2015–2022"),
        ("그루", "8"),
    ]
    assert [one.value for one in after] == ["8", "2015–2022", "16"]
    other.extensions["portal"].catalogue.close()


def test_what_the_clock_cut_short_is_not_kept(
    tmp_path: Path, portal_app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(telling, "was_late", lambda: True)
    assert told(portal_app, TREES)
    assert not (tmp_path / FOLDER).exists()


def test_charts_under_filters_are_not_those_of_the_whole(portal_app: Flask) -> None:
    ahead.prepare(portal_app)
    client = portal_app.test_client()
    kept = len(list(portal_app.extensions["portal"].album.folder.iterdir()))
    assert client.get(f"/datasets/{TREES}?year=2016").status_code == 200
    assert len(list(portal_app.extensions["portal"].album.folder.iterdir())) == kept


@pytest.mark.parametrize("before", [False, True], ids=["alone", "after the others"])
def test_one_chart_under_filters_is_made_alone_and_is_the_same_as_among_the_others(
    portal_app: Flask, makings: list[str], before: bool
) -> None:
    with portal_app.app_context():
        dataset = live().datasets[TREES]
        some = Filter("year", (2015, 2016, 2017, 2018, 2019))
        what = replace(whole(dataset), selection=Selection(filters=(Filter("dataset", (TREES,)), some)))
        among = telling.told_of(live(), what) if before else ()
        made = telling.one_told(live(), what, f"{trend.NAME}-m0-year")
        assert made is not None
        assert len(made.frame) >= 5
        assert makings == [TREES] * before
        assert not before or any(one is made for one in among)


def test_a_damaged_file_is_made_again(
    tmp_path: Path, portal_app: Flask, makings: list[str], caplog: pytest.LogCaptureFixture
) -> None:
    ahead.prepare(portal_app)
    for path in (tmp_path / FOLDER).iterdir():
        path.write_bytes(path.read_bytes()[:-9])
    makings.clear()
    other = app_of(tmp_path, portal_app.extensions["portal"].engine)
    assert lowest(other, TREES) == 1.0
    assert makings == [TREES]
    other.extensions["portal"].catalogue.close()
    assert "is made again" in caplog.text


def test_readers_have_charts_where_the_disk_takes_none(
    tmp_path: Path, portal_app: Flask, caplog: pytest.LogCaptureFixture
) -> None:
    (tmp_path / FOLDER).write_text("no folder")
    with caplog.at_level(logging.WARNING):
        assert lowest(portal_app, TREES) == 1.0
    assert "charts cannot be kept" in caplog.text


@pytest.mark.parametrize("name", ["kind.py", "regions.json"])
def test_other_code_or_tables_make_other_charts(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    monkeypatch.setattr(album, "_MAKERS", (str(tmp_path / "code"),))
    (tmp_path / "code").mkdir()
    before = Album.of(tmp_path, None).made_by
    (tmp_path / "code" / name).write_text("1")
    first = Album.of(tmp_path, None).made_by
    (tmp_path / "code" / name).write_text("2")
    assert len({before, first, Album.of(tmp_path, None).made_by}) == 3


def test_other_borders_make_other_charts(tmp_path: Path) -> None:
    assert Album.of(tmp_path, None).made_by == Album.of(tmp_path, None).made_by
    with_borders = Album.of(tmp_path, ())  # type: ignore[arg-type]
    assert with_borders.made_by != Album.of(tmp_path, None).made_by
