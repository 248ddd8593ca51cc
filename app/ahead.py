"""``python -m app.ahead``: charts and cards of every dataset, made before a reader asks, whenever a build is published.

It yields to everyone: what it has not made yet is made by the first reader who needs it, and kept as well.
"""

import logging
import os
import time
from contextlib import suppress

from flask import Flask

from app import create_app
from app.look import whole
from app.pages.cards import cards
from app.portal import live
from app.telling import told_of
from search.engine import EngineError
from settings import Settings

LOOK_AGAIN_SECONDS = 5
LEAST_URGENT = 19

_log = logging.getLogger(__name__)


def main(settings: Settings) -> None:
    """For ever, from build to build."""
    os.nice(LEAST_URGENT)
    app = create_app(settings)
    made = ""
    while True:
        with suppress(EngineError):  # nothing is published, or the engine is away: later it may be otherwise
            made = prepare(app, made)
        time.sleep(LOOK_AGAIN_SECONDS)


def prepare(app: Flask, made: str = "") -> str:
    """Make what is missing of the live build, unless it is the one ``made`` already; gives its id.

    Raises NothingPublished, EngineDown where no build can be read.
    """
    with app.app_context():
        build = live().build.id
        datasets = live().datasets
    if build == made:
        return build
    for dataset in sorted(datasets.values(), key=lambda one: -one.records):
        with app.app_context():  # one to each, as readers have it: what is late of one is not late of all
            if live().build.id != build:
                return prepare(app)
            try:
                told_of(live(), whole(dataset))
                cards(live(), whole(dataset))
            except Exception:  # noqa: BLE001 - of one dataset: the others go on, and a reader meets it on the page
                _log.exception("charts and cards of %s cannot be made", dataset.id)
    return build


if __name__ == "__main__":
    main(Settings.from_env())
