"""Queries are drawn from records: the same for the same seed, of words that stand together."""

from benchmarks import kinds, words
from benchmarks.load import Ask
from indexer.workshop import Workshop
from search.finding.find import Asked, find


def test_the_same_seed_draws_the_same_queries_and_more_of_them_begin_alike(published: Workshop) -> None:
    few, many = words.queries(published, 20, seed=3), words.queries(published, 60, seed=3)
    assert few == many[:20]
    assert few != words.queries(published, 20, seed=4)
    assert len(set(many)) == len(many) == 60


def test_queries_have_the_length_that_is_asked_for(published: Workshop) -> None:
    assert {len(one.split()) for one in words.queries(published, 40, seed=1)} == {1, 2, 3}
    assert {len(one.split()) for one in words.queries(published, 40, seed=1, most=3, least=3)} == {3}


def test_every_query_finds_the_record_it_was_drawn_from(published: Workshop) -> None:
    live = published.engine.live()
    language = published.language_of(live)
    for query in words.queries(published, 30, seed=5):
        assert find(live, Asked(query), language).total >= 1, query


def test_words_are_those_that_people_type() -> None:
    assert words.words_of(["강동구 천호동", "12", "가", "2,024", "천호동 CCTV-3"]) == [
        "강동구",
        "천호동",
        "cctv",
    ]


def test_words_of_the_largest_dataset_are_among_the_queries(published: Workshop) -> None:
    """What stands in many records is drawn often: in the title of the largest dataset it stands in all of its."""
    drawn = " ".join(words.queries(published, 100, seed=1)).split()
    largest = max(published.engine.live().datasets.values(), key=lambda one: one.records)
    assert set(words.words_of([largest.title])) & set(drawn)


def test_every_tenth_search_has_a_known_answer() -> None:
    asks, known = [Ask(f"/{n}") for n in range(90)], [Ask(f"/known/{n}", {"total": n}) for n in range(40)]
    mixed = kinds.mixed(asks, known)
    assert [one for one in mixed if not one.is_checked] == asks
    assert sum(one.is_checked for one in mixed) == 10
    assert mixed == kinds.mixed(asks, known)
