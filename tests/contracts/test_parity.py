"""Both engines give the same totals, facet counts and sums for every query, and lose no record."""

import random
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from search import text, ways
from search.documents import Record
from search.engine import Engine, Snapshot
from search.finding.columns import with_cases
from search.language.query import Language, parse, resolve
from search.language.synonyms import Synonyms
from search.plan import Answer, Clause, Filter, Groups, Key, Selection, Top
from tests.batches import beside
from tests.conftest import embedded
from tests.contracts.corpus import Corpus, corpus

MADE = corpus(seed=7, datasets=6, records=90)
LANGUAGE = Language.of(MADE.datasets, Synonyms.load(), 2026)
EXAMPLES = 300
SELF_RETRIEVAL_WORDS = 1_000


@pytest.fixture(scope="module")
def both(
    clean_opensearch: Callable[[], Engine], tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[Snapshot, Snapshot]]:
    """The same corpus on the embedded engine and on OpenSearch."""
    engines = (embedded(tmp_path_factory.mktemp("parity")), clean_opensearch())
    for engine in engines:
        stage = engine.stage("parity", fresh=True)
        for dataset in MADE.datasets:
            stage.put(dataset, beside(MADE.records[dataset.id], dataset))
        stage.seal()
        stage.publish()
    yield engines[0].live(), engines[1].live()


def typed(made: Corpus) -> st.SearchStrategy[str]:
    """What people might type: words of records whole, halved, joined, and plain nonsense."""
    words = sorted({word for record in made.all() for value in record.values() for word in value.split()})
    word = st.sampled_from(words)
    half = st.tuples(word, st.integers(1, 4)).map(lambda pair: pair[0][: pair[1]])
    glued = st.tuples(word, word).map("".join)
    wild = st.text(max_size=6)
    return st.lists(st.one_of(word, half, glued, wild), min_size=0, max_size=3).map(" ".join)


FILTERS = st.lists(
    st.sampled_from(
        [
            Filter("year", (2019, 2021)),
            Filter("year", (1900,)),
            Filter("area", (MADE.datasets[0].area,)),
            Filter("provider", ("통계청",)),
            Filter("region", ("길동", "없는동")),
            Filter("d1", ("가",)),
        ]
    ),
    max_size=2,
    unique_by=lambda one: one.field,
).map(tuple)


def questions(selection: Selection) -> list[Groups]:
    return [
        Groups(selection),
        *(
            Groups(selection.without(name), by=(name,))
            for name in ("area", "year", "provider", "region", "dataset")
        ),
        Groups(selection, by=("year", "period"), numbers=("m0", "m1")),
        Groups(selection, by=("d1",), numbers=("m0",)),
    ]


def same(left: list[Answer], right: list[Answer]) -> None:
    for one, other in zip(left, right, strict=True):
        assert [(g.keys, g.records) for g in one.groups] == [(g.keys, g.records) for g in other.groups]
        for a, b in zip(one.groups, other.groups, strict=True):
            for slot, stat in a.stats.items():
                assert stat.count == b.stats[slot].count
                assert stat.sum == pytest.approx(b.stats[slot].sum, rel=1e-9, abs=1e-9)
                assert (stat.min, stat.max) == (b.stats[slot].min, b.stats[slot].max)


@settings(
    max_examples=EXAMPLES,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(q=typed(MADE), filters=FILTERS)
def test_both_engines_count_and_add_the_same(
    both: tuple[Snapshot, Snapshot], q: str, filters: tuple[Filter, ...]
) -> None:
    answers = []
    for snapshot in both:
        selection = Selection(resolve(parse(q, LANGUAGE).clauses, LANGUAGE.holders), filters)
        answers.append(snapshot.ask(questions(selection)))
    same(*answers)


def counted(
    snapshot: Snapshot, clauses: tuple[Clause, ...], filters: tuple[Filter, ...]
) -> dict[str, Counter[Key]]:
    """Records by dataset and by year, selected one by one from what each word finds in records by itself."""
    alone = [Selection((replace(one, datasets=(), excluded=False),)) for one in clauses]
    said = snapshot.ask([Top(one, 1_000, order="row") for one in alone])
    holding = [{hit.record.id for hit in answer.hits} for answer in said]
    found: dict[str, Counter[Key]] = {"dataset": Counter(), "year": Counter()}
    for record in MADE.all():
        met = (
            (record.dataset in clause.datasets or record.id in those) != clause.excluded
            for clause, those in zip(clauses, holding, strict=True)
        )
        if all(met) and all(value_of(record, one.field) in one.values for one in filters):
            found["dataset"][record.dataset] += 1
            if record.year is not None:
                found["year"][record.year] += 1
    return found


def value_of(record: Record, name: str) -> object:
    return (
        record.dimensions.get(name) if name.startswith("d") and name != "dataset" else getattr(record, name)
    )


@settings(
    max_examples=EXAMPLES // 3,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(q=typed(MADE), unwanted=st.sampled_from(["", " -화장실", " -N", " -강동구"]), filters=FILTERS)
def test_what_datasets_hold_and_what_records_hold_is_put_together_record_by_record(
    both: tuple[Snapshot, Snapshot], q: str, unwanted: str, filters: tuple[Filter, ...]
) -> None:
    names = ("dataset", "year")
    for snapshot in both:
        clauses = resolve(parse(q + unwanted, LANGUAGE).clauses, LANGUAGE.holders)
        truth = counted(snapshot, clauses, filters)
        for most in (ways.MOST_WAYS, 0):  # as conjunctions, and as alternatives
            with pytest.MonkeyPatch.context() as patch:
                patch.setattr(ways, "MOST_WAYS", most)
                answers = snapshot.ask([Groups(Selection(clauses, filters), by=(name,)) for name in names])
            found = {
                name: Counter({group.keys[0]: group.records for group in answer.groups})
                for name, answer in zip(names, answers, strict=True)
            }
            assert found == truth


def test_every_word_of_a_record_finds_it_on_both_engines(both: tuple[Snapshot, Snapshot]) -> None:
    chance = random.Random(3)
    everyone = MADE.all()
    for snapshot in both:
        asked = []
        for _ in range(SELF_RETRIEVAL_WORDS):
            record = chance.choice(everyone)
            parts = [part for value in record.values() for part in value.split() if text.joined(part)]
            part = chance.choice(parts)
            one = (Filter("dataset", (record.dataset,)),)
            clauses = resolve(with_cases(snapshot, parse(part, LANGUAGE).clauses).clauses, LANGUAGE.holders)
            asked.append((record, part, Selection(clauses, one)))
        for start in range(0, len(asked), 100):
            chunk = asked[start : start + 100]
            found = snapshot.ask([Top(selection, 1_000, order="row") for _, _, selection in chunk])
            for (record, part, _), answer in zip(chunk, found, strict=True):
                assert record.ordinal in {hit.record.ordinal for hit in answer.hits}, (record.id, part)
