"""The mapping has a field for everything a document holds, and nothing else."""

from search import bodies, mapping, schema
from search.dictionary import NO_WORDS
from tests.contracts.corpus import corpus


def test_every_field_of_a_document_is_in_the_strict_mapping() -> None:
    known = set(mapping.records(NO_WORDS)["mappings"]["properties"])
    written = {name for record in corpus(seed=4).all() for name in bodies.document(record, "v")}
    assert written <= known


def test_everything_one_may_count_by_or_add_has_its_field() -> None:
    properties = mapping.records(NO_WORDS)["mappings"]["properties"]
    kinds = {name: properties[name]["type"] for name in (*schema.GROUPABLE, *schema.NUMBERS)}
    assert {kinds[name] for name in schema.NUMBERS} == {"double"}
    assert {kinds[name] for name in (*schema.KEYWORDS, *schema.DIMENSIONS)} == {"keyword"}
    assert mapping.records(NO_WORDS)["mappings"]["dynamic"] == "strict"
