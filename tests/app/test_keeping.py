"""What was sent once is sent again without being made again, and never longer than it is true."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from flask import template_rendered
from flask.testing import FlaskClient
from jinja2 import Template

from app import create_app, keeping
from app.handing import Handing, Kept
from app.keeping import Sent
from catalogue import language
from indexer.workshop import Workshop
from search.embedded.snapshot import EmbeddedSnapshot
from search.plan import Answer
from tests.app.conftest import ClosingClient, settings_of


@pytest.fixture
def client(published: Workshop) -> Iterator[FlaskClient]:
    """A portal that has sent nothing yet: what other tests asked for is none of its answers."""
    app = create_app(settings_of(published), published.engine)
    yield ClosingClient(app, app.response_class)
    app.extensions["portal"].catalogue.close()


@pytest.fixture
def made(client: FlaskClient) -> Iterator[list[str]]:
    """Each page of results that is made."""
    found: list[str] = []

    def note(*_: object, template: Template, **__: object) -> None:
        found.append(str(template.name))

    with template_rendered.connected_to(note, client.application):
        yield found


def test_the_second_reader_is_sent_what_the_first_was(client: FlaskClient, made: list[str]) -> None:
    first, second = (client.get("/search?q=강동구") for _ in range(2))
    assert made == ["search.html"]
    assert (first.data, dict(first.headers)) == (second.data, dict(second.headers))


def test_packed_and_plain_answers_are_kept_apart(client: FlaskClient) -> None:
    packed = {"Accept-Encoding": "gzip"}
    for _ in range(2):
        assert client.get("/search", headers=packed).headers["Content-Encoding"] == "gzip"
        assert "Content-Encoding" not in client.get("/search").headers


def test_another_address_is_another_answer(client: FlaskClient, made: list[str]) -> None:
    for path in ("/search?q=천호동", "/search?q=주차장", "/search?q=천호동&page=1"):
        client.get(path)
    assert len(made) == 3


def test_an_edit_of_the_language_makes_the_answer_anew(client: FlaskClient, made: list[str]) -> None:
    client.get("/search?q=암사동")
    catalogue = client.application.extensions["portal"].catalogue
    for removed in (False, True):
        language.edit(catalogue, "synonyms", ["달팽이", "민달팽이"], "시험", "담당자", removed=removed)
        client.get("/search?q=암사동")
    assert len(made) == 3


def test_an_answer_that_the_clock_cut_short_is_not_kept(
    client: FlaskClient, made: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    ask = EmbeddedSnapshot.ask

    def late(self: EmbeddedSnapshot, questions: object) -> list[Answer]:
        return [replace(one, late=True) for one in ask(self, questions)]  # type: ignore[arg-type]

    with monkeypatch.context() as patch:
        patch.setattr(EmbeddedSnapshot, "ask", late)
        client.get("/search?q=성내동")
    client.get("/search?q=성내동")
    client.get("/search?q=성내동")
    assert len(made) == 2


@pytest.mark.parametrize("path", ["/status", "/admin/login", "/healthz", "/no-such-page"])
def test_what_changes_without_a_build_is_never_kept(
    client: FlaskClient, path: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept: list[str] = []
    monkeypatch.setattr(keeping.Sent, "keep", lambda _, name, __: kept.append(name))
    client.get(path)
    assert kept == []


def test_the_longest_unused_goes_first_and_what_is_large_is_not_kept() -> None:
    sent = Sent(most=100)
    for name in ("a", "b"):
        sent.keep(name, Kept(b"x" * 40, ()))
    sent.known("a")
    sent.keep("c", Kept(b"x" * 40, ()))
    assert [name for name in "abc" if sent.known(name)] == ["a", "c"]
    sent.keep("d", Kept(b"x" * (keeping.MOST_OF_ONE + 1), ()))
    assert sent.known("d") is None


def test_what_one_process_has_sent_another_need_not_make(tmp_path: Path) -> None:
    one, other = (Sent(handing=Handing(tmp_path)) for _ in range(2))
    one.keep("a", Kept("자료".encode(), (("ETag", "a"),)))
    assert other.known("a") == Kept("자료".encode(), (("ETag", "a"),))
    assert other.known("b") is None
    # held by itself from then on
    for path in tmp_path.iterdir():
        path.unlink()
    assert other.known("a") is not None


def test_a_process_takes_its_oldest_answers_away(tmp_path: Path) -> None:
    handing = Handing(tmp_path, most=500)
    for name in "abcd":
        handing.hand(name, Kept(name.encode() * 100, ()))
    assert handing.known("a") is None
    assert handing.known("d") == Kept(b"d" * 100, ())
    assert sum(path.stat().st_size for path in tmp_path.iterdir()) <= 500


def test_where_the_folder_is_gone_readers_are_answered_all_the_same(tmp_path: Path) -> None:
    sent = Sent(handing=Handing(tmp_path / "gone"))
    sent.keep("a", Kept(b"a", ()))
    assert sent.known("a") == Kept(b"a", ())
    assert sent.known("b") is None


def test_pages_are_handed_on_between_portals(published: Workshop, tmp_path: Path) -> None:
    apps = [create_app(settings_of(published), published.engine, tmp_path) for _ in range(2)]
    first = apps[0].test_client().get("/search?q=강동구")
    made: list[str] = []

    def note(*_: object, template: Template, **__: object) -> None:
        made.append(str(template.name))

    with template_rendered.connected_to(note, apps[1]):
        second = apps[1].test_client().get("/search?q=강동구")
    assert (made, second.data, second.headers["ETag"]) == ([], first.data, first.headers["ETag"])
    for app in apps:
        app.extensions["portal"].catalogue.close()
