"""Index settings and mappings for OpenSearch, from ``mappings/``."""

import json
from importlib.resources import files
from typing import Any

from search.dictionary import Dictionary

Body = dict[str, Any]


def records(dictionary: Dictionary) -> Body:
    """The records index with its Korean analysers, which read the words of the dictionary."""
    body = _load("records.json")
    body["settings"]["analysis"] = _load("analysis.json")
    if dictionary.rules:
        body["settings"]["analysis"]["tokenizer"]["ko_mixed"]["user_dictionary_rules"] = list(
            dictionary.rules
        )
    return body


def builds() -> Body:
    """The index in which builds are written down."""
    return _load("builds.json")


def _load(name: str) -> Body:
    body: Body = json.loads(files("mappings").joinpath(name).read_text(encoding="utf-8"))
    return body
