"""What the other tests may rely on in the server that they are given."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import httpx
import pytest

from tests.opensearch.server import Server, ServerError

USER_WORDS = {
    "type": "nori_tokenizer",
    "decompound_mode": "mixed",
    "user_dictionary_rules": ["공영주차장 공영 주차장"],
}


def call(method: str, url: str, **body: Any) -> Any:
    return httpx.request(method, url, json=body or None, timeout=30).raise_for_status().json()


def test_it_is_opensearch_3_8_0_and_splits_korean_with_nori(opensearch_url: str) -> None:
    about = call("GET", opensearch_url)
    analysed = call("POST", f"{opensearch_url}/_analyze", tokenizer=USER_WORDS, text="천호동 공영주차장")
    assert about["version"]["distribution"] == "opensearch"
    assert about["version"]["number"] == "3.8.0"
    assert [token["token"] for token in analysed["tokens"]][-3:] == ["공영주차장", "공영", "주차장"]


def test_a_document_for_an_unknown_index_is_refused_and_makes_no_index(opensearch_url: str) -> None:
    answer = httpx.post(f"{opensearch_url}/never-created/_doc", json={"title": "천호동"})
    assert answer.status_code == 404
    assert httpx.head(f"{opensearch_url}/never-created").status_code == 404


def test_what_was_acknowledged_is_there_again_after_kill_9(opensearch_server: Callable[..., Server]) -> None:
    server = opensearch_server()
    address = server.url
    call("PUT", f"{address}/kept", settings={"number_of_replicas": 0})
    call("PUT", f"{address}/kept/_doc/1", title="천호동 공중화장실")  # neither refreshed nor flushed
    server.kill()
    server.start()
    assert server.url == address
    call("POST", f"{address}/kept/_refresh")
    assert call("GET", f"{address}/kept/_count")["count"] == 1


def test_three_nodes_are_one_cluster_and_come_back_as_one_after_kill_9(
    opensearch_server: Callable[..., Server],
) -> None:
    server = opensearch_server(nodes=3)
    call("PUT", f"{server.url}/kept", settings={"number_of_shards": 3, "number_of_replicas": 1})
    server.kill()
    server.start()
    health = call("GET", f"{server.url}/_cluster/health/kept?wait_for_status=green&timeout=30s")
    assert (health["number_of_nodes"], health["status"]) == (3, "green")


def test_it_ends_when_its_parent_lets_go_of_stdin(opensearch_server: Callable[..., Server]) -> None:
    server = opensearch_server()
    assert server.process is not None
    assert server.process.stdin is not None
    server.process.stdin.close()
    assert server.process.wait(20) == 0


def test_a_server_that_cannot_start_says_why(opensearch_url: str, tmp_path: Path) -> None:
    second = Server(tmp_path, port=httpx.URL(opensearch_url).port or 0)
    with pytest.raises(ServerError, match=r"ended at start(.|\n)*Address already in use"):
        second.start()
