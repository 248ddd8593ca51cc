"""The least that a search page can be: Flask and tantivy, one field, ten hits: ``python -m benchmarks.bare_portal INDEX``.

It listens where ``GBP_PORT`` says, as the portal does.
"""

import os
import sys
from typing import Any

import tantivy
import waitress
from flask import Flask, Response, jsonify, request

from search.text import bigrams, cut

THREADS = 8


def create_app(folder: str) -> Flask:
    """An application with one address, which looks for the pairs of letters of its words."""
    app = Flask(__name__)
    index = tantivy.Index.open(folder)
    index.config_reader("manual")
    searcher = index.searcher()

    @app.get("/search")
    def show() -> Response:
        pairs = [pair for word in cut(request.args.get("q", "")) for pair in bigrams(word)]
        musts = [
            (tantivy.Occur.Must, tantivy.Query.term_query(index.schema, "inside", pair)) for pair in pairs
        ]
        found: Any = searcher.search(tantivy.Query.boolean_query(musts), limit=10, count=True)
        records: list[Any] = [searcher.doc(address).get_first("record") for _, address in found.hits]
        return jsonify({"total": found.count, "rows": [one.decode() for one in records]})

    return app


if __name__ == "__main__":
    waitress.serve(
        create_app(sys.argv[1]), host="127.0.0.1", port=int(os.environ["GBP_PORT"]), threads=THREADS
    )
