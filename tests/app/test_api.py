"""The API is what its description says, found out by asking it whatever the description allows."""

import re
from typing import Any

import pytest
import schemathesis
from flask import Flask
from flask.testing import FlaskClient
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from openapi_spec_validator import validate
from schemathesis.checks import (
    CheckFunction,
    content_type_conformance,
    not_a_server_error,
    response_schema_conformance,
    status_code_conformance,
)

from app.api.openapi import description
from search.documents import Dataset

DESCRIPTION = description("0")
CHECKS: list[CheckFunction] = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_schema_conformance,
]


ANY_ORDER = settings(
    max_examples=40,
    derandomize=True,
    deadline=None,
    database=None,
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=list(HealthCheck),
)


@pytest.mark.parametrize("path", DESCRIPTION["paths"])
def test_answers_are_as_described(portal_app: Flask, datasets: tuple[Dataset, ...], path: str) -> None:
    # schemathesis' own pytest plugin does not know the pytest of 2026: its cases are drawn by hand
    api = schemathesis.openapi.from_wsgi("/api/v1/openapi.json", portal_app)

    @ANY_ORDER
    @given(case=api[path]["GET"].as_strategy(), real=st.sampled_from([*datasets, None, None]))
    def answers(case: schemathesis.Case[Any], real: Dataset | None) -> None:
        if real is not None and "id" in case.path_parameters:
            case.path_parameters["id"] = real.id  # made-up ids find nothing
        # its client asks for packed answers, and cannot unpack them where there is no network between
        case.call_and_validate(checks=CHECKS, headers={"Accept-Encoding": "identity"})

    answers()


def test_the_description_is_valid() -> None:
    validate(DESCRIPTION)


def test_every_route_is_described_and_every_description_is_a_route(portal_app: Flask) -> None:
    routes = {
        re.sub(r"<\w+>", "{id}", rule.rule)
        for rule in portal_app.url_map.iter_rules()
        if rule.rule.startswith("/api/v1/")
    }
    assert routes == set(DESCRIPTION["paths"])


def test_who_asks_for_nothing_has_the_description(client: FlaskClient) -> None:
    assert client.get("/api/v1").get_json() == client.get("/api/v1/openapi.json").get_json()


def test_answers_name_their_build(client: FlaskClient, datasets: tuple[Dataset, ...]) -> None:
    one = next(one for one in datasets if one.numbers())
    for path in DESCRIPTION["paths"]:
        if not path.endswith("openapi.json"):
            assert client.get(path.replace("{id}", one.id)).get_json()["build"]["id"]


def test_keys_stand_in_the_order_of_the_design(client: FlaskClient) -> None:
    assert list(client.get("/api/v1/search").get_json())[:2] == ["total", "datasets_total"]


def test_a_facet_may_be_any_category_of_the_dataset(
    client: FlaskClient, datasets: tuple[Dataset, ...]
) -> None:
    # of the elderly a small sample has the men of one age only
    one = next(one for one in datasets if one.column("성별") is not None and "주민등록" in one.title)
    address = f"/api/v1/datasets/{one.id}/totals"
    whole = client.get(address).get_json()["values"][-1]["value"]
    parts = client.get(address, query_string={"by": "성별"}).get_json()["values"]
    women = client.get(address, query_string={"성별": "여"}).get_json()["values"][-1]["value"]
    assert sum(part["value"] for part in parts) == whole
    assert women in [part["value"] for part in parts]
