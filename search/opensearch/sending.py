"""Records on their way to the server: some bodies at once, made while the server works on the ones before."""

from collections import deque
from concurrent.futures import Future, ThreadPoolExecutor

from opensearchpy import OpenSearch, exceptions, helpers

from search.batch import Batch
from search.opensearch import bulk
from search.opensearch.client import our_errors
from search.opensearch.publishing import WRITE_SECONDS

BODY_BYTES = 5_000_000
SENDERS = 3
"""One makes a body while the server works on those of the others."""

AHEAD = 8
"""Batches, some 2 MB each, sent and waiting: many small datasets, each with a table to read, may come one after another."""

TRIES = 5
BUSY = 429


class Sending:
    """Sends in the background until ``wait``. Raises EngineError then, or at what is put next."""

    def __init__(self, client: OpenSearch, index: str) -> None:
        self._client = client
        self._index = index
        self._pool = ThreadPoolExecutor(SENDERS, thread_name_prefix="bulk")
        self._on_their_way: deque[Future[None]] = deque()

    def put(self, batch: Batch, version: str) -> None:
        """Waits where ``AHEAD`` are on their way: they are held in memory."""
        self._on_their_way.append(self._pool.submit(self._send, batch, version))
        self._settle(AHEAD)

    def wait(self) -> None:
        """Until the server has everything."""
        self._settle(0)

    def stop(self) -> None:
        """Nothing more is sent; what is not on its way yet never is."""
        self._pool.shutdown(cancel_futures=True)

    def _settle(self, most: int) -> None:
        while len(self._on_their_way) > most:
            self._on_their_way.popleft().result()

    def _send(self, batch: Batch, version: str) -> None:
        with our_errors():
            for body in bulk.bodies(batch, version, BODY_BYTES):
                if not self._is_taken(body):
                    self._send_again(body)

    def _is_taken(self, body: bytes) -> bool:
        """Whether the server took all of it. Most often it does: then it says no more than that."""
        asked = {"filter_path": "errors", "request_timeout": WRITE_SECONDS}
        try:
            said = self._client.bulk(index=self._index, body=body, params=asked)
        except exceptions.TransportError as error:
            if error.status_code != BUSY:
                raise
            return False
        return not said["errors"]

    def _send_again(self, body: bytes) -> None:
        """Records that the server refuses for being busy are sent once more, more and more slowly.

        Each has an id of its own: those that were taken are written over with the same.
        """
        # not splitlines(): a cell may hold signs that end a line elsewhere (U+2028, U+0085)
        lines = body.decode().rstrip("\n").split("\n")
        _, refused = helpers.bulk(
            self._client,
            zip(lines[::2], lines[1::2], strict=True),
            index=self._index,
            expand_action_callback=tuple,  # they are lines already
            chunk_size=len(lines),
            max_chunk_bytes=2 * BODY_BYTES,
            max_retries=TRIES,
            initial_backoff=1,
            raise_on_error=False,  # with it the first refusal would end the tries
            request_timeout=WRITE_SECONDS,
        )
        if refused:
            raise helpers.errors.BulkIndexError(f"{len(refused)} document(s) failed to index.", refused)
