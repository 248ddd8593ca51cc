"""The picture of a page: its size, its letters, and that made-up data say so."""

import io

import pytest
from flask.testing import FlaskClient
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from app.sharing.lettering import Lettering, Style
from app.sharing.picture import HEIGHT, WIDTH, Shared, png
from search.documents import Dataset
from tests.app.tiny import client_of

PLAIN = Style(30)


@pytest.fixture(scope="module")
def lettering() -> Lettering:
    return Lettering.load()


def test_every_dataset_and_result_has_a_picture(client: FlaskClient, datasets: tuple[Dataset, ...]) -> None:
    addresses = [f"/datasets/{one.id}/share.png" for one in datasets[:4]]
    for address in (*addresses, "/search/share.png?q=화장실", "/search/share.png"):
        answer = client.get(address)
        assert answer.mimetype == "image/png"
        assert Image.open(io.BytesIO(answer.data)).size == (WIDTH, HEIGHT)


def test_the_page_names_its_picture(client: FlaskClient, datasets: tuple[Dataset, ...]) -> None:
    page = client.get(f"/datasets/{datasets[0].id}").get_data(as_text=True)
    assert 'property="og:image" content="http://localhost/datasets/' in page
    assert 'property="og:image" content="http://localhost/search/share.png?q=' in client.get(
        "/search?q=화장실"
    ).get_data(as_text=True)


def test_a_misspelt_filter_is_refused_and_what_is_unknown_not_found(client: FlaskClient) -> None:
    assert client.get("/search/share.png?qq=1").status_code == 400
    assert client.get("/datasets/없음/share.png").status_code == 404


def test_made_up_data_look_made_up(lettering: Lettering) -> None:
    real = png(Shared("제목", "강동구", (), "포털", sample=False), lettering)
    sample = png(Shared("제목", "강동구", (), "포털", sample=True), lettering)
    assert real != sample


def test_long_titles_are_broken_and_end_in_a_mark(lettering: Lettering) -> None:
    lines = lettering.lines("긴 제목 " * 40, PLAIN, 400, 2)
    assert len(lines) == 2
    assert lines[-1].endswith("…")
    assert all(lettering.width(line, PLAIN) <= 400 for line in lines)
    assert lettering.lines("짧은 제목", PLAIN, 400, 2) == ["짧은 제목"]


@given(st.text(max_size=60))
@settings(deadline=None, max_examples=40)
def test_whatever_a_title_holds_it_fits(lettering: Lettering, text: str) -> None:
    assert all(lettering.width(line, PLAIN) <= 300 for line in lettering.lines(text, PLAIN, 300, 3))


def test_without_a_build_there_is_no_picture(tmp_path_factory: pytest.TempPathFactory) -> None:
    assert client_of(tmp_path_factory.mktemp("none")).get("/search/share.png").status_code == 503
