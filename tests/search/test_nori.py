"""The Python twin reads words as the real nori does: measured against tokens nori itself gave.

``tests/golden/nori_tokens.tsv`` holds a run and its tokens a line. ``RENEW_GOLDEN=1`` asks the server anew.
"""

import os
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest

from search.dictionary import Dictionary
from search.morphology import Analyzer, load
from search.opensearch import connect, mapping

GOLDEN = Path(__file__).parents[1] / "golden" / "nori_tokens.tsv"
LEAST_TEXTS = 500
SAME_TEXTS, SAME_TOKENS = 0.98, 0.99
"""What was measured (0.984 and 0.992), less what a few words of an update of the dictionary are worth."""

Tokens = dict[str, list[str]]


def golden() -> Tokens:
    lines = GOLDEN.read_text(encoding="utf-8").splitlines()
    return {run: tokens.split() for run, _, tokens in (line.partition("\t") for line in lines)}


@pytest.fixture(scope="module")
def twin() -> Analyzer:
    return load(Dictionary.load())


def asked(url: str, runs: list[str]) -> Tokens:
    """What nori reads in each run, with the index settings of the portal."""
    client = connect(url)
    client.indices.create(index="nori-golden", body=mapping.records(Dictionary.load()))
    try:
        said = {
            run: client.indices.analyze(index="nori-golden", body={"analyzer": "ko", "text": run})
            for run in runs
        }
    finally:
        client.indices.delete(index="nori-golden")
    return {run: [token["token"] for token in found["tokens"]] for run, found in said.items()}


def test_nori_still_gives_the_golden_tokens(
    clean_opensearch: Callable[[], object], opensearch_url: str
) -> None:
    clean_opensearch()
    known = golden()
    said = asked(opensearch_url, list(known))
    if os.environ.get("RENEW_GOLDEN") == "1":
        lines = [f"{run}\t{' '.join(tokens)}" for run, tokens in said.items()]
        GOLDEN.write_text("\n".join(lines) + "\n", encoding="utf-8")
    assert said == golden()


def test_the_twin_reads_nearly_all_runs_alike(twin: Analyzer) -> None:
    known = golden()
    assert len(known) >= LEAST_TEXTS
    same = [run for run, tokens in known.items() if twin.tokens(run) == tokens]
    others = {run: (known[run], twin.tokens(run)) for run in set(known) - set(same)}
    assert len(same) / len(known) >= SAME_TEXTS, others


def test_the_twin_gives_nearly_all_tokens(twin: Analyzer) -> None:
    shared = total = 0
    for run, tokens in golden().items():
        mine = Counter(twin.tokens(run))
        shared += 2 * (mine & Counter(tokens)).total()
        total += mine.total() + len(tokens)
    assert shared / total >= SAME_TOKENS


def test_both_read_the_words_of_the_dictionary_alike(twin: Analyzer) -> None:
    known = golden()
    words = [word for word in Dictionary.load().parts if word in known]
    assert len(words) > 20
    assert {word: twin.tokens(word) for word in words} == {word: known[word] for word in words}
