"""The client, and its errors in our words."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from opensearchpy import OpenSearch, exceptions, helpers

from search.engine import Busy, EngineDown, EngineError

SEARCH_SECONDS = 5
CONNECTIONS = 16
"""Kept open: more readers at once than that open others, which is slower."""


def connect(url: str, ca: Path | None = None) -> OpenSearch:
    """A client with pooled connections. Certificates are checked wherever the address is https."""
    return OpenSearch(
        hosts=[url],
        timeout=SEARCH_SECONDS,
        max_retries=0,
        pool_maxsize=CONNECTIONS,
        http_compress=False,  # the server stands near: packing takes longer than sending
        verify_certs=True,
        ca_certs=str(ca) if ca else None,
    )


@contextmanager
def our_errors() -> Iterator[None]:
    """The client's errors in our words."""
    try:
        yield
    except exceptions.ConnectionError as error:
        raise EngineDown(f"OpenSearch does not answer: {type(error).__name__}") from error
    except exceptions.TransportError as error:
        if error.status_code in {429, 502, 503, 504}:
            raise EngineDown(f"OpenSearch is too busy or starting: status {error.status_code}") from error
        if error.error == "aliases_not_found_exception":
            raise Busy("another build was published meanwhile: index again") from error
        raise EngineError(f"OpenSearch refused: {error.status_code} {error.error}") from error
    except helpers.errors.BulkIndexError as error:
        raise EngineError(f"OpenSearch refused records: {error.args[0]}: {_reason(error)}") from error


def _reason(error: helpers.errors.BulkIndexError) -> str:
    """Why the first record was refused; not the record itself, which may hold what no log should."""
    first: dict[str, Any] = next(iter(error.errors[0].values()), {}) if error.errors else {}
    return str(first.get("error"))[:500]
