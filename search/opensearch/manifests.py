"""What is written down on the server: of each build its versions, of each version its dataset.

A dataset stands there once, however many builds name its version: a build with one dataset changed is written and read
without the others, whose words are megabytes.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import islice
from typing import Any

from opensearchpy import OpenSearch, helpers

from search.documents import Dataset
from search.engine import Damaged
from search.manifest import Manifest
from search.opensearch import mapping
from search.opensearch.aliases import BUILDS, DATASETS
from search.opensearch.client import our_errors
from search.opensearch.publishing import WRITE_SECONDS
from search.opensearch.sending import BODY_BYTES

KEPT_BUILDS = 1_000
READ_AT_ONCE = 300
"""Datasets: some megabytes of words."""

Body = dict[str, Any]


def prepare(client: OpenSearch) -> None:
    """Both indices, with the fields of today."""
    with our_errors():
        for index, body in ((BUILDS, mapping.builds()), (DATASETS, mapping.datasets())):
            if client.indices.exists(index=index):
                client.indices.put_mapping(
                    index=index, body=body["mappings"], params={"timeout": WRITE_SECONDS}
                )
            else:
                client.indices.create(index=index, body=body, params={"timeout": WRITE_SECONDS})


def outline(client: OpenSearch, build: str) -> Manifest:
    """A build without its datasets. Raises Damaged, EngineDown."""
    with our_errors():
        found = client.get(index=BUILDS, id=build, params={"ignore": 404})
    if not found.get("found"):
        raise _damaged(build)
    return Manifest.from_json(found["_source"])


def outlines(client: OpenSearch) -> list[Manifest]:
    """Every build that is written down, without its datasets."""
    with our_errors():
        if not client.indices.exists(index=BUILDS):
            return []
        found = client.search(index=BUILDS, body={"size": KEPT_BUILDS})
    return [Manifest.from_json(hit["_source"]) for hit in found["hits"]["hits"]]


def whole(client: OpenSearch, build: Manifest, known: Mapping[str, Dataset]) -> Manifest:
    """A build with its datasets; ``known``: by version those that are not read again. Raises Damaged, EngineDown."""
    new = [version for version in build.versions.values() if version not in known]
    found = {**known, **dict(_read(client, new))}
    if not found.keys() >= set(new):
        raise _damaged(build.build.id)
    return replace(build, datasets={key: found[version] for key, version in build.versions.items()})


def by_version(datasets: Mapping[str, Dataset], versions: Mapping[str, str]) -> dict[str, Dataset]:
    """The datasets of a build as ``whole`` knows them."""
    return {versions[key]: dataset for key, dataset in datasets.items()}


def _read(client: OpenSearch, versions: Sequence[str]) -> Iterator[tuple[str, Dataset]]:
    left = iter(versions)
    while some := list(islice(left, READ_AT_ONCE)):
        with our_errors():
            found = client.mget(index=DATASETS, body={"ids": some})
        for one in found["docs"]:
            if one.get("found"):
                yield one["_id"], Dataset.from_json(one["_source"]["dataset"])


def write(client: OpenSearch, build: Manifest, before: Manifest | None) -> None:
    """Write a build down, and the datasets that are not in the one before; first these: no half of one is offered."""
    there = set(before.versions.values()) if before else set()
    new = by_version(build.datasets, build.versions).items()
    with our_errors():
        helpers.bulk(
            client,
            (
                {"_id": version, "dataset": dataset.as_json()}
                for version, dataset in new
                if version not in there
            ),
            index=DATASETS,
            max_chunk_bytes=BODY_BYTES,
            request_timeout=WRITE_SECONDS,
        )
        client.index(
            index=BUILDS,
            id=build.build.id.lower(),
            body=build.outline(),
            params={"refresh": "true", "timeout": WRITE_SECONDS},
        )


def forget(client: OpenSearch, build: str) -> None:
    """The build is not named any more. Its datasets are swept."""
    client.delete(index=BUILDS, id=build.lower(), params={"ignore": 404, "refresh": "true"})


def sweep(client: OpenSearch, kept: Iterable[Manifest]) -> None:
    """Forget the datasets that none of the builds names."""
    versions = sorted({version for one in kept for version in one.versions.values()})
    if client.indices.exists(index=DATASETS):
        delete_but(client, DATASETS, {"ids": {"values": versions}})


def delete_but(client: OpenSearch, index: str, kept: Body) -> None:
    """Delete what a query does not find; what a dead writer left is seen, and so deleted, only after a refresh."""
    client.indices.refresh(index=index, params={"timeout": WRITE_SECONDS})
    client.delete_by_query(
        index=index,
        body={"query": {"bool": {"must_not": [kept]}}},
        params={"conflicts": "proceed", "refresh": "true", "timeout": WRITE_SECONDS},
    )


def _damaged(build: str) -> Damaged:
    return Damaged(f"build {build} is gone or damaged: run gbp index --all")
