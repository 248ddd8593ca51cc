"""The mapping has a field for everything a document holds, and nothing else."""

import json

from search import schema
from search.dictionary import NO_WORDS
from search.opensearch import bulk, mapping
from tests.batches import beside
from tests.contracts.corpus import corpus


def test_every_field_of_a_document_is_in_the_strict_mapping() -> None:
    known = set(mapping.records(NO_WORDS)["mappings"]["properties"])
    batches = [one for records in corpus(seed=4).records.values() for one in beside(records)]
    written = {
        name
        for batch in batches
        for text in bulk.documents(batch, "v").to_pylist()
        for name in json.loads(text)
    }
    assert written <= known


def test_everything_one_may_count_by_or_add_has_its_field() -> None:
    properties = mapping.records(NO_WORDS)["mappings"]["properties"]
    kinds = {name: properties[name]["type"] for name in (*schema.GROUPABLE, *schema.NUMBERS)}
    assert {kinds[name] for name in schema.NUMBERS} == {"double"}
    assert {kinds[name] for name in (*schema.KEYWORDS, *schema.DIMENSIONS)} == {"keyword"}
    assert mapping.records(NO_WORDS)["mappings"]["dynamic"] == "strict"


def test_an_index_has_no_copies_while_it_is_filled_and_gets_them_when_it_serves() -> None:
    body = mapping.records(NO_WORDS)
    filled = mapping.building(body)["settings"]["index"]
    assert (filled["auto_expand_replicas"], filled["number_of_replicas"]) == ("false", 0)
    assert filled["translog.durability"] == "async"
    assert filled["max_result_window"] == body["settings"]["index"]["max_result_window"]
    assert mapping.serving(body) == {
        "index": {"auto_expand_replicas": "0-1", "translog.durability": "request"}
    }
