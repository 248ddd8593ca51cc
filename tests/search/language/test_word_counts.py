"""Words are counted over datasets, or from a count before and what has changed since: the same either way."""

from hypothesis import given
from hypothesis import strategies as st

from search.documents import Column, Dataset
from search.language.word_counts import WordCounts

WORDS = st.text("가나다1", min_size=1, max_size=3)


@st.composite
def datasets(draw: st.DrawFn) -> Dataset:
    counted = draw(st.dictionaries(WORDS, st.integers(1, 9), max_size=4))
    return Dataset(
        id=draw(st.sampled_from("abc")),
        title=draw(WORDS),
        area=" > ".join(draw(st.lists(WORDS, min_size=1, max_size=2))),
        provider=draw(WORDS),
        description="",
        source_file="",
        edition="1",
        fetched_at="2026-01-01",
        records=draw(st.integers(0, 9)),
        columns=(Column(draw(WORDS), "text"),),
        words="\n".join(f"{word} {records}" for word, records in counted.items()),
    )


MANY = st.lists(datasets(), max_size=4, unique_by=lambda one: one.id)


@given(MANY, MANY)
def test_what_was_counted_before_less_what_has_gone_and_more_what_came_is_what_is_counted_now(
    before: list[Dataset], now: list[Dataset]
) -> None:
    came = WordCounts.of(one for one in now if one not in before)
    gone = WordCounts.of(one for one in before if one not in now)
    assert WordCounts.of(before).after(came, gone) == WordCounts.of(now)


def test_a_dataset_weighs_all_its_records_for_what_it_is_called_and_filed_under() -> None:
    one = Dataset(
        id="d", title="공중 화장실", area="환경 > 위생", provider="강동구", description="", source_file="",
        edition="1", fetched_at="2026-01-01", records=7, columns=(Column("소재지", "text"),), words="위생 2\n길 3\n천호동 4",
    )  # fmt: skip
    found = WordCounts.of([one])
    assert found.by_name == dict.fromkeys(
        ("공중화장실", "공중", "화장실", "환경", "위생", "강동구", "소재지"), 7
    )
    assert found.words == {**found.by_name, "위생": 9, "천호동": 4}
