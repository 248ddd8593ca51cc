"""What OpenSearch is given and what it answers, whole: documents, aliases, answers."""

import json
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search import schema
from search.dictionary import NO_WORDS
from search.documents import Record
from search.engine import Build, EngineDown, EngineError, TooManyGroups
from search.gathering import Gathered
from search.manifest import Manifest
from search.opensearch import aliases, bodies, bulk, mapping
from search.plan import Groups, Selection, Top
from tests.batches import beside
from tests.search.golden import same_as_golden

RECORD = Record(
    dataset="화장실",
    ordinal=7,
    area="환경 > 화장실",
    provider="강동구",
    title="천호공원 화장실",
    row={"이름": "천호공원 화장실", "주소": "천호동 Ａ동 7", "대수": "1,200", "비고": ""},
    year=2020,
    period="2020-05",
    location=(37.54, 127.12),
    measures={"m0": 1200.0, "m1": 0.0},
    dimensions={"d0": "천호공원 화장실"},
    extra=("성내동",),
)


def test_a_record_is_written_with_its_terms_normalised() -> None:
    (batch,) = beside([RECORD])
    (body,) = bulk.bodies(batch, "화장실@b1.1", 1_000_000)
    same_as_golden("record", list(map(json.loads, body.decode().splitlines())))


@given(st.integers(1, 40), st.integers(1, 5_000))
def test_bodies_are_no_larger_than_they_may_be_and_hold_every_record_once(records: int, most: int) -> None:
    (batch,) = beside([replace(RECORD, ordinal=at) for at in range(records)])
    bodies = list(bulk.bodies(batch, "화장실@b1.1", most))
    lines = b"".join(bodies).decode().splitlines()
    assert [json.loads(line)["ordinal"] for line in lines[1::2]] == list(range(records))
    assert all(body.endswith(b"\n") for body in bodies)
    assert all(len(body) <= most or body.count(b"\n") == 2 for body in bodies)


def test_publishing_is_one_step() -> None:
    manifest = Manifest(Build("B2", "2026"), "b1", {}, "gbp-records-b1", {"b": "b@B2.1", "a": "a@b1.1"})
    live = [("gbp-records-b1", aliases.mark("b1")), ("gbp-records-b1", aliases.LIVE)]
    same_as_golden("publishing", aliases.moved(live, to=manifest))
    assert aliases.marks(live) == {("gbp-records-b1", "gbp-build-b1")}


def test_the_mapping_has_the_fields_of_the_schema() -> None:
    fields = mapping.records(NO_WORDS)["mappings"]["properties"]
    named = {*schema.GROUPABLE, *schema.NUMBERS, *schema.MATCHING, "title", "body", "record", "ordinal"}
    assert set(fields) == named | {"version", "location"}
    assert {name for name, field in fields.items() if field["type"] == "double"} == set(schema.NUMBERS)


def test_what_is_written_of_a_build_is_in_the_mapping() -> None:
    written = Manifest(Build("b", "2026"), None, {}).outline()
    assert set(written) == set(mapping.builds()["mappings"]["properties"])


def failed(status: int, kind: str, cause: str = "") -> dict[str, Any]:
    caused = {"caused_by": {"type": cause}} if cause else {}
    return {"status": status, "error": {"type": kind, "reason": "…", **caused}}


@pytest.mark.parametrize(
    ("said", "raised"),
    [
        (failed(503, "search_phase_execution_exception"), EngineDown),
        (failed(429, "rejected_execution_exception"), EngineDown),
        (failed(404, "index_not_found_exception"), EngineDown),
        (failed(503, "search_phase_execution_exception", "too_many_buckets_exception"), TooManyGroups),
        (failed(400, "parsing_exception"), EngineError),
    ],
)
def test_an_error_in_one_answer_is_named(said: dict[str, Any], raised: type[EngineError]) -> None:
    with pytest.raises(EngineError) as error:
        bodies.answers(Gathered(Selection(), (Groups(Selection()),)), said, {})
    assert type(error.value) is raised


@pytest.mark.parametrize(
    ("timed_out", "failed_shards", "partial"), [(False, 0, False), (True, 0, True), (False, 1, True)]
)
def test_an_answer_that_is_not_whole_says_so(timed_out: bool, failed_shards: int, partial: bool) -> None:
    said = {"timed_out": timed_out, "_shards": {"failed": failed_shards}, "hits": {"hits": []}}
    question = Top(Selection(), 3)
    assert bodies.answers(question, said, {})[question].partial is partial
