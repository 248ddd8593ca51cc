"""Answers come packed to who can unpack them, and are the same for all."""

import gzip

import pytest
from flask.testing import FlaskClient

PACKED = {"Accept-Encoding": "gzip, br"}


@pytest.mark.parametrize("path", ["/search", "/datasets", "/api/v1/search", "/static/site.css"])
def test_who_can_unpack_gets_the_same_answer_smaller(client: FlaskClient, path: str) -> None:
    plain, packed = client.get(path), client.get(path, headers=PACKED)
    assert packed.headers["Content-Encoding"] == "gzip"
    assert "Content-Encoding" not in plain.headers
    assert "Accept-Encoding" in plain.headers["Vary"]
    assert gzip.decompress(packed.data) == plain.data
    assert len(packed.data) < len(plain.data) / 2
    assert int(packed.headers["Content-Length"]) == len(packed.data)


def test_who_holds_the_packed_answer_is_told_that_it_still_holds(client: FlaskClient) -> None:
    tag = client.get("/search", headers=PACKED).headers["ETag"]
    assert tag.startswith("W/")
    again = client.get("/search", headers={**PACKED, "If-None-Match": tag})
    assert (again.status_code, again.data) == (304, b"")


def test_a_short_answer_and_a_page_of_the_staff_go_as_they_are(client: FlaskClient) -> None:
    for path in ("/healthz", "/admin/login"):
        assert "Content-Encoding" not in client.get(path, headers=PACKED).headers
