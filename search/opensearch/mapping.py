"""Index settings and mappings for OpenSearch, from ``mappings/``."""

import json
from importlib.resources import files
from typing import Any

from search.dictionary import Dictionary

Body = dict[str, Any]

BUILDING: Body = {
    "auto_expand_replicas": "false",
    "number_of_replicas": 0,
    "translog.durability": "async",
}
SERVING_DEFAULTS: Body = {"auto_expand_replicas": "false", "translog.durability": "request"}
"""OpenSearch's own, where mappings/records.json says nothing."""


def records(dictionary: Dictionary) -> Body:
    """The records index with its Korean analysers, which read the words of the dictionary."""
    body = _load("records.json")
    body["settings"]["analysis"] = _load("analysis.json")
    if dictionary.rules:
        body["settings"]["analysis"]["tokenizer"]["ko_mixed"]["user_dictionary_rules"] = list(
            dictionary.rules
        )
    return body


def building(body: Body) -> Body:
    """The index while it is filled: no copies, and nothing on disk that the end will not put there at once."""
    settings = {**body["settings"]["index"], **BUILDING}
    return {**body, "settings": {**body["settings"], "index": settings}}


def serving(body: Body) -> Body:
    """The settings of an index that has been filled."""
    served = body["settings"]["index"]
    return {"index": {name: served.get(name, default) for name, default in SERVING_DEFAULTS.items()}}


def builds() -> Body:
    """The index in which builds are written down."""
    return _load("builds.json")


def datasets() -> Body:
    """The index in which the datasets of builds are written down."""
    return _load("datasets.json")


def _load(name: str) -> Body:
    body: Body = json.loads(files("mappings").joinpath(name).read_text(encoding="utf-8"))
    return body
