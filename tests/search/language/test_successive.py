"""What is made of a vocabulary before answers as what is made anew, and most of it is what was there."""

from dataclasses import replace
from itertools import pairwise, product

from hypothesis import given
from hypothesis import strategies as st

from search.documents import Column, Dataset
from search.language import hangul
from search.language.successive import Successive
from search.language.synonyms import Synonyms
from search.language.vocabulary import Vocabulary

LETTERS = "가나로1"
PLACES = Dataset(
    id="places", title="공중화장실 현황", area="환경 > 위생", provider="강동구", description="", source_file="",
    edition="1", fetched_at="2026-01-01", records=900, columns=(Column("소재지도로명주소", "address"),),
    words="\n".join(f"{''.join(letters)}동 {at % 7 + 1}" for at, letters in enumerate(product("각난닫랄맘", repeat=3))),
)  # fmt: skip
"""125 words: most of what there is."""


@st.composite
def roads(draw: st.DrawFn) -> Dataset:
    """A small dataset, whose words come and go."""
    words = draw(st.dictionaries(st.text(LETTERS, min_size=1, max_size=4), st.integers(1, 40), max_size=8))
    title = draw(st.sampled_from(("천호대로", "도로", "가나로 1길", "길")))
    counted = "\n".join(f"{word} {records}" for word, records in words.items())
    return replace(PLACES, id="roads", title=title, columns=(), records=41, words=counted)


@given(st.lists(st.lists(roads(), max_size=1), min_size=2, max_size=4))
def test_a_build_answers_the_same_whatever_was_before_it(builds: list[list[Dataset]]) -> None:
    before: Vocabulary | None = None
    for build in builds:
        datasets = [PLACES, *build]
        before, anew = Vocabulary.of(datasets, before), Vocabulary.of(datasets)
        assert (before.words, before.by_name, before.names) == (anew.words, anew.by_name, anew.names)
        for word in {"".join(letters) for letters in product(LETTERS, repeat=2)} | {
            "천호대로",
            "각난동",
            "도로",
        }:
            assert _answers(before, word) == _answers(anew, word)


def _answers(words: Vocabulary, word: str) -> tuple[object, ...]:
    return (
        words.holds(word),
        words.is_itself(word + "로", word),
        words.starting(hangul.initials(word), 9),
        words.beginning(hangul.strokes(word), 9),
        words.near(word, 9),
        words.near_in_names(word),
        words.head("새" + word),
    )


def test_of_what_is_looked_up_only_what_has_come_since_is_made_anew() -> None:
    languages = Successive()
    builds = [replace(PLACES, id="new", words=f"{word} 3") for word in ("새로운표지", "다른표지")]
    made = [languages.of([PLACES, one], Synonyms({}), 2026).vocabulary for one in (PLACES, *builds)]
    for earlier, later in pairwise(made):
        assert later.shelves[0] is earlier.shelves[0]
    assert [shelf.words for shelf in made[-1].shelves[1:]] == [("새로운표지", "다른표지")]
    assert not made[-1].holds("새로운")
    assert made[-1].near("다른표자", 1) == ["다른표지"]


def test_where_much_has_changed_everything_is_made_anew() -> None:
    languages = Successive()
    other = replace(PLACES, words="\n".join(f"{line[0]}{line}" for line in PLACES.words.split("\n")))
    made = [languages.of([one], Synonyms({}), 2026).vocabulary for one in (PLACES, other)]
    assert len(made[1].shelves) == 1
    assert made[1].shelves[0] is not made[0].shelves[0]
    assert made[1].words == Vocabulary.of([other]).words


def test_words_that_come_and_go_do_not_pile_up() -> None:
    languages = Successive()
    shelved = []
    for at in range(60):
        coming = replace(PLACES, id="new", words=f"{'가나다라마바사'[at % 7]}{at} 1")
        words = languages.of([PLACES, coming], Synonyms({}), 2026).vocabulary
        shelved.append(sum(len(shelf.words) for shelf in words.shelves) / len(words.words))
    assert max(shelved) < 1.25


def test_where_words_only_go_everything_is_made_anew_at_some_time() -> None:
    lines = PLACES.words.split("\n")
    many = [replace(PLACES, id=line, words=line) for line in lines]
    languages = Successive()
    shelved = []
    while len(many) > 60:
        words = languages.of(many, Synonyms({}), 2026).vocabulary
        shelved.append(sum(len(shelf.words) for shelf in words.shelves) / len(words.words))
        many.pop()
    assert max(shelved) < 1.25
    assert shelved.count(1.0) < len(shelved) / 2


def test_what_is_not_counted_changes_nothing() -> None:
    languages = Successive()
    made = [
        languages.of([replace(PLACES, fetched_at=day, report={"day": day})], Synonyms({}), 2026).vocabulary
        for day in ("2026-01-01", "2026-01-02")
    ]
    assert made[1].shelves[0] is made[0].shelves[0]


def test_what_is_made_ahead_is_everything_that_typing_asks_for() -> None:
    words = Vocabulary.of([PLACES])
    words.warm(typing=True)
    ways = {"substrings", "slips", "initials", "beginnings"}
    assert ways <= vars(words.shelves[0]).keys()
