"""Which engine serves: OpenSearch where an address is set, else the embedded one."""

import os
from datetime import UTC, datetime
from functools import lru_cache
from pathlib import Path

from search.engine import Engine
from search.morphology import load

MOST_WRITING = 2
"""Each takes some 400 MB."""

KEPT_ANALYZERS = 2
"""The words of the live build and of the next."""


def open_engine(opensearch_url: str | None, opensearch_ca: Path | None, index: Path) -> Engine:
    """The engine for an address, or for a folder where there is none. Nothing is asked of it yet."""
    if opensearch_url:
        from search.opensearch import OpenSearchEngine, connect  # only who uses a server loads its client

        return OpenSearchEngine(connect(opensearch_url, opensearch_ca), clock)
    from search.embedded import EmbeddedEngine

    # words are loaded at the first that is read
    return EmbeddedEngine(index, clock, lru_cache(KEPT_ANALYZERS)(load), writing_processes())


def writing_processes() -> int:
    """How many processes write a large build: as many as there are processors, but no more than fit into memory."""
    return min(len(os.sched_getaffinity(0)), MOST_WRITING)


def clock() -> str:
    return datetime.now(UTC).isoformat()
