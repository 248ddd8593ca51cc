"""Answers that were sent, kept for the next who asks the same: they are as their tag says, and need no making."""

import threading
from collections import OrderedDict
from pathlib import Path

from flask import Flask, Response, g, request

from app.caching import known_tag
from app.handing import Handing, Kept
from app.portal import was_late

MOST_BYTES = 32_000_000
"""Of all answers that a process keeps; packed ones, mostly."""

MOST_OF_ONE = 500_000
"""A larger one is a download, which is read once."""


class Sent:
    """Answers by their names, the longest unused forgotten first; others may have been handed one. Threads may share it."""

    def __init__(self, most: int = MOST_BYTES, handing: Handing | None = None) -> None:
        self._most = most
        self._handing = handing
        self._lock = threading.Lock()
        self._kept: OrderedDict[str, Kept] = OrderedDict()
        self._size = 0

    def known(self, name: str) -> Kept | None:
        with self._lock:
            if name in self._kept:
                self._kept.move_to_end(name)
                return self._kept[name]
        handed = self._handing.known(name) if self._handing else None
        if handed:
            self._hold(name, handed)
        return handed

    def keep(self, name: str, answer: Kept) -> None:
        if len(answer.data) <= MOST_OF_ONE and self._hold(name, answer) and self._handing:
            self._handing.hand(name, answer)

    def _hold(self, name: str, answer: Kept) -> bool:
        """Whether it was not held before."""
        with self._lock:
            if name in self._kept:
                return False
            self._kept[name] = answer
            self._size += len(answer.data)
            while self._size > self._most:
                _, gone = self._kept.popitem(last=False)
                self._size -= len(gone.data)
        return True


def install(app: Flask, folder: Path | None) -> None:
    """Before everything else that is installed: what is kept here is whole and packed.

    Through the folder the processes of a server hand each other what they have made.
    """
    sent = Sent(handing=Handing(folder) if folder else None)

    @app.before_request
    def again() -> Response | None:
        g.kept_as = _name()
        known = sent.known(g.kept_as) if g.kept_as else None
        return Response(known.data, headers=list(known.headers)) if known else None

    @app.after_request
    def keep(response: Response) -> Response:
        name = g.get("kept_as")
        if name and _is_whole(response) and not was_late():
            sent.keep(name, Kept(response.get_data(), tuple(response.headers.items())))
        return response


def _name() -> str | None:
    """What the answer to this request is kept as; None for one that is not."""
    # who holds an answer already is asked first whether it still holds (caching.py)
    if request.method != "GET" or request.if_none_match or request.range:
        return None
    tag = known_tag()
    packed = request.accept_encodings.quality("gzip") > 0
    return tag and f"{tag} {'gzip' if packed else ''}"


def _is_whole(response: Response) -> bool:
    may = response.cache_control.public and response.get_etag()[0] is not None
    return response.status_code == 200 and may and not (response.is_streamed or response.direct_passthrough)
